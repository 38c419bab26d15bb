#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "hezuo/result.hpp"

namespace hezuo {

/// A JSON Logic rule (jsonlogic.com), compiled once and evaluated often.
///
/// Values are JSON. Coercions are those of json-logic-js 2 (JavaScript's `==`, `+`,
/// `<`, truthiness with the exception that an empty array is false), written out here
/// without exceptions: what JavaScript would throw or answer with NaN is a `rule_type`
/// error. Evaluation is bounded in depth (64, at compile time) and in steps.
///
/// Beside the standard operators:
///   {"set": "europe"}            a constant list that the definition declares
///   {"today": []}                the date of the evaluation, "YYYY-MM-DD"
///   {"months": [from, to]}       whole months between two dates or months, signed
///   {"count": [text, "words"]}   the length of a text in a `Unit`
class Rule {
 public:
  struct CompileOptions {
    /// The constant lists of "set": an object of arrays, or null.
    const nlohmann::json* sets = nullptr;
  };
  struct Scope {
    std::string_view today;             ///< "YYYY-MM-DD"; empty: {"today":[]} is null.
    std::size_t max_steps = 1'000'000;  ///< Operator applications, loops included.
  };

  /// Fails with `rule_invalid` (path: JSON Pointer into `logic`) and `too_deep`.
  static Result<Rule> compile(const nlohmann::json& logic, const CompileOptions& options);

  /// The first segments of all variables that the rule reads from its data, each once,
  /// in order of appearance: {"var": "budget.EUR"} reads "budget". Variables inside
  /// map, filter, reduce, all, some and none read the element instead, and are not
  /// listed. A rule that reads all its data ({"var": ""}) or computes a name lists "".
  [[nodiscard]] const std::vector<std::string>& roots() const noexcept;

  /// Every variable with a constant name, as written, with its JSON Pointer into the
  /// rule; for variables inside an array operator, `element_of` is the constant name of
  /// the array that it goes over, when that is a plain variable.
  struct Variable {
    std::string name;
    std::string pointer;
    bool element = false;  ///< Inside an array operator.
    std::string element_of;
  };
  [[nodiscard]] const std::vector<Variable>& variables() const noexcept;

  /// Evaluates against one JSON value. Fails with `rule_type` or `rule_steps`.
  [[nodiscard]] Result<nlohmann::json> evaluate(const nlohmann::json& data,
                                                const Scope& scope) const;
  /// The same with the value of each of `roots()` at hand, in that order; null pointers
  /// are missing values. For callers that keep their data in slots.
  [[nodiscard]] Result<nlohmann::json> evaluate(
      std::span<const nlohmann::json* const> values, const Scope& scope) const;

 private:
  struct Program;
  explicit Rule(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
};

/// JSON Logic's truth: false, null, 0, "" and [] are false, all else is true.
[[nodiscard]] bool truthy(const nlohmann::json& value) noexcept;

}  // namespace hezuo
