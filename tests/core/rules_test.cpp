#include "hezuo/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/error.hpp"
#include "hezuo/result.hpp"

namespace hezuo {

void PrintTo(const Rule::Variable& variable, std::ostream* out) {
  *out << variable.name << " at " << variable.pointer << " of " << variable.element_of;
}

namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::FieldsAre;
using testing::IsEmpty;

constexpr Rule::Scope scope{.today = "2019-09-30"};

json read_cases() {
  std::ifstream file(TESTS_DATA_DIR "/rules/cases.json");
  return json::parse(file, nullptr, false);
}

ErrorCode error_code(std::string_view name) {
  if (name == "rule_invalid") return ErrorCode::rule_invalid;
  if (name == "rule_type") return ErrorCode::rule_type;
  if (name == "rule_steps") return ErrorCode::rule_steps;
  return ErrorCode::too_deep;
}

Rule compiled(const char* text) {
  Result<Rule> rule = Rule::compile(json::parse(text, nullptr, false), {});
  EXPECT_TRUE(rule) << text;
  return *std::move(rule);
}

Result<json> run(const json& test) {
  const auto sets = test.find("sets");
  const auto rule =
      Rule::compile(test["rule"], {.sets = sets != test.end() ? &*sets : nullptr});
  return rule ? rule->evaluate(test["data"], scope) : rule.error();
}

TEST(Rule, AnswersAsTheCasesSay) {
  const json cases = read_cases();
  ASSERT_TRUE(cases.is_array());

  for (const json& test : cases) {
    SCOPED_TRACE(test["name"]);
    const Result<json> result = run(test);

    if (const auto expected = test.find("result"); expected != test.end()) {
      ASSERT_TRUE(result) << result.error().message;
      EXPECT_EQ(*result, *expected);
      continue;
    }
    ASSERT_FALSE(result) << *result;
    EXPECT_EQ(result.error().code, error_code(test["error"].get<std::string>()));
    EXPECT_EQ(result.error().path, test.value("path", result.error().path));
    EXPECT_EQ(result.error().message, test.value("message", result.error().message));
  }
}

TEST(Rule, AnswersAlikeFromSlotsAndFromWholeData) {
  for (const json& test : read_cases()) {
    SCOPED_TRACE(test["name"]);
    const json& data = test["data"];
    const auto sets = test.find("sets");
    const auto rule =
        Rule::compile(test["rule"], {.sets = sets != test.end() ? &*sets : nullptr});
    if (!rule || (!data.is_object() && !data.is_null())) continue;
    std::vector<const json*> values;
    for (const std::string& root : rule->roots()) {
      const auto member = data.find(root);
      const json* value = member != data.end() ? &*member : nullptr;
      values.push_back(root.empty() ? &data : value);
    }

    const Result<json> whole = rule->evaluate(data, scope);
    const Result<json> slots =
        rule->evaluate(std::span<const json* const>(values), scope);

    ASSERT_EQ(whole.has_value(), slots.has_value());
    if (whole) {
      EXPECT_EQ(*whole, *slots);
    } else {
      EXPECT_EQ(whole.error(), slots.error());
    }
  }
}

TEST(Rule, ListsTheRootsThatItReadsOnceAndInOrder) {
  const Rule rule = compiled(R"({"and": [
      {"<": [{"var": "budget.EUR"}, {"var": ["limit", 5]}]},
      {"some": [{"var": "partners"}, {"==": [{"var": "country"}, "CN"]}]},
      {"missing": ["budget.CNY", "title"]},
      {"exists": ["contact", "email"]},
      {"map": [[1], {"val": [[2], "factor"]}]}]})");

  EXPECT_THAT(rule.roots(),
              ElementsAre("budget", "limit", "partners", "title", "contact", "factor"));
}

TEST(Rule, ListsAllDataAsTheEmptyRoot) {
  EXPECT_THAT(compiled(R"({"var": ""})").roots(), ElementsAre(""));
  EXPECT_THAT(compiled(R"({"var": [{"var": "name"}]})").roots(), ElementsAre("name", ""));
  EXPECT_THAT(compiled(R"({"missing": {"var": "names"}})").roots(),
              ElementsAre("names", ""));
  EXPECT_THAT(compiled(R"({"map": [[1], {"var": ""}]})").roots(), IsEmpty());
}

TEST(Rule, TakesANameThatFoldsToAConstantForOne) {
  EXPECT_THAT(compiled(R"({"var": {"cat": ["a", ".b"]}})").roots(), ElementsAre("a"));
}

TEST(Rule, ListsItsVariablesWithTheirPlaces) {
  const Rule rule = compiled(R"({"if": [
      {"var": "budget.EUR"},
      {"all": [{"var": "partners"}, {"!": {"var": ["country", ""]}}]},
      {"missing_some": [1, ["a", "b"]]},
      {"missing": "c"}]})");

  EXPECT_THAT(rule.variables(),
              ElementsAre(FieldsAre("budget.EUR", "/if/0/var", false, ""),
                          FieldsAre("partners", "/if/1/all/0/var", false, ""),
                          FieldsAre("country", "/if/1/all/1/!/var/0", true, "partners"),
                          FieldsAre("a", "/if/2/missing_some/1/0", false, ""),
                          FieldsAre("b", "/if/2/missing_some/1/1", false, ""),
                          FieldsAre("c", "/if/3/missing", false, "")));
}

TEST(Rule, KnowsTheArrayBehindAFilter) {
  const Rule rule = compiled(R"({"map": [
      {"filter": [{"var": "partners"}, {"var": "active"}]}, {"var": "name"}]})");

  EXPECT_THAT(rule.variables(),
              ElementsAre(FieldsAre("partners", "/map/0/filter/0/var", false, ""),
                          FieldsAre("active", "/map/0/filter/1/var", true, "partners"),
                          FieldsAre("name", "/map/1/var", true, "partners")));
}

TEST(Rule, StopsAfterTheStepsThatItMayTake) {
  const Rule rule = compiled(R"({"map": [{"var": "x"}, {"+": [{"var": ""}, 1]}]})");
  const json data = {{"x", json::array({1, 2, 3, 4})}};

  const auto enough = rule.evaluate(data, {.today = {}, .max_steps = 100});
  const auto too_few = rule.evaluate(data, {.today = {}, .max_steps = 5});

  EXPECT_TRUE(enough);
  ASSERT_FALSE(too_few);
  EXPECT_EQ(too_few.error().code, ErrorCode::rule_steps);
}

TEST(Rule, AnswersNullForTodayWithoutADate) {
  const auto result = compiled(R"({"today": []})").evaluate(nullptr, {});

  ASSERT_TRUE(result);
  EXPECT_TRUE(result->is_null());
}

TEST(Rule, ReadsDataThatNestsFarDeeperThanItsCaps) {
  json data = "bottom";
  for (int i = 0; i < 20000; ++i) {
    json outer = json::array();
    outer.push_back(std::move(data));
    data = std::move(outer);
  }

  const auto text = compiled(R"({"==": [{"var": ""}, "bottom"]})").evaluate(data, {});
  const auto copied = compiled(R"({"var": ""})").evaluate(data, {});
  const auto element = compiled(R"({"!!": {"var": "0.0.0"}})").evaluate(data, {});

  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::rule_steps);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, ErrorCode::too_deep);
  ASSERT_TRUE(element);
  EXPECT_EQ(*element, true);
}

TEST(Rule, OutlivesTheSetsAndTheLogicThatItWasMadeOf) {
  const auto make = [] {
    const json sets = {{"europe", {"DE", "FR"}}};
    const json logic = {{"in", {{{"var", "country"}}, {{"set", "europe"}}}}};
    return Rule::compile(logic, {.sets = &sets});
  };
  const Result<Rule> rule = make();

  ASSERT_TRUE(rule);
  const auto result = rule->evaluate({{"country", "FR"}}, scope);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, true);
}

TEST(Truthy, HoldsAnEmptyArrayForFalse) {
  for (const json& value :
       {json(nullptr), json(false), json(0), json(0.0), json(""), json::array()}) {
    EXPECT_FALSE(truthy(value)) << value;
  }
  for (const json& value :
       {json(true), json(-1), json("0"), json::array({0}), json::object()}) {
    EXPECT_TRUE(truthy(value)) << value;
  }
}

}  // namespace
}  // namespace hezuo
