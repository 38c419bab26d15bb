#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/result.hpp"
#include "hezuo/rules.hpp"
#include "hezuo/text.hpp"
#include "rules_value.hpp"

namespace hezuo::rules {

enum class Op : std::uint8_t {
  constant,
  list,
  logical_not,
  truth,
  not_equal,
  not_identical,
  remainder,
  multiply,
  add,
  subtract,
  divide,
  less,
  less_or_equal,
  equal,
  identical,
  greater,
  greater_or_equal,
  condition,
  coalesce,
  all,
  logical_and,
  cat,
  count,
  exists,
  filter,
  in,
  length,
  log,
  map,
  max,
  merge,
  min,
  missing,
  missing_some,
  months,
  none,
  logical_or,
  preserve,
  reduce,
  set,
  some,
  substr,
  raise,
  today,
  attempt,
  val,
  var,
};

/// One step of a path: a key, which is an index too if it looks like one.
struct Segment {
  std::string key;
  std::size_t index;
};
inline constexpr std::size_t no_index = static_cast<std::size_t>(-1);

/// Where a variable lies. A path with a constant name starts at its own root; one that
/// is computed starts at the root that is all data.
struct Path {
  std::vector<Segment> segments;
  std::size_t climb = 0;        ///< Levels up: two a scope, the odd ones are its index.
  std::size_t root = no_index;  ///< In `Program::roots`, if it is read from the data.
  bool from_segment = false;    ///< The root is the first segment, not all data.
};
/// The path that a variable's name means: "a.0.b" has three segments, "" and null none.
Path name_path(const Value& name);
/// Adds an argument of "val": a key, or first of all `[levels]` to climb.
void extend_path(Path& path, const Value& argument);

inline constexpr std::uint32_t no_path = static_cast<std::uint32_t>(-1);

struct Node {
  Op op = Op::constant;
  bool listed = false;       ///< The arguments were written as an array.
  std::uint32_t first = 0;   ///< The first of its arguments in `Program::arguments`.
  std::uint32_t count = 0;   ///< How many arguments it has.
  std::uint32_t detail = 0;  ///< Index of the constant or path, or the `Unit`.
};

struct Program {
  std::vector<Node> nodes;
  std::vector<std::uint32_t> arguments;  ///< Indices of nodes.
  std::vector<nlohmann::json> constants;
  std::vector<Path> paths;
  std::vector<std::string> pointers;  ///< Of each node's operator; empty for constants.
  std::uint32_t start = 0;
  std::size_t whole_root =
      no_index;  ///< The root that is all data, if something reads it.
  std::vector<std::string> roots;
  std::vector<Rule::Variable> variables;
};

/// The data of a rule: one value, or the values of its roots.
struct Data {
  const nlohmann::json* whole = nullptr;
  std::span<const nlohmann::json* const> slots;
};

/// Evaluates node `start` of `program`; used at compile time as well, to fold constants.
Result<nlohmann::json> evaluate(const Program& program, std::uint32_t start,
                                const Data& data, const Rule::Scope& scope);

}  // namespace hezuo::rules
