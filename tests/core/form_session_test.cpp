#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "call_data.hpp"
#include "hezuo/form.hpp"
#include "random_edits.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

constexpr std::string_view today = "2019-09-16";

json issue_of(const Issue& issue) {
  return {issue.code,   name(issue.severity), issue.pointer, issue.key,
          issue.params, issue.language,       issue.rule};
}

/// All that a page could see of a cell.
json seen(const FormSession& session, const Place& place) {
  const auto cell = session.cell(place);
  json all = {{"relevant", cell.relevant}, {"required", cell.required},
              {"answered", cell.answered}, {"rows", cell.rows},
              {"issues", json::array()},   {"counts", json::array()}};
  // The answer of a group is that of the fields in its rows.
  if (cell.rows.empty()) all["answer"] = session.answer(place);
  if (cell.value != nullptr) all["value"] = *cell.value;
  for (const auto& issue : cell.issues) all["issues"].push_back(issue_of(issue));
  for (const auto& count : cell.counts) all["counts"].push_back(count.count);
  return all;
}

std::map<std::string, json> seen(const FormSession& session) {
  std::map<std::string, json> cells;
  for (const auto& place : session.places()) {
    cells[session.key(place)] = seen(session, place);
  }
  return cells;
}

std::set<std::string> keys(const FormSession& session, const Change& change) {
  std::set<std::string> keys;
  for (const auto& place : change.cells) keys.insert(session.key(place));
  EXPECT_EQ(keys.size(), change.cells.size()) << "no doubles";
  return keys;
}

/// The session must be what opening its own answers gives.
void expect_as_opened(const FormSession& session, const FormDefinition& form) {
  const FormSession opened(form, session.answers(true), today);

  ASSERT_EQ(seen(session), seen(opened));
  EXPECT_EQ(session.issues(), opened.issues());
  EXPECT_EQ(session.answers(false), opened.answers(false));
  EXPECT_EQ(session.file_bytes(), opened.file_bytes());
  for (std::size_t i = 0; i < form.sections.size(); ++i) {
    EXPECT_EQ(session.section(i), opened.section(i)) << form.sections[i].id;
  }
}

void expect_consistent_under_edits(const Call& call, const json& answers,
                                   std::uint64_t seed, int edits) {
  const auto& form = call.form;
  FormSession session(form, answers, today);
  RandomEdits random(form, seed);
  auto before = seen(session);

  for (int i = 0; i < edits; ++i) {
    const auto edit = random.next(session);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", edit " + std::to_string(i) + ": " +
                 std::to_string(static_cast<int>(edit.verb)) + " " + edit.key + " " +
                 dump_json(edit.value).substr(0, 200));
    std::vector<json> gates;
    for (const auto& gate : call.eligibility) {
      gates.push_back(session.evaluate(*gate.rule));
    }

    const auto change = apply(edit, session);

    const auto named = keys(session, change);
    auto after = seen(session);
    for (const auto& [key, cell] : after) {
      const auto was = before.find(key);
      if (was != before.end() && was->second == cell) continue;
      ASSERT_TRUE(named.contains(key)) << key << "\n" << cell;
    }
    for (std::size_t gate = 0; gate < gates.size(); ++gate) {
      const auto& rule = *call.eligibility[gate].rule;
      if (session.evaluate(rule) == gates[gate]) continue;
      const bool told =
          std::any_of(rule.reads.begin(), rule.reads.end(), [&](std::size_t place) {
            return std::find(change.facts.begin(), change.facts.end(), place) !=
                   change.facts.end();
          });
      ASSERT_TRUE(told) << "a gate changed, and none of its facts";
    }
    expect_as_opened(session, form);
    if (testing::Test::HasFailure()) return;
    before = std::move(after);
  }
}

CompiledCall shipped(const std::string& id) {
  return compile_call(definition_text(id), taxonomies());
}

TEST(FormSessionUnderRandomEdits, IsWhatOpeningItsAnswersGivesForTheAward) {
  const auto compiled = shipped("uec-award-2019");
  ASSERT_TRUE(compiled.call);

  expect_consistent_under_edits(
      *compiled.call, award_document("manchester-wuhan.json")["answers"], 1, 250);
  expect_consistent_under_edits(*compiled.call, json::object(), 2, 250);
}

TEST(FormSessionUnderRandomEdits, IsWhatOpeningItsAnswersGivesForTheRegistration) {
  const auto compiled = shipped("jpi-nsfc-2018");
  ASSERT_TRUE(compiled.call);

  expect_consistent_under_edits(*compiled.call,
                                award_document("jpi-nsfc.json")["answers"], 3, 250);
  expect_consistent_under_edits(*compiled.call, json::object(), 4, 250);
}

TEST(FormSessionUnderRandomEdits, IsWhatOpeningItsAnswersGivesForTangledCalls) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const auto definition = TangledCall(seed).make();
    const auto compiled = compile_call(definition.dump(), taxonomies());
    for (const auto& issue : compiled.issues) {
      ADD_FAILURE() << issue.code << " " << issue.pointer << " " << issue.params;
    }
    ASSERT_TRUE(compiled.call) << seed;

    expect_consistent_under_edits(*compiled.call, json::object(), seed, 120);
    if (HasFailure()) return;
  }
}

/// The keys of what is asked and answered.
std::set<std::string> answered(const FormSession& session) {
  std::set<std::string> keys;
  for (const auto& place : session.places()) {
    const auto cell = session.cell(place);
    if (cell.relevant && cell.answered) keys.insert(session.key(place));
  }
  return keys;
}

TEST(FormSessionUnderRandomEdits, SettlesAGateOnlyWhenNoAnswerToComeCanChangeIt) {
  std::size_t settled = 0;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const auto compiled = compile_call(TangledCall(seed).make().dump(), taxonomies());
    ASSERT_TRUE(compiled.call) << seed;
    FormSession session(compiled.call->form, json::object(), today);
    RandomEdits random(compiled.call->form, seed);

    for (int i = 0; i < 200; ++i) {
      const auto edit = random.next(session);
      const auto place = session.find(edit.key);
      const bool to_come =
          (edit.verb == Edit::Verb::set || edit.verb == Edit::Verb::set_text) &&
          session.answer(*place).is_null();
      std::vector<std::pair<bool, json>> before;
      for (const auto& gate : compiled.call->eligibility) {
        before.emplace_back(session.settled(*gate.rule), session.evaluate(*gate.rule));
      }

      const auto answered_before = answered(session);
      apply(edit, session);

      // A new answer may also take away a question that was answered.
      const auto answered_now = answered(session);
      const bool adds =
          to_come && std::includes(answered_now.begin(), answered_now.end(),
                                   answered_before.begin(), answered_before.end());
      for (std::size_t gate = 0; adds && gate < before.size(); ++gate) {
        const auto& rule = *compiled.call->eligibility[gate].rule;
        if (!before[gate].first) continue;
        ++settled;
        ASSERT_TRUE(session.settled(rule)) << "seed " << seed << ", edit " << i;
        ASSERT_EQ(session.evaluate(rule), before[gate].second)
            << "seed " << seed << ", edit " << i << ": " << edit.key;
      }
    }
  }
  EXPECT_GT(settled, 100U) << "else this shows nothing";
}

/// A form whose fields depend on each other, by hand.
class Session : public testing::Test {
 protected:
  static bool nothing(const Change& change) {
    return change.cells.empty() && change.facts.empty() && change.row.empty();
  }

  Session() : compiled_(compile_call(definition().dump(), taxonomies())) {
    EXPECT_TRUE(compiled_.call);
  }

  static json definition() {
    json definition = read_json(TESTS_DATA_DIR "/form/small-call.json");
    definition["sections"][0]["fields"][0]["required"] = {
        {"==", {{{"var", "side"}}, "europe"}}};
    return definition;
  }

  [[nodiscard]] FormSession open(const json& answers) const {
    return {compiled_.call->form, answers, today};
  }
  static Place at(const FormSession& session, const char* key) {
    const auto place = session.find(key);
    EXPECT_TRUE(place) << key;
    return place.value_or(Place{});
  }
  static std::vector<std::string> codes(const FormSession& session, const char* key) {
    std::vector<std::string> codes;
    for (const auto& issue : session.cell(at(session, key)).issues) {
      codes.push_back(issue.code);
    }
    return codes;
  }

  CompiledCall compiled_;
};

TEST_F(Session, FollowsChainsOfRelevance) {
  auto session = open({{"reason", "Because"}, {"year", 2010}});
  EXPECT_FALSE(session.cell(at(session, "reason")).relevant) << "its section is not";

  const auto change = session.set(at(session, "side"), "china");

  EXPECT_TRUE(session.cell(at(session, "reason")).relevant);
  EXPECT_THAT(keys(session, change),
              testing::IsSupersetOf({"side", "reason", "start", "run", "name"}));
  session.set(at(session, "year"), 1990);
  EXPECT_FALSE(session.cell(at(session, "reason")).relevant);
  EXPECT_EQ(session.answers(true)["reason"], "Because") << "kept in a draft";
  EXPECT_FALSE(session.answers(false).contains("reason")) << "not handed in";
}

TEST_F(Session, RequiresByRule) {
  auto session = open(json::object());
  EXPECT_FALSE(session.cell(at(session, "name")).required);

  session.set(at(session, "side"), "europe");
  EXPECT_TRUE(session.cell(at(session, "name")).required);
  EXPECT_THAT(codes(session, "name"), testing::ElementsAre("answer.required"));

  session.set_text(at(session, "name"), none, "Anna");
  EXPECT_THAT(codes(session, "name"), testing::IsEmpty());
}

TEST_F(Session, ComputesValuesInRowsAndOverThem) {
  auto session = open({{"members", {{{"row", "a"}, {"amount", 2}}, {{"row", "b"}}}}});
  EXPECT_EQ(*session.cell(at(session, "members/a/double")).value, 4);

  session.set(at(session, "members/b/amount"), 5);

  EXPECT_EQ(*session.cell(at(session, "members/b/double")).value, 10);
  EXPECT_EQ(*session.cell(at(session, "total")).value, 7);
  EXPECT_FALSE(session.answers(true).contains("total"));
}

TEST_F(Session, NamesRowsOnceAndForAll) {
  auto session = open(json::object());
  const auto members = at(session, "members").field;

  EXPECT_EQ(session.add_row(members, none).row, "r1");
  EXPECT_EQ(session.add_row(members, none).row, "r2");
  EXPECT_EQ(session.add_row(members, 0).row, "r3");
  session.set_text(at(session, "members/r1/member_name"), none, "Essen");
  session.move_row(members, 0, 99);
  EXPECT_EQ(session.cell(at(session, "members")).rows,
            (std::vector<std::string>{"r1", "r2", "r3"}));
  EXPECT_EQ(session.pointer(at(session, "members/r3/amount")),
            "/answers/members/2/amount");

  const auto removed = session.answer({members, 0});
  session.remove_row(members, 0);
  EXPECT_FALSE(session.find("members/r1/member_name"));
  const auto restored = session.restore_row(members, 0, removed);
  EXPECT_EQ(restored.row, "r1");
  EXPECT_EQ(session.answer(at(session, "members/r1/member_name")), "Essen");
  EXPECT_EQ(session.restore_row(members, none, removed).row, "r4") << "r1 is taken";
}

TEST_F(Session, IgnoresRowsThatThereAreNot) {
  auto session = open({{"members", {{{"row", "a"}}}}});
  const auto members = at(session, "members").field;
  const auto year = at(session, "year").field;

  EXPECT_TRUE(nothing(session.remove_row(members, 1)));
  EXPECT_TRUE(nothing(session.move_row(members, none, 0)));
  EXPECT_TRUE(nothing(session.add_row(year, 0)));
  EXPECT_TRUE(nothing(session.remove_row(year, 0)));
  for (const auto* key :
       {"", "/", "members/", "members/b", "members/a/", "members/a/year", "year/a",
        "amount", "members/a/amount/", "total/x", "nothing"}) {
    EXPECT_FALSE(session.find(key)) << key;
  }
}

TEST_F(Session, AsksAChecksByRow) {
  auto session =
      open({{"members", {{{"row", "a"}, {"amount", 0}}, {{"row", "b"}, {"amount", 5}}}}});
  // "amount" must be less than the total, 5.
  EXPECT_THAT(codes(session, "members/a/amount"), testing::IsEmpty());
  EXPECT_THAT(codes(session, "members/b/amount"), testing::ElementsAre("check.failed"));

  const auto change = session.set(at(session, "members/a/amount"), 1);

  EXPECT_THAT(codes(session, "members/b/amount"), testing::IsEmpty());
  EXPECT_THAT(keys(session, change), testing::Contains("members/b/amount"));
}

TEST_F(Session, AsksACheckOnlyWhenAllItReadsIsAnswered) {
  auto session = open({{"members", {{{"row", "a"}, {"amount", 1}}, {{"row", "b"}}}}});
  EXPECT_THAT(codes(session, "members/b/amount"), testing::IsEmpty());
  EXPECT_THAT(codes(session, "year"), testing::IsEmpty());

  session.set(at(session, "year"), -5);

  EXPECT_THAT(codes(session, "year"),
              testing::ElementsAre("number.too_small", "check.failed"));
}

TEST_F(Session, WaitsWithARowSumForEveryRow) {
  json definition = Session::definition();
  definition["checks"] = {
      {{"id", "sum"},
       {"at", "members"},
       {"message", "Too much."},
       {"rule",
        {{"<",
          {{{"reduce",
             {{{"var", "members"}},
              {{"+", {{{"var", "current.amount"}}, {{"var", "accumulator"}}}}},
              0}}},
           10}}}}}};
  const auto compiled = compile_call(definition.dump(), taxonomies());
  ASSERT_TRUE(compiled.call);
  FormSession session(compiled.call->form,
                      {{"members", {{{"row", "a"}, {"amount", 20}}, {{"row", "b"}}}}},
                      today);
  EXPECT_THAT(codes(session, "members"), testing::IsEmpty());

  session.set(at(session, "members/b/amount"), 1);

  EXPECT_THAT(codes(session, "members"), testing::ElementsAre("check.failed"));
}

TEST_F(Session, SaysHowFarASectionIs) {
  using Progress = SectionState::Progress;
  auto session = open({{"side", "europe"}});
  EXPECT_EQ(session.section(0).progress, Progress::started);
  EXPECT_EQ(session.section(0).required, 1U);
  EXPECT_EQ(session.section(0).answered, 0U);
  EXPECT_FALSE(session.section(1).relevant);
  EXPECT_EQ(session.section(1).progress, Progress::empty);

  session.set_text(at(session, "name"), none, "Anna");
  EXPECT_EQ(session.section(0).progress, Progress::complete);
  EXPECT_EQ(session.section(0).answered, 1U);

  session.set(at(session, "title"), {{"en", "Title"}});
  EXPECT_EQ(session.section(0).progress, Progress::started) << "one language is missing";
  EXPECT_EQ(session.section(0).languages,
            (std::vector<std::pair<std::size_t, std::size_t>>{{1, 1}, {0, 1}}));

  session.set(at(session, "year"), 5000);
  EXPECT_EQ(session.section(0).progress, Progress::error);
}

TEST_F(Session, KeepsAndReportsWhatDoesNotFit) {
  const json answers = {{"weather", "fine"},
                        {"amount", 5},
                        {"total", 7},
                        {"thanks", "x"},
                        {"members", {{{"row", "a"}, {"colour", "red"}, {"double", 4}}}}};
  const auto session = open(answers);

  std::vector<std::string> pointers;
  for (const auto& issue : session.issues()) {
    EXPECT_EQ(issue.code, "document.unknown");
    pointers.push_back(issue.pointer);
  }
  EXPECT_THAT(pointers, testing::ElementsAre("/answers/members/0/colour",
                                             "/answers/members/0/double",
                                             "/answers/amount", "/answers/thanks",
                                             "/answers/total", "/answers/weather"));
  EXPECT_EQ(session.answers(true), answers);
}

TEST_F(Session, MendsRowsWithoutUsableIdsAndSaysSo) {
  auto session = open({{"members",
                        {json::object(),
                         {{"row", "a"}},
                         {{"row", "a"}},
                         {{"row", 5}},
                         {{"row", "a/b"}},
                         {{"row", std::string(33, 'x')}}}}});

  EXPECT_EQ(codes(session, "members"), std::vector<std::string>(5, "group.row"));
  EXPECT_EQ(session.row_count(at(session, "members").field), 6U);

  session.remove_row(at(session, "members").field, 0);
  EXPECT_THAT(codes(session, "members"), testing::IsEmpty()) << "the rows have ids now";
}

TEST_F(Session, KeepsAGroupThatIsNoListUntilThereIsARow) {
  auto session = open({{"members", {{"row", "a"}}}});
  EXPECT_THAT(codes(session, "members"), testing::ElementsAre("answer.type"));
  EXPECT_EQ(session.answers(true)["members"], json({{"row", "a"}}));

  session.add_row(at(session, "members").field, none);

  EXPECT_THAT(codes(session, "members"), testing::IsEmpty());
  EXPECT_EQ(session.answers(true)["members"], json({{{"row", "r1"}}}));
}

TEST_F(Session, MovesWithTheDateOfToday) {
  auto session = open({{"side", "china"}, {"start", "2019-09-20"}});
  EXPECT_THAT(codes(session, "start"), testing::ElementsAre("date.too_late"));

  const auto change = session.set_today("2019-09-20");

  EXPECT_THAT(codes(session, "start"), testing::IsEmpty());
  EXPECT_THAT(keys(session, change), testing::Contains("start"));
  EXPECT_THAT(session.set_today("2019-09-20").cells, testing::IsEmpty());
}

TEST_F(Session, TakesNoAnswerToWhatAsksNothing) {
  auto session = open(json::object());

  EXPECT_TRUE(nothing(session.set(at(session, "total"), 5)));
  EXPECT_TRUE(nothing(session.set(at(session, "thanks"), "x")));
  EXPECT_TRUE(nothing(session.set(at(session, "members"), json::array())));
  EXPECT_TRUE(nothing(session.set_text(at(session, "members"), 0, "x")));
  EXPECT_EQ(session.answers(true), json::object());
}

}  // namespace
}  // namespace hezuo
