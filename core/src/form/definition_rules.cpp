#include <algorithm>
#include <array>

#include "definition.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

bool is_index(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
}

/// What a variable holds, as far as its operators care.
enum class Shape : std::uint8_t { unknown, text, number, truth, compound };

/// Checks one rule against the fields that there are.
class RuleReader {
 public:
  RuleReader(const FormDefinition& form, std::size_t group, Lint& lint)
      : form_(form), group_(group), lint_(lint) {}

  /// Whether `variable`, at `pointer`, can be read where the rule stands.
  bool readable(const Rule::Variable& variable, const std::string& pointer) {
    std::string_view name = variable.name;
    if (!variable.element) {
      // All answers at once: its caller refuses that.
      if (name.empty()) return true;
      const auto index = form_.field(name.substr(0, name.find('.')));
      if (index == none || form_.fields[index].kind == FieldKind::note) {
        return unknown(name, pointer);
      }
      const auto& field = form_.fields[index];
      if (field.group != none && field.group != group_ && group_ != any_group) {
        return unknown(name, pointer);
      }
      return part(field, name, pointer);
    }

    // An element: of a group's rows, or of something that we do not look into.
    const auto over = form_.field(variable.element_of);
    if (over == none || form_.fields[over].kind != FieldKind::group) return true;
    if (name.starts_with("current.")) name.remove_prefix(8);
    if (name.empty() || name == "row" || name == "current" || name == "accumulator") {
      return true;
    }
    const auto index = form_.field(name.substr(0, name.find('.')));
    if (index == none || form_.fields[index].group != over) return unknown(name, pointer);
    return part(form_.fields[index], name, pointer);
  }

  /// Looks for comparisons with what a field can never be, and for operators that do not
  /// take what a field holds.
  void types(const json& logic, const std::string& pointer) {
    if (logic.is_array()) {
      for (std::size_t i = 0; i < logic.size(); ++i) {
        types(logic[i], pointer + "/" + std::to_string(i));
      }
      return;
    }
    if (!logic.is_object() || logic.size() != 1) return;
    const std::string& name = logic.begin().key();
    const json& arguments = logic.begin().value();
    const std::string inside = pointer + "/" + escape_pointer(name);
    if (arguments.is_array()) {
      options(name, arguments, inside);
      operands(name, arguments, inside);
    }
    types(arguments, inside);
  }

 private:
  bool unknown(std::string_view name, const std::string& pointer) {
    std::vector<std::string_view> known;
    for (const auto& field : form_.fields) known.emplace_back(field.id);
    lint_.add_unknown("definition.unknown_field", pointer, name, known);
    return false;
  }

  /// Whether a field has the part that follows its id in `name`.
  bool part(const Field& field, std::string_view name, const std::string& pointer) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return true;
    const auto rest = name.substr(dot + 1);
    const auto first = rest.substr(0, rest.find('.'));
    const auto has = [first](std::initializer_list<std::string_view> parts) {
      return std::find(parts.begin(), parts.end(), first) != parts.end();
    };
    const auto among = [first](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), first) != names.end();
    };
    bool good = false;
    switch (field.kind) {
      case FieldKind::line:
      case FieldKind::prose:
        good = !field.languages.empty() && among(form_.languages);
        break;
      case FieldKind::money:
        good = first == "on" || among(field.names);
        break;
      case FieldKind::period:
        good = has({"start", "end"});
        break;
      case FieldKind::identifier:
        good = has({"scheme", "value"});
        break;
      case FieldKind::place:
        good = has({"country", "name", "code"});
        break;
      case FieldKind::computed:
        good = true;
        break;
      case FieldKind::choices:
      case FieldKind::taxonomy:
      case FieldKind::file:
      case FieldKind::group:
        good = is_index(first);
        break;
      default:
        break;
    }
    return good || unknown(name, pointer);
  }

  /// The field that {"var": "id"} or {"var": "id.part"} reads here, and its shape.
  [[nodiscard]] std::pair<const Field*, Shape> variable(const json& logic) const {
    if (!logic.is_object() || logic.size() != 1) return {nullptr, Shape::unknown};
    const auto var = logic.find("var");
    if (var == logic.end() || !var->is_string()) return {nullptr, Shape::unknown};
    std::string_view name = var->get_ref<const std::string&>();
    if (name.starts_with("current.")) name.remove_prefix(8);
    const auto index = form_.field(name.substr(0, name.find('.')));
    if (index == none) return {nullptr, Shape::unknown};
    const Field& field = form_.fields[index];
    const bool whole = name.find('.') == std::string_view::npos;
    switch (field.kind) {
      case FieldKind::number:
        return {&field, Shape::number};
      case FieldKind::yes_no:
        return {&field, Shape::truth};
      case FieldKind::line:
      case FieldKind::prose:
        return {&field,
                whole && !field.languages.empty() ? Shape::compound : Shape::text};
      case FieldKind::money:
        return {&field, whole ? Shape::compound : Shape::number};
      case FieldKind::period:
      case FieldKind::identifier:
      case FieldKind::place:
      case FieldKind::file:
      case FieldKind::group:
      case FieldKind::choices:
      case FieldKind::taxonomy:
        return {&field, whole ? Shape::compound : Shape::unknown};
      case FieldKind::computed:
        return {&field, Shape::unknown};
      default:
        return {&field, Shape::text};
    }
  }

  void option(const Field& field, const json& value, const std::string& pointer) {
    const bool closed = field.kind == FieldKind::choice ||
                        field.kind == FieldKind::choices ||
                        field.kind == FieldKind::taxonomy;
    if (!closed || !value.is_string() || field.options.empty()) return;
    const auto& wanted = value.get_ref<const std::string&>();
    for (const auto& known : field.options) {
      if (known.id == wanted) return;
    }
    lint_.add("definition.option", pointer, values("value", wanted, "field", field.id));
  }

  void options(std::string_view name, const json& arguments, const std::string& pointer) {
    const bool equality = name == "==" || name == "===" || name == "!=" || name == "!==";
    if ((!equality && name != "in") || arguments.size() != 2) return;
    for (std::size_t side = 0; side < 2; ++side) {
      const auto [field, shape] = variable(arguments[side]);
      if (field == nullptr) continue;
      const json& other = arguments[1 - side];
      const std::string at = pointer + "/" + std::to_string(1 - side);
      if (!other.is_array()) {
        option(*field, other, at);
      } else if (name == "in") {
        for (std::size_t i = 0; i < other.size(); ++i) {
          option(*field, other[i], at + "/" + std::to_string(i));
        }
      }
    }
  }

  void operands(std::string_view name, const json& arguments,
                const std::string& pointer) {
    constexpr std::array<std::string_view, 7> arithmetic = {"+", "-",   "*",  "/",
                                                            "%", "min", "max"};
    constexpr std::array<std::string_view, 4> order = {"<", "<=", ">", ">="};
    const bool calculates =
        std::find(arithmetic.begin(), arithmetic.end(), name) != arithmetic.end();
    if (!calculates && std::find(order.begin(), order.end(), name) == order.end()) return;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto [field, shape] = variable(arguments[i]);
      const bool good = shape == Shape::unknown || shape == Shape::number ||
                        (shape == Shape::text && !calculates);
      if (field == nullptr || good) continue;
      lint_.add("definition.operand", pointer + "/" + std::to_string(i),
                values("operator", name, "field", field->id));
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
  const auto add = [&](const std::optional<BoundRule>& rule) {
    if (rule) places.insert(places.end(), rule->reads.begin(), rule->reads.end());
  };
  add(form.sections[field.section].relevant_when);
  add(field.relevant_when);
  add(field.value);
  if (field.group != none) places.push_back(field.group);
  return places;
}

/// Follows what is read, from a place that is on a cycle or behind one, until a place
/// comes again, and says the way round.
std::string describe_cycle(const FormDefinition& form, const std::vector<char>& done,
                           std::size_t place) {
  std::vector<std::size_t> way;
  while (std::find(way.begin(), way.end(), place) == way.end()) {
    way.push_back(place);
    for (const auto next : read_by(form, place)) {
      if (!done[next]) {
        place = next;
        break;
      }
    }
  }
  std::string text;
  for (auto at = std::find(way.begin(), way.end(), place); at != way.end(); ++at) {
    text += form.fields[*at % form.fields.size()].id + " > ";
  }
  return text + form.fields[place % form.fields.size()].id;
}

}  // namespace

std::optional<BoundRule> compile_rule(const json& logic, const std::string& pointer,
                                      std::size_t group, const FormDefinition& form,
                                      Lint& lint) {
  auto compiled = Rule::compile(logic, {.sets = &form.sets});
  if (!compiled) {
    lint.add("definition.rule", pointer + compiled.error().path,
             values("message", compiled.error().message));
    return std::nullopt;
  }
  BoundRule bound{.rule = *std::move(compiled), .reads = {}};

  RuleReader reader(form, group, lint);
  bool good = true;
  for (const auto& variable : bound.rule.variables()) {
    good = reader.readable(variable, pointer + variable.pointer) && good;
  }
  reader.types(logic, pointer);
  for (const auto& root : bound.rule.roots()) {
    const auto index = form.field(root);
    if (index == none) {
      if (good)
        lint.add("definition.rule", pointer, values("message", "reads all answers"));
      return std::nullopt;
    }
    const bool rows = form.fields[index].kind == FieldKind::group;
    bound.reads.push_back(rows ? form.fields.size() + index : index);
  }
  if (!good) return std::nullopt;
  return bound;
}

void compile_order(FormDefinition& form, const std::vector<std::string>& pointers,
                   Lint& lint) {
  const std::size_t places = 2 * form.fields.size();
  form.dependents.assign(places, {});
  std::vector<std::size_t> waiting(places, 0);
  for (std::size_t place = 0; place < places; ++place) {
    for (const auto read : read_by(form, place)) {
      form.dependents[read].values.push_back(place);
      ++waiting[place];
    }
  }
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (!form.fields[i].required_when) continue;
    for (const auto read : form.fields[i].required_when->reads) {
      form.dependents[read].required.push_back(i);
    }
  }
  for (std::size_t i = 0; i < form.checks.size(); ++i) {
    form.fields[form.checks[i].at].checks.push_back(i);
    for (const auto read : form.checks[i].rule.reads) {
      form.dependents[read].checks.push_back(i);
    }
  }

  // Kahn, "Topological sorting of large networks", 1962.
  std::vector<char> done(places, 0);
  for (std::size_t place = 0; place < places; ++place) {
    if (waiting[place] == 0) form.order.push_back(place);
  }
  for (std::size_t next = 0; next < form.order.size(); ++next) {
    done[form.order[next]] = 1;
    for (const auto place : form.dependents[form.order[next]].values) {
      if (--waiting[place] == 0) form.order.push_back(place);
    }
  }
  form.rank.assign(places, 0);
  for (std::size_t i = 0; i < form.order.size(); ++i) form.rank[form.order[i]] = i;
  if (form.order.size() == places) return;

  const auto stuck = std::find(done.begin(), done.end(), 0) - done.begin();
  const auto place = static_cast<std::size_t>(stuck);
  lint.add("definition.cycle", pointers[place % form.fields.size()],
           values("path", describe_cycle(form, done, place)));
}

}  // namespace hezuo
