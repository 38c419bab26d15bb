// The C ABI, natively: what a page may send, and what it must never break.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../core/call_data.hpp"
#include "../core/random_edits.hpp"
#include "hezuo.h"

namespace hezuo {
namespace {

using nlohmann::json;

struct Answer {
  bool ok = false;
  json data;

  [[nodiscard]] std::string code() const { return ok ? "" : data.value("code", "?"); }
};

/// Every reply must be JSON in UTF-8, and every error must say what it is.
Answer read(const hz_reply* reply) {
  const auto parsed =
      parse_json({reply->data, reply->size}, {.max_bytes = 100'000'000, .max_depth = 90});
  EXPECT_TRUE(parsed) << std::string_view(reply->data, reply->size).substr(0, 300);
  Answer answer{reply->ok == 1, parsed ? *parsed : json()};
  if (!answer.ok) {
    EXPECT_TRUE(answer.data.contains("code") && answer.data.contains("path") &&
                answer.data.contains("message"))
        << answer.data;
  }
  return answer;
}

/// A copy in a block of exactly its size, so that a sanitizer sees a read beyond.
class Bytes {
 public:
  explicit Bytes(const std::string& text)
      : block_(std::make_unique<char[]>(text.size())), size_(text.size()) {
    std::copy(text.begin(), text.end(), block_.get());
  }
  [[nodiscard]] const char* data() const { return block_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::unique_ptr<char[]> block_;
  std::size_t size_;
};

Answer ask(const hz_reply* (*operation)(const char*, std::size_t),
           const std::string& text) {
  const Bytes bytes(text);
  return read(operation(bytes.data(), bytes.size()));
}

Answer ask(const hz_reply* (*operation)(std::uint32_t, const char*, std::size_t),
           std::uint32_t handle, const json& request) {
  const Bytes bytes(dump_json(request));
  return read(operation(handle, bytes.data(), bytes.size()));
}

const std::int64_t now = parse_instant("2019-09-16T12:00:00Z").value_or(0);
const json options = {{"language", "en"}, {"now", now}};

Answer open(std::uint32_t call, const std::string& document, const json& with = options) {
  const Bytes bytes(document);
  const Bytes request(dump_json(with));
  return read(hz_open(call, bytes.data(), bytes.size(), request.data(), request.size()));
}

Answer validate(std::uint32_t call, const std::string& document,
                const json& with = options) {
  const Bytes bytes(document);
  const Bytes request(dump_json(with));
  return read(
      hz_validate(call, bytes.data(), bytes.size(), request.data(), request.size()));
}

Answer set_text(std::uint32_t session, const std::string& key, std::int32_t language,
                const std::string& text) {
  const Bytes name(key);
  const Bytes bytes(text);
  const auto* reply = hz_set_text(session, name.data(), name.size(), language,
                                  bytes.data(), bytes.size());
  if (reply->ok != 2) return read(reply);
  json change = {{"cells", json::array()}};
  if (reply->size > 0) {
    change["length"] = {{"key", key},
                        {"language", language},
                        {"count", reply->count},
                        {"text", std::string(reply->data, reply->size)}};
  }
  return {true, change};
}

json configuration() {
  json all = {{"messages", json::array()}, {"taxonomies", json::array()}};
  for (const auto* part : {"messages", "taxonomies"}) {
    for (const auto& path : json_files(std::string(CORE_DATA_DIR "/") + part)) {
      all[part].push_back(read_json(path));
    }
  }
  return all;
}

class Abi : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto configured = ask(hz_configure, configuration().dump());
    ASSERT_TRUE(configured.ok) << configured.data;
  }

  static std::uint32_t compile(const std::string& text) {
    const auto compiled = ask(hz_compile, text);
    EXPECT_TRUE(compiled.ok) << compiled.data["issues"];
    return compiled.ok ? compiled.data["call"].get<std::uint32_t>() : 0;
  }
  static std::string small() {
    return read_json(TESTS_DATA_DIR "/form/small-call.json").dump();
  }
  static std::uint32_t session_of(const Answer& opened) {
    EXPECT_TRUE(opened.ok) << opened.data;
    return opened.ok ? opened.data["session"].get<std::uint32_t>() : 0;
  }
};

TEST_F(Abi, SaysItsVersionAndLanguages) {
  EXPECT_EQ(hz_abi_version(), 2U);
  const auto configured = ask(hz_configure, "{}");

  ASSERT_TRUE(configured.ok);
  EXPECT_EQ(configured.data["languages"][0],
            json({{"language", "en"}, {"name", "English"}}));
  EXPECT_EQ(configured.data["languages"].size(), 2U) << "the same again replaces";
  EXPECT_EQ(configured.data["unicode"], "15.0");
}

TEST_F(Abi, RefusesAConfigurationWithoutShape) {
  EXPECT_EQ(ask(hz_configure, R"({"messages":[{}]})").code(), "json.invalid");
  EXPECT_EQ(ask(hz_configure, R"({"taxonomies":[{"id":"x"}]})").code(), "json.invalid");
  EXPECT_TRUE(ask(hz_configure, R"({"messages":5,"taxonomies":"x"})").ok ||
              !ask(hz_configure, R"({"messages":5})").ok);
}

TEST_F(Abi, AllocatesAndFrees) {
  auto* block = static_cast<char*>(hz_alloc(10));
  ASSERT_NE(block, nullptr);
  block[9] = 'x';
  hz_free(block);
  hz_free(nullptr);
}

TEST_F(Abi, FormatsTexts) {
  const auto text = [](const json& request) { return ask(hz_text, request.dump()).data; };

  EXPECT_EQ(text({{"language", "en"}, {"code", "ui.found"}, {"params", {{"n", 1}}}}),
            "1 term found");
  EXPECT_EQ(text({{"language", "de"}, {"code", "ui.found"}, {"params", {{"n", 2}}}}),
            "2 terms found");
  EXPECT_EQ(text({{"language", "zh-CN"}, {"code", "no.such"}}), "no.such");
  EXPECT_EQ(text({{"language", 5}, {"code", json::array()}}), "");
}

TEST_F(Abi, SaysWhatIsWrongWithADefinitionInEveryLanguage) {
  auto definition = json::parse(small());
  definition["titel"] = "x";

  const auto compiled = ask(hz_compile, definition.dump());

  EXPECT_EQ(compiled.code(), "definition.invalid");
  EXPECT_EQ(compiled.data["path"], "/titel");
  ASSERT_EQ(compiled.data["issues"].size(), 1U);
  EXPECT_EQ(compiled.data["issues"][0]["texts"].size(), 2U);
}

/// Each operation that takes a handle.
std::vector<std::pair<const char*, std::function<Answer(std::uint32_t)>>>
handle_operations() {
  return {
      {"validate", [](auto handle) { return validate(handle, "{}"); }},
      {"open", [](auto handle) { return open(handle, ""); }},
      {"state", [](auto handle) { return read(hz_state(handle)); }},
      {"set",
       [](auto handle) {
         return ask(hz_set, handle, {{"key", "name"}});
       }},
      {"set_text", [](auto handle) { return set_text(handle, "name", -1, "x"); }},
      {"row",
       [](auto handle) {
         return ask(hz_row, handle, {{"add", "members"}});
       }},
      {"consent",
       [](auto handle) {
         return ask(hz_consent, handle, {{"id", "gdpr"}});
       }},
      {"adjust",
       [](auto handle) {
         return ask(hz_adjust, handle, {{"now", 1}});
       }},
      {"check", [](auto handle) { return read(hz_check(handle)); }},
      {"left", [](auto handle) { return read(hz_left(handle)); }},
      {"document", [](auto handle) { return ask(hz_document, handle, json::object()); }},
      {"answer",
       [](auto handle) {
         return ask(hz_answer, handle, {{"key", "name"}});
       }},
  };
}

TEST_F(Abi, RefusesHandlesThatAreNone) {
  for (const auto& [name, operation] : handle_operations()) {
    for (const std::uint32_t handle : {0U, 4000U, 0xFFFFFFFFU}) {
      EXPECT_EQ(operation(handle).code(), "name.unknown") << name << " " << handle;
    }
  }
  for (const std::uint32_t handle : {0U, 4000U, 0xFFFFFFFFU}) {
    hz_release(handle);
    hz_close(handle);
  }
}

TEST_F(Abi, RefusesHandlesThatAreGone) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));
  hz_close(session);
  hz_close(session);
  hz_release(call);
  hz_release(call);

  EXPECT_EQ(read(hz_state(session)).code(), "name.unknown");
  EXPECT_EQ(open(call, "").code(), "name.unknown");
}

TEST_F(Abi, KeepsTheCallOfASessionAlive) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));
  hz_release(call);
  const auto other = compile(definition_text("jpi-nsfc-2018"));

  EXPECT_EQ(other, call) << "the handle is free again";
  EXPECT_TRUE(ask(hz_set, session, {{"key", "name"}, {"value", "Anna"}}).ok);
  EXPECT_EQ(ask(hz_answer, session, {{"key", "name"}}).data, "Anna");
  hz_close(session);
  hz_release(other);
}

TEST_F(Abi, KeepsTheLanguageOfASessionWhenConfiguredAgain) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));
  auto more = json::array();
  for (int i = 0; i < 20; ++i) {
    more.push_back({{"language", "x-" + std::to_string(i)},
                    {"name", "X"},
                    {"messages", {{"answer.required", "X!"}}}});
  }
  ASSERT_TRUE(ask(hz_configure, json{{"messages", more}}.dump()).ok);

  const auto state = read(hz_state(session));

  EXPECT_EQ(state.data["language"], "en");
  hz_close(session);
  hz_release(call);
}

TEST_F(Abi, AnswersEveryMalformedRequest) {
  const auto call = compile(small());
  const auto session = session_of(open(call, R"({"answers":{"members":[{"row":"a"}]}})"));
  const std::vector<std::string> requests = {
      "",
      "{",
      "[]",
      "null",
      "5",
      "\"x\"",
      "{}",
      "{} x",
      "\xff",
      std::string(100, '['),
      R"({"key":5,"value":{}})",
      R"({"key":"nothing"})",
      R"({"key":"name/x"})",
      R"({"key":"members/a","value":1})",
      R"({"add":5})",
      R"({"add":"name"})",
      R"({"add":"members","at":-1,"row":5})",
      R"({"add":"members","at":1e300,"row":[]})",
      R"({"add":"members","at":0.5,"row":{"row":"b","colour":1}})",
      R"({"remove":"members"})",
      R"({"remove":"members/zz"})",
      R"({"remove":"members/a/amount"})",
      R"({"remove":"name"})",
      R"({"move":"members/a","to":-5})",
      R"({"move":"members/a","to":1e18})",
      R"({"move":5})",
      R"({"id":5,"given":"yes","at":"now"})",
      R"({"id":"gdpr","given":true,"at":1e300})",
      R"({"id":"gdpr","given":true,"at":-9e15})",
      R"({"now":"soon"})",
      R"({"now":-9e15})",
      R"({"now":9e15})",
      R"({"now":1e300})",
      R"({"now":-1e300,"language":["en"]})",
      R"({"language":"\u0000"})",
      R"({"event":5,"at":{}})",
      R"({"event":"handed_in","at":1e300})",
      R"({"kind":"email"})",
      R"({"kind":"email","value":5})",
      R"({"kind":5})",
      R"({"rule":{"var":""},"data":5})",
      R"({"rule":{"x":[]}})",
      R"({"rule":{"+":["a",{}]}})",
      R"({"messages":{"a":1}})",
      R"({"taxonomies":{"a":1}})"};

  for (const auto& request : requests) {
    SCOPED_TRACE(request);
    for (auto* operation :
         {hz_text, hz_compile, hz_id, hz_rule, hz_inspect, hz_count, hz_nfc}) {
      ask(operation, request);
    }
    if (request.find("messages") == std::string::npos) ask(hz_configure, request);
    for (auto* operation :
         {hz_set, hz_row, hz_consent, hz_adjust, hz_document, hz_answer}) {
      const Bytes bytes(request);
      read(operation(session, bytes.data(), bytes.size()));
    }
    const Bytes bytes(request);
    read(hz_open(call, nullptr, 0, bytes.data(), bytes.size()));
    read(hz_validate(call, bytes.data(), bytes.size(), bytes.data(), bytes.size()));
    const auto opened = open(call, request);
    if (opened.ok) hz_close(session_of(opened));
  }
  EXPECT_TRUE(read(hz_state(session)).ok);
  EXPECT_EQ(ask(hz_row, session, {{"remove", "members"}}).code(), "name.unknown");
  EXPECT_EQ(ask(hz_row, session, {{"add", "name"}}).code(), "name.unknown");
  EXPECT_EQ(ask(hz_set, session, {{"key", "nothing"}}).data["path"], "/key");
  hz_close(session);
  hz_release(call);
}

TEST_F(Abi, AnswersInUtf8WhateverTheKeyIs) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));

  EXPECT_EQ(set_text(session, "\xff\xfe", -1, "x").code(), "name.unknown");
  EXPECT_EQ(set_text(session, std::string("na\0me", 5), -1, "x").code(), "name.unknown");
  EXPECT_TRUE(set_text(session, "name", -1, "a\xff").ok);
  EXPECT_EQ(ask(hz_answer, session, {{"key", "name"}}).data, "a\ufffd");
  for (const std::int32_t language : {-2147483647 - 1, -1, 0, 1, 2, 2147483647}) {
    EXPECT_TRUE(set_text(session, "title", language, "x").ok) << language;
    EXPECT_TRUE(set_text(session, "year", language, "x").ok) << language;
    EXPECT_TRUE(set_text(session, "total", language, "x").ok) << language;
  }
  hz_close(session);
  hz_release(call);
}

TEST_F(Abi, RefusesWhatIsTooLarge) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));
  const std::string large(17'000'000, ' ');

  EXPECT_EQ(ask(hz_text, large).code(), "input.too_large");
  EXPECT_EQ(ask(hz_compile, large).data["issues"][0]["code"], "definition.json");
  EXPECT_EQ(open(call, large).code(), "input.too_large");
  const auto checked = validate(call, large);
  EXPECT_EQ(checked.data["issues"][0]["code"], "document.invalid");
  EXPECT_EQ(checked.data["valid"], false);
  EXPECT_EQ(checked.data["receipt"], "");
  EXPECT_TRUE(set_text(session, "name", -1, std::string(3'000'000, 'x')).ok);
  EXPECT_EQ(ask(hz_count, std::string(3'000'000, 'x')).data["graphemes"], 3'000'000);
  hz_close(session);
  hz_release(call);
}

TEST_F(Abi, ChecksAndDigestsSmallThings) {
  EXPECT_EQ(
      ask(hz_count, "e\xcc\x81 \xe6\xad\xa6\xe6\xb1\x89").data,
      json(
          {{"graphemes", 4}, {"words", 3}, {"han", 2}, {"characters", 4}, {"bytes", 9}}));
  EXPECT_EQ(ask(hz_nfc, "e\xcc\x81").data, "\u00e9");
  EXPECT_EQ(ask(hz_nfc, "\xff").code(), "text.utf8");
  EXPECT_EQ(ask(hz_inspect, "%PDF-1.7").data["type"], "application/pdf");
  EXPECT_EQ(
      ask(hz_id, R"({"kind":"ror","value":"https://ror.org/027m9bs27"})").data["verdict"],
      "valid");
  EXPECT_EQ(ask(hz_rule, R"({"rule":{"+":[{"var":"a"},1]},"data":{"a":2}})").data, 3);
}

TEST_F(Abi, HandsInOnlyWhatCounts) {
  const auto call = compile(small());
  const auto session = session_of(open(call, ""));
  ask(hz_set, session, {{"key", "name"}, {"value", "Anna"}});
  ask(hz_set, session, {{"key", "side"}, {"value", "europe"}});
  ask(hz_set, session, {{"key", "start"}, {"value", "2019-06-01"}});
  ask(hz_consent, session, {{"id", "gdpr"}, {"given", true}, {"at", now}});

  const auto draft = ask(hz_document, session, json::object()).data;
  const auto handed_in =
      ask(hz_document, session, {{"event", "handed_in"}, {"at", now}}).data;

  EXPECT_TRUE(draft["answers"].contains("start"));
  EXPECT_FALSE(handed_in["answers"].contains("start"));
  EXPECT_EQ(
      handed_in["history"],
      json::parse(
          R"([{"at":"2019-09-16T12:00:00Z","event":"handed_in","language":"en"}])"));
  const auto checked = validate(call, dump_json(handed_in));
  EXPECT_EQ(checked.data["valid"], true) << checked.data;
  EXPECT_EQ(checked.data["receipt"], receipt(handed_in));
  hz_close(session);
  hz_release(call);
}

/// What a page knows: the state that it was given, and each change on top of it.
class Page {
 public:
  Page(const json& state, std::vector<std::string> languages)
      : rest_(state), languages_(std::move(languages)) {
    keep("cells", "key", cells_);
    keep("sections", "id", sections_);
  }

  void take(const json& change) {
    for (const auto& cell : change["cells"]) cells_[cell["key"]] = cell;
    if (const auto length = change.find("length"); length != change.end()) {
      const auto language = (*length)["language"].get<std::int32_t>();
      const auto tag =
          language < 0 ? "" : languages_.at(static_cast<std::size_t>(language));
      auto& count = cells_[(*length)["key"]]["counts"][tag];
      count["count"] = (*length)["count"];
      count["text"] = (*length)["text"];
    }
    if (change.contains("sections")) {
      for (const auto& section : change["sections"]) sections_[section["id"]] = section;
    }
    for (const auto* part : {"eligibility", "deadline"}) {
      if (change.contains(part)) rest_[part] = change[part];
    }
    // The rows of a group say which cells there are.
    for (const auto& cell : change["cells"]) {
      if (!cell.contains("rows")) continue;
      const auto prefix = cell["key"].get<std::string>() + "/";
      std::erase_if(cells_, [&](const auto& known) {
        const auto& key = known.first;
        if (!key.starts_with(prefix)) return false;
        const auto row = key.substr(prefix.size(), key.rfind('/') - prefix.size());
        return std::find(cell["rows"].begin(), cell["rows"].end(), row) ==
               cell["rows"].end();
      });
    }
  }

  [[nodiscard]] json shown() const { return {cells_, sections_, rest_}; }

 private:
  void keep(const char* part, const char* key, std::map<std::string, json>& into) {
    for (const auto& item : rest_[part]) into[item[key]] = item;
    rest_.erase(part);
  }

  json rest_;
  std::vector<std::string> languages_;
  std::map<std::string, json> cells_;
  std::map<std::string, json> sections_;
};

Answer send(std::uint32_t session, const Edit& edit) {
  switch (edit.verb) {
    case Edit::Verb::set:
      return ask(hz_set, session, {{"key", edit.key}, {"value", edit.value}});
    case Edit::Verb::set_text:
      return set_text(
          session, edit.key,
          edit.language == none ? -1 : static_cast<std::int32_t>(edit.language),
          edit.value.get<std::string>());
    case Edit::Verb::add_row:
    case Edit::Verb::restore_row: {
      json request = {{"add", edit.key}, {"row", edit.value}};
      if (edit.at != none) request["at"] = edit.at;
      return ask(hz_row, session, request);
    }
    case Edit::Verb::remove_row:
      return ask(hz_row, session, {{"remove", edit.key}});
    case Edit::Verb::move_row:
      return ask(hz_row, session, {{"move", edit.key}, {"to", edit.at}});
  }
  return {};
}

/// After any edits, what a page pieced together is the state; the document opens to the
/// same state again; and validating it gives the issues of the session.
void expect_pages_to_keep_up(const std::string& definition, const std::string& document,
                             std::uint64_t seed, int edits) {
  const auto compiled = ask(hz_compile, definition);
  ASSERT_TRUE(compiled.ok) << compiled.data;
  const auto call = compiled.data["call"].get<std::uint32_t>();
  const auto opened = open(call, document);
  ASSERT_TRUE(opened.ok) << opened.data;
  const auto session = opened.data["session"].get<std::uint32_t>();

  // The same edits natively choose what comes next, and must have the same outcome.
  const auto native_call = compile_call(definition, taxonomies());
  ASSERT_TRUE(native_call.call);
  const auto& languages = native_call.call->form.languages;
  Page page(opened.data["state"], languages);
  const auto parsed = parse_document(document.empty() ? "{}" : document);
  Application native(*native_call.call, *parsed, now);
  RandomEdits random(native_call.call->form, seed);
  std::size_t lengths = 0;

  for (int i = 1; i <= edits; ++i) {
    auto edit = random.next(native.form());
    SCOPED_TRACE("seed " + std::to_string(seed) + ", edit " + std::to_string(i) + ": " +
                 edit.key + " " + dump_json(edit.value).substr(0, 200));
    // A text is typed on: often that changes its length alone.
    for (int press = edit.verb == Edit::Verb::set_text ? 3 : 1; press > 0; --press) {
      apply(edit, native.form());
      const auto change = send(session, edit);
      ASSERT_TRUE(change.ok) << change.data;
      page.take(change.data);
      if (edit.verb != Edit::Verb::set_text) break;
      if (change.data["cells"].empty()) ++lengths;
      page.take(ask(hz_compare, session, {{"key", edit.key}}).data);
      edit.value = edit.value.get<std::string>() + "a";
    }
    if (i % 7 != 0) continue;

    const auto state = read(hz_state(session));
    ASSERT_EQ(page.shown(), Page(state.data, languages).shown());
    const auto saved = ask(hz_document, session, json::object());
    ASSERT_EQ(saved.data["answers"], native.document(true)["answers"]);
    const auto again = open(call, dump_json(saved.data));
    ASSERT_EQ(again.data["state"], state.data);
    hz_close(again.data["session"].get<std::uint32_t>());
    const auto handed_in =
        ask(hz_document, session, {{"event", "handed_in"}, {"at", now}});
    auto checked = validate(call, dump_json(handed_in.data));
    for (auto& issue : checked.data["issues"]) {
      const auto& code = issue["code"].get_ref<const std::string&>();
      // Of the deadline the one who hands in is only warned.
      if (code.starts_with("deadline.")) issue["severity"] = "warning";
    }
    ASSERT_EQ(checked.data["issues"], read(hz_check(session)).data["issues"]);
  }
  // In tangled calls every text is read by some rule.
  const bool shows = lengths > 0 || document.empty();
  EXPECT_TRUE(shows) << "no edit changed a length alone";
  hz_close(session);
  hz_release(call);
}

TEST_F(Abi, LetsAPageKeepUpWithTheAward) {
  const auto definition = definition_text("uec-award-2019");
  expect_pages_to_keep_up(definition, "", 11, 140);
  expect_pages_to_keep_up(definition, award_document("manchester-wuhan.json").dump(), 12,
                          140);
}

TEST_F(Abi, LetsAPageKeepUpWithTheRegistration) {
  const auto definition = definition_text("jpi-nsfc-2018");
  expect_pages_to_keep_up(definition, award_document("jpi-nsfc.json").dump(), 13, 140);
}

TEST_F(Abi, LetsAPageKeepUpWithTangledCalls) {
  for (std::uint64_t seed = 101; seed <= 115; ++seed) {
    expect_pages_to_keep_up(TangledCall(seed).make().dump(), "", seed, 140);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace hezuo
