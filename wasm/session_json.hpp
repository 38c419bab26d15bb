#pragma once

// A session as the JSON that a page works with; js/src/index.js describes the shapes.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {

/// {"valid", "issues", "receipt"} of a document as it came.
std::string validation_json(const Call& call, std::string_view document, std::int64_t now,
                            const Catalogue& catalogue);

/// Remembers what a page was told last, so that a change says only what is new.
class SessionJson {
 public:
  explicit SessionJson(const Catalogue* catalogue) : catalogue_(catalogue) {}

  std::string state(const Application& application);
  /// Writes a change and leaves its object open for more.
  void change(JsonWriter& out, const Application& application, const Change& change);
  /// Whether an edit changed nothing that a page shows but the length of the text.
  [[nodiscard]] bool only_length(const Change& change) const;
  /// The length of a text in its unit, and what its counter says; 0 and nothing where it
  /// has no limit.
  [[nodiscard]] std::pair<std::size_t, std::string> length(const Application& application,
                                                           const Place& place,
                                                           std::size_t language) const;
  /// A change of all consents.
  [[nodiscard]] std::string consents(const Application& application) const;
  [[nodiscard]] std::string check(const Application& application) const;
  [[nodiscard]] std::string left(const Application& application) const;

 private:
  void cell(JsonWriter& out, const Application& application, const Place& place) const;
  void consent(JsonWriter& out, const Application& application, std::size_t index) const;
  void section(JsonWriter& out, const Application& application, std::size_t index) const;
  [[nodiscard]] std::string eligibility(const Application& application) const;
  [[nodiscard]] std::string deadline(const Application& application) const;

  const Catalogue* catalogue_;
  std::vector<SectionState> sections_;
  std::string eligibility_;
  std::string deadline_;
  std::vector<char> asked_;  ///< By place: whether a rule of the call itself reads it.
};

}  // namespace hezuo
