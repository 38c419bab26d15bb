#include "session_json.hpp"

#include <algorithm>
#include <array>

namespace hezuo {
namespace {

using nlohmann::json;

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

json count_json(const TextCount& count, const std::string& language,
                const Catalogue& catalogue) {
  json all = {{"unit", named(unit_names, count.limit.unit)}, {"count", count.count}};
  if (count.limit.min) all["min"] = *count.limit.min;
  if (count.limit.max) all["max"] = *count.limit.max;
  const char* code = !count.limit.min   ? "counter"
                     : !count.limit.max ? "counter.min"
                                        : "counter.range";
  all["text"] = catalogue.format(code, all, language);
  return all;
}

bool valid(const std::vector<Issue>& issues) {
  return std::none_of(issues.begin(), issues.end(), [](const Issue& issue) {
    return issue.severity == Severity::error;
  });
}

}  // namespace

json issue_json(const Issue& issue) {
  json all = {{"code", issue.code},
              {"severity", name(issue.severity)},
              {"pointer", issue.pointer},
              {"params", issue.params}};
  for (const auto& [key, value] : {std::pair{"key", &issue.key},
                                   {"language", &issue.language},
                                   {"rule", &issue.rule}}) {
    if (!value->empty()) all[key] = *value;
  }
  return all;
}

json issue_json(const Issue& issue, const Call& call, const Catalogue& catalogue) {
  json all = issue_json(issue);
  all["text"] = issue_text(issue, call, catalogue);
  return all;
}

json validation_json(const Call& call, std::string_view document, std::int64_t now,
                     const Catalogue& catalogue) {
  const auto parsed = parse_document(document);
  std::vector<Issue> issues;
  if (parsed) {
    issues = Application(call, *parsed, now).issues();
  } else {
    Issue issue;
    issue.code = "document.invalid";
    issue.pointer = parsed.error().path;
    issue.params = {{"message", parsed.error().message}};
    issues.push_back(std::move(issue));
  }
  json shown = json::array();
  for (const auto& issue : issues) shown.push_back(issue_json(issue, call, catalogue));
  return {{"valid", valid(issues)},
          {"issues", std::move(shown)},
          {"receipt", parsed ? receipt(*parsed) : std::string()}};
}

json SessionJson::issues(const Application& application,
                         const std::vector<Issue>& issues) const {
  json all = json::array();
  for (const auto& issue : issues) {
    all.push_back(issue_json(issue, application.call(), *catalogue_));
  }
  return all;
}

json SessionJson::cell(const Application& application, const Place& place) const {
  const auto& form = application.call().form;
  const auto state = application.form().cell(place);
  json all = {{"key", application.form().key(place)},
              {"relevant", state.relevant},
              {"required", state.required},
              {"answered", state.answered},
              {"issues", issues(application, state.issues)}};
  if (!state.counts.empty()) {
    json counts = json::object();
    for (const auto& count : state.counts) {
      const std::string language =
          count.language == none ? std::string() : form.languages[count.language];
      counts[language] = count_json(count, language, *catalogue_);
    }
    all["counts"] = std::move(counts);
  }
  if (state.value != nullptr) all["value"] = *state.value;
  if (form.fields[place.field].kind == FieldKind::group) all["rows"] = state.rows;
  return all;
}

json SessionJson::consent(const Application& application, std::size_t index) const {
  const auto state = application.consent(index);
  return {{"key", "consents/" + application.call().consents[index].id},
          {"relevant", true},
          {"required", state.required},
          {"answered", state.given},
          {"issues", issues(application, state.issues)}};
}

json SessionJson::section(const Application& application, std::size_t index,
                          const SectionState& state) const {
  const auto& form = application.call().form;
  json languages = json::object();
  for (std::size_t i = 0; i < form.languages.size(); ++i) {
    languages[form.languages[i]] = {{"answered", state.languages[i].first},
                                    {"of", state.languages[i].second}};
  }
  return {{"id", form.sections[index].id},
          {"relevant", state.relevant},
          {"state", named(progress_names, state.progress)},
          {"required", state.required},
          {"answered", state.answered},
          {"languages", std::move(languages)}};
}

json SessionJson::eligibility(const Application& application) const {
  const auto& call = application.call();
  const auto language = best_language(catalogue_->language(), call.form.languages);
  json gates = json::array();
  for (std::size_t i = 0; i < call.eligibility.size(); ++i) {
    const auto& gate = call.eligibility[i];
    const auto state = application.gate(i);
    json keys = json::array();
    for (const auto place : gate.rule.reads) {
      keys.push_back(call.form.fields[place % call.form.fields.size()].id);
    }
    gates.push_back({{"id", gate.id},
                     {"state", named(gate_names, state)},
                     {"label", gate.label.in(language)},
                     {"keys", std::move(keys)}});
    if (state == GateState::fail) gates.back()["reason"] = gate.reason.in(language);
  }
  return gates;
}

json SessionJson::deadline(const Application& application) const {
  const auto state = application.deadline();
  json all = {{"state", named(call_names, state.state)}};
  if (application.call().opens) all["opens"] = *application.call().opens;
  if (state.closes) all["closes"] = *state.closes;
  return all;
}

json SessionJson::state(const Application& application) {
  const auto& call = application.call();
  json cells = json::array();
  for (const auto& place : application.form().places())
    cells.push_back(cell(application, place));
  for (std::size_t i = 0; i < call.consents.size(); ++i)
    cells.push_back(consent(application, i));

  sections_.clear();
  json sections = json::array();
  for (std::size_t i = 0; i < call.form.sections.size(); ++i) {
    sections_.push_back(application.form().section(i));
    sections.push_back(section(application, i, sections_.back()));
  }
  eligibility_ = eligibility(application);
  deadline_ = deadline(application);
  return {{"cells", std::move(cells)},
          {"sections", std::move(sections)},
          {"eligibility", eligibility_},
          {"deadline", deadline_},
          {"language", catalogue_->language()}};
}

json SessionJson::change(const Application& application, const Change& change) {
  const auto& call = application.call();
  json all = {{"cells", json::array()}};
  std::vector<bool> touched(call.form.sections.size(), !change.facts.empty());
  for (const auto& place : change.cells) {
    all["cells"].push_back(cell(application, place));
    touched[call.form.fields[place.field].section] = true;
  }

  json sections = json::array();
  for (std::size_t i = 0; i < touched.size(); ++i) {
    // Answers elsewhere reach a section's own state only through its rule.
    const bool looked =
        touched[i] &&
        (call.form.sections[i].relevant_when ||
         std::any_of(change.cells.begin(), change.cells.end(), [&](const Place& place) {
           return call.form.fields[place.field].section == i;
         }));
    if (!looked) continue;
    auto state = application.form().section(i);
    if (state == sections_[i]) continue;
    sections_[i] = state;
    sections.push_back(section(application, i, state));
  }
  if (!sections.empty()) all["sections"] = std::move(sections);
  if (change.facts.empty()) return all;

  if (auto gates = eligibility(application); gates != eligibility_) {
    all["eligibility"] = eligibility_ = std::move(gates);
  }
  if (auto clock = deadline(application); clock != deadline_) {
    all["deadline"] = deadline_ = std::move(clock);
  }
  if (std::any_of(call.consents.begin(), call.consents.end(), [](const Consent& consent) {
        return consent.required_when.has_value();
      })) {
    for (std::size_t i = 0; i < call.consents.size(); ++i) {
      all["cells"].push_back(consent(application, i));
    }
  }
  return all;
}

json SessionJson::consents(const Application& application) const {
  json cells = json::array();
  for (std::size_t i = 0; i < application.call().consents.size(); ++i) {
    cells.push_back(consent(application, i));
  }
  return {{"cells", std::move(cells)}};
}

json SessionJson::check(const Application& application) const {
  const auto found = application.issues();
  return {{"valid", valid(found)}, {"issues", issues(application, found)}};
}

}  // namespace hezuo
