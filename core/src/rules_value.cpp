#include "rules_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "number.hpp"

namespace hezuo::rules {
namespace {

using nlohmann::json;

constexpr std::size_t max_text_depth = 64;

void append_array(const json& array, std::string& out, TextLimit& limit,
                  std::size_t depth) {
  if (depth > max_text_depth) limit.exceeded = true;
  for (std::size_t i = 0; i < array.size() && !limit.exceeded; ++i) {
    if (i != 0) out += ',';
    if (array[i].is_array()) {
      append_array(array[i], out, limit, depth + 1);
    } else {
      append_text(Value::borrow(array[i]), "", out, limit);
    }
    if (out.size() > limit.bytes) limit.exceeded = true;
  }
}

/// By UTF-16 code units. UTF-8 sorts as they do but for the surrogates, which come
/// before U+E000.
int compare_utf16(std::string_view a, std::string_view b) {
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < size && a[i] == b[i]) ++i;
  if (i == size) return a.size() == b.size() ? 0 : (a.size() < b.size() ? -1 : 1);
  const auto x = static_cast<unsigned char>(a[i]);
  const auto y = static_cast<unsigned char>(b[i]);
  if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0)) return x >= 0xF0 ? -1 : 1;
  return x < y ? -1 : 1;
}

/// The text of an array or object, for a comparison with a primitive.
std::string primitive(const Value& value, TextLimit& limit) {
  std::string text;
  append_text(value, "null", text, limit);
  return text;
}

}  // namespace

Value Value::borrow(const Value& value) noexcept {
  Value result(value.kind_);
  result.json_ = value.json_;
  result.text_ = value.text_;
  return result;
}

Value Value::own(nlohmann::json made) {
  auto* owned = new nlohmann::json(std::move(made));
  Value value = borrow(*owned);
  value.json_ = owned;
  value.owns_ = true;
  return value;
}

nlohmann::json Value::release() {
  nlohmann::json result = std::move(*const_cast<nlohmann::json*>(json_));
  *this = Value();
  return result;
}

bool Value::truthy() const noexcept {
  switch (kind_) {
    case Kind::null:
      return false;
    case Kind::boolean:
      return boolean_;
    case Kind::number:
      return number_ != 0 && !std::isnan(number_);
    case Kind::string:
      return !text_.empty();
    case Kind::array:
      return !json_->empty();
    case Kind::object:
      return true;
  }
  return false;
}

void append_text(const Value& value, std::string_view null_text, std::string& out,
                 TextLimit& limit) {
  switch (value.kind()) {
    case Value::Kind::null:
      out += null_text;
      break;
    case Value::Kind::boolean:
      out += value.boolean() ? "true" : "false";
      break;
    case Value::Kind::number:
      out += ecmascript_number(value.number());
      break;
    case Value::Kind::string:
      out += value.text();
      break;
    case Value::Kind::array:
      append_array(value.compound(), out, limit, 1);
      break;
    case Value::Kind::object:
      out += "[object Object]";
      break;
  }
}

double to_number(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      return 0;
    case Value::Kind::boolean:
      return value.boolean() ? 1 : 0;
    case Value::Kind::number:
      return value.number();
    case Value::Kind::string:
      return ecmascript_to_number(value.text());
    case Value::Kind::array: {
      // The text of a longer array has a comma.
      if (value.compound().size() > 1) break;
      std::string text;
      TextLimit limit{.bytes = 4096};
      append_text(value, "", text, limit);
      if (!limit.exceeded) return ecmascript_to_number(text);
      break;
    }
    case Value::Kind::object:
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

bool strictly_equal(const Value& a, const Value& b) noexcept {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Value::Kind::null:
      return true;
    case Value::Kind::boolean:
      return a.boolean() == b.boolean();
    case Value::Kind::number:
      return a.number() == b.number();
    case Value::Kind::string:
      return a.text() == b.text();
    default:
      return &a.compound() == &b.compound();
  }
}

bool loosely_equal(const Value& a, const Value& b, TextLimit& limit) {
  if (a.kind() == b.kind() || (a.is_compound() && b.is_compound())) {
    return strictly_equal(a, b);
  }
  if (a.is_null() || b.is_null()) return false;
  if (b.is_compound()) return loosely_equal(b, a, limit);
  if (a.is_compound()) {
    const std::string text = primitive(a, limit);
    return !limit.exceeded && loosely_equal(Value::of(text), b, limit);
  }
  return to_number(a) == to_number(b);
}

Order compare(const Value& a, const Value& b, TextLimit& limit) {
  if (a.is_compound()) {
    const std::string text = primitive(a, limit);
    return limit.exceeded ? Order::unordered : compare(Value::of(text), b, limit);
  }
  if (b.is_compound()) {
    const std::string text = primitive(b, limit);
    return limit.exceeded ? Order::unordered : compare(a, Value::of(text), limit);
  }
  if (a.is_string() && b.is_string()) {
    const int order = compare_utf16(a.text(), b.text());
    return order < 0 ? Order::less : (order > 0 ? Order::greater : Order::equal);
  }
  const double x = to_number(a);
  const double y = to_number(b);
  if (x < y) return Order::less;
  if (x > y) return Order::greater;
  return x == y ? Order::equal : Order::unordered;
}

std::string_view skip_characters(std::string_view text, std::size_t count) noexcept {
  std::size_t i = 0;
  for (; count > 0 && i < text.size(); --count) {
    ++i;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) ++i;
  }
  return text.substr(i);
}

json number_json(double value) {
  constexpr double exact = 9007199254740992.0;
  if (value == std::trunc(value) && std::fabs(value) <= exact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

}  // namespace hezuo::rules
