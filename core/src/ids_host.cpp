#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "hezuo/text.hpp"
#include "ids.hpp"
#include "text_utf8.hpp"

namespace hezuo::ids {
namespace {

constexpr std::size_t max_label = 63;  // RFC 1035
constexpr std::size_t max_domain = 253;

struct Label {
  std::array<char32_t, max_label> characters{};
  std::size_t size = 0;
};

// Punycode, RFC 3492, with the parameters of section 5.
constexpr std::uint32_t base = 36;
constexpr std::uint32_t t_min = 1;
constexpr std::uint32_t t_max = 26;
constexpr std::uint32_t initial_bias = 72;
constexpr std::uint32_t initial_n = 128;

std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) noexcept {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (base - t_min) * t_max / 2; k += base) delta /= base - t_min;
  return k + (base - t_min + 1) * delta / (delta + 38);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) noexcept {
  return k <= bias ? t_min : std::min(k - bias, t_max);
}

/// The label behind "xn--", which is at most 59 characters of lower case.
std::optional<Label> decode(std::string_view ascii) noexcept {
  Label label;
  const std::size_t hyphen = ascii.rfind('-');
  std::size_t at = 0;
  if (hyphen != std::string_view::npos) {
    for (; at < hyphen; ++at) {
      label.characters[label.size++] = static_cast<unsigned char>(ascii[at]);
    }
    ++at;
  }
  std::uint32_t n = initial_n;
  std::uint32_t bias = initial_bias;
  std::uint64_t i = 0;
  while (at < ascii.size()) {
    const std::uint64_t before = i;
    std::uint64_t weight = 1;
    for (std::uint32_t k = base;; k += base) {
      if (at == ascii.size() || !is_alnum(ascii[at])) return std::nullopt;
      const char c = ascii[at++];
      const std::uint32_t digit = is_digit(c) ? value(c) + 26 : value(c) - 10;
      i += digit * weight;
      if (i > 0x7FFFFFFF) return std::nullopt;
      const std::uint32_t t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
      if (weight > 0x7FFFFFFF) return std::nullopt;
    }
    const auto points = static_cast<std::uint32_t>(label.size) + 1;
    bias = adapt(static_cast<std::uint32_t>(i - before), points, before == 0);
    const std::uint64_t character = n + i / points;
    if (character > 0x10FFFF || label.size == max_label) return std::nullopt;
    n = static_cast<std::uint32_t>(character);
    i %= points;
    const auto place = label.characters.begin() + static_cast<std::ptrdiff_t>(i);
    std::copy_backward(
        place, label.characters.begin() + static_cast<std::ptrdiff_t>(label.size),
        label.characters.begin() + static_cast<std::ptrdiff_t>(label.size) + 1);
    *place = n;
    ++label.size;
    ++i;
  }
  return label;
}

/// What `decode` reads, without "xn--".
std::string encode(const Label& label) {
  std::string ascii;
  for (std::size_t i = 0; i < label.size; ++i) {
    if (label.characters[i] < initial_n) ascii += static_cast<char>(label.characters[i]);
  }
  auto handled = static_cast<std::uint32_t>(ascii.size());
  const std::uint32_t basic = handled;
  if (basic > 0) ascii += '-';
  std::uint32_t n = initial_n;
  std::uint32_t bias = initial_bias;
  // At most 63 characters below 0x110000: no sum comes near 32 bits.
  std::uint32_t delta = 0;
  while (handled < label.size) {
    char32_t smallest = 0x10FFFF;
    for (std::size_t i = 0; i < label.size; ++i) {
      if (label.characters[i] >= n) smallest = std::min(smallest, label.characters[i]);
    }
    delta += (smallest - n) * (handled + 1);
    n = smallest;
    for (std::size_t i = 0; i < label.size; ++i) {
      if (label.characters[i] < n) ++delta;
      if (label.characters[i] != n) continue;
      std::uint32_t rest = delta;
      for (std::uint32_t k = base;; k += base) {
        const std::uint32_t t = threshold(k, bias);
        const std::uint32_t digit = rest < t ? rest : t + (rest - t) % (base - t);
        ascii += "abcdefghijklmnopqrstuvwxyz0123456789"[digit];
        if (rest < t) break;
        rest = (rest - t) / (base - t);
      }
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return ascii;
}

/// Blocks without a single letter or digit, private use and noncharacters. Their full
/// list (RFC 5892) is for the registries; a host that passes here may not exist either.
bool can_be_in_label(char32_t c) noexcept {
  constexpr std::array<std::pair<char32_t, char32_t>, 18> refused = {{
      {0x80, 0xB6},
      {0xB8, 0xBF},
      {0xD7, 0xD7},
      {0xF7, 0xF7},
      {0x2000, 0x2BFF},  // Punctuation, symbols, arrows, drawings.
      {0x2E00, 0x3004},
      {0x3008, 0x3029},
      {0x3030, 0x303B},
      {0x303D, 0x3040},
      {0x3200, 0x33FF},  // Enclosed and squared characters.
      {0x4DC0, 0x4DFF},
      {0xD800, 0xF8FF},
      {0xFB00, 0xFB06},
      {0xFE00, 0xFE1F},
      {0xFE30, 0xFE6F},
      {0xFF00, 0xFFFF},
      {0x1D000, 0x1FBFF},  // Notations and pictographs.
      {0xE0000, 0x10FFFF},
  }};
  return std::none_of(refused.begin(), refused.end(), [c](const auto& range) {
    return c >= range.first && c <= range.second;
  });
}

bool is_ascii_label(std::string_view label) noexcept {
  return !label.empty() && label.size() <= max_label && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
           return is_alnum(c) || c == '-';
         });
}

bool is_international(const Label& label) noexcept {
  bool ascii_only = true;
  for (std::size_t i = 0; i < label.size; ++i) {
    const char32_t c = label.characters[i];
    if (c >= 0x80 ? !can_be_in_label(c) : !is_alnum(static_cast<char>(c)) && c != '-') {
      return false;
    }
    ascii_only = ascii_only && c < 0x80;
  }
  return !ascii_only && label.characters[0] != '-' &&
         label.characters[label.size - 1] != '-';
}

/// The length of a label in the DNS; 0 when it is not one.
std::size_t dns_length(std::string_view utf8) {
  if (is_ascii_label(utf8)) {
    if (utf8.size() < 4 || utf8.substr(2, 2) != "--") return utf8.size();
    if (!utf8.starts_with("xn--")) return 0;
    const auto label = decode(utf8.substr(4));
    const bool canonical =
        label && is_international(*label) && encode(*label) == utf8.substr(4);
    return canonical ? utf8.size() : 0;
  }
  Label label;
  for (std::size_t at = 0; at < utf8.size();) {
    if (label.size == max_label) return 0;
    label.characters[label.size++] = next(utf8, at);
  }
  if (!is_international(label)) return 0;
  const std::size_t length = 4 + encode(label).size();
  return length <= max_label ? length : 0;
}

std::string lower_nfc(std::string_view utf8) {
  const auto composed = nfc(utf8);
  if (!composed) return {};
  const auto folded = nfc(fold_case(*composed));
  return folded ? *folded : std::string();
}

}  // namespace

std::string with_dots(std::string_view utf8) {
  std::string dotted;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next(utf8, at);
    text::append(dotted, c == 0x3002 || c == 0xFF61 ? U'.' : c);
  }
  return dotted;
}

std::string domain(std::string_view host) {
  std::string name = lower_nfc(with_dots(host));
  if (name.ends_with('.')) name.pop_back();

  std::size_t total = 0;
  std::size_t labels = 0;
  std::string_view rest = name;
  std::string_view label;
  while (true) {
    label = rest.substr(0, rest.find('.'));
    const std::size_t length = dns_length(label);
    if (length == 0) return {};
    total += length + (labels == 0 ? 0 : 1);
    ++labels;
    if (label.size() == rest.size()) break;
    rest.remove_prefix(label.size() + 1);
  }
  // No top-level domain has a digit, but as part of "xn--...".
  const bool top_level =
      label.size() >= 2 &&
      (label.starts_with("xn--") || std::none_of(label.begin(), label.end(), is_digit));
  if (labels < 2 || total > max_domain || !top_level) return {};
  return name;
}

bool is_ipv4(std::string_view text) noexcept {
  for (int part = 0; part < 4; ++part) {
    const std::string_view digits = text.substr(0, text.find('.'));
    const bool leading_zero = digits.size() > 1 && digits[0] == '0';
    if (!is_digits(digits) || digits.size() > 3 || leading_zero || number(digits) > 255) {
      return false;
    }
    text.remove_prefix(digits.size());
    if (part == 3) break;
    if (text.empty()) return false;
    text.remove_prefix(1);
  }
  return text.empty();
}

bool is_ipv6(std::string_view text) noexcept {
  // RFC 4291, 2.2: eight groups, of which "::" stands for one run of zeros and an IPv4
  // address at the end for two.
  int groups = 0;
  bool gap = false;
  if (text.starts_with("::")) {
    gap = true;
    text.remove_prefix(2);
  } else if (text.empty() || text[0] == ':') {
    return false;
  }
  while (!text.empty()) {
    const std::string_view group = text.substr(0, text.find(':'));
    if (group.size() == text.size() && is_ipv4(group)) {
      groups += 2;
      break;
    }
    const bool hexadecimal = !group.empty() && group.size() <= 4 &&
                             std::all_of(group.begin(), group.end(), [](char c) {
                               return is_alnum(c) && value(c) < 16;
                             });
    if (!hexadecimal) return false;
    ++groups;
    text.remove_prefix(group.size());
    if (text.empty()) break;
    text.remove_prefix(1);
    if (text.empty()) return false;
    if (text[0] != ':') continue;
    if (gap) return false;
    gap = true;
    text.remove_prefix(1);
  }
  return gap ? groups < 8 : groups == 8;
}

}  // namespace hezuo::ids
