#include <algorithm>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// The date on which a day counts as begun: as soon as it has begun anywhere on Earth
/// (UTC+14), so that nobody is told that today lies in the future.
std::string today_at(std::int64_t now) {
  constexpr std::int64_t hour = 3'600'000;
  return format_instant(now + 14 * hour).substr(0, 10);
}

const json& member(const json& object, const char* key) {
  static const json nothing;
  const auto at = object.find(key);
  return at == object.end() ? nothing : *at;
}

Issue issue_at(const char* code, std::string pointer, json params = json::object()) {
  Issue issue;
  issue.code = code;
  issue.pointer = std::move(pointer);
  issue.params = std::move(params);
  return issue;
}

/// What a message may quote of a document: never more than a short text or a number.
json shown(const json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return value.is_number() || (text != nullptr && text->size() <= 100) ? value : "?";
}

bool has_strings(const json& object, std::initializer_list<const char*> keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](const char* key) { return member(object, key).is_string(); });
}

}  // namespace

Application::Application(const Call& call, std::string_view language, std::int64_t now)
    : call_(&call), form_(call.form, json::object(), today_at(now)), now_(now) {
  set_language(language);
}

Application::Application(const Call& call, const json& document, std::int64_t now)
    : call_(&call),
      form_(call.form, member(document, "answers"), today_at(now)),
      now_(now) {
  const auto report = [this](const char* code, std::string pointer, json params) {
    document_issues_.push_back(issue_at(code, std::move(pointer), std::move(params)));
  };
  const auto misshapen = [&report](std::string pointer, const std::string& name) {
    report("document.invalid", std::move(pointer),
           values("message", "\"" + name + "\" has the wrong shape"));
  };
  const auto& form = call.form;
  if (member(document, "definition") != form.id) {
    report("document.definition", "/definition",
           values("expected", form.id, "found", shown(member(document, "definition"))));
  }
  if (member(document, "revision") != form.revision) {
    report(
        "document.revision", "/revision",
        values("expected", form.revision, "found", shown(member(document, "revision"))));
  }
  const auto& language = member(document, "language");
  const auto known = std::find(form.languages.begin(), form.languages.end(), language);
  if (known == form.languages.end()) {
    report("document.language", "/language", values("value", shown(language)));
  }
  language_ = known == form.languages.end() ? form.languages.front() : *known;

  for (const auto& [key, value] : document.items()) {
    const bool expected = key == "definition" || key == "revision" || key == "language" ||
                          key == "answers" || key == "consents" || key == "history";
    if (document_issues_.size() >= max_issues) break;
    if (!expected)
      report("document.unknown", "/" + escape_pointer(key), values("name", key));
  }
  const auto& answers = member(document, "answers");
  if (!answers.is_object()) misshapen("/answers", "answers");

  const auto& consents = member(document, "consents");
  if (!consents.is_object()) {
    misshapen("/consents", "consents");
  } else {
    for (const auto& [id, value] : consents.items()) {
      if (document_issues_.size() >= max_issues) break;
      const std::string pointer = "/consents/" + escape_pointer(id);
      const bool offered =
          std::any_of(call.consents.begin(), call.consents.end(),
                      [&id = id](const Consent& one) { return one.id == id; });
      const bool shaped =
          value.is_object() && value.size() == 4 && member(value, "given").is_boolean() &&
          has_strings(value, {"version", "language", "at"}) &&
          parse_instant(member(value, "at").get_ref<const std::string&>());
      if (!offered) {
        report("document.unknown", pointer, values("name", id));
      } else if (!shaped) {
        misshapen(pointer, id);
      } else {
        consents_[id] = value;
      }
    }
  }

  const auto& history = member(document, "history");
  const bool events = history.is_array() &&
                      std::all_of(history.begin(), history.end(), [](const json& event) {
                        return event.is_object() && event.size() == 3 &&
                               has_strings(event, {"at", "event", "language"});
                      });
  if (events) {
    history_ = history;
  } else {
    misshapen("/history", "history");
  }
}

void Application::set_language(std::string_view language) {
  const auto& offered = call_->form.languages;
  language_ = offered[best_language(language, offered)];
}

Change Application::set_now(std::int64_t now) {
  now_ = now;
  return form_.set_today(today_at(now));
}

bool Application::set_consent(std::string_view id, bool given, std::int64_t at) {
  for (const auto& consent : call_->consents) {
    if (consent.id != id) continue;
    consents_[consent.id] = values("given", given, "version", consent.version, "language",
                                   language_, "at", format_instant(at));
    return true;
  }
  return false;
}

Application::ConsentState Application::consent(std::size_t index) const {
  const Consent& consent = call_->consents[index];
  ConsentState state;
  state.required = consent.required || (consent.required_when &&
                                        truthy(form_.evaluate(*consent.required_when)));
  const auto& given = member(consents_, consent.id.c_str());
  const bool current = given.is_object() && given["version"] == consent.version;
  const bool said_yes = given.is_object() && given["given"].get<bool>();
  state.given = said_yes && current;
  const char* code = said_yes && !current             ? "consent.version"
                     : state.required && !state.given ? "consent.missing"
                                                      : nullptr;
  if (code != nullptr) {
    auto issue = issue_at(code, "/consents/" + consent.id);
    issue.key = "consents/" + consent.id;
    issue.rule = consent.id;
    state.issues.push_back(std::move(issue));
  }
  return state;
}

GateState Application::gate(std::size_t index) const {
  const auto& rule = *call_->eligibility[index].rule;
  if (!form_.settled(rule)) return GateState::unknown;
  return truthy(form_.evaluate(rule)) ? GateState::pass : GateState::fail;
}

Application::DeadlineState Application::deadline() const {
  DeadlineState state;
  std::optional<std::int64_t> latest;
  for (const auto& deadline : call_->closes) {
    latest = std::max(latest.value_or(deadline.at), deadline.at);
    if (deadline.applies && !truthy(form_.evaluate(*deadline.applies))) continue;
    state.closes = std::min(state.closes.value_or(deadline.at), deadline.at);
  }
  // While it is not known which side an applicant is on, the later one holds.
  if (!state.closes) state.closes = latest;
  if (call_->opens && now_ < *call_->opens) {
    state.state = CallState::early;
  } else if (state.closes && now_ > *state.closes) {
    state.state = CallState::closed;
  } else if (call_->opens || state.closes) {
    state.state = CallState::open;
  }
  return state;
}

std::vector<Issue> Application::issues() const {
  auto issues = document_issues_;
  const auto append = [&issues](std::vector<Issue> more) {
    std::move(more.begin(), more.end(), std::back_inserter(issues));
  };
  append(form_.issues());
  if (const auto bytes = form_.file_bytes(); bytes > call_->attachment_bytes) {
    issues.push_back(issue_at("files.total", "/answers",
                              values("size", bytes, "max", call_->attachment_bytes)));
  }
  for (std::size_t i = 0; i < call_->eligibility.size(); ++i) {
    const auto state = gate(i);
    if (state == GateState::pass) continue;
    issues.push_back(
        issue_at(state == GateState::fail ? "eligibility.refused" : "eligibility.unknown",
                 "/answers"));
    issues.back().rule = call_->eligibility[i].id;
  }
  for (std::size_t i = 0; i < call_->consents.size(); ++i) append(consent(i).issues);

  const auto clock = deadline();
  if (clock.state == CallState::early) {
    issues.push_back(
        issue_at("deadline.early", "", values("at", format_instant(*call_->opens))));
  } else if (clock.state == CallState::closed) {
    issues.push_back(
        issue_at("deadline.passed", "", values("at", format_instant(*clock.closes))));
  }
  return issues;
}

std::vector<Issue> Application::issues_at_hand_in() const {
  auto found = document_issues_.empty() && form_.fits()
                   ? issues()
                   : Application(*call_, document(/*draft=*/false), now_).issues();
  for (auto& issue : found) {
    if (issue.code.starts_with("deadline.")) issue.severity = Severity::warning;
  }
  return found;
}

std::vector<Issue> Application::left_behind() const {
  std::vector<Issue> left;
  for (auto& issue : issues()) {
    if (!issue.code.starts_with("document.")) continue;
    issue.severity = Severity::hint;
    left.push_back(std::move(issue));
  }
  return left;
}

json Application::document(bool draft) const {
  return {{"definition", call_->form.id}, {"revision", call_->form.revision},
          {"language", language_},        {"answers", form_.answers(draft)},
          {"consents", consents_},        {"history", history_}};
}

void Application::add_history(std::string_view event, std::int64_t at) {
  history_.push_back(
      values("at", format_instant(at), "event", event, "language", language_));
}

Result<json> parse_document(std::string_view text) {
  auto parsed = parse_json(text, {.max_bytes = max_document_bytes});
  if (parsed && !parsed->is_object()) {
    return Error{ErrorCode::invalid_json, "", "expected a JSON object"};
  }
  return parsed;
}

Issue unreadable(const Error& error) {
  return issue_at("document.invalid", error.path, values("message", error.message));
}

std::string receipt(const json& document) { return sha256(canonical_json(document)); }

}  // namespace hezuo
