#include "hezuo/rules.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/error.hpp"
#include "hezuo/json.hpp"
#include "hezuo/result.hpp"
#include "hezuo/text.hpp"
#include "rules_program.hpp"
#include "rules_value.hpp"

namespace hezuo {
namespace rules {
namespace {

using nlohmann::json;

constexpr std::size_t max_depth = 64;
constexpr std::size_t folding_steps = 1000;
constexpr std::uint32_t any = static_cast<std::uint32_t>(-1);

struct Operator {
  std::string_view name;
  Op op;
  std::uint32_t min;  ///< Arguments.
  std::uint32_t max;
  bool takes_list;  ///< The arguments must be written as an array.
  bool is_pure;     ///< Of constants it is a constant.
};

/// Sorted by name.
constexpr std::array operators = {
    Operator{"!", Op::logical_not, 0, any, false, true},
    Operator{"!!", Op::truth, 0, any, false, true},
    Operator{"!=", Op::not_equal, 2, any, true, true},
    Operator{"!==", Op::not_identical, 2, any, true, true},
    Operator{"%", Op::remainder, 1, any, false, true},
    Operator{"*", Op::multiply, 0, any, false, true},
    Operator{"+", Op::add, 0, any, false, true},
    Operator{"-", Op::subtract, 1, any, false, true},
    Operator{"/", Op::divide, 1, any, false, true},
    Operator{"<", Op::less, 2, any, true, true},
    Operator{"<=", Op::less_or_equal, 2, any, true, true},
    Operator{"==", Op::equal, 2, any, true, true},
    Operator{"===", Op::identical, 2, any, true, true},
    Operator{">", Op::greater, 2, any, true, true},
    Operator{">=", Op::greater_or_equal, 2, any, true, true},
    Operator{"?:", Op::condition, 0, any, true, true},
    Operator{"??", Op::coalesce, 0, any, false, true},
    Operator{"all", Op::all, 2, 2, true, false},
    Operator{"and", Op::logical_and, 0, any, true, true},
    Operator{"cat", Op::cat, 0, any, false, true},
    Operator{"count", Op::count, 2, 2, true, true},
    Operator{"exists", Op::exists, 0, any, false, false},
    Operator{"filter", Op::filter, 2, 2, true, false},
    Operator{"if", Op::condition, 0, any, true, true},
    Operator{"in", Op::in, 2, any, true, true},
    Operator{"length", Op::length, 1, 1, false, true},
    Operator{"log", Op::log, 1, any, false, false},
    Operator{"map", Op::map, 2, 2, true, false},
    Operator{"max", Op::max, 1, any, false, true},
    Operator{"merge", Op::merge, 0, any, false, true},
    Operator{"min", Op::min, 1, any, false, true},
    Operator{"missing", Op::missing, 0, any, false, false},
    Operator{"missing_some", Op::missing_some, 2, 2, true, false},
    Operator{"months", Op::months, 2, 2, true, true},
    Operator{"none", Op::none, 2, 2, true, false},
    Operator{"or", Op::logical_or, 0, any, true, true},
    Operator{"preserve", Op::preserve, 0, any, false, false},
    Operator{"reduce", Op::reduce, 2, 3, true, false},
    Operator{"set", Op::set, 1, 1, false, false},
    Operator{"some", Op::some, 2, 2, true, false},
    Operator{"substr", Op::substr, 1, 3, false, true},
    Operator{"throw", Op::raise, 1, any, false, false},
    Operator{"today", Op::today, 0, 0, true, false},
    Operator{"try", Op::attempt, 1, any, false, false},
    Operator{"val", Op::val, 0, any, false, false},
    Operator{"var", Op::var, 0, any, false, false},
};

const Operator* find_operator(std::string_view name) {
  const auto* found = std::lower_bound(
      operators.begin(), operators.end(), name,
      [](const Operator& entry, std::string_view sought) { return entry.name < sought; });
  return found != operators.end() && found->name == name ? found : nullptr;
}

std::optional<Unit> unit_named(std::string_view name) {
  constexpr std::array<std::string_view, 5> names = {"graphemes", "words", "han",
                                                     "characters", "bytes"};
  const auto* found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Unit>(found - names.begin());
}

bool nests_deeper(const json& value, std::size_t depth) {
  if (!value.is_structured() || value.empty()) return false;
  if (depth == 0) return true;
  return std::any_of(value.begin(), value.end(), [depth](const json& element) {
    return nests_deeper(element, depth - 1);
  });
}

class Compiler {
 public:
  explicit Compiler(const json* sets) : sets_(sets) {}

  Result<Program> run(const json& logic) {
    program_.start = compile(logic, 0);
    if (error_) return std::move(*error_);
    return std::move(program_);
  }

 private:
  /// What is cut off again when a node turns out to be constant.
  struct Mark {
    std::size_t nodes;
    std::size_t arguments;
    std::size_t constants;
  };
  [[nodiscard]] Mark mark() const {
    return {program_.nodes.size(), program_.arguments.size(), program_.constants.size()};
  }

  std::uint32_t compile(const json& logic, std::size_t depth);
  std::uint32_t compile_operator(const Operator& entry, const json& value,
                                 std::size_t depth);
  std::vector<std::uint32_t> compile_arguments(const Operator& entry, const json& value,
                                               std::size_t depth);
  std::uint32_t literal(const json& value, std::size_t depth);
  std::uint32_t add_node(Node node, std::string pointer);
  std::uint32_t add_operator(Op op, bool listed, bool pure, const Mark& before,
                             const std::vector<std::uint32_t>& arguments);
  void resolve_variable(std::uint32_t index);
  void resolve_path(std::uint32_t index);
  void resolve_missing(std::uint32_t index);
  bool resolve_count(std::uint32_t index);
  std::uint32_t compile_set(const json& value);
  [[nodiscard]] std::string array_name(std::uint32_t index) const;
  std::uint32_t add_path(Path path, std::string name, std::string pointer);
  std::size_t root(std::string_view name);

  [[nodiscard]] const json* constant(std::uint32_t index) const {
    const Node& node = program_.nodes[index];
    return node.op == Op::constant ? &program_.constants[node.detail] : nullptr;
  }
  [[nodiscard]] bool is_scalar(std::uint32_t index) const {
    const json* value = constant(index);
    return value != nullptr && !value->is_structured();
  }
  [[nodiscard]] std::uint32_t argument(const Node& node, std::uint32_t number) const {
    return program_.arguments[node.first + number];
  }
  std::uint32_t refuse(ErrorCode code, std::string message) {
    if (!error_) error_ = Error{code, pointer_, std::move(message)};
    return 0;
  }

  const json* sets_;
  Program program_;
  std::string pointer_;
  /// One entry for each array operator that is open: the variable that it goes over.
  std::vector<std::string> scopes_;
  struct KnownSet {
    std::string name;
    std::uint32_t constant;
  };
  std::vector<KnownSet> known_sets_;
  std::optional<Error> error_;
};

std::uint32_t Compiler::compile(const json& logic, std::size_t depth) {
  if (error_) return 0;
  if (depth > max_depth) return refuse(ErrorCode::too_deep, "the rule nests too deep");
  if (logic.is_array()) {
    const Mark before = mark();
    std::vector<std::uint32_t> elements;
    const std::size_t size = pointer_.size();
    for (std::size_t i = 0; i < logic.size() && !error_; ++i) {
      pointer_ += '/';
      pointer_ += std::to_string(i);
      elements.push_back(compile(logic[i], depth + 1));
      if (!error_) pointer_.resize(size);
    }
    return error_ ? 0 : add_operator(Op::list, true, true, before, elements);
  }
  // As in json-logic-js, an object of none or several keys means itself.
  if (!logic.is_object() || logic.size() != 1) return literal(logic, depth);

  const std::string& name = logic.begin().key();
  const std::size_t size = pointer_.size();
  pointer_ += '/';
  pointer_ += escape_pointer(name);
  const Operator* entry = find_operator(name);
  if (entry == nullptr) {
    return refuse(ErrorCode::rule_invalid, "Unknown Operator: \"" + name + '"');
  }
  const std::uint32_t index = compile_operator(*entry, *logic.begin(), depth);
  if (!error_) pointer_.resize(size);
  return index;
}

std::uint32_t Compiler::literal(const json& value, std::size_t depth) {
  if (nests_deeper(value, max_depth - depth)) {
    return refuse(ErrorCode::too_deep, "the rule nests too deep");
  }
  program_.constants.push_back(value);
  return add_node({.detail = static_cast<std::uint32_t>(program_.constants.size() - 1)},
                  {});
}

std::uint32_t Compiler::add_node(Node node, std::string pointer) {
  program_.nodes.push_back(node);
  program_.pointers.push_back(std::move(pointer));
  return static_cast<std::uint32_t>(program_.nodes.size() - 1);
}

std::uint32_t Compiler::add_operator(Op op, bool listed, bool pure, const Mark& before,
                                     const std::vector<std::uint32_t>& arguments) {
  const auto first = static_cast<std::uint32_t>(program_.arguments.size());
  program_.arguments.insert(program_.arguments.end(), arguments.begin(), arguments.end());
  const std::uint32_t index =
      add_node({.op = op,
                .listed = listed,
                .first = first,
                .count = static_cast<std::uint32_t>(arguments.size()),
                .detail = no_path},
               pointer_);
  if (op == Op::count && !resolve_count(index)) return 0;
  const bool foldable = pure && std::all_of(arguments.begin(), arguments.end(),
                                            [this](std::uint32_t argument) {
                                              return constant(argument) != nullptr;
                                            });
  if (!foldable) return index;

  Result<json> value =
      evaluate(program_, index, {}, {.today = {}, .max_steps = folding_steps});
  if (!value) return index;  // It fails when it is reached, and only then.
  program_.nodes.resize(before.nodes);
  program_.pointers.resize(before.nodes);
  program_.arguments.resize(before.arguments);
  program_.constants.resize(before.constants);
  std::erase_if(known_sets_, [&](const KnownSet& known) {
    return known.constant >= before.constants;
  });
  program_.constants.push_back(*std::move(value));
  return add_node({.detail = static_cast<std::uint32_t>(before.constants)}, {});
}

std::vector<std::uint32_t> Compiler::compile_arguments(const Operator& entry,
                                                       const json& value,
                                                       std::size_t depth) {
  std::vector<std::uint32_t> arguments;
  const bool listed = value.is_array();
  const std::size_t size = pointer_.size();
  const std::size_t count = listed ? value.size() : 1;
  const bool loops = entry.op == Op::all || entry.op == Op::filter ||
                     entry.op == Op::map || entry.op == Op::none ||
                     entry.op == Op::reduce || entry.op == Op::some;
  for (std::size_t i = 0; i < count; ++i) {
    if (listed) {
      pointer_ += '/';
      pointer_ += std::to_string(i);
    }
    const bool inner = (loops && i == 1) || (entry.op == Op::attempt && i > 0);
    if (inner) {
      scopes_.push_back(loops ? array_name(arguments[0]) : std::string());
    }
    arguments.push_back(compile(listed ? value[i] : value, depth + (listed ? 2 : 1)));
    if (inner) scopes_.pop_back();
    if (error_) break;
    pointer_.resize(size);
  }
  return arguments;
}

std::uint32_t Compiler::compile_operator(const Operator& entry, const json& value,
                                         std::size_t depth) {
  const bool listed = value.is_array();
  const std::size_t count = listed ? value.size() : 1;
  if (count < entry.min || count > entry.max || (entry.takes_list && !listed)) {
    return refuse(ErrorCode::rule_invalid, "Invalid Arguments: too few or too many");
  }
  if (entry.op == Op::preserve) return literal(value, depth + 1);
  if (entry.op == Op::set) return compile_set(value);

  const Mark before = mark();
  std::vector<std::uint32_t> arguments = compile_arguments(entry, value, depth);
  if (error_) return 0;
  if (entry.op == Op::log) return arguments[0];
  if (entry.op == Op::missing && (listed || is_scalar(arguments[0]))) {
    arguments = {add_operator(Op::list, true, true, before, arguments)};
  }
  const std::uint32_t index =
      add_operator(entry.op, listed, entry.is_pure, before, arguments);
  switch (entry.op) {
    case Op::var:
      resolve_variable(index);
      break;
    case Op::val:
    case Op::exists:
      resolve_path(index);
      break;
    case Op::missing:
    case Op::missing_some:
      resolve_missing(index);
      break;
    default:
      break;
  }
  return index;
}

std::uint32_t Compiler::compile_set(const json& value) {
  const json& name = value.is_array() ? value[0] : value;
  if (!name.is_string()) {
    return refuse(ErrorCode::rule_invalid, "Invalid Arguments: the name must be a text");
  }
  const auto& text = name.get_ref<const std::string&>();
  for (const KnownSet& known : known_sets_) {
    if (known.name == text) return add_node({.detail = known.constant}, {});
  }
  if (sets_ == nullptr || !sets_->is_object() || sets_->find(text) == sets_->end() ||
      !sets_->find(text)->is_array()) {
    return refuse(ErrorCode::rule_invalid, "no set is named \"" + text + '"');
  }
  const std::uint32_t index = literal(*sets_->find(text), 0);
  if (!error_) known_sets_.push_back({text, program_.nodes[index].detail});
  return index;
}

bool Compiler::resolve_count(std::uint32_t index) {
  Node& node = program_.nodes[index];
  const json* name = constant(argument(node, 1));
  std::optional<Unit> unit;
  if (name != nullptr && name->is_string()) {
    unit = unit_named(name->get_ref<const std::string&>());
  }
  if (!unit) {
    refuse(ErrorCode::rule_invalid, "Invalid Arguments: not the name of a unit");
    return false;
  }
  node.detail = static_cast<std::uint32_t>(*unit);
  return true;
}

std::size_t Compiler::root(std::string_view name) {
  const auto found = std::find(program_.roots.begin(), program_.roots.end(), name);
  const auto index = static_cast<std::size_t>(found - program_.roots.begin());
  if (found == program_.roots.end()) program_.roots.emplace_back(name);
  if (name.empty()) program_.whole_root = index;
  return index;
}

/// The constant name of the array whose elements a node gives: itself, or filtered.
std::string Compiler::array_name(std::uint32_t index) const {
  while (program_.nodes[index].op == Op::filter)
    index = argument(program_.nodes[index], 0);
  const Node& over = program_.nodes[index];
  if (over.op != Op::var || over.detail == no_path || over.count == 0) return {};
  const json* name = constant(argument(over, 0));
  return name != nullptr && name->is_string() ? name->get<std::string>() : std::string();
}

std::uint32_t Compiler::add_path(Path path, std::string name, std::string pointer) {
  const std::size_t scope = path.climb / 2;
  const bool reads_index = path.climb % 2 != 0;
  std::string element_of;
  if (scope == scopes_.size() && !reads_index) {
    // A first segment that is empty would be taken for all data.
    path.from_segment = !path.segments.empty() && !path.segments[0].key.empty();
    path.root = root(path.from_segment ? std::string_view(path.segments[0].key)
                                       : std::string_view());
  } else if (scope < scopes_.size()) {
    element_of = scopes_[scopes_.size() - 1 - scope];
  }
  if (scope <= scopes_.size() && !reads_index) {
    program_.variables.push_back({.name = std::move(name),
                                  .pointer = std::move(pointer),
                                  .element = scope < scopes_.size(),
                                  .element_of = std::move(element_of)});
  }
  program_.paths.push_back(std::move(path));
  return static_cast<std::uint32_t>(program_.paths.size() - 1);
}

void Compiler::resolve_variable(std::uint32_t index) {
  const Node node = program_.nodes[index];
  const json* name = node.count != 0 ? constant(argument(node, 0)) : nullptr;
  if (node.count != 0 && name == nullptr) {
    if (scopes_.empty()) root("");
    return;
  }
  const Value value = name != nullptr ? Value::borrow(*name) : Value();
  std::string text;
  TextLimit limit{.bytes = 4096};
  append_text(value, "", text, limit);
  program_.nodes[index].detail =
      add_path(name_path(value), std::move(text),
               node.listed && node.count != 0 ? pointer_ + "/0" : pointer_);
}

void Compiler::resolve_path(std::uint32_t index) {
  const Node node = program_.nodes[index];
  Path path;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const json* key = constant(argument(node, i));
    if (key == nullptr) {
      root("");
      return;
    }
    if (node.listed || !key->is_array()) {
      extend_path(path, Value::borrow(*key));
    } else {
      for (const json& element : *key) extend_path(path, Value::borrow(element));
    }
  }
  std::string name;
  for (const Segment& segment : path.segments) {
    if (!name.empty()) name += '.';
    name += segment.key;
  }
  program_.nodes[index].detail = add_path(std::move(path), std::move(name), pointer_);
}

void Compiler::resolve_missing(std::uint32_t index) {
  const Node node = program_.nodes[index];
  const json* names = constant(argument(node, node.count - 1));
  if (names == nullptr || !names->is_array()) {
    if (scopes_.empty()) root("");
    return;
  }
  std::string pointer = pointer_;
  if (node.op == Op::missing_some) pointer += "/1";
  if (!names->empty() && names->front().is_array()) {
    names = &names->front();
    pointer += "/0";
  }
  program_.nodes[index].detail = static_cast<std::uint32_t>(program_.paths.size());
  for (std::size_t i = 0; i < names->size(); ++i) {
    const Value name = Value::borrow((*names)[i]);
    std::string text;
    TextLimit limit{.bytes = 4096};
    append_text(name, "", text, limit);
    const bool alone = node.op == Op::missing && !node.listed;
    add_path(name_path(name), std::move(text),
             alone ? pointer : pointer + '/' + std::to_string(i));
  }
}

}  // namespace
}  // namespace rules

struct Rule::Program {
  rules::Program code;
};

Rule::Rule(std::unique_ptr<const Program> program) : program_(std::move(program)) {}
Rule::Rule(Rule&&) noexcept = default;
Rule& Rule::operator=(Rule&&) noexcept = default;
Rule::~Rule() = default;

Result<Rule> Rule::compile(const nlohmann::json& logic, const CompileOptions& options) {
  Result<rules::Program> code = rules::Compiler(options.sets).run(logic);
  if (!code) return code.error();
  return Rule(std::make_unique<const Program>(Program{*std::move(code)}));
}

const std::vector<std::string>& Rule::roots() const noexcept {
  return program_->code.roots;
}

const std::vector<Rule::Variable>& Rule::variables() const noexcept {
  return program_->code.variables;
}

Result<nlohmann::json> Rule::evaluate(const nlohmann::json& data,
                                      const Scope& scope) const {
  return rules::evaluate(program_->code, program_->code.start,
                         {.whole = &data, .slots = {}}, scope);
}

Result<nlohmann::json> Rule::evaluate(std::span<const nlohmann::json* const> values,
                                      const Scope& scope) const {
  return rules::evaluate(program_->code, program_->code.start,
                         {.whole = nullptr, .slots = values}, scope);
}

bool truthy(const nlohmann::json& value) noexcept {
  return rules::Value::borrow(value).truthy();
}

}  // namespace hezuo
