#include "rules_evaluate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "hezuo/error.hpp"
#include "hezuo/result.hpp"
#include "hezuo/rules.hpp"
#include "number.hpp"
#include "rules_program.hpp"
#include "rules_value.hpp"

namespace hezuo::rules {
namespace {

using nlohmann::json;

constexpr std::size_t max_value_depth = 128;
constexpr std::size_t bytes_per_step = 16;

bool is_comparison(Op op) {
  switch (op) {
    case Op::equal:
    case Op::identical:
    case Op::not_equal:
    case Op::not_identical:
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
      return true;
    default:
      return false;
  }
}

bool holds_for_numbers(Op op, double left, double right) {
  switch (op) {
    case Op::less:
      return left < right;
    case Op::less_or_equal:
      return left <= right;
    case Op::greater:
      return left > right;
    case Op::greater_or_equal:
      return left >= right;
    case Op::not_equal:
    case Op::not_identical:
      return left != right;
    default:
      return left == right;
  }
}

/// `+` and `*` read a text with parseFloat, the others with Number; where parseFloat
/// finds none, as in "", Number has the last word. Arrays and objects are no numbers.
double operand(Op op, const Value& value) {
  if (value.is_compound()) return std::nan("");
  if (value.is_string() && (op == Op::add || op == Op::multiply)) {
    const double number = ecmascript_parse_float(value.text());
    if (!std::isnan(number)) return number;
  }
  return to_number(value);
}

double combine(Op op, double left, double right) {
  switch (op) {
    case Op::add:
      return left + right;
    case Op::subtract:
      return left - right;
    case Op::multiply:
      return left * right;
    case Op::divide:
      return left / right;
    case Op::remainder:
      return std::fmod(left, right);
    case Op::max:
      return left < right ? right : left;
    default:
      return right < left ? right : left;
  }
}

}  // namespace

Result<json> evaluate(const Program& program, std::uint32_t start, const Data& data,
                      const Rule::Scope& scope) {
  return Evaluation(program, data, scope).run(start);
}

Result<json> Evaluation::run(std::uint32_t start) {
  const Frame frame;
  json result = take(evaluate(start, frame));
  if (!failed_) return result;
  return Error{failure_code_, program_.pointers[failure_node_],
               failure_type_ + failure_detail_};
}

Value Evaluation::evaluate(std::uint32_t index, const Frame& frame) {
  const Node& node = program_.nodes[index];
  if (node.op == Op::constant) return Value::borrow(program_.constants[node.detail]);
  current_ = index;
  if (!charge(1)) return {};
  switch (node.op) {
    case Op::var:
      return variable(node, frame);
    case Op::val:
    case Op::exists:
      return path_value(node, frame);
    case Op::logical_and:
    case Op::logical_or:
    case Op::coalesce:
      return first_that(node, frame);
    case Op::condition:
      return condition(node, frame);
    case Op::equal:
    case Op::identical:
    case Op::not_equal:
    case Op::not_identical:
    case Op::less:
    case Op::less_or_equal:
    case Op::greater:
    case Op::greater_or_equal:
      return Value(compares(node, frame));
    case Op::truth:
    case Op::logical_not:
      return Value((node.count != 0 && test(program_.arguments[node.first], frame)) ==
                   (node.op == Op::truth));
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::remainder:
    case Op::max:
    case Op::min:
      return arithmetic(node, frame);
    case Op::missing:
    case Op::missing_some:
      return missing(node, frame);
    case Op::list:
      return list(node, frame);
    case Op::map:
      return map(node, frame);
    case Op::filter:
      return filter(node, frame);
    case Op::all:
    case Op::none:
    case Op::some:
      return quantifier(node, frame);
    case Op::reduce:
      return reduce(node, frame);
    case Op::merge:
      return merge(node, frame);
    case Op::in:
      return in(node, frame);
    case Op::cat:
      return cat(node, frame);
    case Op::substr:
      return substr(node, frame);
    case Op::length:
      return length(node, frame);
    case Op::count:
      return count(node, frame);
    case Op::months:
      return months(node, frame);
    case Op::today:
      return today_.empty() ? Value() : Value::of(today_);
    case Op::attempt:
      return attempt(node, frame);
    case Op::raise:
      return raise(node, frame);
    case Op::constant:
    case Op::log:
    case Op::preserve:
    case Op::set:
      break;  // The compiler leaves none of these as an operator.
  }
  return {};
}

Value Evaluation::condition(const Node& node, const Frame& frame) {
  std::uint32_t i = 0;
  for (; i + 1 < node.count; i += 2) {
    const bool chosen = test(program_.arguments[node.first + i], frame);
    if (failed_) return {};
    if (chosen) return argument(node, i + 1, frame);
  }
  return i < node.count ? argument(node, i, frame) : Value();
}

Value Evaluation::first_that(const Node& node, const Frame& frame) {
  if (node.count == 0) return node.op == Op::coalesce ? Value() : Value(false);
  for (std::uint32_t i = 0; i + 1 < node.count; ++i) {
    const std::uint32_t index = program_.arguments[node.first + i];
    if (node.op != Op::coalesce && is_comparison(program_.nodes[index].op)) {
      const bool truth = test(index, frame);
      if (failed_) return {};
      if (truth == (node.op == Op::logical_or)) return Value(truth);
      continue;
    }
    Value value = evaluate(index, frame);
    if (failed_) return {};
    const bool ends = node.op == Op::coalesce
                          ? !value.is_null()
                          : value.truthy() == (node.op == Op::logical_or);
    if (ends) return value;
  }
  return argument(node, node.count - 1, frame);
}

Value Evaluation::attempt(const Node& node, const Frame& frame) {
  if (node.count == 0) return {};
  Value value = argument(node, 0, frame);
  for (std::uint32_t i = 1; i < node.count; ++i) {
    // Running out of steps or depth is not the rule's to catch.
    if (!failed_ || failure_code_ != ErrorCode::rule_type) return value;
    failed_ = false;
    const Value error = Value::own(json::object({{"type", std::move(failure_type_)}}));
    const Frame handler{.parent = &frame, .value = &error};
    value = argument(node, i, handler);
    detach(value);
  }
  return value;
}

Value Evaluation::raise(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  const Value value = node.count != 0 ? argument(node, 0, frame) : Value();
  if (failed_) return {};
  current_ = self;
  std::string type;
  if (value.kind() == Value::Kind::object) {
    const auto found = value.compound().find("type");
    if (found != value.compound().end()) append(Value::borrow(*found), "null", type);
  } else {
    append(value, "null", type);
  }
  return failed_ ? Value() : fail(ErrorCode::rule_type, std::move(type));
}

bool Evaluation::compares(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  if (node.count == 2) {
    // Two numbers or two texts that lie ready are the common case.
    const std::uint32_t* arguments = &program_.arguments[node.first];
    const json* left = place(program_.nodes[arguments[0]], frame);
    const json* right =
        left != nullptr ? place(program_.nodes[arguments[1]], frame) : nullptr;
    if (right != nullptr) {
      return holds(node.op, Value::borrow(*left), Value::borrow(*right));
    }
  }
  Value left = argument(node, 0, frame);
  for (std::uint32_t i = 1; i < node.count && !failed_; ++i) {
    Value right = argument(node, i, frame);
    if (failed_) return false;
    current_ = self;
    if (!holds(node.op, left, right)) return false;
    left = std::move(right);
  }
  return !failed_;
}

bool Evaluation::test(std::uint32_t index, const Frame& frame) {
  const Node& node = program_.nodes[index];
  if (const json* ready = place(node, frame)) return Value::borrow(*ready).truthy();
  if (!is_comparison(node.op)) return evaluate(index, frame).truthy();
  current_ = index;
  return charge(1) && compares(node, frame);
}

const json* Evaluation::place(const Node& node, const Frame& frame) const {
  if (node.op == Op::constant) return &program_.constants[node.detail];
  if (node.op != Op::var || node.detail == no_path || frame.parent != nullptr) {
    return nullptr;
  }
  const Path& path = program_.paths[node.detail];
  if (!path.from_segment || path.segments.size() != 1) return nullptr;
  if (data_.whole == nullptr) {
    return path.root < data_.slots.size() ? data_.slots[path.root] : nullptr;
  }
  if (!data_.whole->is_object()) return nullptr;
  const auto member = data_.whole->find(path.segments[0].key);
  return member != data_.whole->end() ? &*member : nullptr;
}

bool Evaluation::holds(Op op, const Value& left, const Value& right) {
  if (left.kind() == Value::Kind::number && right.kind() == Value::Kind::number) {
    return holds_for_numbers(op, left.number(), right.number());
  }
  if (left.is_string() && right.is_string() && (op == Op::equal || op == Op::not_equal)) {
    return (left.text() == right.text()) == (op == Op::equal);
  }
  if (op == Op::identical) return strictly_equal(left, right);
  if (op == Op::not_identical) return !strictly_equal(left, right);

  TextLimit limit{.bytes = 65536};
  if (left.is_string()) charge(left.text().size() / 1024);
  if (right.is_string()) charge(right.text().size() / 1024);
  if (left.is_compound() || right.is_compound()) charge(64);
  bool result = false;
  if (op == Op::equal || op == Op::not_equal) {
    result = loosely_equal(left, right, limit) == (op == Op::equal);
  } else {
    const Order order = compare(left, right, limit);
    const bool or_equal = op == Op::less_or_equal || op == Op::greater_or_equal;
    const Order strict =
        op == Op::less || op == Op::less_or_equal ? Order::less : Order::greater;
    result = order == strict || (or_equal && order == Order::equal);
  }
  if (limit.exceeded) fail(ErrorCode::rule_steps, "an array is too large to compare");
  return result && !failed_;
}

Value Evaluation::arithmetic(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  const Value first = node.count != 0 ? argument(node, 0, frame) : Value();
  if (failed_) return {};
  const bool spread = !node.listed && first.is_array();
  const std::size_t size = spread ? first.compound().size() : node.count;
  if (size == 0) {
    if (node.op == Op::add) return Value(0.0);
    if (node.op == Op::multiply) return Value(1.0);
    return invalid_arguments(": no operand");
  }
  double result = 0;
  for (std::size_t i = 0; i < size; ++i) {
    double number = 0;
    if (spread) {
      number = operand(node.op, Value::borrow(first.compound()[i]));
    } else if (i == 0) {
      number = operand(node.op, first);
    } else {
      number = operand(node.op, argument(node, static_cast<std::uint32_t>(i), frame));
    }
    if (failed_) return {};
    result = i == 0 ? number : combine(node.op, result, number);
    if (std::isnan(number)) result = number;
  }
  current_ = self;
  if (size == 1 && node.op == Op::subtract) result = -result;
  if (size == 1 && node.op == Op::divide) result = 1 / result;
  if (size == 1 && node.op == Op::remainder) return invalid_arguments(": one operand");
  if (spread && !charge(size)) return {};
  return std::isfinite(result) ? Value(result) : not_a_number();
}

bool Evaluation::exhaust() {
  steps_ = 0;
  fail(ErrorCode::rule_steps, "the rule takes too many steps");
  return false;
}

void Evaluation::append(const Value& value, std::string_view null_text,
                        std::string& out) {
  const std::size_t before = out.size();
  TextLimit limit{.bytes = before + steps_ * bytes_per_step};
  append_text(value, null_text, out, limit);
  if (limit.exceeded) {
    fail(ErrorCode::rule_steps, "the rule makes a text that is too long");
  } else {
    charge((out.size() - before) / bytes_per_step);
  }
}

json Evaluation::take(Value value) {
  if (value.is_owned()) return value.release();
  switch (value.kind()) {
    case Value::Kind::null:
      return nullptr;
    case Value::Kind::boolean:
      return value.boolean();
    case Value::Kind::number:
      return number_json(value.number());
    case Value::Kind::string:
      charge(value.text().size() / bytes_per_step);
      return failed_ ? json() : json(value.text());
    case Value::Kind::array:
    case Value::Kind::object:
      break;
  }
  json result;
  return copy(value.compound(), result, 1) ? result : json();
}

/// Not the copy of nlohmann::json, which recurses as deep as the data goes.
bool Evaluation::copy(const json& from, json& to, std::size_t depth) {
  if (depth > max_value_depth) {
    fail(ErrorCode::too_deep, "the rule copies data that nests too deep");
    return false;
  }
  if (!charge(1)) return false;
  if (from.is_array()) {
    to = json::array();
    for (const json& element : from) {
      to.push_back(nullptr);
      if (!copy(element, to.back(), depth + 1)) return false;
    }
  } else if (from.is_object()) {
    to = json::object();
    for (auto member = from.begin(); member != from.end(); ++member) {
      if (!copy(member.value(), to[member.key()], depth + 1)) return false;
    }
  } else {
    if (const auto* text = from.get_ptr<const std::string*>()) {
      if (!charge(text->size() / bytes_per_step)) return false;
    }
    to = from;
  }
  return true;
}

/// Makes `value` outlive the scope that it comes from.
void Evaluation::detach(Value& value) {
  if (!value.is_borrowed()) return;
  json copied = take(std::move(value));
  value = failed_ ? Value() : Value::own(std::move(copied));
}

Value Evaluation::fail(ErrorCode code, std::string type, const char* detail) {
  // The first reason is the one to tell.
  if (failed_) return {};
  failed_ = true;
  failure_code_ = code;
  failure_node_ = current_;
  failure_type_ = std::move(type);
  failure_detail_ = detail;
  return {};
}

}  // namespace hezuo::rules
