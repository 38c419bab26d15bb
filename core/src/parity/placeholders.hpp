#pragma once

#include "cursor.hpp"

namespace hezuo::parity_text {

/// Where a text says that it is not written yet; empty: nowhere.
[[nodiscard]] Span find_placeholder(const Cursor& text);

}  // namespace hezuo::parity_text
