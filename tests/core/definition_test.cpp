#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "call_data.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// The text of a case of tests/data/form/definitions.json.
std::string text_of(const json& one) {
  if (one.contains("text")) return one["text"].get<std::string>();
  if (one.contains("repeat")) {
    std::string text = one.value("before", "");
    const auto part = one["repeat"][0].get<std::string>();
    const auto times = one["repeat"][1].get<std::size_t>();
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
  }
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  for (const auto& [pointer, value] : one["set"].items()) {
    patch(definition, pointer, value);
  }
  return definition.dump();
}

TEST(CompileCall, AnswersAsTheTableSays) {
  const json table = read_json(TESTS_DATA_DIR "/form/definitions.json");
  ASSERT_TRUE(table.is_object());
  ASSERT_GT(table["cases"].size(), 100U);

  for (const auto& one : table["cases"]) {
    SCOPED_TRACE(one["name"].get<std::string>());
    const auto compiled = compile_call(text_of(one), taxonomies());

    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& issue : compiled.issues) {
      found.emplace_back(issue.code, issue.pointer);
      EXPECT_EQ(issue.severity, Severity::error);
    }
    if (one.contains("issues")) {
      std::vector<std::pair<std::string, std::string>> expected;
      for (const auto& pair : one["issues"]) expected.emplace_back(pair[0], pair[1]);
      EXPECT_EQ(found, expected);
      EXPECT_EQ(compiled.call.has_value(), expected.empty());
    } else {
      ASSERT_FALSE(found.empty());
      EXPECT_THAT(found, testing::Contains(testing::Pair(
                             one["code"].get<std::string>(),
                             one.contains("pointer")
                                 ? testing::Matcher<std::string>(one["pointer"])
                                 : testing::Matcher<std::string>(testing::_))));
      EXPECT_FALSE(compiled.call);
    }
  }
}

TEST(CompileCall, SaysEachErrorAsASentenceInBothLanguages) {
  const json table = read_json(TESTS_DATA_DIR "/form/definitions.json");

  for (const auto& one : table["cases"]) {
    const auto compiled = compile_call(text_of(one), taxonomies());
    for (const auto& issue : compiled.issues) {
      for (const auto& catalogue : catalogues().all()) {
        const auto text = catalogue.format(issue.code, issue.params);
        EXPECT_NE(text, issue.code);
        // A parameter that is missing would leave an empty pair of quotes.
        EXPECT_EQ(text.find("\u201c\u201d"), std::string::npos) << text << " " << one;
      }
    }
  }
}

TEST(CompileCall, SuggestsWhatWasMeant) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["sections"][1]["relevant"] = {{"==", {{{"var", "sied"}}, "china"}}};

  const auto compiled = compile_call(definition.dump(), taxonomies());

  ASSERT_EQ(compiled.issues.size(), 1U);
  EXPECT_EQ(compiled.issues[0].params, json({{"name", "sied"}, {"suggestion", "side"}}));
}

TEST(CompileCall, SaysWhichValuesArePossibleEachOnce) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["hezuo"] = 2;
  definition["sections"][0]["fields"][1]["answer"] = "all";

  const auto compiled = compile_call(definition.dump(), taxonomies());

  ASSERT_EQ(compiled.issues.size(), 2U);
  const auto& english = *catalogues().find("en");
  EXPECT_EQ(english.format("definition.value", compiled.issues[0].params),
            "\u201c2\u201d is not possible here. Use 1.");
  EXPECT_EQ(english.format("definition.value", compiled.issues[1].params),
            "\u201call\u201d is not possible here. Use one of: "
            "either, plain, both, en, zh-Hans.");
}

TEST(CompileCall, ShowsDeadlinesThatDifferInOneZone) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["closes"][1]["at"] = "2019-09-30T17:00:00+08:00";

  const auto compiled = compile_call(definition.dump(), taxonomies());

  ASSERT_EQ(compiled.issues.size(), 1U);
  EXPECT_EQ(compiled.issues[0].params,
            json({{"first", "2019-09-30T09:00:00Z"}, {"last", "2019-09-30T15:00:00Z"}}));
}

TEST(CompileCall, WarnsOfAFileThatIsLargerThanAllTogether) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["submit"]["attachments"] = "5 MB";

  const auto compiled = compile_call(definition.dump(), taxonomies());

  EXPECT_TRUE(compiled.call) << "only a warning";
  ASSERT_EQ(compiled.issues.size(), 1U);
  EXPECT_EQ(compiled.issues[0].code, "definition.file_size");
  EXPECT_EQ(compiled.issues[0].severity, Severity::warning);
  EXPECT_EQ(compiled.issues[0].pointer, "/sections/0/fields/8/size");
  EXPECT_EQ(compiled.issues[0].params, json({{"size", "10 MB"}, {"max", "5 MB"}}));
}

TEST(CompileCall, RefusesAnErrorBehindManyWarnings) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["submit"]["attachments"] = "5 MB";
  auto& fields = definition["sections"][0]["fields"];
  for (int i = 0; i < 300; ++i) {
    json file = fields[8];
    file["id"] = "file_" + std::to_string(i);
    fields.push_back(std::move(file));
  }
  fields.push_back({{"id", "last"}, {"kind", "lime"}, {"label", "Last"}});

  const auto compiled = compile_call(definition.dump(), taxonomies());

  EXPECT_FALSE(compiled.call);
  ASSERT_EQ(compiled.issues.size(), 201U);
  EXPECT_EQ(compiled.issues.back().code, "definition.value");
}

TEST(CompileCall, LetsAFileBeAsLargeAsAllTogetherWhereNothingIsSaid) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["sections"][0]["fields"][8].erase("size");
  const auto size = [&](const char* attachments) {
    definition["submit"]["attachments"] = attachments;
    const auto compiled = compile_call(definition.dump(), taxonomies());
    EXPECT_THAT(compiled.issues, testing::IsEmpty());
    return compiled.call
               ? compiled.call->form.fields[compiled.call->form.field("proof")].file_bytes
               : 0;
  };

  EXPECT_EQ(size("5 MB"), 5'000'000U);
  EXPECT_EQ(size("40 MB"), 10'000'000U);
}

TEST(CompileCall, DescribesTheWayRoundACycle) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["sections"][0]["fields"][0]["relevant"] = {{"!!", {{{"var", "year"}}}}};
  definition["sections"][0]["fields"][3]["relevant"] = {{"!!", {{{"var", "name"}}}}};

  const auto compiled = compile_call(definition.dump(), taxonomies());

  ASSERT_EQ(compiled.issues.size(), 1U);
  EXPECT_EQ(compiled.issues[0].params["path"], "name > year > name");
}

TEST(CompileCall, CollectsAtMostSoManyErrorsAndStaysQuick) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  auto& fields = definition["sections"][0]["fields"];
  for (int i = 0; i < 5000; ++i) {
    const auto id = "f" + std::to_string(i);
    fields.push_back({{"id", id},
                      {"kind", "line"},
                      {"label", id},
                      {"relevant", {{"!!", {{{"var", "unknown_" + id}}}}}}});
  }
  const auto start = std::chrono::steady_clock::now();

  const auto compiled = compile_call(definition.dump(), taxonomies());

  EXPECT_FALSE(compiled.call);
  EXPECT_EQ(compiled.issues.size(), 200U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(CompileCall, TakesEveryDefinitionThatShips) {
  const auto paths = json_files(CORE_DATA_DIR "/definitions");
  ASSERT_GE(paths.size(), 4U);

  for (const auto& path : paths) {
    const auto compiled = compile_call(read_text(path), taxonomies());

    ASSERT_TRUE(compiled.call) << path;
    EXPECT_THAT(compiled.issues, testing::IsEmpty()) << path;
    EXPECT_EQ(path, CORE_DATA_DIR "/definitions/" + compiled.call->form.id + ".json");
  }
}

/// Brussels, roughly, and Beijing.
ZoneDatabase two_zones() {
  return {.names = {"Asia/Shanghai", "Europe/Brussels"},
          .offset = [](const std::string& name, std::int64_t at) -> std::int64_t {
            if (name == "Asia/Shanghai") return 8 * 3600;
            const std::string day = format_instant(at).substr(5, 5);
            return day > "03-30" && day < "10-27" ? 2 * 3600 : 3600;
          }};
}

std::vector<Issue> zone_issues(const char* at, const char* zone) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  definition["closes"][0]["at"] = at;
  definition["closes"][0]["zone"] = zone;
  return lint_zones(definition.dump(), two_zones());
}

TEST(LintZones, FindsNothingWhereAllAgrees) {
  for (const auto* at : {"2019-09-30T17:00:00+02:00", "2019-12-02T17:00:00+01:00",
                         "2019-12-02T17:00:00Z", "no instant", "2019-12-02T17:00:00"}) {
    EXPECT_THAT(zone_issues(at, "Europe/Brussels"), testing::IsEmpty()) << at;
  }
  EXPECT_THAT(lint_zones("not JSON", two_zones()), testing::IsEmpty());
  EXPECT_THAT(lint_zones("[]", two_zones()), testing::IsEmpty());
  EXPECT_THAT(lint_zones(R"({"closes": [1, {}, {"zone": "CET"}]})", two_zones()),
              testing::IsEmpty())
      << "that is for the compiler to say";
}

TEST(LintZones, WarnsOfAZoneThatIsNotThere) {
  const auto slip = zone_issues("2019-09-30T17:00:00+02:00", "Europe/Brusels");
  const auto unknown = zone_issues("2019-09-30T17:00:00+02:00", "Asia/Beijing");

  ASSERT_EQ(slip.size(), 1U);
  EXPECT_EQ(slip[0].code, "definition.misspelled");
  EXPECT_EQ(slip[0].severity, Severity::warning);
  EXPECT_EQ(slip[0].pointer, "/closes/0/zone");
  EXPECT_EQ(slip[0].params,
            json({{"name", "Europe/Brusels"}, {"suggestion", "Europe/Brussels"}}));
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].code, "definition.zone_unknown");
  EXPECT_EQ(unknown[0].severity, Severity::warning);
}

TEST(LintZones, WarnsOfAnOffsetThatTheZoneDoesNotHaveOnThatDay) {
  const auto winter = zone_issues("2019-12-02T17:00:00+02:00", "Europe/Brussels");
  const auto half = zone_issues("2019-07-01T00:30:00.5-03:30", "Asia/Shanghai");

  ASSERT_EQ(winter.size(), 1U);
  EXPECT_EQ(winter[0].code, "definition.zone_offset");
  EXPECT_EQ(winter[0].severity, Severity::warning);
  EXPECT_EQ(winter[0].pointer, "/closes/0/at");
  EXPECT_EQ(winter[0].params, json({{"zone", "Europe/Brussels"},
                                    {"local", "2019-12-02T16:00:00+01:00"},
                                    {"meant", "2019-12-02T17:00:00+01:00"}}));
  ASSERT_EQ(half.size(), 1U);
  EXPECT_EQ(half[0].params, json({{"zone", "Asia/Shanghai"},
                                  {"local", "2019-07-01T12:00:00.500+08:00"},
                                  {"meant", "2019-07-01T00:30:00.500+08:00"}}));
}

TEST(Describe, HasAllTextsInAllLanguagesAndNoRule) {
  const json base = read_json(TESTS_DATA_DIR "/form/small-call.json");
  const auto compiled = compile_call(base.dump(), taxonomies());
  ASSERT_TRUE(compiled.call);

  const json form = json::parse(describe(*compiled.call), nullptr, false);

  EXPECT_EQ(form["title"], base["title"]);
  EXPECT_EQ(form["sections"][0]["title"], json({{"en", "About"}, {"zh-Hans", "About"}}));
  EXPECT_EQ(form["opens"], 1559545200000);
  EXPECT_EQ(form["closes"][0]["at"], form["closes"][1]["at"]);
  EXPECT_EQ(form["submit"]["attachments"], 40'000'000);
  const auto& fields = form["sections"][0]["fields"];
  EXPECT_EQ(fields[0]["required"], true);
  EXPECT_EQ(fields[1]["limits"], json({{"en", {{"unit", "words"}, {"max", 150}}},
                                       {"zh-Hans", {{"unit", "words"}, {"max", 300}}}}));
  EXPECT_EQ(fields[1]["languages"], json({"en", "zh-Hans"}));
  EXPECT_EQ(fields[8]["size"], 10'000'000);
  EXPECT_GE(fields[5]["options"].size(), 17U);
  for (const auto* rule : {"\"var\"", "\"relevant\"", "\"rule\":{", "\"value\":{"}) {
    EXPECT_EQ(form.dump().find(rule), std::string::npos) << rule;
  }
}

TEST(DocumentSchema, IsClosedAndNamesTheCall) {
  const json base = read_json(TESTS_DATA_DIR "/form/small-call.json");
  const auto compiled = compile_call(base.dump(), taxonomies());
  ASSERT_TRUE(compiled.call);

  const json schema = document_schema(*compiled.call);

  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema["properties"]["definition"], json({{"const", "small-call"}}));
  EXPECT_EQ(schema["additionalProperties"], false);
  const auto& answers = schema["properties"]["answers"];
  EXPECT_EQ(answers["required"], json({"name"}));
  EXPECT_FALSE(answers["properties"].contains("total")) << "computed, never handed in";
  EXPECT_FALSE(answers["properties"].contains("thanks")) << "a note";
}

}  // namespace
}  // namespace hezuo
