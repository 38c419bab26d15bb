// The operators of rules that work on arrays, texts and dates.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hezuo/error.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/text.hpp"
#include "rules_evaluate.hpp"
#include "rules_program.hpp"
#include "rules_value.hpp"

namespace hezuo::rules {
namespace {

using nlohmann::json;

/// "2019-09-30", or "2019-09" with day 0.
std::optional<Date> day_or_month(std::string_view text) {
  const std::optional<Date> date = parse_date(text);
  return date ? date : parse_month(text);
}

/// Number as an integer within [-limit, limit], NaN as 0.
double whole_number(const Value& value, double limit) {
  const double number = std::trunc(to_number(value));
  return std::isnan(number) ? 0 : std::clamp(number, -limit, limit);
}

}  // namespace

Value Evaluation::list(const Node& node, const Frame& frame) {
  json result = json::array();
  for (std::uint32_t i = 0; i < node.count && !failed_; ++i) {
    result.push_back(take(argument(node, i, frame)));
  }
  return failed_ ? Value() : Value::own(std::move(result));
}

Value Evaluation::map(const Node& node, const Frame& frame) {
  const Value array = argument(node, 0, frame);
  json result = json::array();
  if (array.is_array()) {
    std::size_t index = 0;
    for (const json& element : array.compound()) {
      if (!charge(1)) break;
      const Value value = Value::borrow(element);
      const Frame scope{.parent = &frame, .value = &value, .index = index++};
      result.push_back(take(argument(node, 1, scope)));
      if (failed_) break;
    }
  }
  return failed_ ? Value() : Value::own(std::move(result));
}

Value Evaluation::filter(const Node& node, const Frame& frame) {
  const Value array = argument(node, 0, frame);
  json result = json::array();
  if (array.is_array()) {
    std::size_t index = 0;
    for (const json& element : array.compound()) {
      if (!charge(1)) break;
      const Value value = Value::borrow(element);
      const Frame scope{.parent = &frame, .value = &value, .index = index++};
      const bool keeps = test(program_.arguments[node.first + 1], scope);
      if (failed_) break;
      if (keeps) result.push_back(take(Value::borrow(value)));
    }
  }
  return failed_ ? Value() : Value::own(std::move(result));
}

Value Evaluation::quantifier(const Node& node, const Frame& frame) {
  const Value array = argument(node, 0, frame);
  if (failed_) return {};
  // Nothing is "all" of an empty array.
  if (!array.is_array() || array.compound().empty()) return Value(node.op == Op::none);
  std::size_t index = 0;
  for (const json& element : array.compound()) {
    if (!charge(1)) return {};
    const Value value = Value::borrow(element);
    const Frame scope{.parent = &frame, .value = &value, .index = index++};
    const bool holds = test(program_.arguments[node.first + 1], scope);
    if (failed_) return {};
    if (holds != (node.op == Op::all)) return Value(node.op == Op::some);
  }
  return Value(node.op != Op::some);
}

Value Evaluation::reduce(const Node& node, const Frame& frame) {
  const Value array = argument(node, 0, frame);
  if (failed_) return {};
  Value accumulator = node.count > 2 ? argument(node, 2, frame) : Value();
  if (!array.is_array()) return accumulator;
  std::size_t index = 0;
  for (const json& element : array.compound()) {
    if (failed_ || !charge(1)) return {};
    const Value current = Value::borrow(element);
    const Frame scope{.parent = &frame,
                      .value = &current,
                      .accumulator = &accumulator,
                      .index = index++};
    Value next = argument(node, 1, scope);
    // It may borrow from the accumulator that it replaces, or from a temporary array.
    if (accumulator.is_owned() || array.is_owned()) detach(next);
    accumulator = std::move(next);
  }
  return failed_ ? Value() : std::move(accumulator);
}

Value Evaluation::merge(const Node& node, const Frame& frame) {
  json result = json::array();
  for (std::uint32_t i = 0; i < node.count && !failed_; ++i) {
    Value value = argument(node, i, frame);
    if (failed_) break;
    if (!value.is_array()) {
      result.push_back(take(std::move(value)));
      continue;
    }
    for (const json& element : value.compound()) {
      if (!charge(1)) break;
      result.push_back(take(Value::borrow(element)));
    }
  }
  return failed_ ? Value() : Value::own(std::move(result));
}

Value Evaluation::in(const Node& node, const Frame& frame) {
  const Value needle = argument(node, 0, frame);
  if (failed_) return {};
  const Value haystack = argument(node, 1, frame);
  if (failed_) return {};
  if (haystack.is_array()) {
    if (!charge(haystack.compound().size() / 16)) return {};
    for (const json& element : haystack.compound()) {
      if (strictly_equal(Value::borrow(element), needle)) return Value(true);
    }
    return Value(false);
  }
  if (!haystack.is_string() || haystack.text().empty()) return Value(false);
  std::string text;
  if (!needle.is_string()) append(needle, "null", text);
  const std::string_view searched = needle.is_string() ? needle.text() : text;
  // The search is quadratic at worst.
  const std::size_t work = haystack.text().size() / 64 * (searched.size() / 64 + 1);
  if (failed_ || !charge(work)) return {};
  return Value(haystack.text().find(searched) != std::string_view::npos);
}

Value Evaluation::cat(const Node& node, const Frame& frame) {
  std::string text;
  for (std::uint32_t i = 0; i < node.count && !failed_; ++i) {
    const Value value = argument(node, i, frame);
    if (failed_) break;
    if (node.listed || !value.is_array()) {
      append(value, "", text);
      continue;
    }
    for (const json& element : value.compound()) {
      if (failed_ || !charge(1)) break;
      append(Value::borrow(element), "", text);
    }
  }
  return failed_ ? Value() : Value::own(std::move(text));
}

Value Evaluation::substr(const Node& node, const Frame& frame) {
  std::string text;
  const Value source = argument(node, 0, frame);
  if (failed_) return {};
  append(source, "null", text);
  const auto size = static_cast<double>(hezuo::count(text, Unit::characters));

  double start = 0;
  if (node.count > 1) start = whole_number(argument(node, 1, frame), size);
  if (start < 0) start += size;
  double length = size - start;
  if (node.count > 2) {
    const double given = whole_number(argument(node, 2, frame), size);
    // A negative length leaves as many characters at the end, as in PHP.
    length = given < 0 ? std::max(length + given, 0.0) : std::min(length, given);
  }
  if (failed_) return {};
  const std::string_view rest = skip_characters(text, static_cast<std::size_t>(start));
  const std::string_view tail = skip_characters(rest, static_cast<std::size_t>(length));
  return Value::own(rest.substr(0, rest.size() - tail.size()));
}

Value Evaluation::length(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  const Value value = argument(node, 0, frame);
  if (failed_) return {};
  current_ = self;
  if (value.is_array()) return Value(static_cast<double>(value.compound().size()));
  if (!value.is_string())
    return invalid_arguments(": only texts and arrays have a length");
  if (!charge(value.text().size() / 1024)) return {};
  return Value(static_cast<double>(hezuo::count(value.text(), Unit::characters)));
}

Value Evaluation::count(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  const Value value = argument(node, 0, frame);
  if (failed_ || value.is_null()) return {};
  current_ = self;
  if (!value.is_string()) return invalid_arguments(": only a text can be counted");
  if (!charge(value.text().size() / 64)) return {};
  return Value(
      static_cast<double>(hezuo::count(value.text(), static_cast<Unit>(node.detail))));
}

Value Evaluation::months(const Node& node, const Frame& frame) {
  const std::uint32_t self = current_;
  const Value from = argument(node, 0, frame);
  if (failed_) return {};
  const Value to = argument(node, 1, frame);
  if (failed_ || from.is_null() || to.is_null()) return {};
  current_ = self;
  if (!from.is_string() || !to.is_string()) return invalid_arguments(": no date");
  const std::optional<Date> start = day_or_month(from.text());
  const std::optional<Date> end = day_or_month(to.text());
  if (!start || !end) return invalid_arguments(": no date");
  int months = (end->year - start->year) * 12 + end->month - start->month;
  // A month that has begun is not whole yet.
  if (start->day != 0 && end->day != 0) {
    if (months > 0 && end->day < start->day) --months;
    if (months < 0 && end->day > start->day) ++months;
  }
  return Value(static_cast<double>(months));
}

}  // namespace hezuo::rules
