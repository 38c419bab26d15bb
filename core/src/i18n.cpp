#include "hezuo/i18n.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "hezuo/json.hpp"
#include "hezuo/text.hpp"
#include "number.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

/// Letters of tags are the same in either case (RFC 5646, 2.1.1).
bool same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char x, char y) { return lower(x) == lower(y); });
}

/// "zh-CN" as "zh-Hans": the script that a region of Chinese writes (CLDR likely
/// subtags), for sites whose lang attribute names the region.
std::string_view chinese_script(std::string_view tag) {
  if (!same(primary(tag), "zh")) return {};
  for (auto rest = tag; rest.find('-') != std::string_view::npos;) {
    rest.remove_prefix(rest.find('-') + 1);
    const auto part = primary(rest);
    for (const auto* script : {"Hans", "Hant"}) {
      if (same(part, script)) return script;
    }
    for (const auto* region : {"TW", "HK", "MO"}) {
      if (same(part, region)) return "Hant";
    }
  }
  return "Hans";
}

/// How well `offered` serves who asked for `tag`: 3 the same, 2 the same language and
/// script, 1 the same language, 0 not at all.
int match(std::string_view tag, std::string_view offered) {
  if (same(tag, offered)) return 3;
  if (!same(primary(tag), primary(offered))) return 0;
  return chinese_script(tag) == chinese_script(offered) ? 2 : 1;
}

std::string group_digits(const std::string& number) {
  const auto end = std::min(number.find('.'), number.size());
  const std::size_t begin = number[0] == '-' ? 1 : 0;
  // "1e+21", or no number at all.
  if (number.find_first_not_of("0123456789", begin) < end) return number;
  std::string grouped = number.substr(0, begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin && (end - i) % 3 == 0) grouped += ',';
    grouped += number[i];
  }
  return grouped + number.substr(end);
}

std::string plain(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (value.is_number()) return ecmascript_number(value.get<double>());
  return value.is_null() ? std::string() : dump_json(value);
}

/// How much of a parameter a message shows, in graphemes; 0: all of it. What somebody
/// wrote may be long, and the sentence around it must stay one. Ids of definitions stay
/// whole.
std::size_t shown_length(std::string_view code, std::string_view slot) {
  const bool quoted =
      slot == "value" || slot == "other" || slot == "name" || slot == "found";
  if (!quoted || code.starts_with("ui.")) return 0;
  return code.starts_with("definition.") ? 64 : 30;
}

}  // namespace

std::string_view name(Severity severity) noexcept {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::hint:
      return "hint";
  }
  return "error";
}

json values(const char* name, json value) {
  json object;
  object[name] = std::move(value);
  return object;
}

json values(const char* a, json a_value, const char* b, json b_value) {
  json object = values(a, std::move(a_value));
  object[b] = std::move(b_value);
  return object;
}

json values(const char* a, json a_value, const char* b, json b_value, const char* c,
            json c_value) {
  json object = values(a, std::move(a_value), b, std::move(b_value));
  object[c] = std::move(c_value);
  return object;
}

json values(const char* a, json a_value, const char* b, json b_value, const char* c,
            json c_value, const char* d, json d_value) {
  json object =
      values(a, std::move(a_value), b, std::move(b_value), c, std::move(c_value));
  object[d] = std::move(d_value);
  return object;
}

const std::string& Text::in(std::size_t language) const noexcept {
  static const std::string nothing;
  if (texts.empty()) return nothing;
  return texts[language < texts.size() ? language : 0];
}

std::string_view plural_category(std::string_view language, std::uint64_t n) noexcept {
  const auto tag = primary(language);
  const auto any = [tag](std::string_view list) {
    for (std::size_t at = 0; at < list.size(); at += 3) {
      if (list.substr(at, 2) == tag) return true;
    }
    return false;
  };
  const auto units = n % 10;
  const auto tens = n % 100;
  const bool teens = tens >= 11 && tens <= 19;
  const bool few = units >= 2 && units <= 4 && (tens < 12 || tens > 14);

  if (any("zh ja ko vi th id ms my lo")) return "other";
  if (n != 0 && n % 1'000'000 == 0 && any("es fr it pt ca")) return "many";
  if (any("fr pt hy")) return n <= 1 ? "one" : "other";
  if (any("cs sk")) return n == 1 ? "one" : n >= 2 && n <= 4 ? "few" : "other";
  if (any("pl")) return n == 1 ? "one" : few ? "few" : "many";
  if (any("hr sr bs")) return units == 1 && tens != 11 ? "one" : few ? "few" : "other";
  if (any("ru uk be")) return units == 1 && tens != 11 ? "one" : few ? "few" : "many";
  if (any("lt"))
    return teens ? "other" : units == 1 ? "one" : units >= 2 ? "few" : "other";
  if (any("lv")) return units == 0 || teens ? "zero" : units == 1 ? "one" : "other";
  if (any("sl")) {
    return tens == 1                ? "one"
           : tens == 2              ? "two"
           : tens == 3 || tens == 4 ? "few"
                                    : "other";
  }
  if (any("ro"))
    return n == 1 ? "one" : n == 0 || (tens >= 1 && tens <= 19) ? "few" : "other";
  if (any("mt")) {
    if (n == 1) return "one";
    if (n == 2) return "two";
    return n == 0 || (tens >= 3 && tens <= 10) ? "few" : teens ? "many" : "other";
  }
  if (any("ga")) {
    return n == 1              ? "one"
           : n == 2            ? "two"
           : n >= 3 && n <= 6  ? "few"
           : n >= 7 && n <= 10 ? "many"
                               : "other";
  }
  return n == 1 ? "one" : "other";
}

Result<Catalogue> Catalogue::from(const json& file) {
  const auto fail = [](const char* path, const char* message) {
    return Error{ErrorCode::invalid_json, path, message};
  };
  if (!file.is_object()) return fail("", "expected an object");

  Catalogue catalogue;
  for (const auto& [key, target] : {std::pair{"language", &catalogue.language_},
                                    std::pair{"name", &catalogue.name_}}) {
    const auto at = file.find(key);
    if (at == file.end() || !at->is_string())
      return fail("", "language and name are texts");
    *target = at->get_ref<const std::string&>();
  }
  const auto messages = file.find("messages");
  if (messages == file.end() || !messages->is_object()) {
    return fail("/messages", "expected an object");
  }
  for (const auto& [code, message] : messages->items()) {
    bool good = message.is_string();
    if (message.is_object()) {
      good = message.contains("plural") && message.contains("other");
      for (const auto& [category, part] : message.items())
        good = good && part.is_string();
    }
    if (!good) {
      return Error{ErrorCode::invalid_json, "/messages/" + escape_pointer(code),
                   "expected a text, or texts by plural category with \"other\""};
    }
  }
  catalogue.messages_ = *messages;
  return catalogue;
}

bool Catalogue::has(std::string_view code) const { return messages_.contains(code); }

std::vector<std::string> Catalogue::codes() const {
  std::vector<std::string> codes;
  for (const auto& [code, message] : messages_.items()) codes.push_back(code);
  return codes;
}

std::string Catalogue::format(std::string_view code, const json& params,
                              std::string_view answer_language) const {
  const auto at = messages_.find(code);
  if (at == messages_.end()) return std::string(code);
  const json none = json::object();
  const json& given = params.is_object() ? params : none;

  const json* message = &*at;
  if (message->is_object()) {
    const auto count = given.find((*message)["plural"].get_ref<const std::string&>());
    const double n =
        count != given.end() && count->is_number() ? count->get<double>() : 0;
    // What is not a whole number takes "other" in every language that we know.
    const bool whole =
        n >= 0 && n < 1e15 && n == static_cast<double>(static_cast<std::uint64_t>(n));
    const auto category =
        whole ? plural_category(language_, static_cast<std::uint64_t>(n)) : "other";
    const auto form = message->find(category);
    message = form != message->end() ? &*form : &*message->find("other");
  }

  const auto& pattern = message->get_ref<const std::string&>();
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto open = pattern.find('{', i);
    const auto close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return out.append(pattern, i);
    out.append(pattern, i, open - i);
    i = close + 1;

    const std::string_view slot =
        std::string_view(pattern).substr(open + 1, close - open - 1);
    const auto colon = slot.find(':');
    const auto parameter = slot.substr(0, colon);
    const auto value = given.find(parameter);
    if (value == given.end()) continue;
    const std::string_view kind =
        colon == std::string::npos ? "" : slot.substr(colon + 1);
    if (kind == "number") {
      out += group_digits(plain(*value));
    } else if (kind == "unit") {
      const auto unit = given.find("unit");
      const std::string base = "unit." + (unit == given.end() ? "" : plain(*unit));
      const std::string special = base + "." + std::string(primary(answer_language));
      out += format(messages_.contains(special) ? special : base, {{"n", *value}});
    } else {
      const auto length = shown_length(code, parameter);
      const auto text = plain(*value);
      out += isolate(length > 0 ? excerpt(text, length) : text);
    }
  }
  return out;
}

void Catalogues::add(Catalogue catalogue) {
  for (auto& known : all_) {
    if (known.language() == catalogue.language()) {
      known.messages_.update(catalogue.messages_);
      return;
    }
  }
  all_.push_back(std::move(catalogue));
}

const Catalogue* Catalogues::find(std::string_view language) const {
  if (all_.empty()) return nullptr;
  std::vector<std::string> languages;
  languages.reserve(all_.size());
  for (const auto& catalogue : all_) languages.push_back(catalogue.language());
  return &*std::next(all_.begin(),
                     static_cast<std::ptrdiff_t>(best_language(language, languages)));
}

std::size_t best_language(std::string_view tag,
                          const std::vector<std::string>& languages) {
  std::size_t best = 0;
  int quality = 0;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    if (const int found = match(tag, languages[i]); found > quality) {
      best = i;
      quality = found;
    }
  }
  return best;
}

}  // namespace hezuo
