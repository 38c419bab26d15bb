// How rules find variables: var, val, exists, missing and missing_some.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/text.hpp"
#include "rules_evaluate.hpp"
#include "rules_program.hpp"
#include "rules_value.hpp"

namespace hezuo::rules {
namespace {

using nlohmann::json;

/// One step down from `value` into `out`, which borrows from it; false if there is
/// nothing. As in JavaScript, texts and arrays have a "length".
bool step(const Value& value, const Segment& segment, Value& out) {
  switch (value.kind()) {
    case Value::Kind::object: {
      const auto member = value.compound().find(segment.key);
      if (member == value.compound().end()) return false;
      out = Value::borrow(*member);
      return true;
    }
    case Value::Kind::array:
      if (segment.index < value.compound().size()) {
        out = Value::borrow(value.compound()[segment.index]);
        return true;
      }
      if (segment.key != "length") return false;
      out = Value(static_cast<double>(value.compound().size()));
      return true;
    case Value::Kind::string: {
      if (segment.key == "length") {
        out = Value(static_cast<double>(count(value.text(), Unit::characters)));
        return true;
      }
      if (segment.index == no_index) return false;
      const std::string_view rest = skip_characters(value.text(), segment.index);
      if (rest.empty()) return false;
      out = Value::of(rest.substr(0, rest.size() - skip_characters(rest, 1).size()));
      return true;
    }
    default:
      return false;
  }
}

Segment segment(std::string_view key) {
  Segment result{std::string(key), no_index};
  constexpr std::size_t max_digits = 9;
  if (key.empty() || key.size() > max_digits || (key[0] == '0' && key.size() > 1)) {
    return result;
  }
  std::size_t index = 0;
  for (const char digit : key) {
    if (digit < '0' || digit > '9') return result;
    index = index * 10 + static_cast<std::size_t>(digit - '0');
  }
  result.index = index;
  return result;
}

std::string key_text(const Value& key, std::string_view null_text) {
  std::string text;
  TextLimit limit{.bytes = 4096};
  append_text(key, null_text, text, limit);
  return text;
}

bool walk(Value value, const Path& path, std::size_t from, Value& out) {
  for (std::size_t i = from; i < path.segments.size(); ++i) {
    Value next;
    if (!step(value, path.segments[i], next)) return false;
    value = std::move(next);
  }
  out = std::move(value);
  return true;
}

}  // namespace

Path name_path(const Value& name) {
  const std::string text = key_text(name, "");
  Path path;
  if (text.empty()) return path;
  std::string_view rest = text;
  while (true) {
    const std::size_t dot = rest.find('.');
    path.segments.push_back(segment(rest.substr(0, dot)));
    if (dot == std::string_view::npos) return path;
    rest.remove_prefix(dot + 1);
  }
}

void extend_path(Path& path, const Value& argument) {
  if (path.segments.empty() && path.climb == 0 && argument.is_array() &&
      argument.compound().size() == 1 && argument.compound()[0].is_number()) {
    const double levels = std::fabs(to_number(Value::borrow(argument.compound()[0])));
    path.climb = static_cast<std::size_t>(std::min(levels, 1e6));
  } else {
    path.segments.push_back(segment(key_text(argument, "null")));
  }
}

bool Evaluation::find(const Path& path, const Frame& frame, Value& out) {
  const Frame* scope = &frame;
  std::size_t climb = path.climb;
  for (; climb >= 2 && scope->parent != nullptr; climb -= 2) scope = scope->parent;
  if (climb >= 2) return false;
  if (climb == 1) {
    const bool found = scope->index != no_index && path.segments.size() == 1 &&
                       path.segments[0].key == "index";
    if (found) out = Value(static_cast<double>(scope->index));
    return found;
  }
  if (scope->parent != nullptr) return find_in_scope(path, *scope, out);
  if (data_.whole != nullptr) return walk(Value::borrow(*data_.whole), path, 0, out);
  if (path.root >= data_.slots.size() || data_.slots[path.root] == nullptr) return false;
  return walk(Value::borrow(*data_.slots[path.root]), path, path.from_segment ? 1 : 0,
              out);
}

bool Evaluation::find_in_scope(const Path& path, const Frame& scope, Value& out) {
  if (scope.accumulator == nullptr) {
    return walk(Value::borrow(*scope.value), path, 0, out);
  }
  if (path.segments.empty()) {
    json both = json::object();
    both["accumulator"] = take(Value::borrow(*scope.accumulator));
    both["current"] = take(Value::borrow(*scope.value));
    out = Value::own(std::move(both));
    return !failed_;
  }
  const std::string& key = path.segments[0].key;
  if (key == "current") return walk(Value::borrow(*scope.value), path, 1, out);
  if (key == "accumulator") return walk(Value::borrow(*scope.accumulator), path, 1, out);
  return false;
}

Value Evaluation::variable(const Node& node, const Frame& frame) {
  Value value;
  bool found = false;
  if (node.detail != no_path) {
    found = find(program_.paths[node.detail], frame, value);
  } else {
    const Value name = argument(node, 0, frame);
    if (failed_) return {};
    found = find(computed_name(name), frame, value);
  }
  if (found || node.count < 2) return value;
  return argument(node, 1, frame);
}

Path Evaluation::computed_name(const Value& name) {
  if (name.is_string() && !charge(name.text().size() / 8)) return {};
  Path path = name_path(name);
  path.root = program_.whole_root;
  return path;
}

Path Evaluation::computed_path(const Node& node, const Frame& frame) {
  Path path;
  path.root = program_.whole_root;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    const Value value = argument(node, i, frame);
    if (failed_) break;
    if (node.listed || !value.is_array()) {
      extend_path(path, value);
    } else {
      if (!charge(value.compound().size())) break;
      for (const json& element : value.compound()) {
        extend_path(path, Value::borrow(element));
      }
    }
  }
  return path;
}

Value Evaluation::path_value(const Node& node, const Frame& frame) {
  Value value;
  bool found = false;
  if (node.detail != no_path) {
    found = find(program_.paths[node.detail], frame, value);
  } else {
    const Path path = computed_path(node, frame);
    found = !failed_ && find(path, frame, value);
  }
  return node.op == Op::exists ? Value(found) : std::move(value);
}

bool Evaluation::is_missing(const Value& key, const Path* path, const Frame& frame) {
  Value value;
  const bool found = path != nullptr ? find(*path, frame, value)
                                     : find(computed_name(key), frame, value);
  return !found || value.is_null() || (value.is_string() && value.text().empty());
}

Value Evaluation::missing(const Node& node, const Frame& frame) {
  double needed = -1;
  if (node.op == Op::missing_some) needed = to_number(argument(node, 0, frame));
  const Value names = argument(node, node.count - 1, frame);
  if (failed_) return {};

  json absent = json::array();
  std::size_t size = 1;
  if (!names.is_array()) {
    if (is_missing(names, nullptr, frame)) absent.push_back(take(Value::borrow(names)));
  } else {
    // {"missing": [["a", "b"]]}, as an operator among the arguments may give it.
    const json* keys = &names.compound();
    if (!keys->empty() && keys->front().is_array()) keys = &keys->front();
    size = keys->size();
    for (std::size_t i = 0; i < size && charge(1); ++i) {
      const Value key = Value::borrow((*keys)[i]);
      const Path* path =
          node.detail != no_path ? &program_.paths[node.detail + i] : nullptr;
      if (is_missing(key, path, frame)) absent.push_back(take(Value::borrow(key)));
    }
  }
  if (failed_) return {};
  if (node.op == Op::missing_some &&
      static_cast<double>(size - absent.size()) >= needed) {
    absent = json::array();
  }
  return Value::own(std::move(absent));
}

}  // namespace hezuo::rules
