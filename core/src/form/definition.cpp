#include "definition.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../number.hpp"
#include "../sort.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;
using enum Need;

constexpr const char* kind_names =
    "line|prose|choice|choices|taxonomy|number|money|date|month|period|yes-no|email|"
    "phone|"
    "url|identifier|country|place|file|group|computed|note";

constexpr const char* capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

constexpr const char* unit_names = "graphemes|words|han|characters|bytes";

using RulePointer = std::unique_ptr<const BoundRule>;

/// A rule that waits until all fields are known.
struct Pending {
  RulePointer* rule = nullptr;  ///< Where it goes.
  std::size_t group = none;
  const json* logic = nullptr;
  std::string pointer;
};

/// How many fields there are below a list, which is of sections (level 0), of their
/// fields (1) or of those of a group (2), where no group may be.
std::size_t count_fields(const json& list, int level) {
  if (!list.is_array()) return 0;
  std::size_t n = level == 0 ? 0 : list.size();
  // NOLINTNEXTLINE(modernize-loop-convert): nlohmann's iterators cost more code.
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json& item = list[i];
    const auto fields = item.find("fields");
    if (fields == item.end()) continue;
    const auto* kind = string_at(item, "kind");
    const bool group = level == 1 && kind != nullptr && *kind == "group";
    if (group || level == 0) n += count_fields(*fields, level + 1);
  }
  return n;
}

class FormReader {
 public:
  FormReader(FormDefinition& form, std::span<const Taxonomy> taxonomies,
             std::uint64_t attachments, Lint& lint)
      : form_(form), taxonomies_(taxonomies), attachments_(attachments), lint_(lint) {}

  void read(Properties& root) {
    root.text("title", must, form_.title);
    root.text("intro", may, form_.intro);
    sets(root);
    sections(root);
    index_ids();
    checks(root);
    for (std::size_t i = 0; i < pending_used_; ++i) {
      const auto& waiting = pending_[i];
      *waiting.rule =
          compile_rule(*waiting.logic, waiting.pointer, waiting.group, form_, lint_);
    }
    compile_order(form_, lint_);
  }

 private:
  void sets(Properties& root) {
    form_.sets = json::object();
    const auto* sets = root.get("sets");
    if (sets == nullptr) return;
    Properties named(root, "sets", *sets);
    if (!sets->is_object()) return;
    for (const auto& [name, members] : sets->get_ref<const json::object_t&>()) {
      std::vector<std::string> strings;
      named.strings(name, may, strings);
      form_.sets[name] = std::move(strings);
    }
  }

  /// Makes room for all sections, fields and rules at once, so that none ever moves.
  void sections(Properties& root) {
    Items items(root, "sections", must);
    form_.sections.make(items.size());
    const std::size_t fields =
        items.size() == 0 ? 0 : count_fields(*root.get("sections"), 0);
    form_.fields.make(fields);
    pending_.make(items.size() + 2 * fields);
    std::vector<std::string> ids;
    for (std::size_t i = 0; auto* from = items.next(); ++i) {
      Section& section = form_.sections[i];
      from->id(IdStyle::name, ids, section.id);
      from->text("title", must, section.title);
      from->text("intro", may, section.intro);
      section.criterion = from->string("criterion", may);
      later(*from, "relevant", from->get("relevant"), none, section.relevant_when);
      this->fields(*from, i, none, section.fields);
      from->finish();
    }
  }

  void later(Properties& from, const char* key, const json* logic, std::size_t group,
             RulePointer& rule) {
    if (logic == nullptr) return;
    auto& waiting = pending_[pending_used_++];
    waiting.rule = &rule;
    waiting.group = group;
    waiting.logic = logic;
    waiting.pointer = from.at(key);
  }

  void fields(Properties& from, std::size_t section, std::size_t group,
              std::vector<std::size_t>& indices) {
    Items items(from, "fields", must);
    if (group != none && form_.fields[group].group != none && items.size() > 0) {
      from.add("definition.nesting", "kind");
      return;
    }
    while (auto* one = items.next()) {
      indices.push_back(next_field_);
      field(*one, section, group);
    }
  }

  void field(Properties& from, std::size_t section, std::size_t group) {
    const std::size_t index = next_field_++;
    Field& field = form_.fields[index];
    field.section = section;
    field.group = group;
    from.id(IdStyle::name, field_ids_, field.id);
    field.kind = static_cast<FieldKind>(from.one_of("kind", kind_names, must));
    const bool note = field.kind == FieldKind::note;
    const bool asked = !note && field.kind != FieldKind::computed;
    from.text("label", asked ? must : may, field.label);
    later(from, "relevant", from.get("relevant"), group, field.relevant_when);
    if (note) {
      from.text("text", must, field.text);
    } else {
      from.text("hint", may, field.hint);
      from.text("help", may, field.help);
      from.truth("jury", field.jury);
    }
    if (asked) {
      from.text("example", may, field.example);
      field.autocomplete = from.string("autocomplete", may);
      later(from, "required", from.truth_or_rule("required", field.required), group,
            field.required_when);
    }
    of_kind(field, from);
    from.finish();
    if (field.kind == FieldKind::group) fields(from, section, index, field.children);
  }

  void of_kind(Field& field, Properties& from) {
    switch (field.kind) {
      case FieldKind::line:
        answer(field, from, "plain|plain|either|both", AnswerMode::plain);
        limits(field, from);
        break;
      case FieldKind::prose:
        answer(field, from, "either|plain|either|both", AnswerMode::either);
        limits(field, from);
        break;
      case FieldKind::place:
        answer(field, from, "both|plain|either|both", AnswerMode::both);
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
        number(field, from);
        break;
      case FieldKind::money:
        money(field, from);
        break;
      case FieldKind::period:
        field.by_month = from.one_of("precision", "month|date", may) == 0;
        from.truth("open", field.open_end);
        dates(field, from, field.by_month);
        break;
      case FieldKind::date:
        dates(field, from, false);
        break;
      case FieldKind::month:
        dates(field, from, true);
        break;
      case FieldKind::yes_no:
        from.truth("confirm", field.confirm);
        // What must be ticked is an answer that must be given.
        if (field.confirm && from.get("required") == nullptr) field.required = true;
        break;
      case FieldKind::identifier:
        schemes(field, from);
        break;
      case FieldKind::file:
        from.strings("types", must, field.names);
        file_size(field, from);
        how_many(field, from);
        if (!field.max) field.max = 1;
        break;
      case FieldKind::group:
        from.text("row", may, field.text);
        how_many(field, from);
        from.get("fields");
        break;
      case FieldKind::computed:
        later(from, "value", from.get("value", must), field.group, field.value);
        break;
      default:
        break;
    }
  }

  /// `modes` are the default, which is `otherwise`, and all that there are.
  void answer(Field& field, Properties& from, const char* modes, AnswerMode otherwise) {
    auto allowed = split(modes);
    for (const auto& language : form_.languages) allowed.push_back(language);
    const std::size_t chosen = from.one_of("answer", allowed, may);
    field.answer = chosen == 0  ? otherwise
                   : chosen < 4 ? static_cast<AnswerMode>(chosen - 1)
                                : AnswerMode::single;
    if (field.answer == AnswerMode::plain) return;
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
      if (chosen < 4 || chosen - 4 == i) field.languages.push_back(i);
    }
  }

  void limits(Field& field, Properties& from) {
    field.limits.make(std::max<std::size_t>(1, field.languages.size()));
    for (const char* key : {"min", "max"}) {
      const auto* value = from.get(key);
      if (value == nullptr) continue;
      if (!value->is_object() || field.languages.empty()) {
        for (auto& one : field.limits) limit(one, key, from, key);
        continue;
      }
      Properties parts(from, key, *value);
      for (std::size_t i = 0; i < field.limits.size(); ++i) {
        limit(field.limits[i], key, parts, form_.languages[field.languages[i]]);
      }
      parts.finish();
    }
  }

  /// Reads the property `key`, "150 words", as the least or the most of a text; the
  /// unit's singular is taken too. Both are in the same unit.
  static void limit(TextLimit& limit, std::string_view bound, Properties& from,
                    std::string_view key) {
    const auto* value = from.get(key);
    if (value == nullptr) return;
    if (value->is_string()) {
      const std::string_view text = value->get_ref<const std::string&>();
      const auto space = std::min(text.find(' '), text.size());
      const double n = ecmascript_to_number(text.substr(0, space));
      const auto unit = unit_of(text.substr(std::min(space + 1, text.size())));
      const bool other = limit.min && limit.unit != unit;
      if (unit && space > 0 && n >= 1 && n <= 1e6 && n == std::floor(n) && !other) {
        limit.unit = *unit;
        (bound == "min" ? limit.min : limit.max) = static_cast<std::size_t>(n);
        if (limit.min && limit.max && *limit.min > *limit.max) {
          from.add_order(key, static_cast<double>(*limit.min),
                         static_cast<double>(*limit.max));
        }
        return;
      }
    }
    from.lint().add("definition.limit", from.at(key), values("value", *value));
  }

  static std::optional<Unit> unit_of(std::string_view name) {
    const auto names = split(unit_names);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto unit = static_cast<Unit>(i);
      const auto singular = names[i].substr(0, names[i].size() - 1);
      if (name == names[i] || (name == singular && unit != Unit::han)) return unit;
    }
    return std::nullopt;
  }

  static void ordered(const std::optional<double>& min, const std::optional<double>& max,
                      Properties& from) {
    if (min && max && *min > *max) from.add_order("max", *min, *max);
  }

  static void number(Field& field, Properties& from) {
    from.number("min", field.min);
    from.number("max", field.max);
    std::optional<double> decimals;
    from.whole("decimals", decimals);
    field.decimals = static_cast<int>(std::min(decimals.value_or(0), 9.0));
    from.text("unit", may, field.text);
    ordered(field.min, field.max, from);
  }

  static void how_many(Field& field, Properties& from) {
    from.whole("min", field.min);
    from.whole("max", field.max);
    ordered(field.min, field.max, from);
  }

  static void options(Field& field, Properties& from) {
    Items items(from, "options", must);
    field.options.make(items.size());
    std::vector<std::string> ids;
    for (auto& option : field.options) {
      auto& one = *items.next();
      one.id(IdStyle::tag, ids, option.id);
      one.text("label", must, option.label);
      one.text("hint", may, option.hint);
      one.finish();
    }
  }

  void taxonomy(Field& field, Properties& from) {
    field.list = from.string("list", must);
    Names known;
    for (const auto& taxonomy : taxonomies_) {
      known.push_back(taxonomy.id);
      if (taxonomy.id != field.list) continue;
      field.options.make(taxonomy.terms.size());
      for (std::size_t i = 0; i < taxonomy.terms.size(); ++i) {
        const auto& term = taxonomy.terms[i];
        Option& option = field.options[i];
        option.id = term.id;
        option.parent = term.parent;
        for (const auto& language : form_.languages) {
          option.label.texts.push_back(term.label(language));
        }
      }
      return;
    }
    if (!field.list.empty()) {
      lint_.add_unknown("definition.list", from.at("list"), field.list, known);
    }
  }

  void money(Field& field, Properties& from) {
    from.strings("currencies", must, field.names);
    for (const auto& currency : field.names) {
      if (currency.size() != 3 || !consists_of(currency, capitals)) {
        from.add_value("currencies", currency, "ISO 4217, e.g. EUR, CNY");
      }
    }
    field.amounts.make(field.names.size());
    for (const std::string_view key : {"min", "max"}) {
      const auto* value = from.get(key);
      if (value == nullptr) continue;
      Properties parts(from, key, *value);
      for (std::size_t i = 0; i < field.names.size(); ++i) {
        auto& [min, max] = field.amounts[i];
        parts.number(field.names[i], key == "min" ? min : max);
        ordered(min, max, from);
      }
      parts.finish();
    }
  }

  static void date(const char* key, Properties& from, bool month, std::string& bound) {
    bound = from.string(key, may);
    if (bound.empty() || bound == "today") return;
    const auto read = month ? parse_month(bound) : parse_date(bound);
    if (!read) from.add("definition.limit", key, bound);
  }

  void dates(Field& field, Properties& from, bool month) {
    date("min", from, month, field.earliest);
    date("max", from, month, field.latest);
    const auto& first = field.earliest;
    const auto& last = field.latest;
    if (first > last && !last.empty() && last != "today" &&
        parse_date(first + (month ? "-01" : ""))) {
      lint_.add("definition.limit_order", from.at("max"), "min", first, "max", last);
    }
  }

  void schemes(Field& field, Properties& from) {
    from.strings("schemes", must, field.names);
    for (const auto& scheme : field.names) {
      if (id_kind(scheme)) continue;
      from.add_value("schemes", scheme, "uscc|orcid|ror|lei|pic|vat");
    }
  }

  /// A file that is larger than all together may be is taken by the field, and refused
  /// when handing in.
  void file_size(Field& field, Properties& from) {
    field.file_bytes = std::min<std::uint64_t>(10'000'000, attachments_);
    from.bytes("size", field.file_bytes);
    if (field.file_bytes <= attachments_) return;
    lint_.add("definition.file_size", from.at("size"), "size",
              size_text(static_cast<double>(field.file_bytes)), "max",
              size_text(static_cast<double>(attachments_)), Severity::warning);
  }

  void index_ids() {
    form_.by_id = std::vector<std::size_t>(form_.fields.size());
    std::iota(form_.by_id.begin(), form_.by_id.end(), 0);
    sort(form_.by_id, [this](std::size_t a, std::size_t b) {
      const int order = form_.fields[a].id.compare(form_.fields[b].id);
      return order < 0 || (order == 0 && a < b);
    });
  }

  void checks(Properties& root) {
    Items items(root, "checks", may);
    form_.checks.make(items.size());
    std::size_t used = 0;
    std::vector<std::string> ids;
    while (auto* one = items.next()) {
      if (check(form_.checks[used], *one, ids)) ++used;
    }
    form_.checks.shorten(used);
  }

  bool check(Check& check, Properties& from, std::vector<std::string>& ids) {
    from.id(IdStyle::name, ids, check.id);
    from.text("message", must, check.message);
    check.severity =
        static_cast<Severity>(from.one_of("severity", "error|warning|hint", may));
    const auto& shown_at = from.string("at", may);
    const auto* logic = from.get("rule", must);
    from.finish();
    if (logic == nullptr) return false;

    // A check belongs to the group whose fields it names.
    check.rule = compile_rule(*logic, from.at("rule"), any_group, form_, lint_);
    if (check.rule == nullptr) return false;
    const auto& reads = check.rule->reads;
    std::size_t group = none;
    std::size_t first = none;
    for (const auto place : reads) {
      const auto index = place % form_.fields.size();
      const auto in = form_.fields[index].group;
      if (first == none) first = index;
      if (in == none) continue;
      if (group != none && group != in) {
        lint_.add("definition.rule", from.at("rule"), "message",
                  "reads fields of two groups");
      }
      group = in;
    }
    if (!shown_at.empty()) {
      first = form_.field(shown_at);
      if (first == none) {
        lint_.add("definition.unknown_field", from.at("at"), "name", shown_at);
      }
    } else if (first == none) {
      lint_.add("definition.missing", from.pointer(), "name", "at");
    }
    if (first == none) return false;
    if (form_.fields[first].group != group) {
      // What is asked once cannot show in a row, nor the other way round.
      if (!shown_at.empty()) {
        const auto allowed = group == none ? "a field outside groups"
                                           : "a field of " + form_.fields[group].id;
        lint_.add_value(from.at("at"), shown_at, {allowed});
      }
      for (const auto place : reads) {
        first = place % form_.fields.size();
        if (form_.fields[first].group == group) break;
      }
    }
    check.at = first;
    check.group = group;
    return true;
  }

  FormDefinition& form_;
  std::span<const Taxonomy> taxonomies_;
  std::uint64_t attachments_;
  Lint& lint_;
  Array<Pending> pending_;
  std::size_t pending_used_ = 0;
  std::size_t next_field_ = 0;
  std::vector<std::string> field_ids_;
};

}  // namespace

std::string_view name(FieldKind kind) noexcept {
  return word(kind_names, static_cast<std::size_t>(kind));
}

std::size_t FormDefinition::field(std::string_view wanted) const {
  const auto at = std::lower_bound(by_id.begin(), by_id.end(), wanted,
                                   [this](std::size_t index, std::string_view name) {
                                     return fields[index].id < name;
                                   });
  return at != by_id.end() && fields[*at].id == wanted ? *at : none;
}

void read_languages(Properties& root, std::vector<std::string>& languages) {
  root.strings("languages", must, languages);
  for (const auto& tag : languages) {
    const bool good =
        !tag.empty() && tag.size() <= 35 &&
        consists_of(tag,
                    "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (!good) root.add("definition.id", "languages", tag);
  }
}

void compile_form(Properties& root, std::span<const Taxonomy> taxonomies,
                  std::uint64_t attachments, FormDefinition& form) {
  FormReader(form, taxonomies, attachments, root.lint()).read(root);
}

}  // namespace hezuo
