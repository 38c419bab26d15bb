#include "number.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace hezuo {
namespace {

constexpr int significand_bits = 52;
constexpr int exponent_bias = 1075;  // Of a significand that is an integer.

/// A natural number below 2^1280, enough for every double times 10.
class Natural {
 public:
  explicit Natural(std::uint64_t value) {
    words_[0] = static_cast<std::uint32_t>(value);
    words_[1] = static_cast<std::uint32_t>(value >> 32);
    size_ = words_[1] != 0 ? 2 : 1;
  }

  void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += std::uint64_t{words_[i]} * factor;
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_[size_++] = static_cast<std::uint32_t>(carry);
  }

  void multiply_by_power(std::uint32_t base, int exponent) {
    for (; exponent > 0; --exponent) multiply(base);
  }

  void shift_left(int bits) {
    multiply_by_power(1U << 31U, bits / 31);
    multiply(1U << static_cast<unsigned>(bits % 31));
  }

  void add(const Natural& other) {
    std::uint64_t carry = 0;
    size_ = std::max(size_, other.size_);
    for (std::size_t i = 0; i < size_; ++i) {
      carry += std::uint64_t{words_[i]} + other.words_[i];
      words_[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_[size_++] = static_cast<std::uint32_t>(carry);
  }

  /// `other` must not be larger.
  void subtract(const Natural& other) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const std::uint64_t difference =
          std::uint64_t{words_[i]} - other.words_[i] - borrow;
      words_[i] = static_cast<std::uint32_t>(difference);
      borrow = difference >> 63;
    }
    while (size_ > 1 && words_[size_ - 1] == 0) --size_;
  }

  [[nodiscard]] int compare(const Natural& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (std::size_t i = size_; i-- > 0;) {
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
    }
    return 0;
  }

 private:
  std::array<std::uint32_t, 40> words_{};
  std::size_t size_;
};

/// `0.digits * 10^point`.
struct Decimal {
  std::string digits;
  int point;
};

/// The shortest decimal of a positive, finite `value`.
Decimal shortest(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const auto biased = static_cast<int>(bits >> significand_bits);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << significand_bits) - 1);
  const bool normal = biased != 0;
  const std::uint64_t significand =
      normal ? fraction | (std::uint64_t{1} << significand_bits) : fraction;
  const int exponent = (normal ? biased : 1) - exponent_bias;
  // The gap below a power of two is half of the gap above it.
  const bool uneven = fraction == 0 && biased > 1;
  // The reader rounds a tie to the even significand, so this one owns its bounds.
  const bool closed = significand % 2 == 0;

  Natural rest(significand);
  Natural scale(1);
  Natural below(1);
  rest.shift_left(1 + int{uneven} + std::max(exponent, 0));
  scale.shift_left(1 + int{uneven} + std::max(-exponent, 0));
  below.shift_left(std::max(exponent, 0));
  Natural above = below;
  if (uneven) above.multiply(2);

  // At most one too small, and never too large.
  int point = static_cast<int>(std::ceil(std::log10(value) - 1e-10));
  if (point >= 0) {
    scale.multiply_by_power(10, point);
  } else {
    rest.multiply_by_power(10, -point);
    above.multiply_by_power(10, -point);
    below.multiply_by_power(10, -point);
  }
  const auto reaches_scale = [&] {
    Natural sum = rest;
    sum.add(above);
    const int order = sum.compare(scale);
    return closed ? order >= 0 : order > 0;
  };
  if (reaches_scale()) {
    ++point;
  } else {
    rest.multiply(10);
    above.multiply(10);
    below.multiply(10);
  }

  Decimal result{{}, point};
  for (;;) {
    char digit = '0';
    while (rest.compare(scale) >= 0) {
      rest.subtract(scale);
      ++digit;
    }
    const int order = rest.compare(below);
    const bool low = closed ? order <= 0 : order < 0;
    const bool high = reaches_scale();
    if (low || high) {
      rest.multiply(2);
      const int half = rest.compare(scale);
      const bool nearer_above = half > 0 || (half == 0 && (digit - '0') % 2 != 0);
      if (high && (!low || nearer_above)) ++digit;
      result.digits += digit;
      return result;
    }
    result.digits += digit;
    rest.multiply(10);
    above.multiply(10);
    below.multiply(10);
  }
}

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

  // Without a decimal point, strtod cannot depend on the locale's.
  std::string literal;
  std::int64_t exponent = 0;
  bool has_digits = false;
  const auto take_digits = [&](int weight) {
    for (; i < text.size() && is_digit(text[i]); ++i) {
      has_digits = true;
      if (!literal.empty() || text[i] != '0') literal += text[i];
      exponent -= weight;
    }
  };
  take_digits(0);
  if (i < text.size() && text[i] == '.') {
    ++i;
    take_digits(1);
  }
  if (!has_digits) return std::numeric_limits<double>::quiet_NaN();

  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    std::size_t end = i + 1;
    const bool down = end < text.size() && text[end] == '-';
    if (end < text.size() && (text[end] == '-' || text[end] == '+')) ++end;
    if (end < text.size() && is_digit(text[end])) {
      // Far beyond any text that fits into memory, so it saturates.
      constexpr std::int64_t limit = 1'000'000'000'000;
      std::int64_t written = 0;
      for (; end < text.size() && is_digit(text[end]); ++end) {
        written = std::min(limit, written * 10 + (text[end] - '0'));
      }
      exponent += down ? -written : written;
      i = end;
    }
  }
  text.remove_prefix(i);
  if (literal.empty()) return sign * 0.0;
  literal += 'e';
  literal += std::to_string(exponent);
  return sign * std::strtod(literal.c_str(), nullptr);
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
  return any ? std::ldexp(static_cast<double>(head), dropped) : nan;
}

}  // namespace

std::string ecmascript_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (value == 0) return "0";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  // Integers that need no rounding are the common case.
  if (std::fabs(value) < 9007199254740992.0 && value == std::trunc(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }

  Decimal decimal = shortest(std::fabs(value));
  std::string& text = decimal.digits;
  const auto count = static_cast<int>(text.size());
  const int point = decimal.point;
  if (point >= count && point <= 21) {
    text.append(static_cast<std::size_t>(point - count), '0');
  } else if (point > 0 && point <= 21) {
    text.insert(static_cast<std::size_t>(point), 1, '.');
  } else if (point > -6 && point <= 0) {
    text.insert(0, static_cast<std::size_t>(-point), '0');
    text.insert(0, "0.");
  } else {
    if (count > 1) text.insert(1, 1, '.');
    text += point > 0 ? "e+" : "e-";
    text += std::to_string(std::abs(point - 1));
  }
  if (value < 0) text.insert(0, 1, '-');
  return std::move(text);
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

}  // namespace hezuo
