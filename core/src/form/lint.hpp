#pragma once

// Reads a definition and collects all that is wrong with it, rather than the first.

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/i18n.hpp"

namespace hezuo {

class Lint {
 public:
  void add(std::string_view code, std::string pointer,
           nlohmann::json params = nlohmann::json::object(),
           Severity severity = Severity::error);
  /// An unknown name: `code`, or "definition.misspelled" where one of `known` is close.
  void add_unknown(std::string_view code, std::string pointer, std::string_view name,
                   const std::vector<std::string_view>& known,
                   Severity severity = Severity::error);
  /// A value that is none of `allowed`, of which each is said once.
  void add_value(std::string pointer, nlohmann::json value,
                 const std::vector<std::string_view>& allowed);
  [[nodiscard]] bool failed() const;
  [[nodiscard]] std::vector<Issue> take() { return std::move(issues_); }

 private:
  /// A definition that is wrong all over is not worth more than this.
  [[nodiscard]] bool full() const { return issues_.size() >= 200; }

  std::vector<Issue> issues_;
};

/// One object of a definition. Asking for a property marks it as known; `finish`
/// reports all that was never asked for, so no list of names stands twice.
class Properties {
 public:
  Properties(const nlohmann::json& value, std::string pointer, Lint& lint,
             const std::vector<std::string>& languages);

  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] std::string at(std::string_view key) const;
  Lint& lint() { return lint_; }

  /// The property's value, or null (the pointer) when absent.
  const nlohmann::json* get(std::string_view key);
  /// As `get`, reported when missing.
  const nlohmann::json* need(std::string_view key);
  /// As `get`, reported when it is not an array of at least one item.
  const nlohmann::json* list(std::string_view key);

  std::string string(std::string_view key, bool needed);
  /// An identifier: a letter, then letters, digits and '_' (and '-' where `dashes`).
  std::string id(std::string_view key, bool dashes);
  bool boolean(std::string_view key, bool otherwise);
  std::optional<double> number(std::string_view key);
  std::optional<std::uint64_t> whole(std::string_view key);
  std::optional<std::int64_t> instant(std::string_view key, bool needed);
  /// Bytes, from "10 MB", "500 kB".
  std::uint64_t bytes(std::string_view key, std::uint64_t otherwise);
  Text text(std::string_view key, bool needed);
  std::vector<std::string> strings(std::string_view key);
  /// The index of the string among `allowed`; 0 where it is absent or wrong.
  std::size_t one_of(std::string_view key, const std::vector<std::string_view>& allowed,
                     bool needed);

  void finish();

 private:
  void wrong_type(std::string_view key, std::string_view expected);

  const nlohmann::json& object_;
  std::string pointer_;
  Lint& lint_;
  const std::vector<std::string>& languages_;
  std::vector<std::string_view> known_;
};

}  // namespace hezuo
