#include <algorithm>
#include <array>
#include <utility>

#include "ids.hpp"

namespace hezuo::ids {
namespace {

constexpr std::size_t max_digits = 15;  // E.164
constexpr std::size_t max_extension = 8;

/// The length of the E.164 country code that `digits` begin with; 0 when none does.
std::size_t country_code(std::string_view digits) noexcept {
  // One bit a digit: the last digits of a code of two whose first digit is the index.
  constexpr std::array<std::uint16_t, 10> two_digits = {
      0,      0,      0x0081, 0x035F, 0x03FB,  // 20 27, 30-34 36 39, 40 41 43-49
      0x01FE, 0x007F, 0,      0x0056, 0x013F,  // 51-58, 60-66, 81 82 84 86, 90-95 98
  };
  // Groups of a code's first two digits with the third ones that are in use.
  struct Group {
    char first;
    char second;
    std::uint16_t thirds;
  };
  constexpr std::array groups = {
      Group{'2', '1', 0x014E}, Group{'2', '2', 0x03FF}, Group{'2', '3', 0x03FF},
      Group{'2', '4', 0x03FF}, Group{'2', '5', 0x01FF}, Group{'2', '6', 0x03FF},
      Group{'2', '9', 0x0383}, Group{'3', '5', 0x03FF}, Group{'3', '7', 0x03FF},
      Group{'3', '8', 0x02EF}, Group{'4', '2', 0x000B}, Group{'5', '0', 0x03FF},
      Group{'5', '9', 0x03FF}, Group{'6', '7', 0x03FD}, Group{'6', '8', 0x03EF},
      Group{'6', '9', 0x0007}, Group{'8', '0', 0x0101}, Group{'8', '5', 0x006D},
      Group{'8', '7', 0x0101}, Group{'8', '8', 0x014F}, Group{'9', '6', 0x01FF},
      Group{'9', '7', 0x02FF}, Group{'9', '9', 0x017C},
  };
  const auto has = [](std::uint16_t set, char digit) {
    return (unsigned{set} >> value(digit) & 1U) != 0;
  };
  if (digits.size() < 3) return 0;
  if (digits[0] == '1' || digits[0] == '7') return 1;
  if (has(two_digits[value(digits[0])], digits[1])) return 2;
  for (const Group& group : groups) {
    if (group.first == digits[0] && group.second == digits[1]) {
      return has(group.thirds, digits[2]) ? 3 : 0;
    }
  }
  return 0;
}

/// Where a number keeps its leading 0 behind the country code: in Italy and San Marino,
/// and in Gabon, the Ivory Coast and the Congo. Elsewhere it is a trunk prefix.
bool keeps_zero(std::string_view code) noexcept {
  return code == "39" || code == "378" || code == "225" || code == "241" || code == "242";
}

/// Prefixes of mobile numbers in use go stale, their first two digits do not.
bool is_chinese_mobile(std::string_view national) noexcept {
  return national.size() == 11 && national[0] == '1' && national[1] >= '3';
}

/// A number of China without its trunk prefix: mobile, land line, or 400 and 800.
bool is_chinese(std::string_view national) noexcept {
  if (is_chinese_mobile(national)) return true;
  if (national.size() < 9 || national[0] == '0') return false;
  if (national.starts_with("400") || national.starts_with("800")) {
    return national.size() == 10;
  }
  if (national[0] == '1' && national[1] != '0') return false;
  const std::string_view subscriber = national.substr(national[0] <= '2' ? 2 : 3);
  return (subscriber.size() == 7 || subscriber.size() == 8) && subscriber[0] != '0';
}

/// The digits behind "ext.", "x", "#", "转" or "分机"; nothing for any other text.
std::string_view extension(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 9> markers = {
      ";ext=",
      "extension",
      "ext",
      "x",
      "#",
      "\xE8\xBD\xAC",
      "\xE8\xBD\x89",  // zhuan, also Traditional
      "\xE5\x88\x86\xE6\x9C\xBA",
      "\xE5\x88\x86\xE6\xA9\x9F",  // fenji, also Traditional
  };
  for (const std::string_view marker : markers) {
    if (text.size() < marker.size() ||
        !std::equal(marker.begin(), marker.end(), text.begin(),
                    [](char a, char b) { return a == lower(b); })) {
      continue;
    }
    text.remove_prefix(marker.size());
    text.remove_prefix(std::min(text.find_first_not_of(" .:"), text.size()));
    if (text.size() <= max_extension && is_digits(text)) return text;
    return {};
  }
  return {};
}

}  // namespace

IdCheck phone(std::string_view text) {
  constexpr std::string_view separators = " -().+/";
  std::string digits;
  std::string_view ext;
  std::size_t last_group = 0;  // Digits before the last hyphen.
  bool plus = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      digits += c;
    } else if (c == '+') {
      if (plus || !digits.empty()) return invalid("format");
      plus = true;
    } else if (c == '-') {
      last_group = digits.size();
    } else if (separators.find(c) == std::string_view::npos) {
      ext = extension(text.substr(at));
      if (ext.empty()) return invalid("format");
      break;
    }
  }
  if (digits.empty()) return invalid("format");

  if (!plus) {
    std::size_t cut = 0;
    if (digits.starts_with("00")) {
      cut = 2;
    } else if (!digits.starts_with("86") || digits.size() < 11) {
      if (!is_chinese_mobile(digits)) return invalid("country_code");
      // Eleven digits could still be another country's, so the applicant has to say.
      std::string suggestion = "+86" + digits;
      if (!ext.empty()) suggestion.append(";ext=").append(ext);
      return warning("country_code", std::move(suggestion));
    }
    digits.erase(0, cut);
    last_group -= std::min(last_group, cut);
  }

  const std::size_t code = country_code(digits);
  if (code == 0) return invalid("country_code");
  if (digits[code] == '0' && !keeps_zero(std::string_view(digits).substr(0, code))) {
    digits.erase(code, 1);
    if (digits[code] == '0') return invalid("format");
    if (last_group > code) --last_group;
  }
  std::string_view national = std::string_view(digits).substr(code);
  if (digits.starts_with("86")) {
    const std::size_t tail = digits.size() - last_group;
    const bool could_be_extension = ext.empty() && last_group > code && tail > 0 &&
                                    tail <= max_extension &&
                                    is_chinese(national.substr(0, last_group - code));
    // Nobody writes one or two digits behind a hyphen that belong to the number.
    if (could_be_extension && (tail <= 2 || !is_chinese(national))) {
      ext = std::string_view(digits).substr(last_group);
      national.remove_suffix(tail);
    }
    if (!is_chinese(national)) {
      const bool mobile = national.size() > 1 && national[0] == '1' && national[1] >= '3';
      return invalid(mobile ? "length" : "format");
    }
  }
  if (national.size() < 4 || code + national.size() > max_digits)
    return invalid("length");

  std::string normalized = "+";
  normalized.append(digits, 0, code).append(national);
  if (!ext.empty()) normalized.append(";ext=").append(ext);
  return valid(std::move(normalized));
}

}  // namespace hezuo::ids
