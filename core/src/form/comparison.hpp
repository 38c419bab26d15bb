#pragma once

#include <vector>

#include "answers.hpp"

namespace hezuo {

/// What `parity` finds in the texts of an answer that is given in several languages. They
/// are compared with the first that there is. Nothing for any other kind of answer.
/// `fact`: as rules see the answer.
std::vector<Finding> compare_languages(const Field& field, const FormDefinition& form,
                                       const nlohmann::json& fact);

}  // namespace hezuo
