#include "hezuo/award.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "call_data.hpp"

namespace hezuo {
namespace {

using namespace std::string_literals;
using nlohmann::json;

std::int64_t instant(const std::string& text) { return parse_instant(text).value_or(-1); }

const Call& call_of(const std::string& id) {
  static std::map<std::string, CompiledCall> calls;
  auto [at, fresh] = calls.try_emplace(id);
  if (fresh) at->second = compile_call(definition_text(id), taxonomies());
  EXPECT_TRUE(at->second.call) << id;
  return *at->second.call;
}

const Call& award() { return call_of("uec-award-2019"); }

std::vector<Issue> issues_of(const Call& call, const json& document,
                             const std::string& now) {
  return Application(call, document, instant(now)).issues();
}

std::set<std::string> codes(const std::vector<Issue>& issues) {
  std::set<std::string> codes;
  for (const auto& issue : issues) codes.insert(issue.code);
  return codes;
}

/// What a person reads must be a sentence, whatever was wrong.
void expect_readable(const std::vector<Issue>& issues, const Call& call) {
  for (const auto& catalogue : catalogues().all()) {
    for (const auto& issue : issues) {
      const auto text = issue_text(issue, call, catalogue);
      EXPECT_NE(text, issue.code);
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_EQ(text.find("\u201c\u201d"), std::string::npos)
          << issue.code << " " << text;
      EXPECT_EQ(text.find("\u300c\u300d"), std::string::npos)
          << issue.code << " " << text;
      EXPECT_EQ(text.find("unit."), std::string::npos) << text;
    }
  }
}

TEST(Application, OfManchesterAndWuhanIsValidInBothLanguages) {
  for (const auto* language : {"en", "zh-Hans"}) {
    auto document = award_document("manchester-wuhan.json");
    document["language"] = language;

    const auto issues = issues_of(award(), document, "2019-09-16T12:00:00Z");

    for (const auto& issue : issues) {
      EXPECT_NE(issue.severity, Severity::error) << issue.code << " " << issue.pointer;
    }
    expect_readable(issues, award());
  }
}

TEST(Application, ThatIsBrokenMeetsExactlyTheCodesThatAreExpected) {
  const json expected = award_document("broken.expected.json");

  const auto issues = issues_of(award(), award_document("broken.json"),
                                expected["now"].get<std::string>());

  EXPECT_EQ(codes(issues), expected["codes"].get<std::set<std::string>>());
  expect_readable(issues, award());
}

TEST(Application, MeetsEachOtherCodeByOneChange) {
  const json expected = award_document("broken.expected.json");

  for (const auto& one : expected["others"]) {
    if (!one.contains("set")) continue;
    auto document = award_document(one["document"].get<std::string>());
    for (const auto& [pointer, value] : one["set"].items()) {
      patch(document, pointer, value);
    }

    const auto issues =
        issues_of(award(), document, one.value("now", "2019-09-16T12:00:00Z"));

    EXPECT_THAT(codes(issues), testing::Contains(one["code"].get<std::string>()));
    expect_readable(issues, award());
  }
}

TEST(Application, ListsIssuesInTheOrderOfTheDefinition) {
  const auto& form = award().form;
  std::size_t last = 0;

  for (const auto& issue :
       issues_of(award(), award_document("broken.json"), "2019-10-05T12:00:00Z")) {
    if (issue.key.empty() || issue.key.starts_with("consents/")) continue;
    const auto at = form.field(issue.key.substr(0, issue.key.find('/')));
    ASSERT_NE(at, none) << issue.key;
    EXPECT_GE(at, last) << issue.key;
    last = at;
  }
}

TEST(Application, OfTheChineseSideClosesFourHoursBeforeTheEuropean) {
  const auto& call = call_of("jpi-nsfc-2018");
  auto document = award_document("jpi-nsfc.json");
  const auto state = [&](const std::string& now) {
    return Application(call, document, instant(now)).deadline();
  };

  EXPECT_THAT(codes(issues_of(call, document, "2018-04-01T12:00:00Z")),
              testing::IsEmpty());
  EXPECT_EQ(state("2018-04-12T08:00:00Z").state, CallState::open) << "the last instant";
  EXPECT_EQ(state("2018-04-12T08:00:00.001Z").state, CallState::closed);
  EXPECT_EQ(state("2018-04-01T12:00:00Z").closes, instant("2018-04-12T08:00:00Z"));

  document["answers"]["registering_side"] = "europe";
  EXPECT_EQ(state("2018-04-12T12:00:00Z").state, CallState::open);
  EXPECT_EQ(state("2018-04-12T12:00:01Z").state, CallState::closed);

  document["answers"].erase("registering_side");
  EXPECT_EQ(state("2018-04-12T12:00:00Z").state, CallState::open)
      << "while the side is unknown, the later deadline holds";
}

json small_definition() { return read_json(TESTS_DATA_DIR "/form/small-call.json"); }

/// The small call of the tables, and a document that fits it.
class SmallApplication : public testing::Test {
 protected:
  void compile(const json& definition) {
    compiled_ = compile_call(definition.dump(), taxonomies());
    ASSERT_TRUE(compiled_.call);
  }
  void SetUp() override { compile(small_definition()); }

  static json document() {
    return {{"definition", "small-call"},
            {"revision", 1},
            {"language", "en"},
            {"answers", {{"name", "Anna"}, {"side", "europe"}}},
            {"consents",
             {{"gdpr",
               {{"given", true},
                {"version", "1"},
                {"language", "en"},
                {"at", "2019-09-01T08:00:00Z"}}}}},
            {"history", json::array()}};
  }
  [[nodiscard]] Application open(const json& document) const {
    return {*compiled_.call, document, instant("2019-09-16T12:00:00Z")};
  }
  [[nodiscard]] std::vector<std::string> found(const json& document) const {
    std::vector<std::string> found;
    for (const auto& issue : open(document).issues()) {
      found.push_back(issue.code + " " + issue.pointer);
    }
    return found;
  }

  CompiledCall compiled_;
};

TEST_F(SmallApplication, IsValidAsItIs) {
  EXPECT_THAT(found(document()), testing::IsEmpty());
}

TEST_F(SmallApplication, ReportsWhatADocumentLacksOrHasTooMuch) {
  const std::vector<std::pair<std::pair<const char*, json>, std::vector<std::string>>>
      cases = {
          {{"/definition", "other"}, {"document.definition /definition"}},
          {{"/definition", nullptr}, {"document.definition /definition"}},
          {{"/definition", {{"a", {1, 2}}}}, {"document.definition /definition"}},
          {{"/revision", 2}, {"document.revision /revision"}},
          {{"/revision", "1"}, {"document.revision /revision"}},
          {{"/language", "de"}, {"document.language /language"}},
          {{"/language", {"en"}}, {"document.language /language"}},
          {{"/extra~1x", 1}, {"document.unknown /extra~1x"}},
          {{"/consents", json::array()},
           {"document.invalid /consents", "consent.missing /consents/gdpr"}},
          {{"/consents/gdpr", nullptr}, {"consent.missing /consents/gdpr"}},
          {{"/consents/gdpr/given", false}, {"consent.missing /consents/gdpr"}},
          {{"/consents/gdpr/given", "yes"},
           {"document.invalid /consents/gdpr", "consent.missing /consents/gdpr"}},
          {{"/consents/gdpr/at", "yesterday"},
           {"document.invalid /consents/gdpr", "consent.missing /consents/gdpr"}},
          {{"/consents/gdpr/extra", 1},
           {"document.invalid /consents/gdpr", "consent.missing /consents/gdpr"}},
          {{"/consents/gdpr/version", "0"}, {"consent.version /consents/gdpr"}},
          {{"/consents/spam", json::object()}, {"document.unknown /consents/spam"}},
          {{"/history", nullptr}, {"document.invalid /history"}},
          {{"/history", {{{"at", "x"}}}}, {"document.invalid /history"}},
          {{"/answers", "x"},
           {"document.invalid /answers", "answer.required /answers/name",
            "eligibility.unknown /answers"}},
      };

  for (const auto& [change, expected] : cases) {
    auto broken = document();
    patch(broken, change.first, change.second);

    EXPECT_EQ(found(broken), expected) << change.first << " " << change.second;
    expect_readable(open(broken).issues(), *compiled_.call);
  }
}

TEST_F(SmallApplication, IsNothingButIssuesWhenItIsEmpty) {
  const auto empty = open(json::object());

  EXPECT_THAT(codes(empty.issues()),
              testing::IsSupersetOf({"document.definition"s, "document.revision"s,
                                     "document.language"s, "document.invalid"s}));
  EXPECT_EQ(empty.language(), "en");
}

TEST_F(SmallApplication, PassesFailsOrWaitsAtAGate) {
  auto application = open(document());
  const auto side = *application.form().find("side");
  EXPECT_EQ(application.gate(0), GateState::pass);

  application.form().set(side, "china");
  EXPECT_EQ(application.gate(0), GateState::fail);
  EXPECT_THAT(codes(application.issues()), testing::Contains("eligibility.refused"));
  expect_readable(application.issues(), *compiled_.call);

  application.form().set(side, nullptr);
  EXPECT_EQ(application.gate(0), GateState::unknown);
  EXPECT_THAT(codes(application.issues()), testing::Contains("eligibility.unknown"));
}

/// The state of a gate with this rule in the small call, for these answers.
class GateOfSmallApplication : public SmallApplication {
 protected:
  GateState gate(const char* rule, const json& answers) {
    auto definition = small_definition();
    definition["sections"][1]["fields"][2]["open"] = true;
    definition["eligibility"][0]["rule"] = json::parse(rule, nullptr, false);
    compile(definition);
    auto with_answers = document();
    with_answers["answers"] = answers;
    return open(with_answers).gate(0);
  }
};

TEST_F(GateOfSmallApplication, WaitsForWhatItsRuleNamesEvenWhereTheRuleIsTrue) {
  const auto* rule = R"({"if": [{"var": "year"}, {">": [{"var": "year"}, 2000]}, true]})";

  EXPECT_EQ(gate(rule, json::object()), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"year", 2001}}), GateState::pass);
  EXPECT_EQ(gate(rule, {{"year", 1999}}), GateState::fail);
}

TEST_F(GateOfSmallApplication, WaitsForThePartsOfAnAnswer) {
  const auto* rule =
      R"({"!": [{"and": [{"var": "title.en"}, {"var": "title.zh-Hans"}]}]})";

  EXPECT_EQ(gate(rule, {{"title", {{"en", "A"}}}}), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"title", {{"en", "A"}, {"zh-Hans", "B"}}}}), GateState::fail);
}

TEST_F(GateOfSmallApplication, DoesNotWaitForAnEndThatMayBeOpen) {
  const auto* rule = R"({"!": [{"var": "run.end"}]})";

  EXPECT_EQ(gate(rule, {{"side", "china"}}), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"side", "china"}, {"run", {{"start", "2019-01"}}}}),
            GateState::pass);
}

TEST_F(GateOfSmallApplication, WaitsForWhatAComputedValueIsComputedFrom) {
  const auto* rule = R"({"<": [{"var": "total"}, 10]})";

  EXPECT_EQ(gate(rule, json::object()), GateState::unknown) << "though the sum is 0";
  EXPECT_EQ(gate(rule, {{"members", {{{"row", "r1"}}}}}), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"members", {{{"row", "r1"}, {"amount", 1}}}}}), GateState::pass);
  EXPECT_EQ(gate(rule, {{"members", {{{"row", "r1"}, {"amount", 11}}}}}),
            GateState::fail);
}

TEST_F(GateOfSmallApplication, DoesNotWaitForWhatIsSurelyNotAsked) {
  // Asked of the Chinese side, for years after 2000.
  const auto* rule = R"({"!": [{"var": "reason"}]})";

  EXPECT_EQ(gate(rule, json::object()), GateState::unknown) << "it may still be asked";
  EXPECT_EQ(gate(rule, {{"side", "europe"}}), GateState::pass);
  EXPECT_EQ(gate(rule, {{"side", "china"}}), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"side", "china"}, {"year", 1999}}), GateState::pass);
  EXPECT_EQ(gate(rule, {{"side", "china"}, {"year", 2001}}), GateState::unknown);
  EXPECT_EQ(gate(rule, {{"side", "china"}, {"year", 2001}, {"reason", "Because"}}),
            GateState::fail);
}

TEST(Application, ThatIsEmptyPassesNoGateOfACallThatShips) {
  for (const auto& path : json_files(CORE_DATA_DIR "/definitions")) {
    const auto compiled = compile_call(read_text(path), taxonomies());
    ASSERT_TRUE(compiled.call) << path;
    const Application empty(*compiled.call, std::string_view("en"), 0);

    for (std::size_t i = 0; i < compiled.call->eligibility.size(); ++i) {
      EXPECT_EQ(empty.gate(i), GateState::unknown) << path << " " << i;
    }
  }
}

TEST_F(SmallApplication, NeedsAConsentOnlyWhereItsRuleSaysSo) {
  auto application = open(document());
  ASSERT_TRUE(application.set_consent("gdpr", false, instant("2019-09-02T08:00:00Z")));
  EXPECT_TRUE(application.consent(0).required);
  EXPECT_EQ(application.consent(0).issues.size(), 1U);

  application.form().set(*application.form().find("side"), "china");
  EXPECT_FALSE(application.consent(0).required);
  EXPECT_TRUE(application.consent(0).issues.empty());
  EXPECT_FALSE(application.set_consent("spam", true, 0));
  EXPECT_EQ(application.document(false)["consents"]["gdpr"],
            json({{"given", false},
                  {"version", "1"},
                  {"language", "en"},
                  {"at", "2019-09-02T08:00:00Z"}}));
}

TEST_F(SmallApplication, MovesWithTheClock) {
  auto application = open(document());
  const auto codes_at = [&](const char* now) {
    application.set_now(instant(now));
    expect_readable(application.issues(), *compiled_.call);
    return codes(application.issues());
  };

  EXPECT_THAT(codes_at("2019-06-03T06:59:59.999Z"),
              testing::ElementsAre("deadline.early"));
  EXPECT_THAT(codes_at("2019-06-03T07:00:00Z"), testing::IsEmpty());
  EXPECT_THAT(codes_at("2019-09-30T15:00:00Z"), testing::IsEmpty());
  EXPECT_THAT(codes_at("2019-09-30T15:00:00.001Z"),
              testing::ElementsAre("deadline.passed"));
}

TEST_F(SmallApplication, IsAlwaysOpenWithoutDates) {
  auto definition = small_definition();
  definition.erase("opens");
  definition.erase("closes");
  compile(definition);

  EXPECT_EQ(open(document()).deadline().state, CallState::always);
}

TEST_F(SmallApplication, TakesDatesOfADayThatHasBegunSomewhere) {
  auto application = open(document());
  application.form().set(*application.form().find("side"), "china");
  const auto start = *application.form().find("start");
  application.form().set(start, "2019-09-17");
  EXPECT_TRUE(application.form().cell(start).issues.empty())
      << "at noon in Greenwich the next day has begun on the Line Islands";

  application.form().set(start, "2019-09-18");
  EXPECT_EQ(application.form().cell(start).issues.size(), 1U);
}

TEST_F(SmallApplication, CountsTheBytesOfAllFiles) {
  auto definition = small_definition();
  definition["submit"]["attachments"] = "1 MB";
  compile(definition);
  auto with_file = document();
  with_file["answers"]["proof"] = {{{"name", "a.pdf"},
                                    {"type", "application/pdf"},
                                    {"size", 1'000'001U},
                                    {"sha256", std::string(64, '0')}}};

  EXPECT_THAT(found(with_file), testing::ElementsAre("files.total /answers"));
  expect_readable(open(with_file).issues(), *compiled_.call);
}

TEST_F(SmallApplication, QuotesTheBeginningOfALongAnswerAndKeepsAllOfItAsParameter) {
  const std::string name = std::string(300, 'x') + ".pdf/";
  auto with_file = document();
  with_file["answers"]["proof"] = {{{"name", name},
                                    {"type", "application/pdf"},
                                    {"size", 1U},
                                    {"sha256", std::string(64, '0')}}};

  const auto issues = open(with_file).issues();

  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].params, json({{"name", name}}));
  for (const auto& catalogue : catalogues().all()) {
    const auto text = issue_text(issues[0], *compiled_.call, catalogue);
    EXPECT_THAT(text,
                testing::HasSubstr("\u201c" + std::string(29, 'x') + "\u2026\u201d"));
  }
}

TEST_F(SmallApplication, IsWrittenInALanguageOfTheCall) {
  Application application(*compiled_.call, std::string_view("zh-CN"), 0);
  EXPECT_EQ(application.language(), "zh-Hans");

  application.set_language("de");
  EXPECT_EQ(application.language(), "en");
  EXPECT_EQ(application.document(true)["language"], "en");
}

TEST_F(SmallApplication, ComesBackFromItsDocument) {
  auto application = open(document());
  application.form().set(*application.form().find("side"), "china");
  application.form().set_text(*application.form().find("reason"), none, "e\u0301");
  application.add_history("resumed", instant("2019-09-16T12:00:00Z"));

  const auto draft = application.document(/*draft=*/true);
  const auto final_one = application.document(/*draft=*/false);

  EXPECT_EQ(draft["answers"]["reason"], "\u00e9");
  EXPECT_FALSE(final_one["answers"].contains("reason")) << "not relevant";
  EXPECT_EQ(
      draft["history"][0],
      json({{"at", "2019-09-16T12:00:00Z"}, {"event", "resumed"}, {"language", "en"}}));
  EXPECT_EQ(open(draft).document(true), draft);
  EXPECT_EQ(open(draft).issues(), application.issues());
}

TEST_F(SmallApplication, LeavesBehindWhatAnOlderDraftHeld) {
  auto older = document();
  older["revision"] = 7;
  older["definition"] = "older-call";
  older["answers"]["weather"] = "fine";
  older["answers"]["members"] = {{{"row", "a"}, {"colour", "red"}}};
  older["consents"]["spam"] = json::object();
  const auto draft = open(older);
  EXPECT_THAT(codes(draft.issues()),
              testing::ElementsAre("document.definition", "document.revision",
                                   "document.unknown"));

  EXPECT_THAT(draft.issues_at_hand_in(), testing::IsEmpty());
  EXPECT_EQ(codes(draft.left_behind()), codes(draft.issues()));
  EXPECT_TRUE(accepts(draft.left_behind())) << "hints do not block";
  EXPECT_EQ(draft.document(true)["answers"], older["answers"]) << "kept in the draft";
  EXPECT_EQ(draft.document(false)["answers"]["members"], json({{{"row", "a"}}}));
}

TEST(Receipt, IsTheSameHoweverADocumentIsWritten) {
  const auto text = read_text(TESTS_DATA_DIR "/award/manchester-wuhan.json");
  const auto document = parse_document(text);
  ASSERT_TRUE(document);
  const auto first = receipt(*document);

  EXPECT_EQ(first.size(), 64U);
  EXPECT_EQ(receipt(*parse_document(document->dump())), first);
  EXPECT_EQ(receipt(*parse_document(document->dump(4, ' ', true))), first);
  EXPECT_EQ(receipt(*parse_document(R"({"b": 1.0, "a": [1e2, "\u0041"]})")),
            receipt(*parse_document(R"({"a":[100,"A"],"b":1})")));
  EXPECT_EQ(receipt(*parse_document(R"({"b":1})")), sha256(R"({"b":1})"));
  auto changed = *document;
  changed["answers"]["title"]["en"] = "Another";
  EXPECT_NE(receipt(changed), first);
}

TEST(ParseDocument, TakesOnlyAnObjectOfJson) {
  for (const auto* text :
       {"", "[]", "null", "\"x\"", "{} // comment", "{\"a\":1,\"a\":2}"}) {
    EXPECT_FALSE(parse_document(text)) << text;
  }
  EXPECT_EQ(
      parse_document("{\"a\":\"" + std::string(8'000'000, 'x') + "\"}").error().code,
      ErrorCode::too_large);
}

TEST(InspectFile, TellsTheTypeByContent) {
  const std::string zip = "PK\x03\x04" + std::string(26, '\0');
  const std::vector<std::pair<std::string, const char*>> samples = {
      {"%PDF-1.7\n", "application/pdf"},
      {"\xff\xd8\xff\xe0 jpeg", "image/jpeg"},
      {"\x89PNG\r\n\x1a\n....", "image/png"},
      {"GIF89a", "image/gif"},
      {"II*\0...."s, "image/tiff"},
      {"MM\0*...."s, "image/tiff"},
      {"RIFF\x10\0\0\0WEBPVP8 "s, "image/webp"},
      {"RIFF\x10\0\0\0WAVE"s, ""},
      {zip + "mimetypeapplication/vnd.oasis.opendocument.textPK",
       "application/vnd.oasis.opendocument.text"},
      {zip + "[Content_Types].xml ... word/document.xml",
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {zip + "[Content_Types].xml ... xl/workbook.xml",
       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {zip + "[Content_Types].xml ... ppt/presentation.xml",
       "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {zip + "anything", "application/zip"},
      {"PK\x03\x04", ""},
      {"\u6b66\u6c49\r\n\tplain", "text/plain"},
      {"<script>", "text/plain"},
      {"\xff\xfe", ""},
      {"a\0b"s, ""},
      {"", ""},
      {"MZ\x90\0\x03"s, ""},
  };

  for (const auto& [bytes, type] : samples) {
    const auto facts = inspect_file(bytes);

    EXPECT_EQ(facts.type, type) << bytes;
    EXPECT_EQ(facts.size, bytes.size());
    EXPECT_EQ(facts.sha256, sha256(bytes));
  }
}

TEST(IssueText, CallsARowByItsNameAndNumber) {
  const auto issues =
      issues_of(award(), award_document("broken.json"), "2019-10-05T12:00:00Z");
  const auto* english = catalogues().find("en");
  bool found = false;

  for (const auto& issue : issues) {
    if (issue.pointer != "/answers/members/0/contact_name") continue;
    found = true;
    EXPECT_THAT(issue_text(issue, award(), *english), testing::HasSubstr(" 1: "));
  }
  EXPECT_TRUE(found);
}

TEST(IssueText, CallsAChoiceByItsLabel) {
  auto document = award_document("manchester-wuhan.json");
  document["answers"]["partnership_types"] = {"business", "business"};

  for (const auto& issue : issues_of(award(), document, "2019-09-16T12:00:00Z")) {
    if (issue.code != "choice.repeated") continue;
    const auto text = issue_text(issue, award(), *catalogues().find("zh-Hans"));
    EXPECT_EQ(text.find("business"), std::string::npos) << text;
    return;
  }
  FAIL() << "no choice.repeated";
}

}  // namespace
}  // namespace hezuo
