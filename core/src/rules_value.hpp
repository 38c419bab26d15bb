#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace hezuo::rules {

/// A value while a rule is evaluated: a scalar, or JSON that is borrowed from the data,
/// the rule or a scope, or JSON that was made on the way and is owned.
///
/// Borrowed JSON must outlive the value; whoever ends the life of a scope detaches what
/// leaves it (`Evaluation::detach`).
class Value {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  Value() noexcept : Value(Kind::null) {}
  explicit Value(bool boolean) noexcept : kind_(Kind::boolean), boolean_(boolean) {}
  explicit Value(double number) noexcept : kind_(Kind::number), number_(number) {}
  explicit Value(const char*) = delete;
  static Value borrow(const nlohmann::json& source) noexcept;
  static Value of(std::string_view text) noexcept {
    Value value(Kind::string);
    value.text_ = text;
    return value;
  }
  /// The same value, borrowed from `value`, which must outlive it.
  static Value borrow(const Value& value) noexcept;
  static Value own(nlohmann::json made);

  Value(Value&& other) noexcept { take(other); }
  Value& operator=(Value&& other) noexcept {
    if (this != &other) {
      if (owns_) delete json_;
      take(other);
    }
    return *this;
  }
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  ~Value() {
    if (owns_) delete json_;
  }

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::null; }
  [[nodiscard]] bool is_array() const noexcept { return kind_ == Kind::array; }
  [[nodiscard]] bool is_string() const noexcept { return kind_ == Kind::string; }
  /// An array or an object.
  [[nodiscard]] bool is_compound() const noexcept { return kind_ >= Kind::array; }
  /// Whether it points into JSON that it does not own.
  [[nodiscard]] bool is_borrowed() const noexcept {
    return kind_ >= Kind::string && !owns_;
  }
  [[nodiscard]] bool is_owned() const noexcept { return owns_; }

  [[nodiscard]] bool boolean() const noexcept { return boolean_; }
  [[nodiscard]] double number() const noexcept { return number_; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  /// Of an array or an object.
  [[nodiscard]] const nlohmann::json& compound() const noexcept { return *json_; }
  /// Only of an owned value, which becomes null.
  nlohmann::json release();

  [[nodiscard]] bool truthy() const noexcept;

 private:
  explicit Value(Kind kind) noexcept : kind_(kind), text_() {}
  void take(Value& other) noexcept {
    kind_ = other.kind_;
    owns_ = std::exchange(other.owns_, false);
    json_ = other.json_;
    text_ = other.text_;
  }

  Kind kind_ = Kind::null;
  bool owns_ = false;
  const nlohmann::json* json_ = nullptr;
  union {
    bool boolean_;
    double number_;
    std::string_view text_;
  };
};

inline Value Value::borrow(const nlohmann::json& source) noexcept {
  switch (source.type()) {
    case nlohmann::json::value_t::boolean:
      return Value(*source.get_ptr<const nlohmann::json::boolean_t*>());
    case nlohmann::json::value_t::number_integer:
      return Value(static_cast<double>(
          *source.get_ptr<const nlohmann::json::number_integer_t*>()));
    case nlohmann::json::value_t::number_unsigned:
      return Value(static_cast<double>(
          *source.get_ptr<const nlohmann::json::number_unsigned_t*>()));
    case nlohmann::json::value_t::number_float:
      return Value(*source.get_ptr<const nlohmann::json::number_float_t*>());
    case nlohmann::json::value_t::string:
      return of(*source.get_ptr<const nlohmann::json::string_t*>());
    case nlohmann::json::value_t::array:
    case nlohmann::json::value_t::object: {
      Value value(source.is_array() ? Kind::array : Kind::object);
      value.json_ = &source;
      return value;
    }
    default:
      return {};
  }
}

/// Why a conversion to text ended early: the text of nested arrays can be far longer
/// than the arrays.
struct TextLimit {
  std::size_t bytes;
  bool exceeded = false;
};

/// Appends what JavaScript's String(value) gives. `null_text` is "null", but "" where
/// Array.prototype.join converts.
void append_text(const Value& value, std::string_view null_text, std::string& out,
                 TextLimit& limit);

/// JavaScript's Number(value); NaN for objects, and for arrays but [] and [x].
double to_number(const Value& value);

/// JavaScript's `===`: arrays and objects are equal to themselves only.
bool strictly_equal(const Value& a, const Value& b) noexcept;

/// JavaScript's `==`.
bool loosely_equal(const Value& a, const Value& b, TextLimit& limit);

enum class Order : std::uint8_t { less, equal, greater, unordered };
/// How JavaScript's `<` sees them: two texts by UTF-16 code units, all else as numbers;
/// `unordered` if one of these is NaN.
Order compare(const Value& a, const Value& b, TextLimit& limit);

/// `text` without its first `count` code points.
std::string_view skip_characters(std::string_view text, std::size_t count) noexcept;

/// A number as JSON: an integer where it is one.
nlohmann::json number_json(double value);

}  // namespace hezuo::rules
