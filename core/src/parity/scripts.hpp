#pragma once

namespace hezuo {

/// Whether Simplified Chinese, or Traditional where that is asked for, never uses the
/// character, but the other script does. Takes some hundred steps.
[[nodiscard]] bool is_of_other_script(char32_t c, bool simplified) noexcept;

}  // namespace hezuo
