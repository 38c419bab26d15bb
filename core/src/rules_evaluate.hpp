#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "hezuo/error.hpp"
#include "hezuo/result.hpp"
#include "hezuo/rules.hpp"
#include "rules_program.hpp"
#include "rules_value.hpp"

namespace hezuo::rules {

/// What variables read: the data of the rule, or an element of an array that an operator
/// goes over.
struct Frame {
  const Frame* parent = nullptr;       ///< Null for the data.
  const Value* value = nullptr;        ///< The element, or "current" of a reduction.
  const Value* accumulator = nullptr;  ///< Only of a reduction.
  std::size_t index = no_index;        ///< Of the element.
};

/// One run of a program. Recursion is bounded by the depth of the rule, which the
/// compiler caps; loops and what is written by the steps.
class Evaluation {
 public:
  Evaluation(const Program& program, const Data& data, const Rule::Scope& scope)
      : program_(program), data_(data), today_(scope.today), steps_(scope.max_steps) {}

  Result<nlohmann::json> run(std::uint32_t start);

 private:
  // Each answers with null once something failed; callers look at `failed_`.
  Value evaluate(std::uint32_t index, const Frame& frame);
  Value argument(const Node& node, std::uint32_t number, const Frame& frame) {
    return evaluate(program_.arguments[node.first + number], frame);
  }

  /// The truth of a node, without its value.
  bool test(std::uint32_t index, const Frame& frame);
  /// Where the value of a constant or of a plain variable lies, if that is all it takes.
  [[nodiscard]] const nlohmann::json* place(const Node& node, const Frame& frame) const;

  // Control.
  Value condition(const Node& node, const Frame& frame);
  Value first_that(const Node& node, const Frame& frame);
  Value attempt(const Node& node, const Frame& frame);
  Value raise(const Node& node, const Frame& frame);
  // Comparison and arithmetic.
  bool compares(const Node& node, const Frame& frame);
  bool holds(Op op, const Value& left, const Value& right);
  Value arithmetic(const Node& node, const Frame& frame);
  // Variables.
  bool find(const Path& path, const Frame& frame, Value& out);
  bool find_in_scope(const Path& path, const Frame& scope, Value& out);
  Value variable(const Node& node, const Frame& frame);
  Path computed_name(const Value& name);
  Path computed_path(const Node& node, const Frame& frame);
  Value path_value(const Node& node, const Frame& frame);
  bool is_missing(const Value& key, const Path* path, const Frame& frame);
  Value missing(const Node& node, const Frame& frame);
  // Arrays.
  Value list(const Node& node, const Frame& frame);
  Value map(const Node& node, const Frame& frame);
  Value filter(const Node& node, const Frame& frame);
  Value quantifier(const Node& node, const Frame& frame);
  Value reduce(const Node& node, const Frame& frame);
  Value merge(const Node& node, const Frame& frame);
  Value in(const Node& node, const Frame& frame);
  // Texts and dates.
  Value cat(const Node& node, const Frame& frame);
  Value substr(const Node& node, const Frame& frame);
  Value length(const Node& node, const Frame& frame);
  Value count(const Node& node, const Frame& frame);
  Value months(const Node& node, const Frame& frame);

  bool charge(std::size_t steps) {
    if (steps <= steps_) {
      steps_ -= steps;
      return true;
    }
    return exhaust();
  }
  bool exhaust();
  void append(const Value& value, std::string_view null_text, std::string& out);
  nlohmann::json take(Value value);
  bool copy(const nlohmann::json& from, nlohmann::json& to, std::size_t depth);
  void detach(Value& value);

  Value fail(ErrorCode code, std::string type, const char* detail = "");
  Value not_a_number() {
    return fail(ErrorCode::rule_type, "NaN", ": an operand or the result is no number");
  }
  Value invalid_arguments(const char* detail) {
    return fail(ErrorCode::rule_type, "Invalid Arguments", detail);
  }

  const Program& program_;
  const Data& data_;
  std::string_view today_;
  std::size_t steps_;
  std::uint32_t current_ = 0;  ///< The node whose operator works, for the error's path.

  bool failed_ = false;
  ErrorCode failure_code_ = ErrorCode::rule_type;
  std::uint32_t failure_node_ = 0;
  std::string failure_type_;
  const char* failure_detail_ = "";
};

}  // namespace hezuo::rules
