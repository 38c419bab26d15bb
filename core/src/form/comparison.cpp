#include "comparison.hpp"

#include "hezuo/json.hpp"
#include "hezuo/parity.hpp"

namespace hezuo {

std::vector<Finding> compare_languages(const Field& field, const FormDefinition& form,
                                       const nlohmann::json& fact) {
  std::vector<Finding> findings;
  if (field.kind != FieldKind::line && field.kind != FieldKind::prose) return findings;
  LanguageText first;
  std::size_t first_language = none;
  for (const auto language : field.languages) {
    const auto& tag = form.languages[language];
    const auto* utf8 = string_at(fact, tag);
    if (utf8 == nullptr) continue;
    if (first_language == none) {
      first = {tag, *utf8};
      first_language = language;
      continue;
    }
    for (auto& issue : parity(first, {tag, *utf8})) {
      findings.push_back({.code = std::move(issue.code),
                          .suffix = std::move(issue.pointer),
                          .language = issue.language == tag ? language : first_language,
                          .params = std::move(issue.params),
                          .severity = issue.severity});
    }
  }
  return findings;
}

}  // namespace hezuo
