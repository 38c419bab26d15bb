#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

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

TEST(EcmascriptNumber, IsNoLongerThanTheShortestOfPrintfThatReadsBack) {
  std::uint64_t state = 88172645463325252;
  for (int i = 0; i < 500; ++i) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    const double value = std::fabs(from_bits(state));
    if (!std::isfinite(value) || value == 0) continue;
    char expected[40];
    int precision = -1;
    do {
      std::snprintf(expected, sizeof expected, "%.*e", ++precision, value);
    } while (std::strtod(expected, nullptr) != value);

    std::string text = ecmascript_number(value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value);
    text = text.substr(0, text.find('e'));
    std::erase(text, '.');
    text.erase(0, text.find_first_not_of('0'));
    text.erase(text.find_last_not_of('0') + 1);

    EXPECT_LE(text.size(), static_cast<std::size_t>(precision) + 1) << expected;
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
