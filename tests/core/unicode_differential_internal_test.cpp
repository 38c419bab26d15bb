#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "../../core/src/unicode/decomposition.hpp"
#include "../../core/src/unicode/properties.hpp"
#include "hezuo/text.hpp"
#include "unicode_text.hpp"

// The same questions to the core and to native ICU: about every code point, and about
// random texts made of the characters that the rules are about.

namespace hezuo {
namespace {

using text_tests::utf8_of;

constexpr char32_t code_points = 0x110000;

UChar32 icu(char32_t character) { return static_cast<UChar32>(character); }

int property(char32_t character, UProperty which) {
  return u_getIntPropertyValue(icu(character), which);
}

// Stops a test at the first few code points that differ, lest it prints a million.
template <class Agrees>
void expect_for_all(Agrees agrees) {
  int differing = 0;
  for (char32_t character = 0; character < code_points && differing < 5; ++character) {
    if (!agrees(character, unicode::properties(character))) {
      ADD_FAILURE() << "U+" << std::hex << static_cast<unsigned>(character);
      ++differing;
    }
  }
}

TEST(UnicodeProperties, HaveTheGraphemeBreaksOfIcu) {
  constexpr int values[] = {U_GCB_OTHER,
                            U_GCB_CR,
                            U_GCB_LF,
                            U_GCB_CONTROL,
                            U_GCB_EXTEND,
                            U_GCB_ZWJ,
                            U_GCB_REGIONAL_INDICATOR,
                            U_GCB_PREPEND,
                            U_GCB_SPACING_MARK,
                            U_GCB_L,
                            U_GCB_V,
                            U_GCB_T,
                            U_GCB_LV,
                            U_GCB_LVT,
                            U_GCB_OTHER};

  expect_for_all([&](char32_t c, unicode::Properties own) {
    const bool pictographic =
        u_hasBinaryProperty(icu(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
    return values[static_cast<std::size_t>(own.grapheme())] ==
               property(c, UCHAR_GRAPHEME_CLUSTER_BREAK) &&
           own.pictographic() == pictographic;
  });
}

TEST(UnicodeProperties, HaveTheWordBreaksOfIcu) {
  constexpr int values[] = {U_WB_OTHER,        U_WB_CR,
                            U_WB_LF,           U_WB_NEWLINE,
                            U_WB_EXTEND,       U_WB_ZWJ,
                            U_WB_FORMAT,       U_WB_REGIONAL_INDICATOR,
                            U_WB_KATAKANA,     U_WB_HEBREW_LETTER,
                            U_WB_ALETTER,      U_WB_SINGLE_QUOTE,
                            U_WB_DOUBLE_QUOTE, U_WB_MIDNUMLET,
                            U_WB_MIDLETTER,    U_WB_MIDNUM,
                            U_WB_NUMERIC,      U_WB_EXTENDNUMLET,
                            U_WB_WSEGSPACE};

  expect_for_all([&](char32_t c, unicode::Properties own) {
    return values[static_cast<std::size_t>(own.word())] == property(c, UCHAR_WORD_BREAK);
  });
}

TEST(UnicodeProperties, HaveTheScriptsOfIcu) {
  using unicode::Script;

  expect_for_all([](char32_t c, unicode::Properties own) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(icu(c), &status)) {
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED:
      case USCRIPT_UNKNOWN:
        return own.script() == Script::none;
      case USCRIPT_LATIN:
        return own.script() == Script::latin;
      case USCRIPT_HAN:
        return own.script() == Script::han;
      case USCRIPT_GREEK:
        return own.script() == Script::greek;
      case USCRIPT_CYRILLIC:
        return own.script() == Script::cyrillic;
      case USCRIPT_ARABIC:
      case USCRIPT_DEVANAGARI:
      case USCRIPT_THAI:
      case USCRIPT_MONGOLIAN:
        return own.script() == Script::complex;
      case USCRIPT_HANGUL:
      case USCRIPT_HIRAGANA:
      case USCRIPT_HEBREW:
      case USCRIPT_GEORGIAN:
        return own.script() == Script::other;
      default:
        return own.script() == Script::other || own.script() == Script::complex;
    }
  });
}

TEST(UnicodeProperties, HaveTheCategoriesOfIcu) {
  using unicode::Category;

  expect_for_all([](char32_t c, unicode::Properties own) {
    const auto mask = U_GET_GC_MASK(icu(c));
    const bool letter = (mask & (U_GC_L_MASK | U_GC_NL_MASK)) != 0;
    const bool decimal = u_charType(icu(c)) == U_DECIMAL_DIGIT_NUMBER;
    const bool ignorable =
        u_hasBinaryProperty(icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
    return (own.category() == Category::letter) == letter &&
           (own.category() == Category::decimal) == decimal &&
           own.ignorable() == ignorable;
  });
}

TEST(UnicodeProperties, KnowWhatNfcLeavesAlone) {
  using unicode::Composition;

  expect_for_all([](char32_t c, unicode::Properties own) {
    if (own.combining_class() != u_getCombiningClass(icu(c))) return false;
    const bool stable = property(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES;
    const bool starter = u_getCombiningClass(icu(c)) == 0;
    return (own.composition() == Composition::unstable) == !stable &&
           (own.composition() == Composition::starter) == (stable && starter);
  });
}

TEST(UnicodeProperties, FoldCaseAsIcuDoes) {
  expect_for_all([](char32_t c, unicode::Properties) {
    return icu(unicode::fold(c)) == u_foldCase(icu(c), U_FOLD_CASE_DEFAULT);
  });
}

// One or more characters of every kind that a rule of UAX 29 or NFC is about.
constexpr char32_t special[] = {
    U'a',    U'Z',    U'1',    U' ',    U'\'',   U'"',     U'.',    U',',    0xB7,
    U'_',    U'\r',   U'\n',   0x7F,    0x85,    0xA9,     0xAD,    0xC5,    0xE9,
    0x300,   0x308,   0x323,   0x345,   0x3B1,   0x430,    0x5D0,   0x5D1,   0x5F4,
    0x600,   0x628,   0x64E,   0x651,   0x903,   0x915,    0x94D,   0x1100,  0x1160,
    0x1161,  0x11A8,  0x200B,  0x200C,  0x200D,  0x2028,   0x203C,  0x2060,  0x24C2,
    0x2764,  0x3000,  0xFE0F,  0xFF10,  0xFEFF,  0x11720,  0x1F1E6, 0x1F1E8, 0x1F3FD,
    0x1F468, 0x1F680, 0xE0001, 0xE0067, 0x110BD, 0x10FFFF,
};
// For these, ICU's words follow a dictionary or, for the colon, CLDR's tailoring.
constexpr char32_t tailored[] = {U':',    0xAC00, 0xAC01, 0x4E00, 0x6B66, 0x9FFF, 0x4DC0,
                                 0x3005,  0x3007, 0x3042, 0x30A2, 0xE01,  0xE31,  0x1000,
                                 0x20000, 0xF900, 0x3002, 0xFF0C, 0x302A, 0x3099, 0x2F00};

std::u32string random_text(std::mt19937& random, bool with_tailored) {
  std::u32string text;
  const auto size = random() % 24;
  while (text.size() < size) {
    const auto kind = random() % 8;
    char32_t character = special[random() % std::size(special)];
    if (kind == 0) {
      const auto repeats = random() % 20;
      const char32_t filler = with_tailored && random() % 2 == 0 ? 0x57CE : U'x';
      text.append(repeats, filler);
    }
    if (with_tailored && kind == 1) {
      character = tailored[random() % std::size(tailored)];
    }
    if (with_tailored && kind == 2) {
      const auto below = random() % 2 == 0 ? 0x3000 : code_points;
      character = static_cast<char32_t>(random() % below);
      if (character >= 0xD800 && character < 0xE000) character -= 0x800;
    }
    text.push_back(character);
  }
  return text;
}

std::string escaped(const std::u32string& text) {
  std::string result;
  for (const char32_t character : text) {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "%04X ", static_cast<unsigned>(character));
    result += buffer;
  }
  return result;
}

std::vector<std::size_t> icu_breaks(icu::BreakIterator& iterator,
                                    const std::u32string& text) {
  icu::UnicodeString utf16;
  std::vector<std::size_t> utf8_offset{0};
  for (const char32_t character : text) {
    utf16.append(icu(character));
    const auto next = utf8_offset.back() + utf8_of(character).size();
    utf8_offset.resize(static_cast<std::size_t>(utf16.length()), 0);
    utf8_offset.push_back(next);
  }
  iterator.setText(utf16);
  std::vector<std::size_t> breaks;
  if (text.empty()) return breaks;
  for (auto at = iterator.first(); at != icu::BreakIterator::DONE; at = iterator.next()) {
    breaks.push_back(utf8_offset[static_cast<std::size_t>(at)]);
  }
  return breaks;
}

TEST(GraphemeBreaks, AreThoseOfIcuInRandomText) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  ASSERT_TRUE(U_SUCCESS(status));
  std::mt19937 random(29);

  for (int round = 0; round < 30'000 && !HasFailure(); ++round) {
    const auto text = random_text(random, /*with_tailored=*/true);
    const auto utf8 = utf8_of(text);
    const auto expected = icu_breaks(*iterator, text);
    EXPECT_EQ(grapheme_breaks(utf8), expected) << escaped(text);
    EXPECT_EQ(count(utf8, Unit::graphemes), expected.empty() ? 0 : expected.size() - 1)
        << escaped(text);
  }
}

TEST(WordBreaks, AreThoseOfIcuInRandomText) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  ASSERT_TRUE(U_SUCCESS(status));
  std::mt19937 random(29);

  for (int round = 0; round < 30'000 && !HasFailure(); ++round) {
    const auto text = random_text(random, /*with_tailored=*/false);
    EXPECT_EQ(word_breaks(utf8_of(text)), icu_breaks(*iterator, text)) << escaped(text);
  }
}

std::string icu_nfc(const std::u32string& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString utf16;
  for (const char32_t character : text) utf16.append(icu(character));
  std::string normalized;
  icu::Normalizer2::getNFCInstance(status)
      ->normalize(utf16, status)
      .toUTF8String(normalized);
  EXPECT_TRUE(U_SUCCESS(status));
  return normalized;
}

TEST(Nfc, IsThatOfIcuInRandomText) {
  std::mt19937 random(15);

  for (int round = 0; round < 30'000 && !HasFailure(); ++round) {
    const auto text = random_text(random, /*with_tailored=*/true);
    const auto own = nfc(utf8_of(text));

    ASSERT_TRUE(own) << escaped(text);
    EXPECT_EQ(*own, icu_nfc(text)) << escaped(text);
  }
}

// What NFC moves, composes or takes apart.
struct Composing {
  std::u32string marks;        // ccc>0
  std::u32string decomposing;  // Composites, exclusions and singletons.
  std::u32string second;       // NFC_QC=Maybe
  std::u32string bases;        // Others that a composition begins with.

  Composing() {
    UErrorCode status = U_ZERO_ERROR;
    const auto* const normalizer = icu::Normalizer2::getNFCInstance(status);
    for (char32_t c = 0; c < code_points; ++c) {
      if (u_getCombiningClass(icu(c)) != 0) marks.push_back(c);
      if (property(c, UCHAR_NFC_QUICK_CHECK) == UNORM_MAYBE) second.push_back(c);
      icu::UnicodeString mapping;
      if (normalizer->getRawDecomposition(icu(c), mapping) == 0) continue;
      if (property(c, UCHAR_HANGUL_SYLLABLE_TYPE) != U_HST_NOT_APPLICABLE) continue;
      decomposing.push_back(c);
      bases.push_back(static_cast<char32_t>(mapping.char32At(0)));
    }
  }
};

void append_composing(std::u32string& text, const Composing& composing,
                      std::mt19937& random) {
  const auto append_one = [&](const std::u32string& of) {
    text.push_back(of[random() % of.size()]);
  };
  switch (random() % 12) {
    case 0:
      text.push_back(static_cast<char32_t>(0x1100 + random() % 0x100));  // Any jamo.
      break;
    case 1:
      text.push_back(static_cast<char32_t>(0x1100 + random() % 20));
      text.push_back(static_cast<char32_t>(0x1160 + random() % 23));
      break;
    case 2:
      text.push_back(static_cast<char32_t>(0xAC00 + random() % 0x2BA8));
      text.push_back(static_cast<char32_t>(0x11A6 + random() % 30));
      break;
    case 3:
      text.push_back(static_cast<char32_t>(0xAC00 + random() % 399 * 28));
      text.push_back(static_cast<char32_t>(0x11A6 + random() % 30));
      break;
    case 4:
    case 5:
      append_one(composing.decomposing);
      break;
    case 6:
      append_one(composing.second);
      break;
    case 7:
      for (auto repeats = random() % 40; repeats > 0; --repeats) {
        append_one(composing.marks);
      }
      break;
    case 8:
      // Few marks on a Latin letter meet more often than any on any.
      text.push_back(U"aeiouAEIOUsdlr"[random() % 14]);
      for (auto repeats = random() % 5; repeats > 0; --repeats) {
        text.push_back(static_cast<char32_t>(0x300 + random() % 0x46));
      }
      break;
    case 9:
      append_one(composing.marks);
      break;
    case 10:
      text += U"x\u57CE";
      break;
    default:
      append_one(composing.bases);
  }
}

TEST(Nfc, IsThatOfIcuWhereMuchComposes) {
  const Composing composing;
  ASSERT_GT(composing.marks.size(), 900U);
  ASSERT_GT(composing.decomposing.size(), 2'000U);
  ASSERT_GT(composing.second.size(), 100U);
  std::mt19937 random(15);

  for (int round = 0; round < 30'000 && !HasFailure(); ++round) {
    std::u32string text;
    const auto parts = random() % 10;
    for (std::size_t part = 0; part < parts; ++part) {
      append_composing(text, composing, random);
    }
    const auto own = nfc(utf8_of(text));

    ASSERT_TRUE(own) << escaped(text);
    EXPECT_EQ(*own, icu_nfc(text)) << escaped(text);
  }
}

// Each composition that there is, and each that there is not.
TEST(Nfc, ComposesThePairsOfIcu) {
  const Composing composing;
  const unicode::Composites composites;
  std::u32string seconds = composing.second + U"\u1160\u1176\u11A7\u11C3\u0338";
  std::u32string firsts = composing.bases +
                          U"\u10FF\u1100\u1112\u1113\uABFF\uAC00\uAC01"
                          U"\uAC1C\uD788\uD7A3\uD7A4";
  std::sort(firsts.begin(), firsts.end());
  firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
  UErrorCode status = U_ZERO_ERROR;
  const auto* const normalizer = icu::Normalizer2::getNFCInstance(status);

  for (const char32_t first : firsts) {
    for (const char32_t second : seconds) {
      const auto expected = normalizer->composePair(icu(first), icu(second));
      const auto own = composites.of(first, second);
      ASSERT_EQ(own, expected < 0 ? 0 : static_cast<char32_t>(expected))
          << escaped({first, second});
    }
  }
}

// ICU itself needs minutes for them.
TEST(Nfc, OrdersAMillionMarksAtOnce) {
  const std::u32string by_class = U"\u0334\u0316\u0301\u0345";
  std::u32string text = U"x";
  std::u32string expected = U"x";
  for (int repeat = 0; repeat < 250'000; ++repeat)
    text.append(by_class.rbegin(), by_class.rend());
  for (const char32_t mark : by_class) expected.append(250'000, mark);

  const auto own = nfc(utf8_of(text));

  ASSERT_TRUE(own);
  EXPECT_TRUE(*own == utf8_of(expected));
}

// The fast paths may not count otherwise than the properties say.
TEST(Count, AgreesWithTheBreaksInRandomText) {
  std::mt19937 random(8);

  for (int round = 0; round < 30'000 && !HasFailure(); ++round) {
    const auto text = random_text(random, /*with_tailored=*/true);
    const auto utf8 = utf8_of(text);
    const auto breaks = word_breaks(utf8);
    Counts expected{.characters = text.size(), .bytes = utf8.size()};
    std::size_t at = 0;
    std::size_t segment = 0;
    bool has_letter = false;
    for (const char32_t character : text) {
      const auto type = U_GET_GC_MASK(icu(character));
      UErrorCode status = U_ZERO_ERROR;
      if (uscript_getScript(icu(character), &status) == USCRIPT_HAN) {
        ++expected.han;
      } else if ((type & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) != 0) {
        has_letter = true;
      }
      at += utf8_of(character).size();
      if (at == breaks[segment + 1]) {
        if (has_letter) ++expected.words;
        has_letter = false;
        ++segment;
      }
    }
    expected.words += expected.han;
    expected.graphemes = utf8.empty() ? 0 : grapheme_breaks(utf8).size() - 1;

    EXPECT_EQ(count(utf8), expected) << escaped(text);
    for (const auto& [unit, number] :
         {std::pair{Unit::graphemes, expected.graphemes},
          std::pair{Unit::words, expected.words}, std::pair{Unit::han, expected.han},
          std::pair{Unit::characters, expected.characters},
          std::pair{Unit::bytes, expected.bytes}}) {
      EXPECT_EQ(count(utf8, unit), number) << escaped(text);
    }
  }
}

}  // namespace
}  // namespace hezuo
