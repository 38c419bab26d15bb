#pragma once

#include <string_view>

#include "figures.hpp"

namespace hezuo::parity_text {

/// Where a text says that it is not written yet; empty: nowhere. Full-width forms are
/// folded to ASCII.
[[nodiscard]] Span find_placeholder(std::u16string_view text);

}  // namespace hezuo::parity_text
