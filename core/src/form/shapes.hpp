#pragma once

// What a single text or number is, before any field is asked.

#include <cstddef>
#include <string>
#include <string_view>

namespace hezuo {

/// Whether nothing can be seen of a text.
bool is_blank(std::string_view utf8) noexcept;

/// "U+200B": how a character that cannot be seen is named.
std::string code_point(char32_t character);

/// How many bytes the characters of Chinese typing take beyond the ASCII that is meant.
std::size_t wide(std::string_view utf8);

/// Whether `text` is an amount: digits, at most 15 of them, and at most two decimals.
bool is_amount(std::string_view text);

/// How many digits of `value` stand behind the point, in its shortest decimal notation.
std::size_t decimals_of(double value);

/// Whether `text` is a SHA-256 in lower-case hexadecimal digits.
bool is_hex_digest(std::string_view text);

/// Whether a file may be called so: no path, nothing that hides or steers.
bool is_file_name(std::string_view name);

}  // namespace hezuo
