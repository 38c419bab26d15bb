#pragma once

#include <string>
#include <string_view>

namespace hezuo {

/// Number::toString of ECMAScript (ECMA-262, 6.1.6.1.20), which RFC 8785 prescribes: the
/// shortest decimal that reads back as `value`, and of these the closest. Exact for all
/// doubles and independent of the locale.
///
///     ecmascript_number(1e21)   // -> "1e+21"
[[nodiscard]] std::string ecmascript_number(double value);

/// `Number(text)` of ECMAScript: white space around is skipped, "" is 0, "0x1f", "0o17"
/// and "0b11" are understood. NaN if `text` is not a number.
[[nodiscard]] double ecmascript_to_number(std::string_view text);

/// `parseFloat(text)` of ECMAScript: the number that `text` begins with, behind white
/// space; "3 people" is 3. NaN if there is none.
[[nodiscard]] double ecmascript_parse_float(std::string_view text);

/// "12.5 MB", with the units of definitions: 1 MB is 1,000,000 bytes.
[[nodiscard]] std::string size_text(double bytes);

}  // namespace hezuo
