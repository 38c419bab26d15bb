#include "session_json.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace hezuo {
namespace {

constexpr std::array<const char*, 5> unit_names = {"graphemes", "words", "han",
                                                   "characters", "bytes"};
constexpr std::array<const char*, 4> progress_names = {"empty", "started", "error",
                                                       "complete"};
constexpr std::array<const char*, 3> gate_names = {"pass", "fail", "unknown"};
constexpr std::array<const char*, 4> call_names = {"none", "early", "open", "closed"};

template <class Names, class Enum>
const char* named(const Names& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

double as_number(std::size_t value) { return static_cast<double>(value); }

void write_issues(JsonWriter& out, const Call& call, const std::vector<Issue>& issues,
                  const Catalogue& catalogue) {
  out.open("issues", '[');
  for (const auto& issue : issues) {
    write_issue(out, issue, issue_text(issue, call, catalogue));
    out.close('}');
  }
  out.close(']');
}

/// "150 of 200 words": what the counter of a text says.
std::string counter_text(const TextCount& count, std::string_view language,
                         const Catalogue& catalogue) {
  nlohmann::json params;
  params["unit"] = named(unit_names, count.limit.unit);
  params["count"] = count.count;
  if (count.limit.min) params["min"] = *count.limit.min;
  if (count.limit.max) params["max"] = *count.limit.max;
  const char* code = !count.limit.min   ? "counter"
                     : !count.limit.max ? "counter.min"
                                        : "counter.range";
  return catalogue.format(code, params, language);
}

void write_count(JsonWriter& out, const TextCount& count, const std::string& language,
                 const Catalogue& catalogue) {
  out.open(language, '{')
      .text("unit", named(unit_names, count.limit.unit))
      .number("count", as_number(count.count));
  if (count.limit.min) out.number("min", as_number(*count.limit.min));
  if (count.limit.max) out.number("max", as_number(*count.limit.max));
  out.text("text", counter_text(count, language, catalogue)).close('}');
}

std::string_view tag_of(const TextCount& count, const Call& call) {
  return count.language == none ? std::string_view()
                                : call.form.languages[count.language];
}

}  // namespace

std::string validation_json(const Call& call, std::string_view document, std::int64_t now,
                            const Catalogue& catalogue) {
  const auto parsed = parse_document(document);
  const auto issues = parsed ? Application(call, *parsed, now).issues()
                             : std::vector{unreadable(parsed.error())};
  JsonWriter out;
  out.open('{').flag("valid", accepts(issues));
  write_issues(out, call, issues, catalogue);
  return out.text("receipt", parsed ? receipt(*parsed) : "").close('}').take();
}

void SessionJson::cell(JsonWriter& out, const Application& application,
                       const Place& place) const {
  const auto& call = application.call();
  const auto state = application.form().cell(place);
  out.open('{')
      .text("key", application.form().key(place))
      .flag("relevant", state.relevant)
      .flag("required", state.required)
      .flag("answered", state.answered);
  write_issues(out, call, state.issues, *catalogue_);
  if (!state.counts.empty()) {
    out.open("counts", '{');
    for (const auto& count : state.counts) {
      write_count(out, count, std::string(tag_of(count, call)), *catalogue_);
    }
    out.close('}');
  }
  if (state.value != nullptr) out.value("value", *state.value);
  if (call.form.fields[place.field].kind == FieldKind::group) {
    out.open("rows", '[');
    for (const auto& row : state.rows) out.text(row);
    out.close(']');
  }
  out.close('}');
}

void SessionJson::consent(JsonWriter& out, const Application& application,
                          std::size_t index) const {
  const auto state = application.consent(index);
  out.open('{')
      .text("key", "consents/" + application.call().consents[index].id)
      .flag("relevant", true)
      .flag("required", state.required)
      .flag("answered", state.given);
  write_issues(out, application.call(), state.issues, *catalogue_);
  out.close('}');
}

void SessionJson::section(JsonWriter& out, const Application& application,
                          std::size_t index) const {
  const auto& form = application.call().form;
  const auto& state = sections_[index];
  out.open('{')
      .text("id", form.sections[index].id)
      .flag("relevant", state.relevant)
      .text("state", named(progress_names, state.progress))
      .number("required", as_number(state.required))
      .number("answered", as_number(state.answered))
      .open("languages", '{');
  for (std::size_t i = 0; i < form.languages.size(); ++i) {
    out.open(form.languages[i], '{')
        .number("answered", as_number(state.languages[i].first))
        .number("of", as_number(state.languages[i].second))
        .close('}');
  }
  out.close('}').close('}');
}

std::string SessionJson::eligibility(const Application& application) const {
  const auto& call = application.call();
  const auto language = best_language(catalogue_->language(), call.form.languages);
  JsonWriter out;
  out.open('[');
  for (std::size_t i = 0; i < call.eligibility.size(); ++i) {
    const auto& gate = call.eligibility[i];
    const auto state = application.gate(i);
    out.open('{')
        .text("id", gate.id)
        .text("state", named(gate_names, state))
        .text("label", gate.label.in(language));
    if (state == GateState::fail) out.text("reason", gate.reason.in(language));
    out.open("keys", '[');
    for (const auto place : gate.rule->reads) {
      out.text(call.form.fields[place % call.form.fields.size()].id);
    }
    out.close(']').close('}');
  }
  return out.close(']').take();
}

std::string SessionJson::deadline(const Application& application) const {
  const auto state = application.deadline();
  const auto& opens = application.call().opens;
  JsonWriter out;
  out.open('{').text("state", named(call_names, state.state));
  if (opens) out.number("opens", static_cast<double>(*opens));
  if (state.closes) out.number("closes", static_cast<double>(*state.closes));
  return out.close('}').take();
}

std::string SessionJson::state(const Application& application) {
  const auto& call = application.call();
  JsonWriter out;
  out.open('{').open("cells", '[');
  for (const auto& place : application.form().places()) cell(out, application, place);
  for (std::size_t i = 0; i < call.consents.size(); ++i) consent(out, application, i);
  out.close(']').open("sections", '[');
  sections_.clear();
  for (std::size_t i = 0; i < call.form.sections.size(); ++i) {
    sections_.push_back(application.form().section(i));
    section(out, application, i);
  }
  eligibility_ = eligibility(application);
  deadline_ = deadline(application);
  asked_.assign(2 * call.form.fields.size(), 0);
  const auto ask = [this](const BoundRule& rule) {
    for (const auto place : rule.reads) asked_[place] = 1;
  };
  for (const auto& gate : call.eligibility) ask(*gate.rule);
  for (const auto& closing : call.closes) {
    if (closing.applies) ask(*closing.applies);
  }
  for (const auto& one : call.consents) {
    if (one.required_when) ask(*one.required_when);
  }
  return out.close(']')
      .raw("eligibility", eligibility_)
      .raw("deadline", deadline_)
      .text("language", catalogue_->language())
      .close('}')
      .take();
}

void SessionJson::change(JsonWriter& out, const Application& application,
                         const Change& change) {
  const auto& call = application.call();
  const bool facts = !change.facts.empty();
  std::vector<char> touched(call.form.sections.size(), 0);
  out.open('{').open("cells", '[');
  for (const auto& place : change.cells) {
    cell(out, application, place);
    touched[call.form.fields[place.field].section] = true;
  }
  const bool conditional =
      std::any_of(call.consents.begin(), call.consents.end(),
                  [](const Consent& one) { return one.required_when != nullptr; });
  if (facts && conditional) {
    for (std::size_t i = 0; i < call.consents.size(); ++i) consent(out, application, i);
  }
  out.close(']').open("sections", '[');
  for (std::size_t i = 0; i < touched.size(); ++i) {
    // Answers elsewhere reach a section's own state only through its rule.
    if (!touched[i] && !(facts && call.form.sections[i].relevant_when)) continue;
    auto state = application.form().section(i);
    if (state == sections_[i]) continue;
    sections_[i] = std::move(state);
    section(out, application, i);
  }
  out.close(']');
  if (!facts) return;

  if (auto gates = eligibility(application); gates != eligibility_) {
    eligibility_ = std::move(gates);
    out.raw("eligibility", eligibility_);
  }
  if (auto clock = deadline(application); clock != deadline_) {
    deadline_ = std::move(clock);
    out.raw("deadline", deadline_);
  }
}

bool SessionJson::only_length(const Change& change) const {
  return change.only_length &&
         std::none_of(change.facts.begin(), change.facts.end(),
                      [this](std::size_t place) { return asked_[place] != 0; });
}

std::pair<std::size_t, std::string> SessionJson::length(const Application& application,
                                                        const Place& place,
                                                        std::size_t language) const {
  for (const auto& count : application.form().counts(place)) {
    if (count.language != language) continue;
    const auto tag = tag_of(count, application.call());
    return {count.count, counter_text(count, tag, *catalogue_)};
  }
  return {};
}

std::string SessionJson::consents(const Application& application) const {
  JsonWriter out;
  out.open('{').open("cells", '[');
  for (std::size_t i = 0; i < application.call().consents.size(); ++i) {
    consent(out, application, i);
  }
  return out.close(']').close('}').take();
}

std::string SessionJson::left(const Application& application) const {
  JsonWriter out;
  out.open('{');
  write_issues(out, application.call(), application.left_behind(), *catalogue_);
  return out.close('}').take();
}

std::string SessionJson::check(const Application& application) const {
  const auto found = application.issues_at_hand_in();
  JsonWriter out;
  out.open('{').flag("valid", accepts(found));
  write_issues(out, application.call(), found, *catalogue_);
  return out.close('}').take();
}

}  // namespace hezuo
