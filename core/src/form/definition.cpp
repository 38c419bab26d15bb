#include "definition.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "../number.hpp"
#include "../sort.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 21> kind_names = {
    "line",       "prose",   "choice", "choices", "taxonomy", "number",   "money",
    "date",       "month",   "period", "yes-no",  "email",    "phone",    "url",
    "identifier", "country", "place",  "file",    "group",    "computed", "note"};

constexpr std::array<std::string_view, 5> unit_names = {"graphemes", "words", "han",
                                                        "characters", "bytes"};

/// A rule that waits until all fields are known.
struct Pending {
  enum class Target : std::uint8_t { section, relevant, required, value, check };
  Target target;
  std::size_t index;  ///< Of the section, field or check.
  std::size_t group;
  const json* logic;
  std::string pointer;
};

class FormReader {
 public:
  FormReader(FormDefinition& form, std::span<const Taxonomy> taxonomies,
             std::uint64_t attachments, Lint& lint)
      : form_(form), taxonomies_(taxonomies), attachments_(attachments), lint_(lint) {}

  void read(Properties& root) {
    form_.title = root.text("title", true);
    form_.intro = root.text("intro", false);
    sets(root);
    if (const auto* sections = root.list("sections")) {
      for (std::size_t i = 0; i < sections->size(); ++i) {
        section((*sections)[i], root.at("sections") + "/" + std::to_string(i));
      }
    } else {
      root.need("sections");
    }
    index_ids();
    if (const auto* checks = root.list("checks")) {
      for (std::size_t i = 0; i < checks->size(); ++i) {
        check((*checks)[i], root.at("checks") + "/" + std::to_string(i));
      }
    }
    compile_pending();
    compile_order(form_, pointers_, lint_);
  }

 private:
  void sets(Properties& root) {
    form_.sets = json::object();
    const auto* sets = root.get("sets");
    if (sets == nullptr) return;
    Properties named(*sets, root.at("sets"), lint_, form_.languages);
    if (!sets->is_object()) return;
    for (const auto& [name, members] : sets->items()) {
      form_.sets[name] = named.strings(name);
    }
  }

  Properties properties(const json& value, const std::string& pointer) {
    return {value, pointer, lint_, form_.languages};
  }

  void later(Pending::Target target, std::size_t index, std::size_t group,
             Properties& from, std::string_view key) {
    if (const auto* logic = from.get(key)) {
      pending_.push_back({target, index, group, logic, from.at(key)});
    }
  }

  void section(const json& value, const std::string& pointer) {
    auto from = properties(value, pointer);
    const std::size_t index = form_.sections.size();
    Section& section = form_.sections.emplace_back();
    section.id = from.id("id", false);
    claim(section_ids_, section.id, from.at("id"));
    section.title = from.text("title", true);
    section.intro = from.text("intro", false);
    section.criterion = from.string("criterion", false);
    later(Pending::Target::section, index, none, from, "relevant");
    if (const auto* fields = from.list("fields")) {
      for (std::size_t i = 0; i < fields->size(); ++i) {
        const auto field_index =
            field((*fields)[i], from.at("fields") + "/" + std::to_string(i), index, none);
        form_.sections[index].fields.push_back(field_index);
      }
    } else {
      from.need("fields");
    }
    from.finish();
  }

  void claim(std::vector<std::string>& taken, const std::string& id,
             const std::string& pointer) {
    if (id.empty()) return;
    if (std::find(taken.begin(), taken.end(), id) != taken.end()) {
      lint_.add("definition.duplicate", pointer, values("value", id));
    }
    taken.push_back(id);
  }

  std::size_t field(const json& value, const std::string& pointer, std::size_t section,
                    std::size_t group) {
    auto from = properties(value, pointer);
    const std::size_t index = form_.fields.size();
    form_.fields.emplace_back();
    pointers_.push_back(pointer);

    Field field;
    field.section = section;
    field.group = group;
    field.id = from.id("id", false);
    claim(field_ids_, field.id, from.at("id"));
    field.kind = static_cast<FieldKind>(
        from.one_of("kind", {kind_names.begin(), kind_names.end()}, true));
    const bool note = field.kind == FieldKind::note;
    const bool computed = field.kind == FieldKind::computed;
    field.label = from.text("label", !note && !computed);
    later(Pending::Target::relevant, index, group, from, "relevant");
    if (note) {
      field.text = from.text("text", true);
    } else {
      field.hint = from.text("hint", false);
      field.help = from.text("help", false);
      field.jury = from.boolean("jury", true);
    }
    if (!note && !computed) {
      field.example = from.text("example", false);
      field.autocomplete = from.string("autocomplete", false);
      required(field, index, from);
    }
    of_kind(field, index, from);
    from.finish();
    if (field.kind == FieldKind::group) {
      group_fields(field, index, from, section);
    }
    form_.fields[index] = std::move(field);
    return index;
  }

  void required(Field& field, std::size_t index, Properties& from) {
    const auto* value = from.get("required");
    if (value == nullptr) return;
    if (value->is_boolean()) {
      field.required = value->get<bool>();
    } else {
      later(Pending::Target::required, index, field.group, from, "required");
    }
  }

  void group_fields(Field& field, std::size_t index, Properties& from,
                    std::size_t section) {
    const auto* fields = from.list("fields");
    if (fields == nullptr) {
      from.need("fields");
      return;
    }
    if (field.group != none) {
      lint_.add("definition.nesting", from.at("kind"));
      return;
    }
    for (std::size_t i = 0; i < fields->size(); ++i) {
      field.children.push_back(this->field(
          (*fields)[i], from.at("fields") + "/" + std::to_string(i), section, index));
    }
  }

  void of_kind(Field& field, std::size_t index, Properties& from) {
    switch (field.kind) {
      case FieldKind::line:
        answer(field, from, "plain");
        limits(field, from);
        break;
      case FieldKind::prose:
        answer(field, from, "either");
        limits(field, from);
        break;
      case FieldKind::place:
        answer(field, from, "both");
        break;
      case FieldKind::choice:
        options(field, from);
        break;
      case FieldKind::choices:
        options(field, from);
        how_many(field, from);
        break;
      case FieldKind::taxonomy:
        taxonomy(field, from);
        how_many(field, from);
        break;
      case FieldKind::number:
        field.min = from.number("min");
        field.max = from.number("max");
        field.decimals = static_cast<int>(
            std::min<std::uint64_t>(from.whole("decimals").value_or(0), 9));
        field.text = from.text("unit", false);
        ordered(field.min, field.max, from);
        break;
      case FieldKind::money:
        money(field, from);
        break;
      case FieldKind::period:
        field.by_month = from.one_of("precision", {"month", "date"}, false) == 0;
        field.open_end = from.boolean("open", false);
        dates(field, from, field.by_month);
        break;
      case FieldKind::date:
        dates(field, from, false);
        break;
      case FieldKind::month:
        dates(field, from, true);
        break;
      case FieldKind::yes_no:
        field.confirm = from.boolean("confirm", false);
        // What must be ticked is an answer that must be given.
        if (field.confirm && from.get("required") == nullptr) field.required = true;
        break;
      case FieldKind::identifier:
        schemes(field, from);
        break;
      case FieldKind::file:
        field.names = from.strings("types");
        if (field.names.empty() && from.get("types") == nullptr) from.need("types");
        file_size(field, from);
        how_many(field, from);
        if (!field.max) field.max = 1;
        break;
      case FieldKind::group:
        field.text = from.text("row", false);
        how_many(field, from);
        from.get("fields");
        break;
      case FieldKind::computed:
        from.need("value");
        later(Pending::Target::value, index, field.group, from, "value");
        break;
      default:
        break;
    }
  }

  void answer(Field& field, Properties& from, std::string_view otherwise) {
    std::vector<std::string_view> modes = {otherwise, "plain", "either", "both"};
    for (const auto& language : form_.languages) modes.emplace_back(language);
    const std::size_t chosen = from.one_of("answer", modes, false);
    const auto mode = modes[chosen];
    if (mode == "plain") return;
    if (mode == "either" || mode == "both") {
      field.answer = mode == "either" ? AnswerMode::either : AnswerMode::both;
      for (std::size_t i = 0; i < form_.languages.size(); ++i)
        field.languages.push_back(i);
    } else {
      field.answer = AnswerMode::single;
      field.languages = {chosen - 4};
    }
  }

  /// "150 words"; the unit's singular is taken too.
  std::optional<std::pair<std::size_t, Unit>> quantity(const json& value,
                                                       const std::string& pointer) {
    if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      const auto space = std::min(text.find(' '), text.size());
      const double n = ecmascript_to_number(text.substr(0, space));
      const std::string_view word =
          std::string_view(text).substr(std::min(space + 1, text.size()));
      for (std::size_t i = 0; i < unit_names.size(); ++i) {
        const bool same =
            word == unit_names[i] ||
            (i != 2 && word == unit_names[i].substr(0, unit_names[i].size() - 1));
        if (!same || space == 0 || !(n >= 1 && n <= 1e6 && n == std::floor(n))) continue;
        return std::pair{static_cast<std::size_t>(n), static_cast<Unit>(i)};
      }
    }
    lint_.add("definition.limit", pointer, values("value", value));
    return std::nullopt;
  }

  void limits(Field& field, Properties& from) {
    field.limits.resize(std::max<std::size_t>(1, field.languages.size()));
    std::vector<std::optional<Unit>> units(field.limits.size());
    for (const std::string_view key : {"min", "max"}) {
      const auto* value = from.get(key);
      if (value == nullptr) continue;
      const bool by_language = value->is_object() && !field.languages.empty();
      std::optional<Properties> parts;
      if (by_language) parts.emplace(*value, from.at(key), lint_, form_.languages);
      for (std::size_t i = 0; i < field.limits.size(); ++i) {
        const auto* one = value;
        std::string pointer = from.at(key);
        if (by_language) {
          const auto& language = form_.languages[field.languages[i]];
          one = parts->get(language);
          pointer = parts->at(language);
          if (one == nullptr) continue;
        }
        auto& limit = field.limits[i];
        const auto read = quantity(*one, pointer);
        if (!read) continue;
        if (units[i] && *units[i] != read->second) {
          lint_.add("definition.limit", pointer, values("value", *one));
          continue;
        }
        units[i] = limit.unit = read->second;
        (key == "min" ? limit.min : limit.max) = read->first;
        if (limit.min && limit.max && *limit.min > *limit.max) {
          lint_.add("definition.limit_order", pointer,
                    values("min", *limit.min, "max", *limit.max));
        }
      }
      if (parts) parts->finish();
    }
  }

  void ordered(const std::optional<double>& min, const std::optional<double>& max,
               Properties& from) {
    if (min && max && *min > *max) {
      lint_.add("definition.limit_order", from.at("max"),
                values("min", *min, "max", *max));
    }
  }

  void how_many(Field& field, Properties& from) {
    if (const auto min = from.whole("min")) field.min = static_cast<double>(*min);
    if (const auto max = from.whole("max")) field.max = static_cast<double>(*max);
    ordered(field.min, field.max, from);
  }

  void options(Field& field, Properties& from) {
    const auto* options = from.list("options");
    if (options == nullptr) {
      from.need("options");
      return;
    }
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < options->size(); ++i) {
      auto one = properties((*options)[i], from.at("options") + "/" + std::to_string(i));
      Option option;
      option.id = one.id("id", true);
      claim(ids, option.id, one.at("id"));
      option.label = one.text("label", true);
      option.hint = one.text("hint", false);
      one.finish();
      field.options.push_back(std::move(option));
    }
  }

  void taxonomy(Field& field, Properties& from) {
    field.list = from.string("list", true);
    const auto found =
        std::find_if(taxonomies_.begin(), taxonomies_.end(),
                     [&](const Taxonomy& t) { return t.id == field.list; });
    if (found == taxonomies_.end()) {
      if (field.list.empty()) return;
      std::vector<std::string_view> known;
      for (const auto& one : taxonomies_) known.emplace_back(one.id);
      lint_.add_unknown("definition.list", from.at("list"), field.list, known);
      return;
    }
    for (const auto& term : found->terms) {
      Option option{.id = term.id, .label = {}, .hint = {}, .parent = term.parent};
      for (const auto& language : form_.languages) {
        option.label.texts.push_back(term.label(language));
      }
      field.options.push_back(std::move(option));
    }
  }

  void money(Field& field, Properties& from) {
    field.names = from.strings("currencies");
    if (field.names.empty()) from.need("currencies");
    for (const auto& currency : field.names) {
      const bool code = currency.size() == 3 &&
                        std::all_of(currency.begin(), currency.end(),
                                    [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!code) {
        lint_.add_value(from.at("currencies"), currency, {"ISO 4217, e.g. EUR, CNY"});
      }
    }
    field.amounts.resize(field.names.size());
    for (const std::string_view key : {"min", "max"}) {
      const auto* value = from.get(key);
      if (value == nullptr) continue;
      auto parts = properties(*value, from.at(key));
      for (std::size_t i = 0; i < field.names.size(); ++i) {
        auto& [min, max] = field.amounts[i];
        (key == "min" ? min : max) = parts.number(field.names[i]);
        ordered(min, max, from);
      }
      parts.finish();
    }
  }

  void dates(Field& field, Properties& from, bool month) {
    for (const std::string_view key : {"min", "max"}) {
      auto& bound = key == "min" ? field.earliest : field.latest;
      bound = from.string(key, false);
      const bool good = bound.empty() || bound == "today" ||
                        (month ? parse_month(bound) : parse_date(bound)).has_value();
      if (!good) lint_.add("definition.limit", from.at(key), values("value", bound));
    }
    if (parse_date(field.earliest + (month ? "-01" : "")) &&
        field.earliest > field.latest && !field.latest.empty() &&
        field.latest != "today") {
      lint_.add("definition.limit_order", from.at("max"),
                values("min", field.earliest, "max", field.latest));
    }
  }

  void schemes(Field& field, Properties& from) {
    field.names = from.strings("schemes");
    if (field.names.empty()) from.need("schemes");
    for (const auto& scheme : field.names) {
      if (id_kind(scheme)) continue;
      lint_.add_value(from.at("schemes"), scheme,
                      {"uscc", "orcid", "ror", "lei", "pic", "vat"});
    }
  }

  /// A file that is larger than all together may be is taken by the field, and refused
  /// when handing in.
  void file_size(Field& field, Properties& from) {
    field.file_bytes =
        from.bytes("size", std::min<std::uint64_t>(10'000'000, attachments_));
    if (field.file_bytes <= attachments_) return;
    lint_.add("definition.file_size", from.at("size"),
              values("size", size_text(static_cast<double>(field.file_bytes)), "max",
                     size_text(static_cast<double>(attachments_))),
              Severity::warning);
  }

  void index_ids() {
    for (std::size_t i = 0; i < form_.fields.size(); ++i) {
      form_.by_id.emplace_back(form_.fields[i].id, i);
    }
    sort(form_.by_id);
  }

  void check(const json& value, const std::string& pointer) {
    auto from = properties(value, pointer);
    const std::string id = from.id("id", false);
    claim(check_ids_, id, from.at("id"));
    auto message = from.text("message", true);
    const auto severity = static_cast<Severity>(
        from.one_of("severity", {"error", "warning", "hint"}, false));
    const std::string shown_at = from.string("at", false);
    const auto* logic = from.need("rule");
    from.finish();
    if (logic == nullptr) return;

    // A check belongs to the group whose fields it names.
    auto bound = compile_rule(*logic, from.at("rule"), any_group, form_, lint_);
    if (!bound) return;
    std::size_t group = none;
    std::size_t first = none;
    for (const auto place : bound->reads) {
      const auto& field = form_.fields[place % form_.fields.size()];
      if (first == none) first = place % form_.fields.size();
      if (field.group == none) continue;
      if (group != none && group != field.group) {
        lint_.add("definition.rule", from.at("rule"),
                  values("message", "reads fields of two groups"));
      }
      group = field.group;
    }
    if (!shown_at.empty()) {
      first = form_.field(shown_at);
      if (first == none)
        lint_.add("definition.unknown_field", from.at("at"), values("name", shown_at));
    } else if (first == none) {
      lint_.add("definition.missing", pointer, values("name", "at"));
    }
    if (first == none) return;
    if (form_.fields[first].group != group) {
      // What is asked once cannot show in a row, nor the other way round.
      if (!shown_at.empty()) {
        const auto allowed = group == none ? "a field outside groups"
                                           : "a field of " + form_.fields[group].id;
        lint_.add_value(from.at("at"), shown_at, {allowed});
      }
      const auto in_group =
          std::find_if(bound->reads.begin(), bound->reads.end(), [&](std::size_t place) {
            return form_.fields[place % form_.fields.size()].group == group;
          });
      if (in_group != bound->reads.end()) first = *in_group % form_.fields.size();
    }
    form_.checks.push_back({.id = id,
                            .rule = std::move(*bound),
                            .message = std::move(message),
                            .severity = severity,
                            .at = first,
                            .group = group});
  }

  void compile_pending() {
    for (const auto& waiting : pending_) {
      auto rule =
          compile_rule(*waiting.logic, waiting.pointer, waiting.group, form_, lint_);
      switch (waiting.target) {
        case Pending::Target::section:
          form_.sections[waiting.index].relevant_when = std::move(rule);
          break;
        case Pending::Target::relevant:
          form_.fields[waiting.index].relevant_when = std::move(rule);
          break;
        case Pending::Target::required:
          form_.fields[waiting.index].required_when = std::move(rule);
          break;
        case Pending::Target::value:
          form_.fields[waiting.index].value = std::move(rule);
          break;
        default:
          break;
      }
    }
  }

  FormDefinition& form_;
  std::span<const Taxonomy> taxonomies_;
  std::uint64_t attachments_;
  Lint& lint_;
  std::vector<Pending> pending_;
  std::vector<std::string> pointers_;  ///< By field.
  std::vector<std::string> section_ids_;
  std::vector<std::string> field_ids_;
  std::vector<std::string> check_ids_;
};

}  // namespace

std::string_view name(FieldKind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::size_t FormDefinition::field(std::string_view wanted) const {
  const auto at = std::lower_bound(
      by_id.begin(), by_id.end(), wanted,
      [](const auto& entry, std::string_view name) { return entry.first < name; });
  return at != by_id.end() && at->first == wanted ? at->second : none;
}

std::vector<std::string> definition_languages(const json& root, Lint& lint) {
  std::vector<std::string> languages;
  Properties from(root, "", lint, languages);
  auto found = from.strings("languages");
  if (found.empty()) from.need("languages");
  for (const auto& tag : found) {
    const bool good = !tag.empty() && tag.size() <= 35 &&
                      std::all_of(tag.begin(), tag.end(), [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '-';
                      });
    if (!good) lint.add("definition.id", "/languages", values("value", tag));
  }
  return found;
}

void compile_form(Properties& root, std::span<const Taxonomy> taxonomies,
                  std::uint64_t attachments, FormDefinition& form) {
  FormReader(form, taxonomies, attachments, root.lint()).read(root);
}

}  // namespace hezuo
