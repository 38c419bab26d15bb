// The message catalogues that ship, compared with each other and with what the core says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "call_data.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// The names of a message's parameters, also that which a plural counts.
std::set<std::string> parameters(const json& message) {
  std::set<std::string> found;
  const auto collect = [&found](const std::string& text) {
    for (auto open = text.find('{'); open != std::string::npos;
         open = text.find('{', open + 1)) {
      found.insert(text.substr(open + 1, text.find_first_of(":}", open) - open - 1));
    }
  };
  if (message.is_string()) {
    collect(message.get<std::string>());
    return found;
  }
  for (const auto& [category, text] : message.items()) {
    if (category == "plural") {
      found.insert(text.get<std::string>());
    } else {
      collect(text.get<std::string>());
    }
  }
  return found;
}

std::vector<json> message_files() {
  std::vector<json> files;
  for (const auto& path : json_files(CORE_DATA_DIR "/messages")) {
    files.push_back(read_json(path));
  }
  return files;
}

TEST(MessageFiles, AreThoseOfBothLanguages) {
  std::vector<std::string> languages;
  for (const auto& catalogue : catalogues().all()) {
    languages.push_back(catalogue.language());
  }

  EXPECT_THAT(languages, testing::ElementsAre("en", "zh-Hans"));
}

TEST(MessageFiles, HaveTheSameCodesAndParameters) {
  const auto files = message_files();
  ASSERT_EQ(files.size(), 2U);
  const auto& english = files[0]["messages"];
  const auto& chinese = files[1]["messages"];

  for (const auto& [code, message] : english.items()) {
    ASSERT_TRUE(chinese.contains(code)) << code;
    EXPECT_EQ(parameters(message), parameters(chinese[code])) << code;
  }
  for (const auto& [code, message] : chinese.items()) {
    EXPECT_TRUE(english.contains(code)) << code;
  }
}

TEST(MessageFiles, HaveEachPluralOfTheirLanguageAndNoEmptyText) {
  for (const auto& file : message_files()) {
    const auto language = file["language"].get<std::string>();
    for (const auto& [code, message] : file["messages"].items()) {
      if (message.is_string()) {
        EXPECT_FALSE(message.get<std::string>().empty()) << language << " " << code;
        continue;
      }
      for (const std::uint64_t n : {0U, 1U, 2U, 5U, 100U}) {
        EXPECT_TRUE(message.contains(plural_category(language, n)))
            << language << " " << code << " " << n;
      }
    }
  }
}

/// Every code that stands as a string in the sources, with what comes before its dot.
std::set<std::string> codes_in_sources() {
  const std::set<std::string> families = {
      "document", "answer",     "text",   "choice",  "choices",     "number",
      "money",    "date",       "period", "place",   "id",          "file",
      "files",    "group",      "yes_no", "check",   "eligibility", "deadline",
      "consent",  "definition", "label",  "counter", "parity"};
  std::set<std::string> codes;
  for (const auto* source :
       {"form/answers.cpp", "form/definition.cpp", "form/definition_rules.cpp",
        "form/lint.cpp", "form/session.cpp", "form/session_view.cpp", "parity/parity.cpp",
        "award/application.cpp", "award/call.cpp", "award/issue_text.cpp",
        "award/zones.cpp", "../../wasm/session_json.cpp", "../cli/documents.cpp"}) {
    std::istringstream lines(read_text(std::string(CORE_SOURCE_DIR "/") + source));
    EXPECT_FALSE(lines.str().empty()) << source;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("#include")) continue;
      line.erase(std::min(line.find("//"), line.size()));
      // Between two quotes: no code has one in it.
      for (auto open = line.find('"'); open != std::string::npos;) {
        const auto close = line.find('"', open + 1);
        if (close == std::string::npos) break;
        const auto text = line.substr(open + 1, close - open - 1);
        const auto dot = std::min(text.find('.'), text.size());
        const bool code =
            dot + 1 < text.size() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_",
                                                            dot + 1) == std::string::npos;
        if (code && families.contains(text.substr(0, dot))) codes.insert(text);
        open = line.find('"', close + 1);
      }
    }
  }
  return codes;
}

TEST(MessageFiles, HaveEveryCodeThatTheSourcesName) {
  // "definition.invalid" is the code of an error, whose issues say what is wrong.
  auto codes = codes_in_sources();
  codes.erase("definition.invalid");

  EXPECT_GT(codes.size(), 60U);
  for (const auto& catalogue : catalogues().all()) {
    for (const auto& code : codes) {
      EXPECT_TRUE(catalogue.has(code)) << catalogue.language() << " " << code;
    }
  }
}

TEST(MessageFiles, HaveEveryCodeThatCheckIdGives) {
  // check_id states its codes as texts without the family; what the tables show of it,
  // messages must say.
  std::set<std::string> codes;
  for (const auto& path : json_files(TESTS_DATA_DIR "/ids")) {
    for (const auto& row : read_json(path)) {
      if (!row.contains("code") || !row.contains("kind")) continue;
      if (row["code"] != "") codes.insert("id." + row["code"].get<std::string>());
    }
  }

  ASSERT_GT(codes.size(), 5U);
  for (const auto& catalogue : catalogues().all()) {
    for (const auto& code : codes) {
      EXPECT_TRUE(catalogue.has(code)) << catalogue.language() << " " << code;
    }
  }
}

TEST(MessageFiles, NameEachUnitTypeAndScheme) {
  for (const auto& catalogue : catalogues().all()) {
    for (const auto* unit : {"graphemes", "words", "han", "characters", "bytes"}) {
      EXPECT_TRUE(catalogue.has(std::string("unit.") + unit)) << unit;
    }
    for (const auto* scheme :
         {"uscc", "pic", "ror", "lei", "vat", "orcid", "email", "phone", "url"}) {
      EXPECT_TRUE(catalogue.has(std::string("scheme.") + scheme)) << scheme;
    }
  }
}

TEST(Taxonomies, HaveALabelInBothLanguagesAndKnownParents) {
  ASSERT_EQ(taxonomies().size(), json_files(CORE_DATA_DIR "/taxonomies").size());
  for (const auto& taxonomy : taxonomies()) {
    EXPECT_FALSE(taxonomy.terms.empty()) << taxonomy.id;
    for (const auto& term : taxonomy.terms) {
      EXPECT_FALSE(term.label("en").empty()) << term.id;
      EXPECT_FALSE(term.label("zh-Hans").empty()) << term.id;
      if (!term.parent.empty()) {
        EXPECT_NE(taxonomy.find(term.parent), nullptr) << term.id << " " << term.parent;
      }
    }
  }
}

}  // namespace
}  // namespace hezuo
