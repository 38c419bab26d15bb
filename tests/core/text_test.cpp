#include "hezuo/text.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "unicode_text.hpp"

namespace hezuo {

void PrintTo(const Counts& counts, std::ostream* out) {
  *out << "{graphemes " << counts.graphemes << ", words " << counts.words << ", han "
       << counts.han << ", characters " << counts.characters << ", bytes " << counts.bytes
       << "}";
}

void PrintTo(const ScriptCensus& census, std::ostream* out) {
  *out << "{latin " << census.latin << ", han " << census.han << ", greek "
       << census.greek << ", cyrillic " << census.cyrillic << ", other " << census.other
       << "}";
}

void PrintTo(const HiddenCharacter& hidden, std::ostream* out) {
  *out << std::hex << "U+" << static_cast<unsigned>(hidden.character) << std::dec
       << " at " << hidden.offset << ", kind " << static_cast<int>(hidden.kind);
}

namespace {

using nlohmann::json;
using text_tests::utf8_of;

json cases(const std::string& name) {
  std::ifstream file(std::string(TESTS_DATA_DIR "/text/") + name);
  auto rows = json::parse(file, nullptr, /*allow_exceptions=*/false);
  EXPECT_TRUE(rows.is_array() && !rows.empty()) << name;
  return rows;
}

std::string text_of(const json& row, const char* key) {
  return row[key].get<std::string>();
}

// A copy in a block of exactly its size, so that a sanitizer sees a read beyond.
std::vector<char> block_of(std::string_view text) { return {text.begin(), text.end()}; }
std::string_view view_of(const std::vector<char>& block) {
  return {block.data(), block.size()};
}

const std::string well_formed[] = {
    "",
    "a",
    std::string("\0", 1),
    "\x7F",
    "\xC2\x80",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xED\x9F\xBF",
    "\xEE\x80\x80",
    "\xEF\xBF\xBF",
    "\xF0\x90\x80\x80",
    "\xF4\x8F\xBF\xBF",
    "\xE6\xAD\xA6\xE6\xB1\x89\xE5\xB8\x82",
};
const std::string ill_formed[] = {
    "\x80",
    "\xBF",
    "\xC0\x80",
    "\xC1\xBF",
    "\xC2",
    "\xC2\x41",
    "\xE0\x9F\xBF",
    "\xED\xA0\x80",
    "\xED\xBF\xBF",
    "\xE6\xAD",
    "\xE6\x41\xA6",
    "\xE6\xAD\x41",
    "\xE6\xAD\xC0",
    "\xE6\xAD\xA6\xE6\xB1\x41\xE5\xB8\x82",
    "\xE6\xAD\xA6\xE6\xB1\xC0\xE5\xB8\x82",
    "\xF0\x8F\xBF\xBF",
    "\xF4\x90\x80\x80",
    "\xF5\x80\x80\x80",
    "\xF0\x9F\x98",
    "\xF0\x9F\x98\x41",
    "\xFE",
    "\xFF",
};
// Around the text, so that it meets the paths for eight bytes at a time.
const std::string surroundings[] = {
    "", "abcdefgh", "\xE6\xAD\xA6\xE6\xB1\x89\xE5\xB8\x82", "abc\xC3\xA9"};

TEST(Utf8, AcceptsEveryLengthAtItsLimits) {
  for (const auto& text : well_formed) {
    for (const auto& around : surroundings) {
      const auto block = block_of(around + text + around);
      EXPECT_TRUE(is_utf8(view_of(block))) << testing::PrintToString(text);
      EXPECT_TRUE(nfc(view_of(block))) << testing::PrintToString(text);
    }
  }
}

TEST(Utf8, RefusesOverlongSurrogateAndTruncatedForms) {
  for (const auto& text : ill_formed) {
    for (const auto& around : surroundings) {
      const auto block = block_of(around + text + around);
      EXPECT_FALSE(is_utf8(view_of(block))) << testing::PrintToString(text);
      const auto normalized = nfc(view_of(block));
      ASSERT_FALSE(normalized) << testing::PrintToString(text);
      EXPECT_EQ(normalized.error().code, ErrorCode::invalid_utf8);
    }
  }
}

TEST(Utf8, IsNeverReadBeyondItsEnd) {
  for (const auto& text : ill_formed) {
    for (const auto& around : surroundings) {
      const auto block = block_of(around + text);
      const auto view = view_of(block);
      EXPECT_EQ(count(view).bytes, view.size());
      EXPECT_EQ(grapheme_breaks(view).back(), view.size());
      EXPECT_EQ(word_breaks(view).back(), view.size());
      EXPECT_LE(hidden_characters(view).size(), view.size());
      EXPECT_LE(census(view).latin, view.size());
      EXPECT_FALSE(fold_case(view).empty());
      EXPECT_FALSE(fold_width(view).empty());
    }
  }
}

TEST(UnicodeVersion, IsThatOfTheVerdicts) { EXPECT_EQ(unicode_version(), "15.0"); }

TEST(Nfc, ComposesWhatCanBeComposed) {
  for (const auto& row : cases("nfc.json")) {
    const auto normalized = nfc(text_of(row, "text"));

    ASSERT_TRUE(normalized) << row["name"];
    EXPECT_EQ(*normalized, text_of(row, "nfc")) << row["name"];
    EXPECT_EQ(*nfc(*normalized), *normalized) << row["name"];
  }
}

TEST(Count, MeasuresInEveryUnit) {
  for (const auto& row : cases("count.json")) {
    const auto number = [&row](const char* unit) { return row[unit].get<std::size_t>(); };
    const Counts expected{.graphemes = number("graphemes"),
                          .words = number("words"),
                          .han = number("han"),
                          .characters = number("characters"),
                          .bytes = number("bytes")};
    const auto block = block_of(text_of(row, "text"));

    EXPECT_EQ(count(view_of(block)), expected) << row["name"];
    EXPECT_EQ(count(view_of(block), Unit::graphemes), expected.graphemes) << row["name"];
    EXPECT_EQ(count(view_of(block), Unit::words), expected.words) << row["name"];
    EXPECT_EQ(count(view_of(block), Unit::han), expected.han) << row["name"];
    EXPECT_EQ(count(view_of(block), Unit::characters), expected.characters)
        << row["name"];
    EXPECT_EQ(count(view_of(block), Unit::bytes), expected.bytes) << row["name"];
  }
}

TEST(Breaks, AreNoneInAnEmptyText) {
  EXPECT_TRUE(grapheme_breaks("").empty());
  EXPECT_TRUE(word_breaks("").empty());
}

TEST(Breaks, AreByteOffsetsFromStartToEnd) {
  const std::string text = "a\xE6\xAD\xA6\xE6\xB1\x89 don't";

  EXPECT_EQ(grapheme_breaks(text),
            (std::vector<std::size_t>{0, 1, 4, 7, 8, 9, 10, 11, 12, 13}));
  EXPECT_EQ(word_breaks(text), (std::vector<std::size_t>{0, 1, 4, 7, 8, 13}));
}

TEST(Census, CountsLettersByScript) {
  for (const auto& row : cases("census.json")) {
    const auto number = [&row](const char* script) {
      return row[script].get<std::size_t>();
    };
    const ScriptCensus expected{.latin = number("latin"),
                                .han = number("han"),
                                .greek = number("greek"),
                                .cyrillic = number("cyrillic"),
                                .other = number("other")};

    EXPECT_EQ(census(text_of(row, "text")), expected) << row["name"];
  }
}

TEST(FoldWidth, MakesAsciiOfFullWidthForms) {
  for (const auto& row : cases("fold.json")) {
    EXPECT_EQ(fold_width(text_of(row, "text")), text_of(row, "width")) << row["name"];
  }
}

TEST(FoldCase, MakesCasesEqual) {
  for (const auto& row : cases("fold.json")) {
    const auto folded = fold_case(text_of(row, "text"));

    EXPECT_EQ(folded, text_of(row, "case")) << row["name"];
    EXPECT_EQ(fold_case(folded), folded) << row["name"];
  }
}

HiddenKind kind_of(const std::string& name) {
  if (name == "control") return HiddenKind::control;
  if (name == "bidi") return HiddenKind::bidi;
  EXPECT_EQ(name, "zero_width");
  return HiddenKind::zero_width;
}

TEST(HiddenCharacters, AreThoseThatNoSpellingNeeds) {
  for (const auto& row : cases("hidden.json")) {
    std::vector<HiddenCharacter> expected;
    for (const auto& hidden : row["hidden"]) {
      const auto character =
          std::stoul(text_of(hidden, "character").substr(2), nullptr, 16);
      expected.push_back({hidden["offset"].get<std::size_t>(),
                          static_cast<char32_t>(character),
                          kind_of(text_of(hidden, "kind"))});
    }
    const auto block = block_of(text_of(row, "text"));

    EXPECT_EQ(hidden_characters(view_of(block)), expected) << row["name"];
  }
}

// The code points before the first semicolon of each line.
std::vector<std::string> sequences_of(const std::string& file_name) {
  std::ifstream file(std::string(UNICODE_DATA_DIR "/") + file_name);
  EXPECT_TRUE(file) << file_name << " is missing (Debian package unicode-data)";
  std::vector<std::string> sequences;
  for (std::string line; std::getline(file, line);) {
    const auto fields = line.substr(0, line.find('#'));
    const auto end = fields.find(';');
    if (end == std::string::npos) continue;
    std::istringstream parts(fields.substr(0, end));
    std::string text;
    for (std::string part; parts >> part && part.find("..") == std::string::npos;) {
      text += utf8_of(static_cast<char32_t>(std::stoul(part, nullptr, 16)));
    }
    if (!text.empty()) sequences.push_back(std::move(text));
  }
  return sequences;
}

TEST(HiddenCharacters, AreNoneInStandardizedVariantsAndEmoji) {
  for (const char* file_name :
       {"StandardizedVariants.txt", "emoji/emoji-variation-sequences.txt",
        "emoji/emoji-sequences.txt", "emoji/emoji-zwj-sequences.txt",
        "emoji/emoji-test.txt"}) {
    const auto sequences = sequences_of(file_name);

    EXPECT_GT(sequences.size(), 300U) << file_name;
    for (const auto& sequence : sequences) {
      EXPECT_TRUE(hidden_characters(sequence).empty())
          << file_name << ": " << testing::PrintToString(sequence);
    }
  }
}

TEST(GraphemeBreaks, LeaveEveryEmojiWhole) {
  for (const auto& emoji : sequences_of("emoji/emoji-test.txt")) {
    EXPECT_EQ(count(emoji, Unit::graphemes), 1U) << testing::PrintToString(emoji);
  }
}

TEST(Excerpt, KeepsWhatIsShortEnough) {
  for (const auto* text : {"", "a", "0123456789", "\u6b66\u6c49e\u0301 more"}) {
    EXPECT_EQ(excerpt(text, 11), text);
  }
}

TEST(Excerpt, CutsBetweenGraphemes) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  const std::string flag = "\U0001F1E8\U0001F1F3";

  EXPECT_EQ(excerpt("0123456789", 9), "01234567\u2026");
  EXPECT_EQ(excerpt("e\u0301e\u0301e\u0301", 2), "e\u0301\u2026");
  EXPECT_EQ(excerpt(flag + flag + flag, 2), flag + "\u2026");
  EXPECT_EQ(excerpt(family + "ab" + family, 3), family + "a\u2026");
  EXPECT_EQ(excerpt("\u6b66\u6c49\u5e02\u653f\u5e9c", 3), "\u6b66\u6c49\u2026");
}

TEST(Excerpt, CutsMarksWithoutEnd) {
  std::string marks = "e";
  for (int i = 0; i < 5000; ++i) marks += "\u0301";

  const auto cut = excerpt(marks, 30);

  EXPECT_LE(cut.size(), 12U * 30 + 3);
  EXPECT_TRUE(is_utf8(cut));
  EXPECT_TRUE(cut.ends_with("\u2026"));
}

TEST(Isolate, LeavesPlainTextsAsTheyAre) {
  for (const auto* text : {"", "report (1).pdf", "line\nline", "\u6b66\u6c49e\u0301",
                           "\U0001F468\u200D\U0001F469", "bell\u0007"}) {
    EXPECT_EQ(isolate(text), text);
  }
}

TEST(Isolate, KeepsRightToLeftLettersToThemselves) {
  EXPECT_EQ(isolate("\u05d0.pdf"), "\u2068\u05d0.pdf\u2069");
  EXPECT_EQ(isolate("\u0645\u0644\u0641"), "\u2068\u0645\u0644\u0641\u2069");
  EXPECT_EQ(isolate("a\u200fb"), "\u2068a\u200fb\u2069");
}

TEST(Isolate, LetsNothingOut) {
  EXPECT_EQ(isolate("user\u202etxt.exe"), "\u2068usertxt.exe\u2069");
  EXPECT_EQ(isolate("a\u2069\u202eb"), "\u2068ab\u2069");
  EXPECT_EQ(isolate("\u2069"), "\u2068\u2069");
  EXPECT_EQ(isolate("\u05d0\n\u2029\u0085b"), "\u2068\u05d0   b\u2069");
  for (const std::string control : {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
                                    "\u2066", "\u2067", "\u2068", "\u2069"}) {
    EXPECT_EQ(isolate("a" + control + "b"), "\u2068ab\u2069");
  }
}

TEST(Isolate, IsDoneOnce) { EXPECT_EQ(isolate(isolate("\u05d0")), isolate("\u05d0")); }

}  // namespace
}  // namespace hezuo
