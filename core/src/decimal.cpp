#include "decimal.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace hezuo {
namespace {

constexpr int significand_bits = 52;
constexpr int exponent_bias = 1075;  // Of a significand that is an integer.
constexpr std::uint64_t hidden_bit = std::uint64_t{1} << significand_bits;
constexpr std::uint64_t infinity_bits = std::uint64_t{0x7FF} << significand_bits;
constexpr int exact_powers = 22;  // 10^22 is the largest power of ten that is a double.

/// A natural number below 2^1152. The largest that is needed is 10 * 2^1076, for the
/// smallest doubles.
class Natural {
 public:
  Natural(std::uint64_t value, int shift) {
    const auto word = static_cast<std::size_t>(shift / 32);
    const int bits = shift % 32;
    const std::uint64_t low = (value & 0xFFFF'FFFF) << bits;
    const std::uint64_t high = ((value >> 32) << bits) + (low >> 32);
    words_[word] = static_cast<std::uint32_t>(low);
    words_[word + 1] = static_cast<std::uint32_t>(high);
    words_[word + 2] = static_cast<std::uint32_t>(high >> 32);
    size_ = word + 3;
    trim();
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

  void multiply_by_power_of_ten(int exponent) {
    for (; exponent >= 9; exponent -= 9) multiply(1'000'000'000);
    for (; exponent > 0; --exponent) multiply(10);
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
    trim();
  }

  [[nodiscard]] int compare(const Natural& other) const {
    if (size_ != other.size_) return size_ < other.size_ ? -1 : 1;
    for (std::size_t i = size_; i-- > 0;) {
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
    }
    return 0;
  }

  [[nodiscard]] bool is_zero() const { return size_ == 0; }

 private:
  void trim() {
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
  }

  std::array<std::uint32_t, 36> words_{};  // Above `size_`, all are 0.
  std::size_t size_;
};

/// `significand * 2^exponent / 10^point`, as a fraction whose digits come one by one.
struct Fraction {
  Fraction(std::uint64_t significand, int exponent, int point)
      : rest(significand, std::max(exponent, 0)), scale(1, std::max(-exponent, 0)) {
    rest.multiply_by_power_of_ten(-point);
    scale.multiply_by_power_of_ten(point);
  }

  /// The next digit behind the point, if the fraction is below 1.
  char next() {
    char digit = '0';
    rest.multiply(10);
    while (rest.compare(scale) >= 0) {
      rest.subtract(scale);
      ++digit;
    }
    return digit;
  }

  Natural rest;
  Natural scale;
};

/// Finds the decimal of at most 15 digits that reads as `value`, if there is one, without
/// big numbers. No two decimals that short read as the same double, so it is the
/// shortest.
bool find_short(double value, Decimal& result) {
  double power = 1;
  for (int places = 0; places <= exact_powers; ++places, power *= 10) {
    const double scaled = value * power + 0.5;
    if (scaled >= 1e15) break;
    auto digits = static_cast<std::uint64_t>(scaled);
    // Both are exact, so the quotient is what a reader gets.
    if (static_cast<double>(digits) / power != value) continue;

    std::array<char, 15> backwards{};
    int first = 0;
    int size = 0;
    for (; digits != 0; digits /= 10) {
      backwards[static_cast<std::size_t>(size++)] = static_cast<char>('0' + digits % 10);
    }
    while (backwards[static_cast<std::size_t>(first)] == '0') ++first;
    std::reverse_copy(backwards.data() + first, backwards.data() + size,
                      result.digits.data());
    result.count = size - first;
    result.point = size - places;
    return true;
  }
  return false;
}

/// How `0.digits * 10^point` compares with `significand * 2^exponent`: below, at or above
/// 0. There may be a point among the digits, and the first is not 0.
int compare(const char* digit, const char* end, int point, std::uint64_t significand,
            int exponent) {
  Fraction other(significand, exponent, point);
  if (other.rest.compare(other.scale) >= 0) return -1;
  for (; digit != end; ++digit) {
    if (*digit == '.') continue;
    const int order = *digit - other.next();
    if (order != 0) return order;
  }
  return other.rest.is_zero() ? 0 : -1;
}

double from_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// The digits of a literal, of which `head` holds the first 19 and `exponent` the rest:
/// it is about `head * 10^exponent`, and `head` is not 0.
struct Literal {
  const char* first;  ///< The first digit that is not 0.
  const char* end;
  std::uint64_t head;
  int exponent;
  int point;
};

double round(const Literal& literal) {
  // Finds `bound * 2^exponent`, below the value, in 64 bits. Each step loses at most one
  // unit of 2^62.3 or more, which is 3.2 units of 2^64; what follows `head` is below 19
  // units, and one more is taken off, so that the value is never the bound itself. A unit
  // of the result is 2048 of these or more.
  const int steps = std::abs(literal.exponent);
  const unsigned error = 4 * static_cast<unsigned>(steps) + 20;
  const int zeros = std::countl_zero(literal.head);
  std::uint64_t bound = literal.head << zeros;
  int exponent = -zeros;
  for (int i = 0; i < steps; ++i) {
    if (literal.exponent > 0) {
      bound = bound / 8 * 5 + bound % 8 * 5 / 8;
      exponent += 4;
    } else {
      bound = bound / 5 * 4 + bound % 5 * 4 / 5;
      exponent -= 3;
    }
    if (bound >> 63 == 0) {
      bound <<= 1;
      --exponent;
    }
  }
  --bound;

  int shift = 63 - significand_bits;
  int biased = exponent + shift + exponent_bias;
  if (biased < 1) {  // Subnormal.
    shift += 1 - biased;
    biased = 1;
  }
  // The double closest to the bound, and how far above the bound the next one begins.
  // What overflows on the way is right modulo 2^64. As the error is less than a unit, the
  // result is one of these two.
  std::uint64_t significand = 0;
  std::uint64_t gap = 0;
  if (shift <= 64) {
    significand = bound >> (shift - 1);
    significand = (significand >> 1) + (significand & 1);
    gap = ((2 * significand + 1) << (shift - 1)) - bound;
  }
  // A significand of 2^53, or of 2^52 among subnormals, carries into the exponent.
  std::uint64_t bits =
      (static_cast<std::uint64_t>(biased - 1) << significand_bits) + significand;
  if (bits >= infinity_bits) return from_bits(infinity_bits);
  if (gap <= error) {
    const int order = compare(literal.first, literal.end, literal.point,
                              2 * significand + 1, biased - exponent_bias - 1);
    if (order > 0 || (order == 0 && significand % 2 != 0)) ++bits;
  }
  return from_bits(bits);
}

bool is_digit(const char* at, const char* end) {
  return at != end && *at >= '0' && *at <= '9';
}

/// Reads the exponent that begins at `at`, if one does, and returns where it ends.
const char* read_exponent(const char* at, const char* end, std::int64_t& exponent) {
  if (at == end || (*at | 0x20) != 'e') return at;
  const char* digit = at + 1;
  const bool negative = digit != end && *digit == '-';
  if (negative || (digit != end && *digit == '+')) ++digit;
  if (!is_digit(digit, end)) return at;
  // Saturates far beyond any text that fits into memory.
  constexpr std::int64_t limit = 1'000'000'000'000;
  for (; is_digit(digit, end); ++digit) {
    exponent = std::min(limit, exponent * 10 + (*digit - '0'));
  }
  if (negative) exponent = -exponent;
  return digit;
}

}  // namespace

Decimal shortest_decimal(double value) {
  Decimal result{};
  if (find_short(value, result)) return result;

  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  const auto biased = static_cast<int>(bits >> significand_bits);
  const std::uint64_t fraction = bits % hidden_bit;
  const std::uint64_t significand = biased != 0 ? fraction | hidden_bit : fraction;
  const int exponent = std::max(biased, 1) - exponent_bias;
  // The gap below a power of two is half of the gap above it.
  const bool uneven = fraction == 0 && biased > 1;
  // The reader rounds a tie to the even significand, so this one owns its bounds.
  const bool closed = significand % 2 == 0;

  // One more than the logarithm, rounded down, of the power of two below: the factor is
  // log10(2), precise enough for exponents up to 2620. At most one too small.
  const int power = exponent + 63 - std::countl_zero(significand);
  result.point = ((power * 315653) >> 20) + 1;

  // In units of half a gap, or of a quarter of the gap above.
  const int unit = uneven ? exponent - 2 : exponent - 1;
  Fraction digits(significand << (exponent - unit), unit, result.point);
  Natural& rest = digits.rest;
  Natural below(1, std::max(unit, 0));
  below.multiply_by_power_of_ten(-result.point);
  const auto reaches_scale = [&] {
    Natural sum = rest;
    sum.add(below);
    if (uneven) sum.add(below);
    return sum.compare(digits.scale) >= (closed ? 0 : 1);
  };
  if (reaches_scale()) {
    ++result.point;
    digits.scale.multiply(10);
  }
  for (;;) {
    char digit = digits.next();
    below.multiply(10);
    const bool low = rest.compare(below) < (closed ? 1 : 0);
    const bool high = reaches_scale();
    if (high) {
      rest.multiply(2);
      const int half = rest.compare(digits.scale);
      if (!low || half > 0 || (half == 0 && digit % 2 != 0)) ++digit;
    }
    result.digits[static_cast<std::size_t>(result.count++)] = digit;
    if (low || high) return result;
  }
}

const char* read_decimal(const char* at, const char* end, double& value) {
  const char* next = at;
  const char* first = nullptr;
  std::uint64_t head = 0;
  std::int64_t count = 0;  // Of the digits in `head`.
  std::int64_t moved = 0;
  bool any = false;
  bool behind_point = false;
  for (; next != end; ++next) {
    if (*next == '.' && !behind_point) {
      behind_point = true;
      continue;
    }
    if (!is_digit(next, end)) break;
    any = true;
    if (head < 1'000'000'000'000'000'000) {
      head = head * 10 + static_cast<std::uint64_t>(*next - '0');
      if (behind_point) --moved;
      if (head != 0 && count++ == 0) first = next;
    } else if (!behind_point) {
      ++moved;
    }
  }
  if (!any) return at;

  std::int64_t exponent = 0;
  const char* const digits_end = next;
  next = read_exponent(next, end, exponent);
  exponent += moved;
  const std::int64_t point = exponent + count;
  if (head == 0 || point < -323) {
    value = 0;
  } else if (point > 309) {
    value = from_bits(infinity_bits);
  } else if (head <= 2 * hidden_bit && exponent >= -exact_powers &&
             exponent <= exact_powers) {
    // Both operands are exact, so that the result is rounded once: Clinger, "How to Read
    // Floating Point Numbers Accurately" (1990).
    double power = 1;
    for (std::int64_t i = std::abs(exponent); i > 0; --i) power *= 10;
    value = static_cast<double>(head);
    value = exponent < 0 ? value / power : value * power;
  } else {
    value = round(
        {first, digits_end, head, static_cast<int>(exponent), static_cast<int>(point)});
  }
  return next;
}

}  // namespace hezuo
