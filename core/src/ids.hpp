#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "hezuo/ids.hpp"

namespace hezuo::ids {

// Not inline: there are some eighty calls.
IdCheck valid(std::string normalized);
IdCheck warning(std::string_view code, std::string normalized);
IdCheck invalid(std::string_view code, std::string normalized);
IdCheck invalid(std::string_view code);

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
inline bool is_alnum(char c) noexcept {
  return is_digit(c) || is_upper(c) || is_lower(c);
}
inline char lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}
inline char upper(char c) noexcept {
  return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c;
}
/// What a digit counts, or a letter from A = 10 to Z = 35, as ISO 7064 has it.
inline unsigned value(char c) noexcept {
  return static_cast<unsigned>(is_digit(c) ? c - '0' : upper(c) - 'A' + 10);
}
bool is_digits(std::string_view text) noexcept;
/// The number that up to 18 digits write.
std::uint64_t number(std::string_view digits) noexcept;
bool exists(int year, int month, int day) noexcept;

/// The character of well-formed UTF-8 at `at`, which moves behind it.
char32_t next(std::string_view utf8, std::size_t& at) noexcept;

/// Spaces of every width, and line ends.
bool is_space(char32_t c) noexcept;
/// Cuts what nobody meant to type off both ends: spaces of every kind and characters
/// that cannot be seen. Points into `utf8`.
std::string_view trim(std::string_view utf8) noexcept;
/// What Chinese input methods and word processors make of ASCII, undone: full-width
/// forms, dashes, spaces; soft hyphens, bidi marks and zero-width spaces are dropped.
std::string plain(std::string_view utf8);
/// Upper case without `separators`.
std::string compact(std::string_view text, std::string_view separators);

/// The full stops of Chinese, U+3002 and U+FF61, as dots.
std::string with_dots(std::string_view utf8);
/// The canonical form of a public host name (lower case, NFC, IDN in the form that it
/// was given in), or nothing when it is not one.
std::string domain(std::string_view host);
bool is_ipv4(std::string_view text) noexcept;
bool is_ipv6(std::string_view text) noexcept;

// One function a kind. They take the result of `plain`, but `url` what was typed.
IdCheck uscc(std::string_view text);
IdCheck orcid(std::string_view text);
IdCheck ror(std::string_view text);
IdCheck lei(std::string_view text);
IdCheck pic(std::string_view text);
IdCheck vat(std::string_view text);
IdCheck email(std::string_view text);
IdCheck phone(std::string_view text);
IdCheck url(std::string_view typed);
IdCheck country(std::string_view text);

}  // namespace hezuo::ids
