#include "number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>

#include "decimal.hpp"

namespace hezuo {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// How many bytes of white space or line ends, as ECMAScript knows them, `text` begins
/// with; 0 if none.
std::size_t leading_space(std::string_view text) {
  if (text.empty()) return 0;
  const char first = text.front();
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.size() < 3) return 0;
  const std::string_view three = text.substr(0, 3);
  for (const std::string_view space :
       {"\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
        "\xE3\x80\x80", "\xEF\xBB\xBF"}) {
    if (three == space) return 3;
  }
  // U+2000 to U+200A.
  const auto last = static_cast<unsigned char>(three[2]);
  return three.starts_with("\xE2\x80") && last >= 0x80 && last <= 0x8A ? 3 : 0;
}

void trim_start(std::string_view& text) {
  while (const std::size_t size = leading_space(text)) text.remove_prefix(size);
}

bool is_blank(std::string_view text) {
  trim_start(text);
  return text.empty();
}

/// Reads the decimal literal that `text` begins with and removes it; NaN if there is
/// none, and then nothing is removed.
double take_decimal(std::string_view& text) {
  std::size_t i = 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) i = 1;
  const double sign = negative ? -1.0 : 1.0;
  if (text.substr(i).starts_with("Infinity")) {
    text.remove_prefix(i + 8);
    return sign * std::numeric_limits<double>::infinity();
  }

  double value = std::numeric_limits<double>::quiet_NaN();
  const char* const end = text.data() + text.size();
  const char* const next = read_decimal(text.data() + i, end, value);
  if (std::isnan(value)) return value;
  text.remove_prefix(static_cast<std::size_t>(next - text.data()));
  return sign * value;
}

/// The value of the digits behind "0x", "0o" or "0b"; NaN if there is another character.
double prefixed_integer(std::string_view digits, unsigned radix) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  // Keeps 64 significant bits, the last of them sticky, so that the one rounding to 53
  // is the right one for any number of digits.
  std::uint64_t head = 0;
  int dropped = 0;
  bool any = false;
  const unsigned bits = radix == 16 ? 4 : (radix == 8 ? 3 : 1);
  for (const char character : digits) {
    unsigned digit = 16;
    if (is_digit(character)) digit = static_cast<unsigned>(character - '0');
    if (character >= 'a' && character <= 'f')
      digit = static_cast<unsigned>(character - 'a') + 10;
    if (character >= 'A' && character <= 'F')
      digit = static_cast<unsigned>(character - 'A') + 10;
    if (digit >= radix) return nan;
    any = true;
    if (head >> (63 - bits) != 0) {
      if (digit != 0) head |= 1;
      dropped = std::min(dropped + static_cast<int>(bits), 4096);
    } else {
      head = head << bits | digit;
    }
  }
  if (!any) return nan;
  auto value = static_cast<double>(head);
  for (; dropped > 0; --dropped) value *= 2;
  return value;
}

}  // namespace

std::string ecmascript_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (value == 0) return "0";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  const Decimal decimal = shortest_decimal(std::fabs(value));
  const bool scientific = decimal.point > 21 || decimal.point < -5;
  const int point = scientific ? 1 : decimal.point;

  // At most 25 characters: a sign, "0.00000" and 17 digits.
  std::array<char, 32> text;
  char* out = text.data();
  if (value < 0) *out++ = '-';
  if (point <= 0) {
    *out++ = '0';
    *out++ = '.';
    for (int i = point; i < 0; ++i) *out++ = '0';
  }
  for (int i = 0; i < decimal.count || i < point; ++i) {
    if (i == point && i > 0) *out++ = '.';
    *out++ = i < decimal.count ? decimal.digits[static_cast<std::size_t>(i)] : '0';
  }
  if (scientific) {
    const int exponent = std::abs(decimal.point - 1);
    *out++ = 'e';
    *out++ = decimal.point > 0 ? '+' : '-';
    if (exponent >= 100) *out++ = static_cast<char>('0' + exponent / 100);
    if (exponent >= 10) *out++ = static_cast<char>('0' + exponent / 10 % 10);
    *out++ = static_cast<char>('0' + exponent % 10);
  }
  return {text.data(), static_cast<std::size_t>(out - text.data())};
}

double ecmascript_to_number(std::string_view text) {
  trim_start(text);
  if (text.empty()) return 0;
  if (text.size() > 2 && text[0] == '0') {
    const auto letter = static_cast<char>(text[1] | 0x20);
    const unsigned radix =
        letter == 'x' ? 16 : (letter == 'o' ? 8 : (letter == 'b' ? 2 : 0));
    if (radix != 0) {
      const std::size_t end = text.find_first_not_of("0123456789abcdefABCDEF", 2);
      const std::string_view digits = text.substr(2, end - 2);
      if (end != std::string_view::npos && !is_blank(text.substr(end))) {
        return std::numeric_limits<double>::quiet_NaN();
      }
      return prefixed_integer(digits, radix);
    }
  }
  const double value = take_decimal(text);
  return is_blank(text) ? value : std::numeric_limits<double>::quiet_NaN();
}

double ecmascript_parse_float(std::string_view text) {
  trim_start(text);
  return take_decimal(text);
}

std::string size_text(double bytes) {
  constexpr std::array<const char*, 4> units = {" B", " kB", " MB", " GB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  return ecmascript_number(std::round(bytes * 10) / 10) + units[unit];
}

}  // namespace hezuo
