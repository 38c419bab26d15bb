#include <utility>

#include "ids.hpp"

namespace hezuo::ids {
namespace {

// GB 32100-2015: digits and capitals without I, O, S, V and Z.
constexpr std::string_view uscc_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
// Crockford's base 32.
constexpr std::string_view ror_alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/// GB 32100-2015: weights 3^i mod 31, check character 31 minus their sum.
bool uscc_check(std::string_view code) noexcept {
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (const char c : code.substr(0, 17)) {
    sum += uscc_alphabet.find(c) * weight;
    weight = weight * 3 % 31;
  }
  return uscc_alphabet[(31 - sum % 31) % 31] == code[17];
}

/// GB 11714-1997: the organisation code in positions 9 to 17 has its own check
/// character.
bool organisation_check(std::string_view code) noexcept {
  constexpr std::string_view weights = "379A5842";
  unsigned sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    sum += value(weights[i]) * value(code[i]);
  return "0X987654321"[sum % 11] == code[8];
}

/// ISO 7064 MOD 11-2, with X for ten.
bool mod_11_2(std::string_view digits) noexcept {
  unsigned check = 0;
  for (const char c : digits) check = (2 * check + (c == 'X' ? 10 : value(c))) % 11;
  return check == 1;
}

/// GB 11643-1999: region, day of birth, serial number, check character.
bool is_resident_id(std::string_view code) noexcept {
  if (!is_digits(code.substr(0, 17)) || code[0] == '0') return false;
  const auto birth = static_cast<int>(number(code.substr(6, 8)));
  const int year = birth / 10'000;
  return year >= 1900 && year < 2100 && exists(year, birth / 100 % 100, birth % 100) &&
         mod_11_2(code);
}

/// Takes "https://<host>/", "http://www.<host>/" or "<host>/" off, in any case.
std::string_view without_site(std::string_view text, std::string_view host) noexcept {
  const auto drop = [](std::string_view rest, std::string_view prefix) {
    if (rest.size() < prefix.size()) return rest;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
      if (lower(rest[i]) != prefix[i]) return rest;
    }
    return rest.substr(prefix.size());
  };
  std::string_view rest = drop(drop(text, "https://"), "http://");
  const std::string_view path = drop(drop(rest, "www."), host);
  if (path.empty() || path[0] != '/') return text;
  rest = path.substr(1);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  return rest;
}

}  // namespace

IdCheck uscc(std::string_view text) {
  std::string code = compact(text, " -");
  for (const char c : code) {
    if (!is_alnum(c)) return invalid("format");
  }
  if (code.empty()) return invalid("format");
  if (code.size() != 18) return invalid("length");
  // A letter that the alphabet leaves out is no check character under any rule.
  if (uscc_alphabet.find(code[17]) == std::string_view::npos) {
    return invalid("check", std::move(code));
  }
  if (code.find_first_not_of(uscc_alphabet) != std::string::npos)
    return invalid("format");
  const bool organisation = organisation_check(std::string_view(code).substr(8));
  // One resident ID in 341 satisfies both checks of an organisation, too; hardly any
  // organisation's code reads as a person's. Codes that begin with 9, as those of
  // companies do, are persons' on foreigners' cards only.
  if (is_resident_id(code) && (code[0] != '9' || !organisation)) {
    return invalid("resident_id");
  }
  // Registrar (A is the military, N agriculture, Y any other), category and region.
  if (std::string_view("123456789ANY").find(code[0]) == std::string_view::npos ||
      !is_digits(std::string_view(code).substr(1, 7))) {
    return invalid("format");
  }
  if (!organisation) return invalid("check", std::move(code));
  if (!uscc_check(code)) return warning("legacy", std::move(code));
  return valid(std::move(code));
}

IdCheck orcid(std::string_view text) {
  const std::string digits = compact(without_site(text, "orcid.org"), " -");
  if (digits.empty()) return invalid("format");
  const bool last = is_digit(digits.back()) || digits.back() == 'X';
  if (!last || !is_digits(std::string_view(digits).substr(0, digits.size() - 1))) {
    return invalid("format");
  }
  if (digits.size() != 16) return invalid("length");
  std::string normalized;
  for (std::size_t i = 0; i < digits.size(); i += 4) {
    if (i != 0) normalized += '-';
    normalized.append(digits, i, 4);
  }
  if (!mod_11_2(digits)) return invalid("check", std::move(normalized));
  return valid(std::move(normalized));
}

IdCheck ror(std::string_view text) {
  std::string code = compact(without_site(text, "ror.org"), " ");
  for (char& c : code) c = lower(c);
  if (code.empty() || code.find_first_not_of(ror_alphabet) != std::string::npos) {
    return invalid("format");
  }
  if (code.size() != 9) return invalid("length");
  const std::string_view check = std::string_view(code).substr(7);
  if (code[0] != '0' || !is_digits(check)) return invalid("format");
  std::uint64_t serial = 0;
  for (const char c : std::string_view(code).substr(0, 7)) {
    serial = serial * 32 + ror_alphabet.find(c);
  }
  if (98 - serial * 100 % 97 != number(check)) return invalid("check", std::move(code));
  return valid(std::move(code));
}

IdCheck lei(std::string_view text) {
  std::string code = compact(text, " -");
  for (const char c : code) {
    if (!is_alnum(c)) return invalid("format");
  }
  if (code.size() != 20) return invalid("length");
  if (!is_digits(std::string_view(code).substr(18))) return invalid("format");
  // ISO 7064 MOD 97-10: each letter becomes two digits of one long number.
  unsigned remainder = 0;
  for (const char c : code) {
    remainder = (remainder * (is_digit(c) ? 10 : 100) + value(c)) % 97;
  }
  if (remainder != 1) return invalid("check", std::move(code));
  return valid(std::move(code));
}

IdCheck pic(std::string_view text) {
  std::string digits = compact(text, " -");
  if (!is_digits(digits)) return invalid("format");
  if (digits.size() != 9) return invalid("length");
  return valid(std::move(digits));
}

}  // namespace hezuo::ids
