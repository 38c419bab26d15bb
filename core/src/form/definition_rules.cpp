#include <algorithm>
#include <array>

#include "definition.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// What a variable holds, as far as its operators care.
enum class Shape : std::uint8_t { unknown, text, number, truth, compound };

/// What rules see of a field.
struct View {
  /// Names of its parts; "0" for positions, "@" for its languages, "$" for its currencies
  /// and "on", "*" for whatever there is.
  const char* parts;
  Shape whole;
  Shape part;
};
using enum Shape;
constexpr auto views = std::to_array<View>({
    {"@", text, text},                         // line; compound if it has languages
    {"@", text, text},                         // prose; the same
    {"", text, text},                          // choice
    {"0", compound, unknown},                  // choices
    {"0", compound, unknown},                  // taxonomy
    {"", number, number},                      // number
    {"$", compound, number},                   // money
    {"", text, text},                          // date
    {"", text, text},                          // month
    {"start|end", compound, unknown},          // period
    {"", truth, truth},                        // yes-no
    {"", text, text},                          // email
    {"", text, text},                          // phone
    {"", text, text},                          // url
    {"scheme|value", compound, unknown},       // identifier
    {"", text, text},                          // country
    {"country|name|code", compound, unknown},  // place
    {"0", compound, unknown},                  // file
    {"0", compound, unknown},                  // group
    {"*", unknown, unknown},                   // computed
    {"", text, text},                          // note
});

/// Checks one rule against the fields that there are.
class RuleReader {
 public:
  RuleReader(const FormDefinition& form, std::size_t group, Lint& lint)
      : form_(form), group_(group), lint_(lint) {}

  /// Whether `variable`, at `pointer`, can be read where the rule stands.
  bool readable(const Rule::Variable& variable, const std::string& pointer) {
    std::size_t over = none;
    std::string_view name = variable.name;
    if (variable.element) {
      // An element: of a group's rows, or of something that we do not look into.
      over = form_.field(variable.element_of);
      if (over == none || form_.fields[over].kind != FieldKind::group) return true;
      name = without_current(name);
      if (name == "row" || name == "current" || name == "accumulator") return true;
    }
    // All answers at once: its caller refuses that.
    if (name.empty()) return true;
    const Path path = path_of(name);
    if (path.field != nullptr) {
      const auto group = path.field->group;
      const bool here = variable.element ? group == over
                                         : path.field->kind != FieldKind::note &&
                                               (group == none || group == group_ ||
                                                group_ == any_group);
      if (here && (path.whole || has_part(*path.field, path.part))) return true;
    }
    Names known;
    for (const auto& field : form_.fields) known.push_back(field.id);
    lint_.add_unknown("definition.unknown_field", pointer, name, known);
    return false;
  }

  /// Looks for comparisons with what a field can never be, and for operators that do not
  /// take what a field holds.
  void types(const json& logic, const std::string& pointer) {
    if (logic.is_array()) {
      for (std::size_t i = 0; i < logic.size(); ++i) {
        types(logic[i], pointer_to(pointer, i));
      }
      return;
    }
    if (!logic.is_object() || logic.size() != 1) return;
    const auto& [name, arguments] = *logic.get_ref<const json::object_t&>().begin();
    const std::string inside = pointer + "/" + escape_pointer(name);
    if (arguments.is_array()) {
      options(name, arguments, inside);
      operands(name, arguments, inside);
    }
    types(arguments, inside);
  }

 private:
  /// "field" or "field.part", and perhaps more behind it.
  struct Path {
    const Field* field;  ///< Null where there is none of that id.
    bool whole;
    std::string_view part;
  };
  [[nodiscard]] Path path_of(std::string_view name) const {
    const auto dot = std::min(name.find('.'), name.size());
    const auto index = form_.field(name.substr(0, dot));
    const bool whole = dot == name.size();
    const auto rest = name.substr(whole ? dot : dot + 1);
    return {index == none ? nullptr : &form_.fields[index], whole,
            rest.substr(0, rest.find('.'))};
  }

  static std::string_view without_current(std::string_view name) {
    return name.starts_with("current.") ? name.substr(8) : name;
  }

  static bool among(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  [[nodiscard]] bool has_part(const Field& field, std::string_view part) const {
    const char* parts = views[static_cast<std::size_t>(field.kind)].parts;
    switch (*parts) {
      case '\0':
        return false;
      case '*':
        return true;
      case '0':
        return !part.empty() && consists_of(part, "0123456789");
      case '@':
        return !field.languages.empty() && among(form_.languages, part);
      case '$':
        return part == "on" || among(field.names, part);
      default:
        return index_in(parts, part) != none;
    }
  }

  /// The field that {"var": "id"} or {"var": "id.part"} reads here, and its shape.
  [[nodiscard]] std::pair<const Field*, Shape> variable(const json& logic) const {
    const auto* name = logic.size() == 1 ? string_at(logic, "var") : nullptr;
    if (name == nullptr) return {nullptr, unknown};
    const Path path = path_of(without_current(*name));
    if (path.field == nullptr) return {nullptr, unknown};
    const auto& view = views[static_cast<std::size_t>(path.field->kind)];
    if (!path.whole) return {path.field, view.part};
    const bool by_language = *view.parts == '@' && !path.field->languages.empty();
    return {path.field, by_language ? compound : view.whole};
  }

  void option(const Field& field, const json& value, const std::string& pointer) {
    // Only fields of a closed list have options.
    if (!value.is_string() || field.options.empty()) return;
    const auto& wanted = value.get_ref<const std::string&>();
    for (const auto& known : field.options) {
      if (known.id == wanted) return;
    }
    lint_.add("definition.option", pointer, "value", wanted, "field", field.id);
  }

  void options(std::string_view name, const json& arguments, const std::string& pointer) {
    const auto at = index_in("in|==|===|!=|!==", name);
    if (at == none || arguments.size() != 2) return;
    for (std::size_t side = 0; side < 2; ++side) {
      const auto* field = variable(arguments[side]).first;
      if (field == nullptr) continue;
      const json& other = arguments[1 - side];
      const std::string there = pointer_to(pointer, 1 - side);
      if (!other.is_array()) {
        option(*field, other, there);
      } else if (at == 0) {
        for (std::size_t i = 0; i < other.size(); ++i) {
          option(*field, other[i], pointer_to(there, i));
        }
      }
    }
  }

  void operands(const std::string& name, const json& arguments,
                const std::string& pointer) {
    const auto at = index_in("<|<=|>|>=|+|-|*|/|%|min|max", name);
    if (at == none) return;
    const bool compares = at < 4;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto [field, shape] = variable(arguments[i]);
      if (shape == unknown || shape == number || (shape == text && compares)) continue;
      lint_.add("definition.operand", pointer_to(pointer, i), "operator", name, "field",
                field->id);
    }
  }

  const FormDefinition& form_;
  std::size_t group_;
  Lint& lint_;
};

/// The places that make the value of `place`, or its relevance.
std::vector<std::size_t> read_by(const FormDefinition& form, std::size_t place) {
  const std::size_t count = form.fields.size();
  if (place >= count) {
    auto rows = form.fields[place - count].children;
    rows.push_back(place - count);
    return rows;
  }

  const Field& field = form.fields[place];
  std::vector<std::size_t> places;
  for (const auto* rule : {&form.sections[field.section].relevant_when,
                           &field.relevant_when, &field.value}) {
    if (*rule == nullptr) continue;
    for (const auto read : (*rule)->reads) places.push_back(read);
  }
  if (field.group != none) places.push_back(field.group);
  return places;
}

/// Where a field stands in the definition.
std::string pointer_of(const FormDefinition& form, std::size_t index) {
  const Field& field = form.fields[index];
  const bool top = field.group == none;
  const auto& siblings =
      top ? form.sections[field.section].fields : form.fields[field.group].children;
  std::size_t position = 0;
  while (siblings[position] != index) ++position;
  return pointer_to(
      (top ? pointer_to("/sections", field.section) : pointer_of(form, field.group)) +
          "/fields",
      position);
}

/// Follows what is read, from a place that is on a cycle or behind one, until a place
/// comes again, and says the way round. What waits for nothing is not on a cycle.
std::string describe_cycle(const FormDefinition& form,
                           const std::vector<std::size_t>& waiting, std::size_t place) {
  const auto next = [&](std::size_t from) {
    for (const auto read : read_by(form, from)) {
      if (waiting[read] > 0) return read;
    }
    return from;
  };
  std::vector<std::size_t> seen(waiting.size());
  while (seen[place]++ == 0) place = next(place);
  const auto name = [&] { return form.fields[place % form.fields.size()].id; };
  std::string text = name();
  const std::size_t start = place;
  do {
    place = next(place);
    text += " > " + name();
  } while (place != start);
  return text;
}

}  // namespace

std::unique_ptr<const BoundRule> compile_rule(const json& logic,
                                              const std::string& pointer,
                                              std::size_t group,
                                              const FormDefinition& form, Lint& lint) {
  auto compiled = Rule::compile(logic, {.sets = &form.sets});
  if (!compiled) {
    lint.add("definition.rule", pointer + compiled.error().path, "message",
             compiled.error().message);
    return nullptr;
  }
  std::unique_ptr<BoundRule> bound(
      new BoundRule{.rule = *std::move(compiled), .reads = {}});

  RuleReader reader(form, group, lint);
  bool good = true;
  for (const auto& variable : bound->rule.variables()) {
    good = reader.readable(variable, pointer + variable.pointer) && good;
  }
  reader.types(logic, pointer);
  for (const auto& root : bound->rule.roots()) {
    const auto index = form.field(root);
    if (index == none) {
      if (good) lint.add("definition.rule", pointer, "message", "reads all answers");
      return nullptr;
    }
    const bool rows = form.fields[index].kind == FieldKind::group;
    bound->reads.push_back(rows ? form.fields.size() + index : index);
  }
  if (!good) return nullptr;
  return bound;
}

void compile_order(FormDefinition& form, Lint& lint) {
  const std::size_t count = form.fields.size();
  const std::size_t places = 2 * count;
  form.dependents.make(places);
  std::vector<std::size_t> waiting(places);
  for (std::size_t place = 0; place < places; ++place) {
    for (const auto read : read_by(form, place)) {
      form.dependents[read].values.push_back(place);
      ++waiting[place];
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (form.fields[i].required_when == nullptr) continue;
    for (const auto read : form.fields[i].required_when->reads) {
      form.dependents[read].required.push_back(i);
    }
  }
  for (std::size_t i = 0; i < form.checks.size(); ++i) {
    form.fields[form.checks[i].at].checks.push_back(i);
    for (const auto read : form.checks[i].rule->reads) {
      form.dependents[read].checks.push_back(i);
    }
  }

  // Kahn, "Topological sorting of large networks", 1962.
  for (std::size_t place = 0; place < places; ++place) {
    if (waiting[place] == 0) form.order.push_back(place);
  }
  form.rank = std::vector<std::size_t>(places);
  for (std::size_t next = 0; next < form.order.size(); ++next) {
    const auto done = form.order[next];
    form.rank[done] = next;
    for (const auto place : form.dependents[done].values) {
      if (--waiting[place] == 0) form.order.push_back(place);
    }
  }
  for (std::size_t place = 0; place < places; ++place) {
    if (waiting[place] == 0) continue;
    lint.add("definition.cycle", pointer_of(form, place % count), "path",
             describe_cycle(form, waiting, place));
    return;
  }
}

}  // namespace hezuo
