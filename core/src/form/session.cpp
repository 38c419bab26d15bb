#include "session.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "../sort.hpp"
#include "comparison.hpp"
#include "hezuo/text.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// Line ends as LF: browsers send them so, other senders write CR LF.
std::string unify_lines(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  std::string unified;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      unified += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      unified += '\n';
    }
  }
  return unified;
}

/// Well-formed UTF-8 in NFC: what is not UTF-8 becomes U+FFFD, one for each bad byte.
std::string clean_text(std::string_view text) {
  if (auto normal = nfc(text)) return unify_lines(*std::move(normal));
  std::string mended;
  while (!text.empty()) {
    std::size_t size = 1;
    while (size <= 4 && size <= text.size() && !is_utf8(text.substr(0, size))) ++size;
    const bool good = size <= 4 && size <= text.size();
    mended += good ? text.substr(0, size) : "\xEF\xBF\xBD";
    text.remove_prefix(good ? size : 1);
  }
  return unify_lines(*nfc(mended));
}

/// NFC of every text inside a value. Its depth is bounded by the parser.
void normalize(json& value) {
  if (value.is_string()) {
    value = clean_text(value.get_ref<const std::string&>());
  } else if (value.is_structured()) {
    for (auto& item : value) normalize(item);
  }
}

bool is_row_id(std::string_view id) {
  return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-';
  });
}

bool has_answer(FieldKind kind) {
  return kind != FieldKind::computed && kind != FieldKind::note;
}

}  // namespace

bool is_nothing(const json& value) {
  return value.is_null() || (value.is_structured() && value.empty()) ||
         (value.is_string() && value.get_ref<const std::string&>().empty());
}

Cell& FormSession::State::cell(const Place& place) {
  const Field& field = form->fields[place.field];
  if (field.group == none) return cells[place.field];
  return rows[field.group][place.row].cells[place.field - field.group - 1];
}

const Cell& FormSession::State::cell(const Place& place) const {
  return const_cast<State*>(this)->cell(place);
}

const json* FormSession::State::fact(std::size_t place, std::size_t row) const {
  const std::size_t count = form->fields.size();
  if (place >= count) {
    return cells[place - count].relevant ? &tables[place - count] : nullptr;
  }
  return cell({place, row}).fact();
}

json FormSession::State::evaluate(const BoundRule& rule, std::size_t row) const {
  std::vector<const json*> values;
  values.reserve(rule.reads.size());
  for (const auto place : rule.reads) values.push_back(fact(place, row));
  auto result = rule.rule.evaluate(values, {.today = today});
  return result ? *std::move(result) : json();
}

bool FormSession::State::holds(const std::unique_ptr<const BoundRule>& rule,
                               std::size_t row, bool otherwise) const {
  return rule ? truthy(evaluate(*rule, row)) : otherwise;
}

bool FormSession::State::looks_at(const BoundRule& rule, std::size_t group,
                                  std::size_t child) const {
  const auto& variables = rule.rule.variables();
  return std::any_of(variables.begin(), variables.end(),
                     [&](const Rule::Variable& variable) {
                       if (variable.element_of != form->fields[group].id) return false;
                       std::string_view name = variable.name;
                       if (name.starts_with("current.")) name.remove_prefix(8);
                       return name.substr(0, name.find('.')) == form->fields[child].id;
                     });
}

bool FormSession::State::knows(const BoundRule& rule, std::size_t row) const {
  for (const auto place : rule.reads) {
    const auto* value = fact(place, row);
    if (value == nullptr || is_nothing(*value)) return false;
    if (place < form->fields.size()) continue;
    // Of a table, what the rule looks at must be there in each row.
    const std::size_t group = place - form->fields.size();
    for (const auto child : form->fields[group].children) {
      if (!looks_at(rule, group, child)) continue;
      for (const auto& line : *value) {
        if (!line.contains(form->fields[child].id)) return false;
      }
    }
  }
  return true;
}

bool FormSession::State::section_relevant(std::size_t section) const {
  return holds(form->sections[section].relevant_when, none, true);
}

void FormSession::State::check_cell(const Place& place) {
  const Field& field = form->fields[place.field];
  Cell& cell = this->cell(place);
  if (field.kind == FieldKind::group) {
    check_group(place.field);
  } else if (has_answer(field.kind)) {
    cell.checked = check_answer(field, *form, cell.answer, cell.required, today);
  }
}

bool FormSession::State::compare(const Place& place) {
  Cell& cell = this->cell(place);
  if (!std::exchange(cell.stale, false)) return false;
  auto found = compare_languages(form->fields[place.field], *form, cell.checked.fact);
  if (found == cell.compared) return false;
  cell.compared = std::move(found);
  return true;
}

Change FormSession::State::assign(const Place& place, json value) {
  Change change;
  const Field& field = form->fields[place.field];
  if (field.kind == FieldKind::group || !has_answer(field.kind)) return change;
  Cell& cell = this->cell(place);
  cell.answer = is_nothing(value) ? json() : std::move(value);
  cell.stale = true;

  const bool failed_before = fails(place);
  const bool required_before = cell.required;
  const auto before = std::exchange(cell.checked, {});
  check_cell(place);
  change.cells.push_back(place);
  if (cell.relevant && cell.checked.fact != before.fact) {
    update_table(place);
    fact_changed(place.field, place.row, change);
  }
  settle(change);
  change.only_length = change.cells.size() == 1 && !failed_before && !fails(place) &&
                       before.findings.empty() && cell.checked.findings.empty() &&
                       cell.required == required_before &&
                       cell.checked.answered == before.answered &&
                       cell.checked.fact.size() == before.fact.size();
  return change;
}

void FormSession::State::check_group(std::size_t group) {
  const Field& field = form->fields[group];
  Cell& cell = cells[group];
  const std::size_t size = rows[group].size();
  auto& findings = cell.checked.findings;
  // What has no shape was found when the group was filled, and stays.
  std::erase_if(findings, [](const Finding& finding) { return !finding.shape; });
  cell.checked.answered = size > 0;
  const json params =
      values("count", size, "min", field.min.value_or(1), "max", field.max.value_or(0));
  const auto add = [&](const char* code) {
    findings.push_back({.code = code, .suffix = {}, .params = params});
  };
  if (size == 0) {
    if (cell.required) add("answer.required");
  } else if (field.min && static_cast<double>(size) < *field.min) {
    add("group.too_few");
  } else if (field.max && static_cast<double>(size) > *field.max) {
    add("group.too_many");
  }
}

void FormSession::State::update_table(const Place& place) {
  const Field& field = form->fields[place.field];
  if (field.group == none) return;
  json& line = tables[field.group][place.row];
  if (const auto* value = cell(place).fact()) {
    line[field.id] = *value;
  } else {
    line.erase(field.id);
  }
}

bool FormSession::State::refresh(const Place& place) {
  const Field& field = form->fields[place.field];
  Cell& cell = this->cell(place);
  const bool was_relevant = cell.relevant;
  cell.relevant = section_relevant(field.section) &&
                  (field.group == none || cells[field.group].relevant) &&
                  holds(field.relevant_when, place.row, true);
  bool changed = cell.relevant != was_relevant;
  if (field.value) {
    json value = evaluate(*field.value, place.row);
    changed = changed || value != cell.checked.fact;
    cell.checked.answered = !value.is_null();
    cell.checked.fact = std::move(value);
  }
  if (changed) update_table(place);
  return changed;
}

void FormSession::State::refresh_required(const Place& place) {
  const Field& field = form->fields[place.field];
  Cell& cell = this->cell(place);
  const bool required = field.required || holds(field.required_when, place.row, false);
  if (std::exchange(cell.required, required) != required) check_cell(place);
}

bool FormSession::State::refresh_check(std::size_t index, std::size_t row) {
  const Check& check = form->checks[index];
  const bool known = knows(*check.rule, row);
  const bool fails = known && !truthy(evaluate(*check.rule, row));
  char& slot = failed[index][check.group == none ? 0 : row];
  const char before = std::exchange(slot, fails ? 1 : 0);
  return before != slot;
}

void FormSession::State::mark(std::size_t place, std::size_t row) {
  std::size_t& slot = dirty[place];
  if (slot == none) {
    frontier.push_back(form->rank[place]);
    std::push_heap(frontier.begin(), frontier.end(), std::greater<>());
    slot = row == none ? every_row : row;
  } else if (slot != row) {
    slot = every_row;
  }
}

void FormSession::State::fact_changed(std::size_t place, std::size_t row,
                                      Change& change) {
  const std::size_t count = form->fields.size();
  const std::size_t group = place < count ? form->fields[place].group : none;
  // What is in the same group is touched in the same row, all else everywhere.
  const auto row_of = [&](std::size_t target_group) {
    return group != none && group == target_group ? row : every_row;
  };
  change.facts.push_back(place);
  const auto& dependents = form->dependents[place];
  for (const auto target : dependents.values) {
    mark(target, target < count ? row_of(form->fields[target].group) : every_row);
  }
  for (const auto target : dependents.required) {
    required_again.push_back({target, row_of(form->fields[target].group)});
  }
  for (const auto check : dependents.checks) {
    checks_again.push_back({check, row_of(form->checks[check].group)});
  }
}

void FormSession::State::settle(Change& change) {
  const std::size_t count = form->fields.size();
  const auto each_row = [&](std::size_t group, std::size_t row, auto visit) {
    if (group == none) return visit(none);
    if (row != every_row) return visit(row);
    for (std::size_t i = 0; i < rows[group].size(); ++i) visit(i);
  };

  while (!frontier.empty()) {
    std::pop_heap(frontier.begin(), frontier.end(), std::greater<>());
    const std::size_t place = form->order[frontier.back()];
    frontier.pop_back();
    const std::size_t row = std::exchange(dirty[place], none);
    if (place >= count) {
      fact_changed(place, none, change);
      continue;
    }
    each_row(form->fields[place].group, row, [&](std::size_t at) {
      if (!refresh({place, at})) return;
      change.cells.push_back({place, at});
      fact_changed(place, at, change);
    });
  }
  for (const auto& again : std::exchange(required_again, {})) {
    each_row(form->fields[again.field].group, again.row, [&](std::size_t at) {
      refresh_required({again.field, at});
      change.cells.push_back({again.field, at});
    });
  }
  for (const auto& again : std::exchange(checks_again, {})) {
    const Check& check = form->checks[again.field];
    each_row(check.group, again.row, [&](std::size_t at) {
      if (refresh_check(again.field, at)) change.cells.push_back({check.at, at});
    });
  }

  const auto order = [](const Place& a, const Place& b) {
    return a.field != b.field ? a.field < b.field : a.row < b.row;
  };
  sort(change.cells, order);
  change.cells.erase(std::unique(change.cells.begin(), change.cells.end()),
                     change.cells.end());
  sort(change.facts);
  change.facts.erase(std::unique(change.facts.begin(), change.facts.end()),
                     change.facts.end());
}

Row FormSession::State::make_row(std::size_t group, const json* answers,
                                 std::string id) const {
  const Field& field = form->fields[group];
  Row row{.id = std::move(id), .cells = {}, .extra = json::object()};
  row.cells.resize(field.children.size());
  if (answers == nullptr) return row;
  for (const auto& [key, value] : answers->items()) {
    if (key == "row") continue;
    const auto child = form->field(key);
    if (child == none || form->fields[child].group != group ||
        !has_answer(form->fields[child].kind)) {
      row.extra[key] = value;
    } else if (!value.is_null()) {
      row.cells[child - group - 1].answer = value;
    }
  }
  return row;
}

bool FormSession::State::row_id_is_free(std::size_t group, std::string_view id) const {
  return std::none_of(rows[group].begin(), rows[group].end(),
                      [id](const Row& row) { return row.id == id; });
}

std::string FormSession::State::fresh_row_id(std::size_t group) const {
  std::size_t number = rows[group].size();
  std::string id;
  do {
    id = "r" + std::to_string(++number);
  } while (!row_id_is_free(group, id));
  return id;
}

void FormSession::State::fill_group(std::size_t group, const json& answer) {
  auto& findings = cells[group].checked.findings;
  const auto report = [&](const char* code, std::string suffix) {
    findings.push_back({.code = code, .suffix = std::move(suffix), .shape = true});
  };
  const bool shaped = answer.is_array() && answer.size() <= max_issues &&
                      std::all_of(answer.begin(), answer.end(),
                                  [](const json& row) { return row.is_object(); });
  if (!shaped) {
    extra[form->fields[group].id] = answer;
    report("answer.type", "");
    return;
  }
  for (std::size_t i = 0; i < answer.size(); ++i) {
    const auto at = answer[i].find("row");
    const auto* id = at == answer[i].end() ? nullptr : at->get_ptr<const std::string*>();
    const bool good = id != nullptr && is_row_id(*id) && row_id_is_free(group, *id);
    if (!good) report("group.row", "/" + std::to_string(i) + "/row");
    rows[group].push_back(make_row(group, &answer[i], good ? *id : fresh_row_id(group)));
  }
}

void FormSession::State::open(const json& answers) {
  const std::size_t count = form->fields.size();
  cells.resize(count);
  rows.resize(count);
  tables.assign(count, json::array());
  dirty.assign(2 * count, none);
  failed.resize(form->checks.size());
  if (answers.is_object()) {
    for (const auto& [key, value] : answers.items()) {
      const auto index = form->field(key);
      json normal = value;
      normalize(normal);
      if (index == none || form->fields[index].group != none ||
          !has_answer(form->fields[index].kind)) {
        extra[key] = std::move(normal);
      } else if (form->fields[index].kind == FieldKind::group) {
        if (!normal.is_null()) fill_group(index, normal);
      } else if (!normal.is_null()) {
        cells[index].answer = std::move(normal);
      }
    }
  }
  refresh_everything();
}

void FormSession::State::refresh_row(std::size_t group, std::size_t row) {
  const Field& field = form->fields[group];
  tables[group][row] = values("row", rows[group][row].id);
  for (const auto child : field.children) {
    check_cell({child, row});
    update_table({child, row});
  }
  auto in_order = field.children;
  sort(in_order,
       [this](std::size_t a, std::size_t b) { return form->rank[a] < form->rank[b]; });
  for (const auto child : in_order) refresh({child, row});
  for (const auto child : in_order) refresh_required({child, row});
}

void FormSession::State::refresh_everything() {
  const std::size_t count = form->fields.size();
  const auto every_place = [&](std::size_t field, auto visit) {
    const std::size_t group = form->fields[field].group;
    if (group == none) return visit(Place{field, none});
    for (std::size_t row = 0; row < rows[group].size(); ++row) visit(Place{field, row});
  };
  for (std::size_t group = 0; group < count; ++group) {
    tables[group] = json::array();
    for (const auto& row : rows[group]) tables[group].push_back(values("row", row.id));
  }
  for (std::size_t field = 0; field < count; ++field) {
    every_place(field, [&](const Place& place) {
      check_cell(place);
      update_table(place);
    });
  }
  for (const auto place : form->order) {
    if (place < count) every_place(place, [&](const Place& at) { refresh(at); });
  }
  for (std::size_t field = 0; field < count; ++field) {
    every_place(field, [&](const Place& place) { refresh_required(place); });
  }
  for (std::size_t i = 0; i < form->checks.size(); ++i) {
    const std::size_t group = form->checks[i].group;
    failed[i].assign(group == none ? 1 : rows[group].size(), false);
    for (std::size_t row = 0; row < failed[i].size(); ++row) {
      refresh_check(i, group == none ? none : row);
    }
  }
}

void FormSession::State::rows_changed(std::size_t group, std::size_t first,
                                      std::size_t end, Change& change) {
  // What could not be read when the group was filled, the rows have replaced.
  std::erase_if(cells[group].checked.findings,
                [](const Finding& finding) { return finding.shape; });
  extra.erase(form->fields[group].id);
  check_group(group);
  change.cells.push_back({group, none});
  for (const auto child : form->fields[group].children) {
    for (std::size_t row = first; row < end; ++row) change.cells.push_back({child, row});
  }
  for (std::size_t i = 0; i < form->checks.size(); ++i) {
    if (form->checks[i].group != group) continue;
    failed[i].resize(rows[group].size(), false);
    checks_again.push_back({i, every_row});
  }
  fact_changed(form->fields.size() + group, none, change);
  settle(change);
}

FormSession::FormSession(const FormDefinition& definition, const json& answers,
                         std::string_view today)
    : state_(std::make_unique<State>(definition)) {
  state_->today = today;
  state_->open(answers);
}

FormSession::FormSession(FormSession&&) noexcept = default;
FormSession& FormSession::operator=(FormSession&&) noexcept = default;
FormSession::~FormSession() = default;

Change FormSession::set(const Place& place, json value) {
  normalize(value);
  return state_->assign(place, std::move(value));
}

Change FormSession::set_text(const Place& place, std::size_t language,
                             std::string_view utf8) {
  const Field& field = state_->form->fields[place.field];
  if (field.kind == FieldKind::group) return {};
  json text = clean_text(utf8);
  const bool named = field.kind == FieldKind::place;
  const bool plain = language >= state_->form->languages.size();
  if (plain && !named) return state_->assign(place, std::move(text));

  json answer = std::move(state_->cell(place).answer);
  if (!answer.is_object()) answer = json::object();
  json& texts = named ? answer["name"] : answer;
  if (plain) {
    texts = std::move(text);
  } else {
    if (!texts.is_object()) texts = json::object();
    const auto& tag = state_->form->languages[language];
    if (is_nothing(text)) {
      texts.erase(tag);
    } else {
      texts[tag] = std::move(text);
    }
  }
  if (named && is_nothing(texts)) answer.erase("name");
  return state_->assign(place, std::move(answer));
}

Change FormSession::compare(const Place& place) {
  Change change;
  if (state_->compare(place)) change.cells.push_back(place);
  return change;
}

Change FormSession::add_row(std::size_t group, std::size_t at) {
  return restore_row(group, at, json::object());
}

Change FormSession::restore_row(std::size_t group, std::size_t at, const json& answers) {
  Change change;
  if (state_->form->fields[group].kind != FieldKind::group) return change;
  json normal = answers.is_object() ? answers : json::object();
  normalize(normal);
  const auto wanted = normal.find("row");
  const bool keep = wanted != normal.end() && wanted->is_string() &&
                    is_row_id(wanted->get_ref<const std::string&>()) &&
                    state_->row_id_is_free(group, wanted->get_ref<const std::string&>());
  auto& rows = state_->rows[group];
  change.row = keep ? wanted->get<std::string>() : state_->fresh_row_id(group);
  at = std::min(at, rows.size());
  const auto offset = static_cast<std::ptrdiff_t>(at);
  rows.insert(rows.begin() + offset, state_->make_row(group, &normal, change.row));
  auto& table = state_->tables[group];
  table.insert(table.begin() + offset, json::object());
  state_->refresh_row(group, at);
  state_->rows_changed(group, at, rows.size(), change);
  return change;
}

Change FormSession::remove_row(std::size_t group, std::size_t row) {
  Change change;
  auto& rows = state_->rows[group];
  if (row >= rows.size()) return change;
  const auto offset = static_cast<std::ptrdiff_t>(row);
  rows.erase(rows.begin() + offset);
  state_->tables[group].erase(row);
  state_->rows_changed(group, row, rows.size(), change);
  return change;
}

Change FormSession::move_row(std::size_t group, std::size_t row, std::size_t to) {
  Change change;
  auto& rows = state_->rows[group];
  if (row >= rows.size()) return change;
  to = std::min(to, rows.size() - 1);
  auto& table = state_->tables[group].get_ref<json::array_t&>();
  const auto shift = [row, to](auto begin) {
    const auto from = static_cast<std::ptrdiff_t>(row);
    const auto target = static_cast<std::ptrdiff_t>(to);
    if (from < target) {
      std::rotate(begin + from, begin + from + 1, begin + target + 1);
    } else {
      std::rotate(begin + target, begin + from, begin + from + 1);
    }
  };
  shift(rows.begin());
  shift(table.begin());
  state_->rows_changed(group, std::min(row, to), std::max(row, to) + 1, change);
  return change;
}

Change FormSession::set_today(std::string_view today) {
  Change change;
  if (state_->today == today) return change;
  state_->today = today;
  state_->refresh_everything();
  change.cells = places();
  for (std::size_t place = 0; place < 2 * state_->form->fields.size(); ++place) {
    change.facts.push_back(place);
  }
  return change;
}

}  // namespace hezuo
