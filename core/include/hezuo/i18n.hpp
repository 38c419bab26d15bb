#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/result.hpp"

namespace hezuo {

enum class Severity : std::uint8_t {
  error,    ///< Blocks handing in.
  warning,  ///< Asks for confirmation.
  hint,     ///< Only shows.
};
[[nodiscard]] std::string_view name(Severity severity) noexcept;

/// What a person should know about an answer, or a maintainer about a definition.
struct Issue {
  std::string code;  ///< Stable and append-only, e.g. "text.too_long".
  Severity severity = Severity::error;
  std::string pointer;   ///< RFC 6901, into the document (or the definition).
  std::string key;       ///< The session's name of the place: stable when rows move.
  std::string language;  ///< Of the answer, as a BCP 47 tag; empty where there is none.
  nlohmann::json params = nlohmann::json::object();  ///< Measured values, for the text.
  std::string rule;  ///< The check, gate or consent that it comes from, or empty.

  bool operator==(const Issue&) const = default;
};

/// The parameters of an issue: an object of one to four members. Plain functions, since
/// every check has its own: nlohmann's initializer lists cost three times the code.
nlohmann::json values(const char* name, nlohmann::json value);
nlohmann::json values(const char* a, nlohmann::json a_value, const char* b,
                      nlohmann::json b_value);
nlohmann::json values(const char* a, nlohmann::json a_value, const char* b,
                      nlohmann::json b_value, const char* c, nlohmann::json c_value);
nlohmann::json values(const char* a, nlohmann::json a_value, const char* b,
                      nlohmann::json b_value, const char* c, nlohmann::json c_value,
                      const char* d, nlohmann::json d_value);

/// A text in each of a definition's languages.
struct Text {
  /// Parallel to the definition's languages; a single one serves all; none: absent.
  std::vector<std::string> texts;

  [[nodiscard]] bool empty() const noexcept { return texts.empty(); }
  /// The text in the language of that index; empty when absent.
  [[nodiscard]] const std::string& in(std::size_t language) const noexcept;

  bool operator==(const Text&) const = default;
};

/// The CLDR plural category of a whole number: "one", "few", "many", "other" ...
///
/// Known are the official languages of the EU and those without plural (Chinese,
/// Japanese, Korean, Vietnamese ...); any other language answers as English does.
/// Source: Unicode CLDR 42, plural rules, cardinal, integers.
[[nodiscard]] std::string_view plural_category(std::string_view language,
                                               std::uint64_t n) noexcept;

/// The messages and interface texts of one language: `core/data/messages/<tag>.json`.
///
/// A message is a text with `{name}` for a parameter, `{name:number}` for one with
/// digits grouped and `{name:unit}` for a quantity in the unit that the parameter
/// "unit" names; or one text per plural category of the parameter that "plural" names.
class Catalogue {
 public:
  /// Fails with `invalid_json` where the file does not have the shape.
  static Result<Catalogue> from(const nlohmann::json& file);

  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] bool has(std::string_view code) const;
  /// All codes, sorted.
  [[nodiscard]] std::vector<std::string> codes() const;

  /// The message of `code` with its parameters put in; the code itself where there is
  /// none. `answer_language` chooses between units ("words" of Chinese are characters).
  ///
  /// What somebody wrote (the parameters "value", "other", "name" and "found") is quoted
  /// with at most 30 graphemes, in messages about definitions with 64; texts of the
  /// interface ("ui.") have it whole. No parameter changes the order in which the
  /// sentence around it is read (`isolate`).
  [[nodiscard]] std::string format(std::string_view code, const nlohmann::json& params,
                                   std::string_view answer_language = {}) const;

 private:
  friend class Catalogues;

  std::string language_;
  std::string name_;
  nlohmann::json messages_;
};

/// The catalogues at hand.
class Catalogues {
 public:
  /// Adds one; to that of the same language, its messages. Pointers that `find` gave
  /// stay good.
  void add(Catalogue catalogue);
  /// The best match of a BCP 47 tag: itself, then its script or region of the same
  /// language ("zh", "zh-CN" and "zh-SG" find zh-Hans), then the first. Null when empty.
  [[nodiscard]] const Catalogue* find(std::string_view language) const;
  [[nodiscard]] const std::list<Catalogue>& all() const noexcept { return all_; }

 private:
  std::list<Catalogue> all_;
};

/// The index in `languages` of the best match of `tag` by the same rule; 0 when there is
/// none.
[[nodiscard]] std::size_t best_language(std::string_view tag,
                                        const std::vector<std::string>& languages);

}  // namespace hezuo
