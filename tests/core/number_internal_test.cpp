#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "../../core/src/number.hpp"

namespace hezuo {
namespace {

double from_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// RFC 8785, appendix B.
TEST(EcmascriptNumber, PrintsTheSamplesOfRfc8785) {
  const struct {
    std::uint64_t bits;
    const char* text;
  } samples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x7fffffffffffffff, "NaN"},
      {0x7ff0000000000000, "Infinity"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const auto& sample : samples) {
    EXPECT_EQ(ecmascript_number(from_bits(sample.bits)), sample.text);
  }
}

TEST(EcmascriptNumber, TakesTheShorterNeighbourAbovePowersOfTwo) {
  EXPECT_EQ(ecmascript_number(std::ldexp(1, -44)), "5.684341886080802e-14");
  EXPECT_EQ(ecmascript_number(std::ldexp(1, -1022)), "2.2250738585072014e-308");
  EXPECT_EQ(ecmascript_number(std::ldexp(1, 1023)), "8.98846567431158e+307");
}

TEST(EcmascriptNumber, ReadsBackForEveryPowerOfTwoAndItsNeighbours) {
  for (std::uint64_t exponent = 0; exponent < 2047; ++exponent) {
    for (const int step : {-1, 0, 1}) {
      const std::uint64_t bits = (exponent << 52) + static_cast<std::uint64_t>(step);
      const double value = std::fabs(from_bits(bits));
      if (!std::isfinite(value)) continue;

      const std::string text = ecmascript_number(value);

      EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
      EXPECT_EQ(ecmascript_to_number(text), value) << text;
    }
  }
}

/// Xorshift; the same numbers in each run.
class Random {
 public:
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }

 private:
  std::uint64_t state_ = 88172645463325252;
};

/// Number::toString of a positive `value`, by way of the shortest digits of the standard
/// library.
std::string expected_text(double value) {
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific)
          .ptr;
  std::string_view written(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = written.find('e');
  const int point = std::atoi(std::string(written.substr(e + 1)).c_str()) + 1;
  std::string digits(written.substr(0, e));
  std::erase(digits, '.');
  const auto count = static_cast<int>(digits.size());
  if (point > 21 || point < -5) {
    if (count > 1) digits.insert(1, 1, '.');
    return digits + (point > 0 ? "e+" : "e-") + std::to_string(std::abs(point - 1));
  }
  if (point <= 0)
    return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) {
    return digits + std::string(static_cast<std::size_t>(point - count), '0');
  }
  return digits.insert(static_cast<std::size_t>(point), 1, '.');
}

// A million pass as well, but take longer under sanitizers than all other tests.
TEST(EcmascriptNumber, AgreesWithTheStandardLibraryOnRandomDoubles) {
  constexpr int cases = 40'000;
  Random random;
  for (int i = 0; i < cases; ++i) {
    const double value = std::fabs(from_bits(random.next()));
    if (!std::isfinite(value) || value == 0) continue;

    const std::string text = ecmascript_number(value);

    ASSERT_EQ(text, expected_text(value));
    ASSERT_EQ(ecmascript_to_number(text), value) << text;
  }
}

TEST(EcmascriptNumber, AgreesWithTheStandardLibraryOnShortDecimals) {
  Random random;
  for (int i = 0; i < 20'000; ++i) {
    const auto digits = static_cast<double>(random.next() >> (random.next() % 64));
    const double value = digits / std::pow(10, static_cast<double>(random.next() % 24));
    if (value == 0) continue;

    const std::string text = ecmascript_number(value);

    ASSERT_EQ(text, expected_text(value));
    ASSERT_EQ(ecmascript_to_number(text), value) << text;
  }
}

TEST(EcmascriptNumber, AgreesWithTheStandardLibraryOnPowersOfTwoAndSubnormals) {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double value = std::ldexp(1, exponent);
    EXPECT_EQ(ecmascript_number(value), expected_text(value));
  }
  for (std::uint64_t bits = 1; bits < 2000; ++bits) {
    EXPECT_EQ(ecmascript_number(from_bits(bits)), expected_text(from_bits(bits)));
  }
}

TEST(EcmascriptToNumber, ReadsWhatNumberOfJavaScriptReads) {
  const struct {
    const char* text;
    double value;
  } samples[] = {
      {"", 0},
      {" \t\r\n", 0},
      {"\xC2\xA0 42\xE3\x80\x80", 42},
      {"\xEF\xBB\xBF"
       "1",
       1},
      {"-0", 0},
      {"007", 7},
      {"5.", 5},
      {".5", 0.5},
      {"+1.5e3", 1500},
      {"1E-2", 0.01},
      {"0x1F", 31},
      {" 0b101 ", 5},
      {"0o17", 15},
      {"0x20000000000001", 9007199254740992},
      {"0x20000000000003", 9007199254740996},
      {"1e400", std::numeric_limits<double>::infinity()},
      {"-Infinity", -std::numeric_limits<double>::infinity()},
      {"1e-99999999999999999999", 0},
      {"0.000000000000000000000000000001e30", 1},
  };
  for (const auto& sample : samples) {
    EXPECT_EQ(ecmascript_to_number(sample.text), sample.value) << sample.text;
  }
}

TEST(EcmascriptToNumber, AgreesWithStrtodOnRandomLiterals) {
  Random random;
  for (int i = 0; i < 30'000; ++i) {
    std::string text;
    const std::uint64_t size = 1 + random.next() % 30;
    while (text.size() < size) text += static_cast<char>('0' + random.next() % 10);
    text.insert(random.next() % (size + 1), 1, '.');
    text += "e" + std::to_string(static_cast<int>(random.next() % 700) - 360);

    ASSERT_EQ(ecmascript_to_number(text), std::strtod(text.c_str(), nullptr)) << text;
  }
}

/// All digits of the number halfway between the positive `value` and the next double.
std::string halfway_above(double value) {
  int exponent = 0;
  const double significand = std::ldexp(std::frexp(value, &exponent), 53);
  exponent -= 53;
  const int subnormal = exponent < -1074 ? -1074 - exponent : 0;
  const auto whole = static_cast<std::uint64_t>(std::ldexp(significand, -subnormal));
  exponent += subnormal;

  std::string digits = std::to_string(2 * whole + 1);
  --exponent;
  const int places = exponent < 0 ? -exponent : 0;
  // Times 2^exponent, or times 5^places, which is what a power of ten takes.
  const int factor = exponent < 0 ? 5 : 2;
  for (int i = exponent < 0 ? places : exponent; i > 0; --i) {
    int carry = 0;
    for (std::size_t at = digits.size(); at-- > 0;) {
      carry += (digits[at] - '0') * factor;
      digits[at] = static_cast<char>('0' + carry % 10);
      carry /= 10;
    }
    if (carry != 0) digits.insert(0, 1, static_cast<char>('0' + carry));
  }
  return digits + "e-" + std::to_string(places);
}

TEST(EcmascriptToNumber, RoundsATieToEvenAndWhatIsBesideItToTheCloser) {
  Random random;
  for (int i = 0; i < 60; ++i) {
    std::uint64_t bits = random.next() >> 1;
    if (i < 10) bits = static_cast<std::uint64_t>(i) + 1;  // Subnormals.
    if (i >= 10 && i < 20) bits = 0x0010000000000000 - 15 + static_cast<std::uint64_t>(i);
    if (i == 20) bits = 0x7FEFFFFFFFFFFFFF;  // Above it lies infinity.
    if (bits >= 0x7FF0000000000000) continue;
    const double below = from_bits(bits);
    const double above = from_bits(bits + 1);
    const std::string tie = halfway_above(below);
    const std::size_t e = tie.find('e');
    const std::string zeros(1000, '0');
    // One unit less in the last place, by way of a digit more.
    std::string less = tie.substr(0, e);
    ASSERT_NE(less.find_last_not_of('0'), std::string::npos);
    const std::size_t last = less.find_last_not_of('0');
    --less[last];
    for (std::size_t at = last + 1; at < less.size(); ++at) less[at] = '9';

    EXPECT_EQ(ecmascript_to_number(tie), bits % 2 == 0 ? below : above) << tie;
    EXPECT_EQ(ecmascript_to_number(tie.substr(0, e) + "." + zeros + tie.substr(e)),
              bits % 2 == 0 ? below : above);
    EXPECT_EQ(ecmascript_to_number(tie.substr(0, e) + "." + zeros + "1" + tie.substr(e)),
              above);
    EXPECT_EQ(ecmascript_to_number(less + "." + std::string(800, '9') + tie.substr(e)),
              below);
  }
}

TEST(EcmascriptToNumber, ReadsTheBordersOfTheRange) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double smallest = std::numeric_limits<double>::denorm_min();
  const struct {
    const char* text;
    double value;
  } samples[] = {
      {"1.7976931348623157e308", std::numeric_limits<double>::max()},
      {"1.7976931348623158e308", std::numeric_limits<double>::max()},
      {"1.7976931348623159e308", infinity},
      {"1e309", infinity},
      {"0.1e310", infinity},
      {"2.4703282292062327e-324", 0},
      {"2.4703282292062328e-324", smallest},
      {"9e-324", 2 * smallest},
      {"1e-324", 0},
      {"0e999999999999999999", 0},
      {"2.2250738585072011e-308", from_bits(0x000FFFFFFFFFFFFF)},
      {"2.2250738585072014e-308", std::numeric_limits<double>::min()},
      {"9007199254740993", 9007199254740992},
      {"9007199254740993.00000000000000000000000000001", 9007199254740994},
      {"18446744073709551615", 18446744073709551616.0},
      {"1e23", 1e23},
      {"8.5e22", 8.5e22},
  };
  for (const auto& sample : samples) {
    EXPECT_EQ(ecmascript_to_number(sample.text), sample.value) << sample.text;
  }
  EXPECT_EQ(ecmascript_to_number("1" + std::string(100'000, '0') + "e-100000"), 1);
  EXPECT_EQ(ecmascript_to_number("0." + std::string(100'000, '0') + "1e100001"), 1);
}

TEST(EcmascriptToNumber, RefusesWhatNumberOfJavaScriptRefuses) {
  for (const char* text :
       {"a", "1 2", "1px", "0x", "0xg", "-0x1", "0b2", "1e", "1e+", ".", "+", "--1",
        "infinity", "1_000", "0x1 2", "\xC2", "1\xC2"}) {
    EXPECT_TRUE(std::isnan(ecmascript_to_number(text))) << text;
  }
}

TEST(EcmascriptParseFloat, ReadsTheNumberThatATextBeginsWith) {
  EXPECT_EQ(ecmascript_parse_float(" 3.5 people"), 3.5);
  EXPECT_EQ(ecmascript_parse_float("1e"), 1);
  EXPECT_EQ(ecmascript_parse_float("0x10"), 0);
  EXPECT_TRUE(std::isnan(ecmascript_parse_float("people")));
  EXPECT_TRUE(std::isnan(ecmascript_parse_float("")));
}

}  // namespace
}  // namespace hezuo
