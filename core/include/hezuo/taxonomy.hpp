#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/result.hpp"

namespace hezuo {

/// One term of a list. Labels and aliases are by BCP 47 tag.
struct Term {
  std::string id;      ///< Unique over all lists: "sdg:11".
  std::string parent;  ///< Id of a term of the same list, or empty.
  std::vector<std::pair<std::string, std::string>> labels;

  /// The label in `language`, or in the first language that there is.
  [[nodiscard]] const std::string& label(std::string_view language) const;
};

/// A controlled list, such as the Sustainable Development Goals: a file of
/// `core/data/taxonomies` or of the site.
struct Taxonomy {
  std::string id;
  std::vector<Term> terms;

  /// Fails with `invalid_json` where the file does not have the shape, or an id stands
  /// twice.
  static Result<Taxonomy> from(const nlohmann::json& file);

  [[nodiscard]] const Term* find(std::string_view term) const;
};

}  // namespace hezuo
