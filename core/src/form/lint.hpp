#pragma once

// Reads a definition and collects all that is wrong with it, rather than the first.
//
// Names are `const char*` where they are known, and what is read goes where it belongs,
// by reference: a definition has some hundred properties, each of them a call in the
// module.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/form.hpp"
#include "hezuo/i18n.hpp"

namespace hezuo {

using Names = std::vector<std::string_view>;

/// The words of "one|two|three", and the word at an index. The views point into it.
Names split(const char* words);
std::string_view word(const char* words, std::size_t index);
/// Where `word` is among `words`; `none` if it is not.
std::size_t index_in(const char* words, std::string_view word);

std::size_t index_in(const Names& names, std::string_view name);

/// Whether all of a text, which may be empty, is among `signs`.
bool consists_of(std::string_view text, const char* signs);

/// The JSON Pointer of an item of the list at `pointer`.
std::string pointer_to(const std::string& pointer, std::size_t index);

class Lint {
 public:
  void add(const char* code, const std::string& pointer);
  /// With one parameter, which is a text.
  void add(const char* code, const std::string& pointer, const char* name,
           const std::string& text);
  /// With two.
  void add(const char* code, const std::string& pointer, const char* name,
           const std::string& text, const char* other, const std::string& other_text,
           Severity severity = Severity::error);
  void add(const char* code, const std::string& pointer, nlohmann::json params,
           Severity severity = Severity::error);
  /// An unknown name: `code`, or "definition.misspelled" where one of `known` is close.
  void add_unknown(const char* code, const std::string& pointer, std::string_view name,
                   const Names& known, Severity severity = Severity::error);
  /// A value that is none of `allowed`, of which each is said once.
  void add_value(const std::string& pointer, const nlohmann::json& value,
                 const Names& allowed);
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::vector<Issue> take() { return std::move(issues_); }

 private:
  /// A definition that is wrong all over is not worth more than this.
  [[nodiscard]] bool full() const { return issues_.size() >= 200; }

  std::vector<Issue> issues_;
  bool failed_ = false;
};

/// Whether a property may be absent; if not, its absence is reported.
enum class Need : std::uint8_t { may, must };

/// How an identifier is built: `name` begins with a small letter, has small letters,
/// digits and '_', and is neither "row" nor "today"; `tag` may begin with any of them,
/// and have '-', too.
enum class IdStyle : std::uint8_t { name, tag };

/// One object of a definition. Asking for a property marks it as known; `finish`
/// reports all that was never asked for, so no list of names stands twice.
///
/// What is absent or wrong leaves numbers and truths as they were, texts and lists empty.
class Properties {
 public:
  Properties(const nlohmann::json& value, std::string pointer, Lint& lint,
             const std::vector<std::string>& languages);
  /// The object that is the property `key` of another, where it has the value `value`.
  Properties(Properties& from, std::string_view key, const nlohmann::json& value);

  [[nodiscard]] std::string at(const char* key) const;
  [[nodiscard]] std::string at(std::string_view key) const;
  [[nodiscard]] Lint& lint() const { return lint_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }

  /// The property's value, or null (the pointer) when absent.
  const nlohmann::json* get(const char* key, Need need = Need::may);
  const nlohmann::json* get(std::string_view key, Need need = Need::may);
  /// As `get`, reported when it is not an array of at least one item.
  const nlohmann::json* list(std::string_view key, Need need);

  /// The string, which the definition owns; an empty one where there is none.
  const std::string& string(const char* key, Need need);
  /// The property "id", reported when it is one of `taken`, to which it is added.
  void id(IdStyle style, std::vector<std::string>& taken, std::string& into);
  void truth(const char* key, bool& into);
  /// As `truth`; what else stands there is returned: a rule.
  const nlohmann::json* truth_or_rule(const char* key, bool& into);
  void number(const char* key, double& into);
  void number(std::string_view key, std::optional<double>& into);
  /// From 0 to 1,000,000,000.
  void whole(const char* key, std::optional<double>& into);
  std::optional<std::int64_t> instant(const char* key, Need need);
  /// Bytes, from "10 MB", "500 kB".
  void bytes(const char* key, std::uint64_t& into);
  void text(const char* key, Need need, Text& into);
  void strings(const char* key, Need need, std::vector<std::string>& into);
  void strings(std::string_view key, Need need, std::vector<std::string>& into);
  /// The index of the string among `allowed`; 0 where it is absent or wrong.
  std::size_t one_of(const char* key, const char* allowed, Need need);
  std::size_t one_of(const char* key, const Names& allowed, Need need);

  /// Reports what is wrong with a property.
  void add(const char* code, const char* key);
  void add(const char* code, const char* key, const std::string& value);
  void add_value(const char* key, const nlohmann::json& value, const char* allowed);
  /// A least that is more than the most, at the most.
  void add_order(std::string_view key, double min, double max);
  void finish();

 private:
  const std::string& string(const nlohmann::json* value, std::string_view key);
  void wrong_type(std::string_view key, const char* expected);

  const nlohmann::json* object_;  ///< Null where it is none.
  std::string pointer_;
  Lint& lint_;
  const std::vector<std::string>& languages_;
  Names known_;
};

/// The objects of a list, one after the other.
///
///     for (Items items(root, "criteria", Need::may); auto* one = items.next();) ...
class Items {
 public:
  Items(Properties& from, const char* key, Need need)
      : from_(from), key_(key), list_(from.list(key, need)) {}

  [[nodiscard]] std::size_t size() const;
  /// Null behind the last one; else good until the next call.
  Properties* next();

 private:
  Properties& from_;
  const char* key_;
  const nlohmann::json* list_;
  std::size_t next_ = 0;
  std::optional<Properties> item_;
};

}  // namespace hezuo
