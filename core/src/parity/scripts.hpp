#pragma once

namespace hezuo {

/// Whether Traditional Chinese uses the character, and Simplified never does.
[[nodiscard]] bool is_only_traditional(char16_t c) noexcept;
/// The reverse.
[[nodiscard]] bool is_only_simplified(char16_t c) noexcept;

}  // namespace hezuo
