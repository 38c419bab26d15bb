#pragma once

#include <memory>
#include <span>

#include "hezuo/form.hpp"
#include "lint.hpp"

namespace hezuo {

/// Reads what a definition says of its form (languages, title, intro, sets, sections,
/// checks) from `root` into `form`, and compiles it. What is wrong goes to the lint.
/// `attachments` is the most that all files together may have, in bytes.
void compile_form(Properties& root, std::span<const Taxonomy> taxonomies,
                  std::uint64_t attachments, FormDefinition& form);

/// Reads the languages of a definition; they are needed before any of its texts.
void read_languages(Properties& root, std::vector<std::string>& languages);

/// For `compile_rule`: the rule may read the rows of groups, and its caller sorts it out.
inline constexpr std::size_t any_group = none - 1;

/// Compiles a rule that stands at `pointer` and is asked in a row of `group` (or none).
/// What it gets wrong (unknown field, impossible option, wrong type) goes to the lint,
/// and null is returned where the rule cannot be asked.
std::unique_ptr<const BoundRule> compile_rule(const nlohmann::json& logic,
                                              const std::string& pointer,
                                              std::size_t group,
                                              const FormDefinition& form, Lint& lint);

/// Finds what depends on what, and an order; a cycle goes to the lint, at the pointer of
/// one of its fields.
void compile_order(FormDefinition& form, Lint& lint);

}  // namespace hezuo
