#pragma once

// A session as the JSON that a page works with; js/src/index.js describes the shapes.

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/award.hpp"

namespace hezuo {

/// An issue without its text.
nlohmann::json issue_json(const Issue& issue);
/// An issue with its text in the catalogue's language.
nlohmann::json issue_json(const Issue& issue, const Call& call,
                          const Catalogue& catalogue);

/// {"valid", "issues", "receipt"} of a document as it came.
nlohmann::json validation_json(const Call& call, std::string_view document,
                               std::int64_t now, const Catalogue& catalogue);

/// Remembers what a page was told last, so that a change says only what is new.
class SessionJson {
 public:
  explicit SessionJson(const Catalogue* catalogue) : catalogue_(catalogue) {}

  nlohmann::json state(const Application& application);
  nlohmann::json change(const Application& application, const Change& change);
  /// A change of all consents.
  nlohmann::json consents(const Application& application) const;
  [[nodiscard]] nlohmann::json check(const Application& application) const;

 private:
  [[nodiscard]] nlohmann::json cell(const Application& application,
                                    const Place& place) const;
  [[nodiscard]] nlohmann::json consent(const Application& application,
                                       std::size_t index) const;
  [[nodiscard]] nlohmann::json section(const Application& application, std::size_t index,
                                       const SectionState& state) const;
  [[nodiscard]] nlohmann::json eligibility(const Application& application) const;
  [[nodiscard]] nlohmann::json deadline(const Application& application) const;
  [[nodiscard]] nlohmann::json issues(const Application& application,
                                      const std::vector<Issue>& issues) const;

  const Catalogue* catalogue_;
  std::vector<SectionState> sections_;
  nlohmann::json eligibility_;
  nlohmann::json deadline_;
};

}  // namespace hezuo
