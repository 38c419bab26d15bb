#include "hezuo/json.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace hezuo {
namespace {

using namespace std::string_literals;
using nlohmann::json;

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

struct Refusal {
  std::string text;
  ErrorCode code;
  std::string path;
};

TEST(ParseJson, RefusesWithCodeAndPointer) {
  const std::vector<Refusal> refusals = {
      {"", ErrorCode::invalid_json, ""},
      {" \n", ErrorCode::invalid_json, ""},
      {"{", ErrorCode::invalid_json, ""},
      {"[1,]", ErrorCode::invalid_json, "/1"},
      {"{\"a\":1,}", ErrorCode::invalid_json, "/a"},
      {"{'a':1}", ErrorCode::invalid_json, ""},
      {"nul", ErrorCode::invalid_json, ""},
      {"NaN", ErrorCode::invalid_json, ""},
      {"01", ErrorCode::invalid_json, ""},
      {"1e999", ErrorCode::invalid_json, ""},
      {"{} {}", ErrorCode::invalid_json, ""},
      {"\"a\nb\"", ErrorCode::invalid_json, ""},
      {"\"a", ErrorCode::invalid_json, ""},
      // A lone surrogate is no text, whichever half it is.
      {R"("\ud800")", ErrorCode::invalid_json, ""},
      {R"("\udc00")", ErrorCode::invalid_json, ""},
      {R"({"a":["\ud83d\ud83d"]})", ErrorCode::invalid_json, "/a/0"},
      {"\"\xff\"", ErrorCode::invalid_utf8, ""},
      {"\"\xed\xa0\x80\"", ErrorCode::invalid_utf8, ""},
      {"\xef\xbb", ErrorCode::invalid_utf8, ""},
      {R"({"a":1,"b":2,"a":3})", ErrorCode::duplicate_key, "/a"},
      {R"({"a":{"b/c":1,"b\/c":2}})", ErrorCode::duplicate_key, "/a/b~1c"},
      {R"([0,{"a":[{}, {"x":1,"\u0078":1}]}])", ErrorCode::duplicate_key, "/1/a/1/x"},
      {R"({"":1,"":2})", ErrorCode::duplicate_key, "/"},
  };

  for (const auto& refusal : refusals) {
    const auto parsed = parse_json(refusal.text);

    ASSERT_FALSE(parsed) << refusal.text;
    EXPECT_EQ(parsed.error().code, refusal.code) << refusal.text;
    EXPECT_EQ(parsed.error().path, refusal.path) << refusal.text;
    EXPECT_FALSE(parsed.error().message.empty()) << refusal.text;
  }
}

TEST(ParseJson, DoesNotStopAtAZeroByte) {
  for (const auto& text : {"{}\0{}"s, "\0"s, "[\0]"s, "{} \0"s, "\"a\0b\""s}) {
    const auto parsed = parse_json(text);

    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid_json);
  }
  EXPECT_EQ(*parse_json("\"\\u0000\""), json("\0"s));
}

TEST(ParseJson, SaysLineAndColumnInCharacters) {
  const auto parsed = parse_json("{\n  \"\u6b66\u6c49\": tru\n}");

  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, "not JSON: line 2, column 12");
}

TEST(ParseJson, NamesWhatAChineseKeyboardTypesInPlaceOfASign) {
  struct Slip {
    const char* text;
    const char* message;
  };
  // Each is found where it stands, also where reading went on behind it.
  const std::vector<Slip> slips = {
      {"{\"a\": 1\uff0c\"b\": 2}", "line 1, column 8: type , for \uff0c"},
      {"[1\u30012]", "line 1, column 3: type , for \u3001"},
      {"{\"a\"\uff1a1}", "line 1, column 5: type : for \uff1a"},
      {"\uff5b}", "line 1, column 1: type { for \uff5b"},
      {"{\"a\": \u30101]}", "line 1, column 7: type [ for \u3010"},
      {"[1\uff3d", "line 1, column 3: type ] for \uff3d"},
      {"[1,\u30002]", "line 1, column 4: type   for \u3000"},
      {"[\uff11]", "line 1, column 2: type 1 for \uff11"},
      {"{\u201ca\u201d: 1}", "line 1, column 2: type \" for \u201c"},
      {"{\n\"a\u201d: 1,\n\"b\": 2}", "line 2, column 3: type \" for \u201d"},
      {"{\"a\u201d: 1, \"b\": 2}", "line 1, column 4: type \" for \u201d"},
      {"{\"a\": \"b\u201d}", "line 1, column 9: type \" for \u201d"},
      {"{\"a\": \"\u4ed6\u8bf4\u201c\u597d\u201d\u3002\u201d}",
       "line 1, column 14: type \" for \u201d"}};

  for (const auto& [text, message] : slips) {
    const auto parsed = parse_json(text);

    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().message, std::string("not JSON: ") + message);
  }
}

TEST(ParseJson, BlamesNoQuotationMarkThatBelongsToTheText) {
  for (const auto& [text, place] :
       {std::pair{"{\"a\": \"\u201cb\u201d\" \"c\": 1}", "line 1, column 13"},
        {"{\"a\": \"\u201cb\u201d\"c\": 1}", "line 1, column 12"},
        {"{\"a\": \"\u201cb\u201d,\n\"c\": 1}", "line 1, column 12"},
        {"{\"a\": \"b\u201d\\x\"}", "line 1, column 11"},
        {"[\"a\u201d\"}", "line 1, column 6"},
        {"[(1)]", "line 1, column 2"},
        {"[\uff081]", "line 1, column 2"}}) {
    const auto parsed = parse_json(text);

    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().message, std::string("not JSON: ") + place) << text;
  }
}

TEST(ParseJson, SkipsAByteOrderMark) {
  const auto parsed = parse_json("\xef\xbb\xbf[1]");

  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, json::array({1}));
}

TEST(ParseJson, TakesCommentsOnlyWhereTheyAreAllowed) {
  const std::string text = "// a call\n{\"a\": /* one */ 1} // end";

  const auto strict = parse_json(text);
  const auto lenient = parse_json(text, {.comments = true});

  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().code, ErrorCode::invalid_json);
  ASSERT_TRUE(lenient);
  EXPECT_EQ(*lenient, json({{"a", 1}}));
  EXPECT_FALSE(parse_json("{} /* never ends", {.comments = true}));
  EXPECT_EQ(*parse_json(R"("http://a/*b*/")", {.comments = true}), "http://a/*b*/");
}

TEST(ParseJson, CountsArraysAndObjectsAsLevels) {
  const auto nested = [](std::size_t depth) {
    std::string text = "1";
    for (std::size_t i = 0; i < depth; ++i) {
      text = i % 2 == 0 ? "[" + text + "]" : "{\"a\":" + text + "}";
    }
    return text;
  };

  EXPECT_TRUE(parse_json(nested(64)));
  const auto deeper = parse_json(nested(65));
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().code, ErrorCode::too_deep);
  EXPECT_TRUE(parse_json(nested(2), {.max_depth = 2}));
  EXPECT_FALSE(parse_json(nested(3), {.max_depth = 2}));
}

TEST(ParseJson, StopsAMillionNestedArraysAtItsCap) {
  for (const auto* level : {"[", "{\"a\":", "[{\"a\":"}) {
    const auto parsed = parse_json(repeated(level, 1'000'000));

    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::too_deep);
  }
}

TEST(ParseJson, RefusesFiftyMegabytesWithoutReadingThem) {
  const std::string text(50'000'000, '[');
  const auto start = std::chrono::steady_clock::now();

  const auto parsed = parse_json(text);

  const auto took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::too_large);
  EXPECT_LT(took, std::chrono::milliseconds(50));
}

TEST(ParseJson, TakesExactlyAsManyBytesAsAllowed) {
  EXPECT_TRUE(parse_json("[1,2]", {.max_bytes = 5}));
  EXPECT_FALSE(parse_json("[1,2]", {.max_bytes = 4}));
}

/// The double of those bits.
double of_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

TEST(CanonicalJson, PrintsNumbersAsRfc8785AppendixB) {
  const std::vector<std::pair<std::uint64_t, const char*>> samples = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
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

  for (const auto& [bits, text] : samples) {
    EXPECT_EQ(canonical_json(of_bits(bits)), text) << std::hex << bits;
    EXPECT_EQ(parse_json(text)->get<double>(), of_bits(bits)) << text;
  }
}

TEST(CanonicalJson, RoundsIntegersAsJsonParseDoes) {
  EXPECT_EQ(canonical_json(*parse_json("9007199254740993")), "9007199254740992");
  EXPECT_EQ(canonical_json(*parse_json("18446744073709551615")), "18446744073709552000");
  EXPECT_EQ(canonical_json(*parse_json("-9223372036854775808")), "-9223372036854776000");
}

TEST(CanonicalJson, SortsKeysByUtf16AsRfc8785Section323) {
  const auto parsed = parse_json(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet)"
      R"( With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face",)"
      R"("\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");

  ASSERT_TRUE(parsed);
  EXPECT_EQ(canonical_json(*parsed),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            "\"\U0001F600\":\"Emoji: Grinning Face\","
            "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST(CanonicalJson, PrintsTheExampleOfRfc8785Section322) {
  const auto parsed = parse_json(
      R"({"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],)"
      R"("string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",)"
      R"("literals": [null, true, false]})");

  ASSERT_TRUE(parsed);
  EXPECT_EQ(canonical_json(*parsed),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,"
            "0.002,1e-27],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJson, KeepsEmptyThingsAndPrefixesApart) {
  EXPECT_EQ(canonical_json(*parse_json(R"({"b":{},"a":[],"":null,"ab":"","aa":0})")),
            R"({"":null,"a":[],"aa":0,"ab":"","b":{}})");
}

TEST(DumpJson, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(dump_json(json("a\xff")), "\"a\ufffd\"");
}

TEST(EscapePointer, EscapesTildeBeforeSlash) {
  EXPECT_EQ(escape_pointer("a/b~c~1"), "a~1b~0c~01");
}

TEST(Sha256, AnswersAsFips1804) {
  EXPECT_EQ(sha256(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PadsEveryLengthAroundABlock) {
  // The digest of the digests of 0 to 256 times "a", as Python's hashlib gives it.
  std::string digests;
  for (std::size_t size = 0; size <= 256; ++size)
    digests += sha256(std::string(size, 'a'));

  EXPECT_EQ(sha256(digests),
            "ffcd935ca0ec60f0e3a49016a9bb7773baf6d189670011130bf970f44336f5fe");
}

}  // namespace
}  // namespace hezuo
