#include "lint.hpp"

#include <algorithm>
#include <cstring>
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
      row[j + 1] = std::min(replaced, std::min(row[j], diagonal) + 1);
    }
  }
  return row.back();
}

bool is_id(const std::string& text, IdStyle style) {
  if (text.size() > 64) return false;
  const char* signs = "-_0123456789abcdefghijklmnopqrstuvwxyz";
  if (style == IdStyle::tag) return consists_of(text, signs);
  return text[0] >= 'a' && text[0] <= 'z' && consists_of(text, signs + 1) &&
         text != "row" && text != "today";
}

/// The closest of `known` to `name`, if it is close enough to be a slip of the hand.
std::string_view suggestion(std::string_view name, const Names& known) {
  std::string_view best;
  std::size_t least = std::min<std::size_t>(3, name.size() / 2 + 1);
  if (name.size() > 64) return best;
  for (const auto candidate : known) {
    // The name itself is known, but not where it stands.
    if (const auto d = distance(name, candidate); d > 0 && d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace

Names split(const char* words) {
  Names names;
  std::size_t size = 0;
  do {
    size = std::strcspn(words, "|");
    names.push_back({words, size});
    words += size + 1;
  } while (words[-1] != '\0');
  return names;
}

std::string_view word(const char* words, std::size_t index) {
  return split(words)[index];
}

std::size_t index_in(const char* words, std::string_view word) {
  return index_in(split(words), word);
}

bool consists_of(std::string_view text, const char* signs) {
  return text.find_first_not_of(signs) == std::string_view::npos;
}

std::size_t index_in(const Names& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  return none;
}

std::string pointer_to(const std::string& pointer, std::size_t index) {
  return pointer + "/" + std::to_string(index);
}

void Lint::add(const char* code, const std::string& pointer, json params,
               Severity severity) {
  // One error counts, however many warnings came before it.
  const bool error = severity == Severity::error;
  if (full() && (failed_ || !error)) return;
  failed_ = failed_ || error;
  Issue issue;
  issue.code = code;
  issue.severity = severity;
  issue.pointer = pointer;
  issue.params = std::move(params);
  issues_.push_back(std::move(issue));
}

void Lint::add(const char* code, const std::string& pointer) {
  add(code, pointer, json::object());
}

void Lint::add(const char* code, const std::string& pointer, const char* name,
               const std::string& text) {
  add(code, pointer, values(name, text));
}

void Lint::add(const char* code, const std::string& pointer, const char* name,
               const std::string& text, const char* other, const std::string& other_text,
               Severity severity) {
  add(code, pointer, values(name, text, other, other_text), severity);
}

void Lint::add_unknown(const char* code, const std::string& pointer,
                       std::string_view name, const Names& known, Severity severity) {
  if (full() && failed_) return;
  json params = values("name", name);
  const auto meant = suggestion(name, known);
  if (!meant.empty()) {
    code = "definition.misspelled";
    params["suggestion"] = meant;
  }
  add(code, pointer, std::move(params), severity);
}

void Lint::add_value(const std::string& pointer, const json& value,
                     const Names& allowed) {
  std::string list;
  std::size_t n = 0;
  for (auto name = allowed.begin(); name != allowed.end(); ++name) {
    if (std::find(allowed.begin(), name, *name) != name) continue;
    list.append(n++ == 0 ? "" : ", ").append(*name);
  }
  add("definition.value", pointer, values("value", value, "allowed", list, "n", n));
}

Properties::Properties(const json& value, std::string pointer, Lint& lint,
                       const std::vector<std::string>& languages)
    : object_(value.is_object() ? &value : nullptr),
      pointer_(std::move(pointer)),
      lint_(lint),
      languages_(languages) {
  if (object_ == nullptr) lint_.add("definition.type", pointer_, "expected", "object");
}

Properties::Properties(Properties& from, std::string_view key, const json& value)
    : Properties(value, from.at(key), from.lint_, from.languages_) {}

std::string Properties::at(std::string_view key) const {
  return pointer_ + "/" + escape_pointer(key);
}

std::string Properties::at(const char* key) const { return at(std::string_view(key)); }

void Properties::add(const char* code, const char* key) { lint_.add(code, at(key)); }

void Properties::add(const char* code, const char* key, const std::string& value) {
  lint_.add(code, at(key), "value", value);
}

void Properties::add_value(const char* key, const json& value, const char* allowed) {
  lint_.add_value(at(key), value, split(allowed));
}

void Properties::add_order(std::string_view key, double min, double max) {
  lint_.add("definition.limit_order", at(key), values("min", min, "max", max));
}

void Properties::wrong_type(std::string_view key, const char* expected) {
  lint_.add("definition.type", at(key), "expected", expected);
}

const json* Properties::get(std::string_view key, Need need) {
  known_.push_back(std::string_view(key));
  if (object_ == nullptr) return nullptr;
  const auto found = object_->find(key);
  if (found != object_->end()) return &*found;
  if (need == Need::must) {
    lint_.add("definition.missing", pointer_, "name", std::string(key));
  }
  return nullptr;
}

const json* Properties::get(const char* key, Need need) {
  return get(std::string_view(key), need);
}

const json* Properties::list(std::string_view key, Need need) {
  const auto* value = get(key, need);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    wrong_type(key, "array");
  } else if (value->empty()) {
    lint_.add("definition.empty", at(key));
  } else {
    return value;
  }
  return nullptr;
}

const std::string& Properties::string(const char* key, Need need) {
  return string(get(key, need), key);
}

const std::string& Properties::string(const json* value, std::string_view key) {
  if (value != nullptr && value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    if (text.empty()) lint_.add("definition.empty", at(key));
    return text;
  }
  if (value != nullptr) wrong_type(key, "string");
  return Text().in(0);  // An empty string that lasts.
}

void Properties::id(IdStyle style, std::vector<std::string>& taken, std::string& into) {
  into = string("id", Need::must);
  if (!into.empty() && !is_id(into, style)) add("definition.id", "id", into);
  if (std::find(taken.begin(), taken.end(), into) != taken.end()) {
    add("definition.duplicate", "id", into);
  }
  if (!into.empty()) taken.push_back(into);
}

const json* Properties::truth_or_rule(const char* key, bool& into) {
  const auto* value = get(key);
  if (value == nullptr || !value->is_boolean()) return value;
  into = value->get<bool>();
  return nullptr;
}

void Properties::truth(const char* key, bool& into) {
  if (truth_or_rule(key, into) != nullptr) wrong_type(key, "boolean");
}

void Properties::number(std::string_view key, std::optional<double>& into) {
  const auto* value = get(key);
  if (value == nullptr) return;
  if (value->is_number()) {
    into = value->get<double>();
  } else {
    wrong_type(key, "number");
  }
}

void Properties::number(const char* key, double& into) {
  std::optional<double> value;
  number(key, value);
  if (value) into = *value;
}

void Properties::whole(const char* key, std::optional<double>& into) {
  const auto* value = get(key);
  if (value == nullptr) return;
  if (value->is_number_unsigned() && value->get<double>() <= 1e9) {
    into = value->get<double>();
  } else {
    wrong_type(key, "whole number");
  }
}

std::optional<std::int64_t> Properties::instant(const char* key, Need need) {
  const auto& value = string(key, need);
  const auto parsed = parse_instant(value);
  if (!parsed && !value.empty()) add("definition.instant", key, value);
  return parsed;
}

void Properties::bytes(const char* key, std::uint64_t& into) {
  const auto& value = string(key, Need::may);
  if (value.empty()) return;
  const auto space = std::min(value.find(' '), value.size());
  const auto unit = std::string_view(value).substr(space);
  const double factor = unit == " kB"   ? 1e3
                        : unit == " MB" ? 1e6
                        : unit == " GB" ? 1e9
                                        : 0;
  const double bytes =
      ecmascript_to_number(std::string_view(value).substr(0, space)) * factor;
  if (bytes > 0 && bytes <= 1e10) {
    into = static_cast<std::uint64_t>(bytes);
  } else {
    add("definition.limit", key, value);
  }
}

void Properties::text(const char* key, Need need, Text& into) {
  into.texts.clear();
  const auto* value = get(key, need);
  if (value == nullptr) return;
  if (!value->is_object()) {
    const auto& text = string(value, key);
    if (value->is_string()) into.texts.push_back(text);
    return;
  }
  Properties by_language(*this, key, *value);
  for (const auto& language : languages_) {
    if (!value->contains(language)) {
      lint_.add("definition.translation", at(key), "language", language);
    }
    into.texts.push_back(by_language.string(by_language.get(language), language));
  }
  by_language.finish();
}

void Properties::strings(const char* key, Need need, std::vector<std::string>& into) {
  strings(std::string_view(key), need, into);
}

void Properties::strings(std::string_view key, Need need,
                         std::vector<std::string>& into) {
  const auto* list = this->list(key, need);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto& item = (*list)[i];
    const std::string pointer = pointer_to(at(key), i);
    if (!item.is_string()) {
      lint_.add("definition.type", pointer, "expected", "string");
      continue;
    }
    const auto& text = item.get_ref<const std::string&>();
    if (std::find(into.begin(), into.end(), text) != into.end()) {
      lint_.add("definition.duplicate", pointer, "value", text);
    } else {
      into.push_back(text);
    }
  }
}

std::size_t Properties::one_of(const char* key, const char* allowed, Need need) {
  return one_of(key, split(allowed), need);
}

std::size_t Properties::one_of(const char* key, const Names& allowed, Need need) {
  const auto& value = string(key, need);
  if (value.empty()) return 0;
  const auto index = index_in(allowed, value);
  if (index != none) return index;
  lint_.add_value(at(key), value, allowed);
  return 0;
}

void Properties::finish() {
  if (object_ == nullptr) return;
  for (const auto& [key, value] : object_->get_ref<const json::object_t&>()) {
    if (index_in(known_, key) != none) continue;
    lint_.add_unknown("definition.unknown_property", at(key), key, known_);
  }
}

std::size_t Items::size() const { return list_ == nullptr ? 0 : list_->size(); }

Properties* Items::next() {
  if (next_ == size()) return nullptr;
  const std::size_t index = next_++;
  item_.emplace((*list_)[index], pointer_to(from_.at(key_), index), from_.lint(),
                from_.languages());
  return &*item_;
}

}  // namespace hezuo
