#include <algorithm>

#include "hezuo/json.hpp"
#include "session.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// Missing answers leave a section unfinished; other errors leave it wrong.
bool is_missing(std::string_view code) {
  return code == "answer.required" || code == "answer.language" ||
         code == "yes_no.must" || code == "group.too_few" || code == "choices.too_few" ||
         code == "file.too_few";
}

}  // namespace

bool FormSession::State::fails(const Place& place) const {
  const auto& checks = form->fields[place.field].checks;
  return std::any_of(checks.begin(), checks.end(), [&](std::size_t i) {
    return failed[i][form->checks[i].group == none ? 0 : place.row] != 0;
  });
}

std::optional<Place> FormSession::find(std::string_view key) const {
  const auto& form = *state_->form;
  const auto slash = key.find('/');
  const auto index = form.field(key.substr(0, slash));
  if (index == none || form.fields[index].group != none) return std::nullopt;
  if (slash == std::string_view::npos) return Place{index, none};

  const auto rest = key.substr(slash + 1);
  const auto second = rest.find('/');
  const auto id = rest.substr(0, second);
  const auto& rows = state_->rows[index];
  const auto row = std::find_if(rows.begin(), rows.end(), [id](const Row& candidate) {
    return candidate.id == id;
  });
  if (row == rows.end()) return std::nullopt;
  const auto position = static_cast<std::size_t>(row - rows.begin());
  // "members/r1" is the row itself.
  if (second == std::string_view::npos) return Place{index, position};
  const auto child = form.field(rest.substr(second + 1));
  if (child == none || form.fields[child].group != index) return std::nullopt;
  return Place{child, position};
}

std::string FormSession::key(const Place& place) const {
  const Field& field = state_->form->fields[place.field];
  if (field.group == none) return field.id;
  return state_->form->fields[field.group].id + "/" +
         state_->rows[field.group][place.row].id + "/" + field.id;
}

std::string FormSession::pointer(const Place& place) const {
  const Field& field = state_->form->fields[place.field];
  if (field.group == none) return "/answers/" + field.id;
  return "/answers/" + state_->form->fields[field.group].id + "/" +
         std::to_string(place.row) + "/" + field.id;
}

std::size_t FormSession::row_count(std::size_t group) const {
  return state_->rows[group].size();
}

CellState FormSession::cell(const Place& place) const {
  const auto& form = *state_->form;
  const Field& field = form.fields[place.field];
  state_->compare(place);
  const Cell& cell = state_->cell(place);
  CellState shown{.relevant = cell.relevant,
                  .required = cell.required,
                  .answered = cell.checked.answered,
                  .issues = {},
                  .counts = cell.checked.counts,
                  .value = nullptr,
                  .rows = {}};
  if (field.kind == FieldKind::computed && cell.relevant)
    shown.value = &cell.checked.fact;
  if (field.kind == FieldKind::group) {
    for (const auto& row : state_->rows[place.field]) shown.rows.push_back(row.id);
  }

  const auto base = [&](std::string code, Severity severity, const std::string& suffix) {
    Issue issue;
    issue.code = std::move(code);
    issue.severity = severity;
    issue.pointer = pointer(place) + suffix;
    issue.key = key(place);
    return issue;
  };
  const auto report = [&](const std::vector<Finding>& findings) {
    for (const auto& finding : findings) {
      if (!cell.relevant && !finding.shape) continue;
      auto issue = base(finding.code, finding.severity, finding.suffix);
      if (finding.language != none) issue.language = form.languages[finding.language];
      issue.params = finding.params;
      shown.issues.push_back(std::move(issue));
    }
  };
  report(cell.checked.findings);
  report(cell.compared);
  if (field.kind == FieldKind::group) {
    const auto& rows = state_->rows[place.field];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const auto& [name, value] : rows[i].extra.items()) {
        if (shown.issues.size() >= max_issues) break;
        auto issue = base("document.unknown", Severity::error,
                          "/" + std::to_string(i) + "/" + escape_pointer(name));
        issue.params = values("name", name);
        shown.issues.push_back(std::move(issue));
      }
    }
  }
  if (!cell.relevant) return shown;
  for (const auto i : field.checks) {
    const Check& check = form.checks[i];
    if (!state_->failed[i][check.group == none ? 0 : place.row]) continue;
    auto issue = base("check.failed", check.severity, "");
    issue.rule = check.id;
    shown.issues.push_back(std::move(issue));
  }
  return shown;
}

const std::vector<TextCount>& FormSession::counts(const Place& place) const {
  return state_->cell(place).checked.counts;
}

std::vector<Place> FormSession::places() const {
  const auto& form = *state_->form;
  std::vector<Place> places;
  for (const auto& section : form.sections) {
    for (const auto index : section.fields) {
      places.push_back({index, none});
      for (std::size_t row = 0; row < state_->rows[index].size(); ++row) {
        for (const auto child : form.fields[index].children)
          places.push_back({child, row});
      }
    }
  }
  return places;
}

std::vector<Issue> FormSession::issues() const {
  std::vector<Issue> issues;
  for (const auto& place : places()) {
    state_->compare(place);
    const Cell& cell = state_->cell(place);
    const Field& field = state_->form->fields[place.field];
    const bool silent = cell.checked.findings.empty() && cell.compared.empty() &&
                        field.kind != FieldKind::group && !state_->fails(place);
    if (silent) continue;
    if (issues.size() >= max_issues) break;
    auto found = this->cell(place).issues;
    std::move(found.begin(), found.end(), std::back_inserter(issues));
  }
  for (const auto& [name, value] : state_->extra.items()) {
    const auto index = state_->form->field(name);
    // A group's answer without shape is reported by the group.
    if (index != none && state_->form->fields[index].kind == FieldKind::group) continue;
    if (issues.size() >= max_issues) break;
    Issue issue;
    issue.code = "document.unknown";
    issue.pointer = "/answers/" + escape_pointer(name);
    issue.params = values("name", name);
    issues.push_back(std::move(issue));
  }
  return issues;
}

SectionState FormSession::section(std::size_t index) const {
  const auto& form = *state_->form;
  SectionState shown;
  shown.relevant = state_->section_relevant(index);
  shown.languages.resize(form.languages.size());
  bool wrong = false;
  bool unfinished = false;
  bool started = false;

  const auto look = [&](const Place& place) {
    const Field& field = form.fields[place.field];
    const Cell& cell = state_->cell(place);
    if (!cell.relevant || field.kind == FieldKind::computed ||
        field.kind == FieldKind::note) {
      return;
    }
    started = started || cell.checked.answered;
    const bool due = cell.required || (field.kind == FieldKind::yes_no && field.confirm);
    if (due) ++shown.required;
    if (due && cell.checked.answered) ++shown.answered;
    for (const auto& finding : cell.checked.findings) {
      if (finding.severity != Severity::error) continue;
      (is_missing(finding.code) ? unfinished : wrong) = true;
    }
    const json* texts = &cell.checked.fact;
    if (field.kind == FieldKind::place && texts->is_object() && texts->contains("name")) {
      texts = &*texts->find("name");
    }
    for (const auto language : field.languages) {
      auto& [have, want] = shown.languages[language];
      const bool there = texts->is_object() && texts->contains(form.languages[language]);
      const bool wanted = field.answer == AnswerMode::either
                              ? there
                              : cell.required || cell.checked.answered;
      if (there) ++have;
      if (wanted || there) ++want;
    }
  };
  for (const auto field : form.sections[index].fields) {
    look({field, none});
    for (std::size_t row = 0; row < state_->rows[field].size(); ++row) {
      for (const auto child : form.fields[field].children) look({child, row});
    }
  }
  for (std::size_t i = 0; i < form.checks.size(); ++i) {
    const Check& check = form.checks[i];
    if (form.fields[check.at].section != index || check.severity != Severity::error) {
      continue;
    }
    const auto& failed = state_->failed[i];
    for (std::size_t row = 0; row < failed.size(); ++row) {
      // It shows where its field does.
      const Place at{check.at, check.group == none ? none : row};
      wrong = wrong || (failed[row] && state_->cell(at).relevant);
    }
  }

  using Progress = SectionState::Progress;
  if (wrong) {
    shown.progress = Progress::error;
  } else if (!started) {
    shown.progress = Progress::empty;
  } else {
    shown.progress = unfinished ? Progress::started : Progress::complete;
  }
  return shown;
}

json FormSession::answer(const Place& place) const {
  const Field& field = state_->form->fields[place.field];
  if (field.kind != FieldKind::group) return state_->cell(place).answer;
  json rows = json::array();
  for (std::size_t row = 0; row < state_->rows[place.field].size(); ++row) {
    const auto& from = state_->rows[place.field][row];
    json line = from.extra;
    line["row"] = from.id;
    for (const auto child : field.children) {
      const auto& answer = state_->cell({child, row}).answer;
      if (!answer.is_null()) line[state_->form->fields[child].id] = answer;
    }
    rows.push_back(std::move(line));
  }
  return place.row < rows.size() ? rows[place.row] : rows.empty() ? json() : rows;
}

json FormSession::answers(bool with_irrelevant) const {
  const auto& form = *state_->form;
  json answers = with_irrelevant ? state_->extra : json::object();
  for (const auto& section : form.sections) {
    for (const auto index : section.fields) {
      const Cell& cell = state_->cell({index, none});
      if (!cell.relevant && !with_irrelevant) continue;
      json value = answer({index, none});
      if (value.is_null()) continue;
      if (form.fields[index].kind == FieldKind::group && !with_irrelevant) {
        for (std::size_t row = 0; row < value.size(); ++row) {
          for (const auto& [name, unknown] : state_->rows[index][row].extra.items()) {
            value[row].erase(name);
          }
          for (const auto child : form.fields[index].children) {
            if (!state_->cell({child, row}).relevant)
              value[row].erase(form.fields[child].id);
          }
        }
      }
      answers[form.fields[index].id] = std::move(value);
    }
  }
  return answers;
}

bool FormSession::fits() const {
  const auto shapeless = [](const Finding& finding) { return finding.shape; };
  for (const auto& place : places()) {
    const auto& cell = state_->cell(place);
    const auto& findings = cell.checked.findings;
    const bool group = state_->form->fields[place.field].kind == FieldKind::group;
    if ((group || !cell.relevant) &&
        std::any_of(findings.begin(), findings.end(), shapeless))
      return false;
    if (!group) continue;
    for (const auto& row : state_->rows[place.field]) {
      if (!row.extra.empty()) return false;
    }
  }
  return state_->extra.empty();
}

std::uint64_t FormSession::file_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& place : places()) {
    if (state_->form->fields[place.field].kind != FieldKind::file) continue;
    const Cell& cell = state_->cell(place);
    if (!cell.relevant) continue;
    if (!cell.checked.fact.is_array()) continue;
    for (const auto& file : cell.checked.fact) {
      bytes += file.find("size")->get<std::uint64_t>();
    }
  }
  return bytes;
}

json FormSession::evaluate(const BoundRule& rule) const {
  return state_->evaluate(rule, none);
}

}  // namespace hezuo
