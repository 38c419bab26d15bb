#include "hezuo/error.hpp"

namespace hezuo {

std::string_view name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_json:
      return "json.invalid";
    case ErrorCode::invalid_utf8:
      return "text.utf8";
    case ErrorCode::out_of_range:
      return "value.range";
    case ErrorCode::too_large:
      return "input.too_large";
    case ErrorCode::too_deep:
      return "json.too_deep";
    case ErrorCode::duplicate_key:
      return "json.duplicate_key";
    case ErrorCode::rule_invalid:
      return "rule.invalid";
    case ErrorCode::rule_type:
      return "rule.type";
    case ErrorCode::rule_steps:
      return "rule.steps";
    case ErrorCode::unknown_name:
      return "name.unknown";
  }
  return "unknown";
}

}  // namespace hezuo
