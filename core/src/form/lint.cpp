#include "lint.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../number.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// Levenshtein distance; definitions' names are short.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (const char c : a) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (c == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

bool is_id(std::string_view text, bool dashes) {
  if (text.empty() || text.size() > 64) return false;
  if (!dashes && (text[0] < 'a' || text[0] > 'z')) return false;
  return std::all_of(text.begin(), text.end(), [dashes](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           (dashes && c == '-');
  });
}

/// The closest of `known` to `name`, if it is close enough to be a slip of the hand.
std::string suggestion(std::string_view name,
                       const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t least = std::min<std::size_t>(3, name.size() / 2 + 1);
  if (name.size() > 64) return {};
  for (const auto candidate : known) {
    // The name itself is known, but not where it stands.
    if (const auto d = distance(name, candidate); d > 0 && d < least) {
      least = d;
      best = candidate;
    }
  }
  return std::string(best);
}

}  // namespace

void Lint::add(std::string_view code, std::string pointer, json params,
               Severity severity) {
  if (full()) return;
  Issue issue;
  issue.code = code;
  issue.severity = severity;
  issue.pointer = std::move(pointer);
  issue.params = std::move(params);
  issues_.push_back(std::move(issue));
}

void Lint::add_unknown(std::string_view code, std::string pointer, std::string_view name,
                       const std::vector<std::string_view>& known, Severity severity) {
  if (full()) return;
  const std::string meant = suggestion(name, known);
  if (meant.empty()) {
    add(code, std::move(pointer), values("name", name), severity);
  } else {
    add("definition.misspelled", std::move(pointer),
        values("name", name, "suggestion", meant), severity);
  }
}

void Lint::add_value(std::string pointer, json value,
                     const std::vector<std::string_view>& allowed) {
  std::string list;
  std::size_t n = 0;
  for (auto name = allowed.begin(); name != allowed.end(); ++name) {
    if (std::find(allowed.begin(), name, *name) != name) continue;
    list.append(n++ == 0 ? "" : ", ").append(*name);
  }
  add("definition.value", std::move(pointer),
      values("value", std::move(value), "allowed", list, "n", n));
}

bool Lint::failed() const {
  return std::any_of(issues_.begin(), issues_.end(), [](const Issue& issue) {
    return issue.severity == Severity::error;
  });
}

Properties::Properties(const json& value, std::string pointer, Lint& lint,
                       const std::vector<std::string>& languages)
    : object_(value), pointer_(std::move(pointer)), lint_(lint), languages_(languages) {
  if (!object_.is_object())
    lint_.add("definition.type", pointer_, values("expected", "object"));
}

std::string Properties::at(std::string_view key) const {
  return pointer_ + "/" + escape_pointer(key);
}

const json* Properties::get(std::string_view key) {
  known_.push_back(key);
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(key);
  return found == object_.end() ? nullptr : &*found;
}

const json* Properties::need(std::string_view key) {
  const auto* value = get(key);
  if (value == nullptr && object_.is_object()) {
    lint_.add("definition.missing", pointer_, values("name", key));
  }
  return value;
}

const json* Properties::list(std::string_view key) {
  const auto* value = get(key);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    wrong_type(key, "array");
    return nullptr;
  }
  if (value->empty()) {
    lint_.add("definition.empty", at(key));
    return nullptr;
  }
  return value;
}

void Properties::wrong_type(std::string_view key, std::string_view expected) {
  lint_.add("definition.type", at(key), values("expected", expected));
}

std::string Properties::string(std::string_view key, bool needed) {
  const auto* value = needed ? need(key) : get(key);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    wrong_type(key, "string");
    return {};
  }
  if (value->get_ref<const std::string&>().empty())
    lint_.add("definition.empty", at(key));
  return value->get<std::string>();
}

std::string Properties::id(std::string_view key, bool dashes) {
  std::string value = string(key, true);
  const bool reserved = !dashes && (value == "row" || value == "today");
  if (!value.empty() && (!is_id(value, dashes) || reserved)) {
    lint_.add("definition.id", at(key), values("value", value));
  }
  return value;
}

bool Properties::boolean(std::string_view key, bool otherwise) {
  const auto* value = get(key);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) {
    wrong_type(key, "boolean");
    return otherwise;
  }
  return value->get<bool>();
}

std::optional<double> Properties::number(std::string_view key) {
  const auto* value = get(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) {
    wrong_type(key, "number");
    return std::nullopt;
  }
  return value->get<double>();
}

std::optional<std::uint64_t> Properties::whole(std::string_view key) {
  const auto* value = get(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_unsigned() || value->get<std::uint64_t>() > 1'000'000'000) {
    wrong_type(key, "whole number");
    return std::nullopt;
  }
  return value->get<std::uint64_t>();
}

std::optional<std::int64_t> Properties::instant(std::string_view key, bool needed) {
  const std::string value = string(key, needed);
  if (value.empty()) return std::nullopt;
  const auto parsed = parse_instant(value);
  if (!parsed) lint_.add("definition.instant", at(key), values("value", value));
  return parsed;
}

std::uint64_t Properties::bytes(std::string_view key, std::uint64_t otherwise) {
  const std::string value = string(key, false);
  if (value.empty()) return otherwise;
  const auto space = value.find(' ');
  const std::string_view unit =
      space == std::string::npos ? "" : std::string_view(value).substr(space + 1);
  const double factor = unit == "kB" ? 1e3 : unit == "MB" ? 1e6 : unit == "GB" ? 1e9 : 0;
  const double bytes = ecmascript_to_number(value.substr(0, space)) * factor;
  if (!(bytes > 0 && bytes <= 1e10)) {
    lint_.add("definition.limit", at(key), values("value", value));
    return otherwise;
  }
  return static_cast<std::uint64_t>(bytes);
}

Text Properties::text(std::string_view key, bool needed) {
  const auto* value = needed ? need(key) : get(key);
  if (value == nullptr) return {};
  if (value->is_string()) {
    if (value->get_ref<const std::string&>().empty())
      lint_.add("definition.empty", at(key));
    return Text{{value->get<std::string>()}};
  }
  if (!value->is_object()) {
    wrong_type(key, "string");
    return {};
  }
  Properties by_language(*value, at(key), lint_, languages_);
  Text text;
  for (const auto& language : languages_) {
    if (value->contains(language)) {
      text.texts.push_back(by_language.string(language, true));
    } else {
      by_language.get(language);
      lint_.add("definition.translation", at(key), values("language", language));
      text.texts.emplace_back();
    }
  }
  by_language.finish();
  return text;
}

std::vector<std::string> Properties::strings(std::string_view key) {
  std::vector<std::string> strings;
  const auto* value = list(key);
  if (value == nullptr) return strings;
  for (std::size_t i = 0; i < value->size(); ++i) {
    const auto& item = (*value)[i];
    const std::string pointer = at(key) + "/" + std::to_string(i);
    if (!item.is_string()) {
      lint_.add("definition.type", pointer, values("expected", "string"));
    } else if (std::find(strings.begin(), strings.end(), item) != strings.end()) {
      lint_.add("definition.duplicate", pointer, values("value", item));
    } else {
      strings.push_back(item.get<std::string>());
    }
  }
  return strings;
}

std::size_t Properties::one_of(std::string_view key,
                               const std::vector<std::string_view>& allowed,
                               bool needed) {
  const std::string value = string(key, needed);
  if (value.empty()) return 0;
  const auto found = std::find(allowed.begin(), allowed.end(), value);
  if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  lint_.add_value(at(key), value, allowed);
  return 0;
}

void Properties::finish() {
  if (!object_.is_object()) return;
  for (const auto& [key, value] : object_.items()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    lint_.add_unknown("definition.unknown_property", at(key), key, known_);
  }
}

}  // namespace hezuo
