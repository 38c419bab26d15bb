#pragma once

#include <array>

namespace hezuo {

/// The number `0.digits * 10^point`. The first digit is not 0, nor is the last.
struct Decimal {
  std::array<char, 17> digits;
  int count;  ///< How many of the digits count.
  int point;
};

/// The shortest decimal that reads back as `value`, and of these the closest, or the even
/// one of two as close. `value` must be finite and above 0.
///
///     shortest_decimal(0.25)   // -> {"25", 2, 0}
///
/// Burger and Dybvig, "Printing Floating-Point Numbers Quickly and Accurately" (1996).
[[nodiscard]] Decimal shortest_decimal(double value);

/// Reads the decimal literal that the text from `at` to `end` begins with: digits, of
/// which some may follow a point, then perhaps an exponent. No sign, no white space.
/// `value` becomes the double that is closest, or the even one of two as close; infinity
/// and 0 beyond the largest and the smallest. Returns where the literal ends: at `at`,
/// and `value` is left alone, if there is none.
///
/// Exact for literals of any length, as Gay's strtod is: "Correctly Rounded
/// Binary-Decimal and Decimal-Binary Conversions" (1990).
const char* read_decimal(const char* at, const char* end, double& value);

}  // namespace hezuo
