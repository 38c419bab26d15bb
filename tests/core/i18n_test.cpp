#include "hezuo/i18n.hpp"

#include <gtest/gtest.h>
#include <unicode/plurrule.h>

#include <memory>
#include <string>
#include <vector>

namespace hezuo {
namespace {

using nlohmann::json;

Catalogue catalogue(json messages, const char* language = "en") {
  auto made = Catalogue::from(
      {{"language", language}, {"name", language}, {"messages", std::move(messages)}});
  EXPECT_TRUE(made);
  return made ? *std::move(made) : Catalogue();
}

class PluralCategory : public testing::TestWithParam<const char*> {};

TEST_P(PluralCategory, AgreesWithCldr) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(
      icu::PluralRules::forLocale(icu::Locale(GetParam()), status));
  ASSERT_TRUE(U_SUCCESS(status));

  const auto expect_same = [&](std::uint64_t n) {
    std::string category;
    rules->select(static_cast<double>(n)).toUTF8String(category);
    EXPECT_EQ(plural_category(GetParam(), n), category) << GetParam() << " " << n;
  };
  for (std::uint64_t n = 0; n <= 1200; ++n) expect_same(n);
  for (const std::uint64_t n : {10'000U, 100'001U, 1'000'000U, 1'000'001U, 2'000'000U}) {
    expect_same(n);
  }
}

// The official languages of the EU, and those of its neighbours and of East Asia.
INSTANTIATE_TEST_SUITE_P(I18n, PluralCategory,
                         testing::Values("bg", "cs", "da", "de", "el", "en", "es", "et",
                                         "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
                                         "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
                                         "zh", "zh-Hans", "ja", "ko", "vi", "th", "id",
                                         "ms", "ru", "uk", "sr", "ca", "hy"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(PluralCategory, AnswersAsEnglishForAnUnknownLanguage) {
  EXPECT_EQ(plural_category("tlh", 1), "one");
  EXPECT_EQ(plural_category("tlh", 0), "other");
  EXPECT_EQ(plural_category("", 1), "one");
}

TEST(Catalogue, RefusesWhatHasNotItsShape) {
  const std::vector<std::pair<json, const char*>> refusals = {
      {json::array(), ""},
      {json::object(), ""},
      {{{"language", 1}, {"name", "x"}, {"messages", json::object()}}, ""},
      {{{"language", "en"}, {"name", "English"}}, "/messages"},
      {{{"language", "en"}, {"name", "English"}, {"messages", {{"a/b", 1}}}},
       "/messages/a~1b"},
      {{{"language", "en"}, {"name", "E"}, {"messages", {{"a", {{"other", "x"}}}}}},
       "/messages/a"},
      {{{"language", "en"}, {"name", "E"}, {"messages", {{"a", {{"plural", "n"}}}}}},
       "/messages/a"},
      {{{"language", "en"},
        {"name", "E"},
        {"messages", {{"a", {{"plural", "n"}, {"other", 1}}}}}},
       "/messages/a"},
  };

  for (const auto& [file, path] : refusals) {
    const auto made = Catalogue::from(file);

    ASSERT_FALSE(made) << file;
    EXPECT_EQ(made.error().code, ErrorCode::invalid_json) << file;
    EXPECT_EQ(made.error().path, path) << file;
  }
}

TEST(CatalogueFormat, PutsParametersIn) {
  const auto messages = catalogue({{"text", "{a} and {b}, {a}"},
                                   {"broken", "{a} and {b"},
                                   {"number", "{n:number}"},
                                   {"none", "no {x}!"}});

  EXPECT_EQ(messages.format("text", {{"a", "x"}, {"b", 2.5}}), "x and 2.5, x");
  EXPECT_EQ(messages.format("broken", {{"a", "x"}}), "x and {b");
  EXPECT_EQ(messages.format("none", json::object()), "no !");
  EXPECT_EQ(messages.format("none", nullptr), "no !");
  EXPECT_EQ(messages.format("unknown", {{"a", 1}}), "unknown");
}

TEST(CatalogueFormat, NeverReadsAParameterAsAPattern) {
  const auto messages = catalogue({{"text", "{a}{b}"}});

  EXPECT_EQ(messages.format("text", {{"a", "{b}"}, {"b", "{a}"}}), "{b}{a}");
}

TEST(CatalogueFormat, GroupsTheDigitsOfNumbers) {
  const auto messages = catalogue({{"text", "{n:number}"}});
  const auto of = [&](const json& n) { return messages.format("text", {{"n", n}}); };

  EXPECT_EQ(of(0), "0");
  EXPECT_EQ(of(999), "999");
  EXPECT_EQ(of(1000), "1,000");
  EXPECT_EQ(of(-1234567.25), "-1,234,567.25");
  EXPECT_EQ(of(123456), "123,456");
  EXPECT_EQ(of(-999), "-999");
  EXPECT_EQ(of(1e21), "1e+21");
  EXPECT_EQ(of("many"), "many");
  EXPECT_EQ(of(""), "");
}

TEST(CatalogueFormat, ChoosesThePluralOfTheNamedParameter) {
  const json files = {{"plural", "n"}, {"one", "{n} file"}, {"other", "{n} files"}};
  const auto english = catalogue({{"files", files}});
  const auto chinese = catalogue({{"files", files}}, "zh-Hans");

  EXPECT_EQ(english.format("files", {{"n", 1}}), "1 file");
  EXPECT_EQ(english.format("files", {{"n", 0}}), "0 files");
  EXPECT_EQ(english.format("files", {{"n", 1.5}}), "1.5 files");
  EXPECT_EQ(english.format("files", {{"n", -1}}), "-1 files");
  EXPECT_EQ(english.format("files", {{"n", 1e300}}), "1e+300 files");
  EXPECT_EQ(english.format("files", json::object()), " files");
  EXPECT_EQ(chinese.format("files", {{"n", 1}}), "1 files");
}

TEST(CatalogueFormat, NamesTheUnitOfAnAnswersLanguage) {
  const auto messages =
      catalogue({{"limit", "at most {max:unit}"},
                 {"unit.words",
                  {{"plural", "n"}, {"one", "{n} word"}, {"other", "{n:number} words"}}},
                 {"unit.words.zh", "{n:number} characters or words"}});
  const json params = {{"max", 1500}, {"unit", "words"}};

  EXPECT_EQ(messages.format("limit", params), "at most 1,500 words");
  EXPECT_EQ(messages.format("limit", params, "en"), "at most 1,500 words");
  EXPECT_EQ(messages.format("limit", params, "zh-Hans"),
            "at most 1,500 characters or words");
  EXPECT_EQ(messages.format("limit", {{"max", 1}, {"unit", "words"}}), "at most 1 word");
}

TEST(CatalogueFormat, QuotesTheBeginningOfWhatIsLong) {
  const auto messages =
      catalogue({{"file.name", "\u201c{name}\u201d in \u201c{label}\u201d"},
                 {"definition.id", "{value}"},
                 {"ui.remove", "Remove {name}"}});
  const std::string text(300, 'x');
  const std::string cut = std::string(29, 'x') + "\u2026";

  EXPECT_EQ(messages.format("file.name", {{"name", text}, {"label", text}}),
            "\u201c" + cut + "\u201d in \u201c" + text + "\u201d");
  EXPECT_EQ(messages.format("definition.id", {{"value", std::string(64, 'x')}}),
            std::string(64, 'x'))
      << "an id may have so many";
  EXPECT_EQ(messages.format("definition.id", {{"value", text}}),
            std::string(63, 'x') + "\u2026");
  EXPECT_EQ(messages.format("ui.remove", {{"name", text}}), "Remove " + text);
}

TEST(CatalogueFormat, LetsNoParameterReverseTheSentence) {
  const auto messages = catalogue({{"file.name", "\u201c{name}\u201d cannot be used."},
                                   {"label", "{label} is missing."}});

  EXPECT_EQ(messages.format("file.name", {{"name", "user\u202etxt.exe"}}),
            "\u201c\u2068usertxt.exe\u2069\u201d cannot be used.");
  EXPECT_EQ(messages.format("file.name", {{"name", "a\u2069\u202eb"}}),
            "\u201c\u2068ab\u2069\u201d cannot be used.");
  EXPECT_EQ(messages.format("label", {{"label", "\u05d0"}}),
            "\u2068\u05d0\u2069 is missing.");
}

TEST(BestLanguage, FindsTheScriptOfARegion) {
  const std::vector<std::string> simplified = {"en", "zh-Hans"};
  const std::vector<std::string> both = {"en", "zh-Hans", "zh-Hant"};
  const auto among = [](const char* tag, const std::vector<std::string>& offered) {
    return offered[best_language(tag, offered)];
  };

  for (const auto* tag : {"zh", "zh-CN", "zh-SG", "zh-Hans", "zh-Hans-CN", "ZH-cn",
                          "zh-hans", "zh-Hans-TW"}) {
    EXPECT_EQ(among(tag, simplified), "zh-Hans") << tag;
    EXPECT_EQ(among(tag, both), "zh-Hans") << tag;
  }
  for (const auto* tag : {"zh-TW", "zh-HK", "zh-MO", "zh-Hant", "zh-tw", "zh-hant-CN"}) {
    EXPECT_EQ(among(tag, simplified), "zh-Hans") << tag;
    EXPECT_EQ(among(tag, both), "zh-Hant") << tag;
  }
  for (const auto* tag : {"en", "en-GB", "EN", "EN-us", "de", "", "-", "x-zh", "zhx"}) {
    EXPECT_EQ(among(tag, both), "en") << tag;
  }
  EXPECT_EQ(best_language("fr", {"de", "fr-CA", "fr"}), 2U);
  EXPECT_EQ(best_language("fr-FR", {"de", "fr-CA"}), 1U);
}

TEST(Catalogues, FindTheBestAndReplaceTheSame) {
  Catalogues all;
  EXPECT_EQ(all.find("en"), nullptr);

  all.add(catalogue({{"hello", "Hello"}}, "en"));
  const auto* english = all.find("en-GB");
  all.add(catalogue({{"hello", "你好"}}, "zh-Hans"));
  all.add(catalogue({{"hello", "Good day"}}, "en"));

  ASSERT_NE(english, nullptr);
  EXPECT_EQ(all.all().size(), 2U);
  EXPECT_EQ(all.find("de"), english) << "the first serves who is not served";
  EXPECT_EQ(english->format("hello", {}), "Good day") << "pointers stay good";
  EXPECT_EQ(all.find("zh-CN")->format("hello", {}), "你好");
}

}  // namespace
}  // namespace hezuo
