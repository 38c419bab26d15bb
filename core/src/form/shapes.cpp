#include "shapes.hpp"

#include <algorithm>
#include <cstdint>

#include "../ids.hpp"
#include "../number.hpp"
#include "hezuo/text.hpp"

namespace hezuo {

bool is_blank(std::string_view utf8) noexcept {
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    const auto rest = utf8.substr(i, 3);
    if (rest == "\xE3\x80\x80" || rest == "\xE2\x80\x8B") {
      i += 2;  // The ideographic space, and the one of no width.
    } else if (rest.starts_with("\xC2\xA0")) {
      i += 1;
    } else {
      return false;
    }
  }
  return true;
}

std::string code_point(char32_t character) {
  std::string digits;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const auto digit =
        static_cast<std::uint32_t>(character) >> static_cast<unsigned>(shift) & 0xFU;
    if (digit == 0 && digits.empty() && shift >= 16) continue;
    digits += "0123456789ABCDEF"[digit];
  }
  return "U+" + digits;
}

std::size_t wide(std::string_view utf8) {
  return utf8.size() - ids::with_dots(fold_width(utf8)).size();
}

bool is_amount(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());
  const auto decimals = text.size() - dot;
  const auto digits = [](std::string_view part) {
    return std::all_of(part.begin(), part.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  return dot >= 1 && dot <= 15 && digits(text.substr(0, dot)) && decimals != 1 &&
         decimals <= 3 && (decimals == 0 || digits(text.substr(dot + 1)));
}

std::size_t decimals_of(double value) {
  const std::string text = ecmascript_number(value);
  const auto exponent = std::min(text.find('e'), text.size());
  const auto point = std::min(text.find('.'), exponent);
  const auto behind = exponent == point ? 0 : exponent - point - 1;
  if (exponent == text.size()) return behind;
  // From 1e21 on there are none: a double has 17 digits. Below 1e-6 the exponent adds
  // some.
  if (text[exponent + 1] == '+') return 0;
  const auto shift = ecmascript_to_number(text.substr(exponent + 2));
  return behind + static_cast<std::size_t>(shift);
}

bool is_hex_digest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
         name.find_first_of("/\\") == std::string_view::npos &&
         std::none_of(name.begin(), name.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; }) &&
         hidden_characters(name).empty();
}

}  // namespace hezuo
