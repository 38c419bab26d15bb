#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "hezuo/text.hpp"
#include "unicode_text.hpp"

// The Unicode Consortium's own tests, complete and without exceptions.

namespace hezuo {
namespace {

using text_tests::utf8_of;

std::string without_comment(const std::string& line) {
  return line.substr(0, line.find('#'));
}

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path << " is missing (Debian package unicode-data)";
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    auto content = without_comment(line);
    if (content.find_first_not_of(" \t") != std::string::npos) {
      lines.push_back(std::move(content));
    }
  }
  return lines;
}

struct BreakCase {
  std::string line;
  std::string text;
  std::vector<std::size_t> breaks;
};

// "÷ 0020 × 0308 ÷"
std::vector<BreakCase> break_cases(const std::string& name) {
  std::vector<BreakCase> cases;
  for (auto& line : lines_of(std::string(UNICODE_DATA_DIR) + "/auxiliary/" + name)) {
    BreakCase entry;
    std::istringstream parts(line);
    for (std::string part; parts >> part;) {
      if (part == "\xC3\xB7") {
        entry.breaks.push_back(entry.text.size());
      } else if (part != "\xC3\x97") {
        entry.text += utf8_of(static_cast<char32_t>(std::stoul(part, nullptr, 16)));
      }
    }
    entry.line = std::move(line);
    cases.push_back(std::move(entry));
  }
  return cases;
}

TEST(GraphemeBreaks, PassTheTestOfUnicode) {
  const auto cases = break_cases("GraphemeBreakTest.txt");

  EXPECT_EQ(cases.size(), 602U);
  for (const auto& entry : cases) {
    EXPECT_EQ(grapheme_breaks(entry.text), entry.breaks) << entry.line;
    EXPECT_EQ(count(entry.text, Unit::graphemes), entry.breaks.size() - 1) << entry.line;
  }
}

TEST(WordBreaks, PassTheTestOfUnicode) {
  const auto cases = break_cases("WordBreakTest.txt");

  EXPECT_EQ(cases.size(), 1823U);
  for (const auto& entry : cases) {
    EXPECT_EQ(word_breaks(entry.text), entry.breaks) << entry.line;
  }
}

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns;
  std::istringstream fields(line);
  for (std::string field; columns.size() < 5 && std::getline(fields, field, ';');) {
    std::istringstream parts(field);
    std::string text;
    for (std::string part; parts >> part;) {
      text += utf8_of(static_cast<char32_t>(std::stoul(part, nullptr, 16)));
    }
    columns.push_back(std::move(text));
  }
  return columns;
}

TEST(Nfc, PassesTheTestOfUnicode) {
  std::size_t cases = 0;
  std::vector<bool> listed(0x110000);
  std::string part;
  for (const auto& line : lines_of(UNICODE_NORMALIZATION_TEST)) {
    if (line.front() == '@') {
      part = line;
      continue;
    }
    const auto columns = columns_of(line);
    ASSERT_EQ(columns.size(), 5U) << line;
    if (part.starts_with("@Part1")) {
      listed[std::stoul(line, nullptr, 16)] = true;
    }
    for (std::size_t column = 0; column < 5; ++column) {
      const auto normalized = nfc(columns[column]);
      ASSERT_TRUE(normalized) << line;
      EXPECT_EQ(*normalized, columns[column < 3 ? 1 : 3]) << line << " column " << column;
    }
    ++cases;
  }

  EXPECT_EQ(cases, 19074U);
  for (char32_t character = 0; character < listed.size(); ++character) {
    if (listed[character] || (character >= 0xD800 && character < 0xE000)) continue;
    const auto text = utf8_of(character);
    const auto normalized = nfc(text);
    ASSERT_TRUE(normalized);
    EXPECT_EQ(*normalized, text) << std::hex << static_cast<unsigned>(character);
  }
}

}  // namespace
}  // namespace hezuo
