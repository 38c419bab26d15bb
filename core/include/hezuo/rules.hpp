#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/result.hpp"

namespace hezuo {

/// A JSON Logic rule (jsonlogic.com), compiled once and evaluated often.
///
///     const auto rule = Rule::compile(logic, {});   // {">=": [{"var": "age"}, 18]}
///     rule->evaluate({{"age", 20}}, {});            // -> true
///
/// Values are JSON, numbers are doubles. Operators and coercions are those of
/// json-logic-js 2: JavaScript's `==`, `<` and Number(), parseFloat() for `+` and `*`,
/// truthiness with the exception that an empty array is false. What JavaScript would
/// throw or answer with NaN or an infinity is a `rule_type` error, and an unknown
/// operator is refused when the rule is compiled. Where json-logic-js ignores arguments
/// or has no useful answer, the community's newer suites are followed:
///   - comparisons, `-`, `/` and `%` chain: {"<": [1, 2, 3, 4]};
///   - {"/": 2} is 0.5, `+` of nothing 0, `*` of nothing 1, `and` and `or` of nothing
///     false; null, true, false and "" are numbers for `+` and `*`, too;
///   - arrays and objects are no numbers for arithmetic;
///   - an argument that is computed and an array gives all arguments of arithmetic, of
///     `max`, `min` and `cat`: {"max": {"var": "figures"}};
///   - `if`, `and`, `or`, comparisons, `in` and array operators take their arguments as
///     an array only, and not too few.
/// And `??`, `val`, `exists`, `length`, `try`, `throw` and `preserve` are there. Texts
/// have their length, and `substr` its positions, in code points. `log` has no output.
/// As in json-logic-js, an object of none or several keys is a literal.
///
/// Evaluation is bounded in depth (64 levels of JSON, checked when compiled) and in
/// steps, which also pay for what is copied and for long texts.
///
/// Beside the standard operators:
///   {"set": "europe"}            a constant list that the definition declares
///   {"today": []}                the date of the evaluation, "YYYY-MM-DD"
///   {"months": [from, to]}       whole months between two dates or months, signed; null
///                                if one is null, an error if one is no date
///   {"count": [text, "words"]}   the length of a text (UTF-8 in NFC) in a `Unit`, which
///                                is a constant; null for null
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
  Rule(Rule&&) noexcept;
  Rule& operator=(Rule&&) noexcept;
  ~Rule();

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

  /// Evaluates against one JSON value. Fails with `rule_type`, `rule_steps`, or
  /// `too_deep` where it copies data of more than 128 levels. The path is the JSON
  /// Pointer of the operator in the rule. Of `rule_type`, the message is what "throw"
  /// threw, or begins with "NaN" or "Invalid Arguments", the types that "try" sees.
  [[nodiscard]] Result<nlohmann::json> evaluate(const nlohmann::json& data,
                                                const Scope& scope) const;
  /// The same with the value of each of `roots()` at hand, in that order; null pointers
  /// are missing values. For callers that keep their data in slots.
  [[nodiscard]] Result<nlohmann::json> evaluate(
      std::span<const nlohmann::json* const> values, const Scope& scope) const;

 private:
  struct Program;
  explicit Rule(std::unique_ptr<const Program> program);
  std::unique_ptr<const Program> program_;
};

/// JSON Logic's truth: false, null, 0, "" and [] are false, all else is true.
[[nodiscard]] bool truthy(const nlohmann::json& value) noexcept;

}  // namespace hezuo
