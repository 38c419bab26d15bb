#include "hezuo/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "call_data.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// A call whose only section has these fields.
json definition_of(json fields) {
  json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
  for (const auto* part : {"sets", "checks", "eligibility", "criteria", "consents"}) {
    definition.erase(part);
  }
  definition["sections"] = {
      {{"id", "about"}, {"title", "About"}, {"fields", std::move(fields)}}};
  return definition;
}

class Answers : public testing::Test {
 protected:
  static std::vector<std::string> issues(const FormSession& session, const Place& place) {
    std::vector<std::string> found;
    for (const auto& issue : session.cell(place).issues) {
      EXPECT_TRUE(issue.pointer.starts_with("/answers/answer")) << issue.pointer;
      EXPECT_EQ(issue.key, "answer");
      found.push_back(issue.code + " " +
                      issue.pointer.substr(std::string("/answers/answer").size()));
    }
    return found;
  }
};

TEST_F(Answers, AreCheckedAsTheTableSays) {
  const json table = read_json(TESTS_DATA_DIR "/form/answers.json");
  ASSERT_TRUE(table.is_object());
  std::set<std::string> kinds;

  for (const auto& one : table["fields"]) {
    json field = one["field"];
    field["id"] = "answer";
    field["label"] = "Answer";
    kinds.insert(field["kind"].get<std::string>());
    const auto compiled =
        compile_call(definition_of(json::array({field})).dump(), taxonomies());
    ASSERT_TRUE(compiled.call) << field;

    for (const auto& answer : one["cases"]) {
      SCOPED_TRACE(field["kind"].get<std::string>() + " " + answer.dump());
      json answers = json::object();
      answers["answer"] = answer["answer"];
      const FormSession session(compiled.call->form, answers, "2019-09-16");
      const Place place = *session.find("answer");

      EXPECT_EQ(issues(session, place), answer["issues"].get<std::vector<std::string>>());
      EXPECT_EQ(session.cell(place).answered, answer["answered"].get<bool>());

      // One that is typed meets the same as one that was saved.
      FormSession typed(compiled.call->form, json::object(), "2019-09-16");
      typed.set(place, answer["answer"]);
      EXPECT_EQ(typed.issues(), session.issues());
    }
  }
  EXPECT_EQ(kinds.size(), 18U) << "every kind but group, computed and note";
}

TEST_F(Answers, AreNormalizedFromInputOn) {
  const auto compiled = compile_call(
      definition_of(
          {{{"id", "answer"}, {"kind", "line"}, {"label", "Answer"}},
           {{"id", "pair"}, {"kind", "prose"}, {"label", "Pair"}},
           {{"id", "city"}, {"kind", "place"}, {"label", "City"}},
           {{"id", "town"}, {"kind", "place"}, {"answer", "plain"}, {"label", "Town"}}})
          .dump(),
      taxonomies());
  ASSERT_TRUE(compiled.call);
  FormSession session(compiled.call->form, {{"answer", "e\u0301\r\nx"}}, "2019-09-16");
  const auto at = [&session](const char* key) { return *session.find(key); };

  EXPECT_EQ(session.answer(at("answer")), "\u00e9\nx");

  session.set_text(at("answer"), none, "a\r\nb\rc\r");
  EXPECT_EQ(session.answer(at("answer")), "a\nb\nc\n");
  session.set_text(at("answer"), none, "a\xff\xe6\xad\xa6\xe6\xad z\xed\xa0\x80");
  EXPECT_EQ(session.answer(at("answer")),
            "a\ufffd\u6b66\ufffd\ufffd z\ufffd\ufffd\ufffd");
  session.set_text(at("answer"), none, "");
  EXPECT_EQ(session.answer(at("answer")), nullptr);

  session.set_text(at("pair"), 1, "\u6b66\u6c49");
  session.set_text(at("pair"), 0, "o\u0308");
  EXPECT_EQ(session.answer(at("pair")),
            json({{"en", "\u00f6"}, {"zh-Hans", "\u6b66\u6c49"}}));
  session.set_text(at("pair"), 0, "");
  EXPECT_EQ(session.answer(at("pair")), json({{"zh-Hans", "\u6b66\u6c49"}}));
  session.set_text(at("pair"), 1, "");
  EXPECT_EQ(session.answer(at("pair")), nullptr);

  session.set(at("city"), {{"country", "CN"}});
  session.set_text(at("city"), 0, "Wuhan");
  EXPECT_EQ(session.answer(at("city")),
            json({{"country", "CN"}, {"name", {{"en", "Wuhan"}}}}));
  session.set_text(at("city"), 0, "");
  EXPECT_EQ(session.answer(at("city")), json({{"country", "CN"}}));
  session.set_text(at("town"), none, "Essen");
  EXPECT_EQ(session.answer(at("town")), json({{"name", "Essen"}}));
}

TEST_F(Answers, CountTextsEvenBeforeThereIsOne) {
  const auto compiled = compile_call(definition_of({{{"id", "answer"},
                                                     {"kind", "prose"},
                                                     {"label", "Answer"},
                                                     {"max", "5 words"}}})
                                         .dump(),
                                     taxonomies());
  ASSERT_TRUE(compiled.call);
  FormSession session(compiled.call->form, json::object(), "2019-09-16");
  const Place place = *session.find("answer");

  ASSERT_EQ(session.cell(place).counts.size(), 2U);
  EXPECT_EQ(session.cell(place).counts[1].count, 0U);

  session.set_text(place, 1, "\u6b66\u6c49 Wuhan");
  EXPECT_EQ(session.cell(place).counts[0].count, 0U);
  EXPECT_EQ(session.cell(place).counts[1].count, 3U);
  EXPECT_EQ(session.cell(place).counts[1].limit.max, 5U);
}

TEST_F(Answers, ThatAreAbsurdlyLongAreRefusedQuickly) {
  const auto compiled = compile_call(
      definition_of({{{"id", "answer"},
                      {"kind", "choices"},
                      {"label", "Answer"},
                      {"options", {{{"id", "a"}, {"label", "A"}}}}},
                     {{"id", "rows"},
                      {"kind", "group"},
                      {"label", "Rows"},
                      {"fields", {{{"id", "x"}, {"kind", "line"}, {"label", "X"}}}}}})
          .dump(),
      taxonomies());
  ASSERT_TRUE(compiled.call);
  json answers = {{"answer", json(500'000, "b")},
                  {"rows", json(500'000, json::object())}};
  answers["answer"].insert(answers["answer"].end(), 500'000, "a");
  for (int i = 0; i < 20'000; ++i) answers["unknown" + std::to_string(i)] = i;

  const FormSession session(compiled.call->form, answers, "2019-09-16");

  const auto issues = session.issues();
  EXPECT_EQ(issues.size(), max_issues);
  EXPECT_EQ(issues[0].code, "answer.type");
  EXPECT_EQ(issues[1].code, "answer.type");
  EXPECT_EQ(issues[1].pointer, "/answers/rows");
  EXPECT_EQ(session.answers(true)["rows"].size(), 500'000U) << "nothing typed is lost";
}

}  // namespace
}  // namespace hezuo
