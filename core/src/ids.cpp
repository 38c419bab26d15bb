#include "ids.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "hezuo/text.hpp"
#include "text_utf8.hpp"

namespace hezuo {
namespace {

constexpr std::array<std::string_view, 10> names = {
    "uscc", "orcid", "ror", "lei", "pic", "vat", "email", "phone", "url", "country",
};

// ISO 3166-1 as of 2022, with the 249 codes that are officially assigned.
constexpr std::array<std::string_view, 249> countries = {
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW",
    "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN",
    "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG",
    "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ",
    "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI",
    "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL",
    "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR",
    "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA",
    "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME",
    "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU",
    "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP",
    "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PN", "PR",
    "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD",
    "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV",
    "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE",
    "VG", "VI", "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
};

/// Characters that cannot be seen and that come along when text is copied: from a
/// contact list, a PDF or a web page.
bool is_unseen(char32_t c) noexcept {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

bool is_joiner(char32_t c) noexcept { return c == 0x200C || c == 0x200D; }

bool is_dash(char32_t c) noexcept {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63;
}

IdCheck check(IdKind kind, std::string_view value) {
  if (kind == IdKind::url) return ids::url(value);
  const std::string text = ids::plain(value);
  switch (kind) {
    case IdKind::uscc:
      return ids::uscc(text);
    case IdKind::orcid:
      return ids::orcid(text);
    case IdKind::ror:
      return ids::ror(text);
    case IdKind::lei:
      return ids::lei(text);
    case IdKind::pic:
      return ids::pic(text);
    case IdKind::vat:
      return ids::vat(text);
    case IdKind::email:
      return ids::email(text);
    case IdKind::phone:
      return ids::phone(text);
    case IdKind::url:
    case IdKind::country:
      break;
  }
  return ids::country(text);
}

}  // namespace

IdCheck check_id(IdKind kind, std::string_view value) {
  if (value.size() > max_id_bytes) return ids::invalid("length");
  if (!is_utf8(value)) return ids::invalid("format");
  IdCheck result = check(kind, value);
  // The canonical form of a host can be a little longer than what was typed.
  if (result.normalized.size() > max_id_bytes) return ids::invalid("length");
  return result;
}

std::string_view name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::warning:
      return "warning";
    case Verdict::invalid:
      return "invalid";
  }
  return "invalid";
}

std::string_view name(IdKind kind) noexcept {
  return names[static_cast<std::size_t>(kind)];
}

std::optional<IdKind> id_kind(std::string_view name) noexcept {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<IdKind>(found - names.begin());
}

std::span<const std::string_view> country_codes() noexcept { return countries; }

namespace ids {

IdCheck valid(std::string normalized) {
  return {Verdict::valid, {}, std::move(normalized)};
}

IdCheck warning(std::string_view code, std::string normalized) {
  return {Verdict::warning, code, std::move(normalized)};
}

IdCheck invalid(std::string_view code, std::string normalized) {
  return {Verdict::invalid, code, std::move(normalized)};
}

IdCheck invalid(std::string_view code) { return {Verdict::invalid, code, {}}; }

bool is_digits(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::uint64_t number(std::string_view digits) noexcept {
  std::uint64_t result = 0;
  for (const char c : digits) result = result * 10 + hezuo::ids::value(c);
  return result;
}

char32_t next(std::string_view utf8, std::size_t& at) noexcept {
  const auto [character, size] =
      text::decode(utf8.data() + at, utf8.data() + utf8.size());
  at += size;
  return character;
}

bool is_space(char32_t c) noexcept {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

std::string_view trim(std::string_view utf8) noexcept {
  std::size_t begin = utf8.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = next(utf8, at);
    if (is_space(c) || is_unseen(c)) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? utf8.substr(begin, end - begin) : std::string_view();
}

std::string plain(std::string_view utf8) {
  const std::string folded = fold_width(trim(utf8));
  std::string result;
  result.reserve(folded.size());
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next(folded, at);
    if (is_unseen(c) && !is_joiner(c)) continue;
    text::append(result, is_space(c) ? U' ' : is_dash(c) ? U'-' : c);
  }
  return result;
}

std::string compact(std::string_view text, std::string_view separators) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (separators.find(c) == std::string_view::npos) result += upper(c);
  }
  return result;
}

IdCheck country(std::string_view text) {
  std::string code = compact(text, " ");
  if (!std::all_of(code.begin(), code.end(), is_upper) || code.empty()) {
    return invalid("format");
  }
  if (code.size() != 2) return invalid("length");
  if (std::binary_search(countries.begin(), countries.end(), code)) {
    return valid(std::move(code));
  }
  // The European Union writes Greece and the United Kingdom in its own way.
  if (code == "EL") return invalid("unknown", "GR");
  if (code == "UK") return invalid("unknown", "GB");
  return invalid("unknown", std::move(code));
}

}  // namespace ids
}  // namespace hezuo
