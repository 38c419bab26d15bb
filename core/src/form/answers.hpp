#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hezuo/form.hpp"

namespace hezuo {

/// An issue of one answer, before its place is known: rows move.
struct Finding {
  std::string code;
  std::string suffix;  ///< JSON Pointer below the answer's own.
  std::size_t language = none;
  nlohmann::json params = nlohmann::json::object();
  Severity severity = Severity::error;
  /// The answer does not have the shape of its kind: said even of an irrelevant field,
  /// so that whatever the core takes, the exported schema takes too.
  bool shape = false;

  bool operator==(const Finding&) const = default;
};

struct CheckedAnswer {
  bool answered = false;
  nlohmann::json fact;  ///< What rules see: null when unanswered or out of shape.
  std::vector<Finding> findings;
  std::vector<TextCount> counts;

  bool operator==(const CheckedAnswer&) const = default;
};

/// Checks one answer (in NFC; null: unanswered) against its field. Not for groups,
/// computed fields and notes.
CheckedAnswer check_answer(const Field& field, const FormDefinition& form,
                           const nlohmann::json& answer, bool required,
                           std::string_view today);

}  // namespace hezuo
