#include "answers.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "../number.hpp"
#include "hezuo/json.hpp"
#include "shapes.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// The JSON Pointer of a member.
std::string pointer_to(std::string pointer, std::string_view member) {
  return pointer.append("/").append(escape_pointer(member));
}

class AnswerChecker {
 public:
  AnswerChecker(const Field& field, const FormDefinition& form, std::string_view today,
                CheckedAnswer& out)
      : field_(field), form_(form), today_(today), out_(out) {}

  void check(const json& answer) {
    switch (field_.kind) {
      case FieldKind::line:
      case FieldKind::prose:
        texts(answer, "");
        break;
      case FieldKind::choice:
      case FieldKind::country:
        choice(answer);
        break;
      case FieldKind::choices:
      case FieldKind::taxonomy:
        choices(answer);
        break;
      case FieldKind::number:
        number(answer);
        break;
      case FieldKind::money:
        money(answer);
        break;
      case FieldKind::date:
      case FieldKind::month:
        if (const auto* text = expect_string(answer)) {
          date(*text, "", field_.kind == FieldKind::month);
        }
        break;
      case FieldKind::period:
        period(answer);
        break;
      case FieldKind::yes_no:
        if (!answer.is_boolean()) return wrong_shape("");
        out_.answered = true;
        out_.fact = answer;
        if (field_.confirm && !answer.get<bool>()) add("yes_no.must");
        break;
      case FieldKind::email:
        identifier(answer, IdKind::email, "");
        break;
      case FieldKind::phone:
        identifier(answer, IdKind::phone, "");
        break;
      case FieldKind::url:
        identifier(answer, IdKind::url, "");
        break;
      case FieldKind::identifier:
        scheme_and_value(answer);
        break;
      case FieldKind::place:
        place(answer);
        break;
      case FieldKind::file:
        files(answer);
        break;
      default:
        break;
    }
  }

 private:
  Finding& add(std::string code, std::string suffix = {}, json params = json::object()) {
    return out_.findings.emplace_back(Finding{.code = std::move(code),
                                              .suffix = std::move(suffix),
                                              .params = std::move(params)});
  }

  void wrong_shape(std::string suffix) {
    add("answer.type", std::move(suffix)).shape = true;
  }

  /// Reports the members of `object` that `known` does not take.
  template <class Known>
  void no_others(const json& object, const std::string& suffix, Known known) {
    for (const auto& [key, value] : object.items()) {
      if (known(key)) continue;
      if (out_.findings.size() >= max_issues) return;
      add("document.unknown", pointer_to(suffix, key), values("name", key)).shape = true;
    }
  }

  /// An answer that is one string; null where it is none or says nothing.
  const std::string* expect_string(const json& answer) {
    const auto* text = answer.get_ptr<const std::string*>();
    if (text == nullptr) {
      wrong_shape("");
      return nullptr;
    }
    if (is_blank(*text)) return nullptr;
    out_.answered = true;
    out_.fact = answer;
    return text;
  }

  void text(const std::string& utf8, const TextLimit& limit, std::size_t language,
            const std::string& suffix) {
    const bool blank = is_blank(utf8);
    if (limit.min || limit.max) {
      const std::size_t size = blank ? 0 : count(utf8, limit.unit);
      out_.counts.push_back({.language = language, .limit = limit, .count = size});
      // Named as definitions name them, so that messages find "unit.words".
      constexpr std::array<const char*, 5> units = {"graphemes", "words", "han",
                                                    "characters", "bytes"};
      const auto* unit = units[static_cast<std::size_t>(limit.unit)];
      if (limit.max && size > *limit.max) {
        add("text.too_long", suffix,
            values("count", size, "max", *limit.max, "over", size - *limit.max, "unit",
                   unit))
            .language = language;
      } else if (limit.min && size < *limit.min && !blank) {
        add("text.too_short", suffix,
            values("count", size, "min", *limit.min, "under", *limit.min - size, "unit",
                   unit))
            .language = language;
      }
    }
    if (blank) return;
    if (field_.kind != FieldKind::prose && utf8.find('\n') != std::string::npos) {
      add("text.line_break", suffix).language = language;
    }
    hidden(utf8, language, suffix);
  }

  /// One finding for each kind of hidden character, naming the first of it.
  void hidden(const std::string& utf8, std::size_t language, const std::string& suffix) {
    constexpr std::array<const char*, 3> codes = {"text.control", "text.bidi",
                                                  "text.zero_width"};
    constexpr std::array<Severity, 3> severities = {Severity::error, Severity::warning,
                                                    Severity::hint};
    std::array<bool, 3> seen{};
    for (const auto& found : hidden_characters(utf8)) {
      const auto kind = static_cast<std::size_t>(found.kind);
      if (std::exchange(seen[kind], true)) continue;
      auto& finding =
          add(codes[kind], suffix,
              values("character", code_point(found.character), "offset", found.offset));
      finding.language = language;
      finding.severity = severities[kind];
    }
  }

  /// A plain text, or an object of texts by language.
  void texts(const json& answer, const std::string& suffix) {
    if (field_.languages.empty()) {
      const auto* utf8 = answer.get_ptr<const std::string*>();
      if (utf8 == nullptr) return wrong_shape(suffix);
      text(*utf8, limit(0), none, suffix);
      if (is_blank(*utf8)) return;
      out_.answered = true;
      out_.fact = answer;
      return;
    }
    if (!answer.is_object()) return wrong_shape(suffix);
    json fact = json::object();
    for (std::size_t i = 0; i < field_.languages.size(); ++i) {
      const auto& tag = form_.languages[field_.languages[i]];
      const std::string below = pointer_to(suffix, tag);
      const auto at = answer.find(tag);
      if (at != answer.end() && !at->is_string()) {
        wrong_shape(below);
        continue;
      }
      const std::string* utf8 =
          at == answer.end() ? nullptr : at->get_ptr<const std::string*>();
      const std::string nothing;
      text(utf8 == nullptr ? nothing : *utf8, limit(i), field_.languages[i], below);
      if (utf8 != nullptr && !is_blank(*utf8)) fact[tag] = *utf8;
    }
    no_others(answer, suffix, [this](const std::string& tag) {
      return std::any_of(field_.languages.begin(), field_.languages.end(),
                         [&](std::size_t i) { return form_.languages[i] == tag; });
    });
    if (fact.empty()) return;
    out_.answered = true;
    if (field_.answer == AnswerMode::both) {
      for (const auto i : field_.languages) {
        const auto& tag = form_.languages[i];
        if (fact.contains(tag)) continue;
        add("answer.language", pointer_to(suffix, tag), values("missing", tag)).language =
            i;
      }
    }
    out_.fact = std::move(fact);
  }

  [[nodiscard]] TextLimit limit(std::size_t i) const {
    return i < field_.limits.size() ? field_.limits[i] : TextLimit{};
  }

  /// The position of an option among those that are offered, or `none`.
  [[nodiscard]] std::size_t option(std::string_view id) const {
    const auto& options = field_.options;
    const auto found = std::find_if(options.begin(), options.end(),
                                    [id](const Option& known) { return known.id == id; });
    return found == options.end() ? none
                                  : static_cast<std::size_t>(found - options.begin());
  }

  [[nodiscard]] bool offers(std::string_view id) const {
    if (field_.kind != FieldKind::country) return option(id) != none;
    const auto codes = country_codes();
    return std::binary_search(codes.begin(), codes.end(), id);
  }

  void choice(const json& answer) {
    const auto* option = expect_string(answer);
    if (option == nullptr || offers(*option)) return;
    add("choice.unknown", "", values("value", *option)).shape = true;
    out_.fact = nullptr;
  }

  /// An answer that is an array; reports its length and says whether to go on. One that
  /// is absurdly long is none: each of its items might be an issue.
  bool list(const json& answer, const char* too_few, const char* too_many) {
    if (!answer.is_array() || answer.size() > max_issues) {
      wrong_shape("");
      return false;
    }
    if (answer.empty()) return false;
    out_.answered = true;
    out_.fact = answer;
    const auto size = static_cast<double>(answer.size());
    if (field_.max && size > *field_.max) {
      add(too_many, "", values("count", answer.size(), "max", *field_.max));
    } else if (field_.min && size < *field_.min) {
      add(too_few, "", values("count", answer.size(), "min", *field_.min));
    }
    return true;
  }

  void choices(const json& answer) {
    if (!list(answer, "choices.too_few", "choices.too_many")) return;
    std::vector<char> chosen(field_.options.size(), 0);
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const std::string suffix = "/" + std::to_string(i);
      const auto* id = answer[i].get_ptr<const std::string*>();
      if (id == nullptr) {
        wrong_shape(suffix);
        out_.fact = nullptr;
        continue;
      }
      const auto position = option(*id);
      if (position == none) {
        add("choice.unknown", suffix, values("value", *id)).shape = true;
      } else if (chosen[position]) {
        add("choice.repeated", suffix, values("value", *id));
      } else {
        chosen[position] = true;
      }
    }
  }

  void bounds(double value, const std::optional<double>& min,
              const std::optional<double>& max, const std::string& suffix) {
    if (min && value < *min) add("number.too_small", suffix, values("min", *min));
    if (max && value > *max) add("number.too_large", suffix, values("max", *max));
  }

  void number(const json& answer) {
    if (!answer.is_number()) return wrong_shape("");
    out_.answered = true;
    out_.fact = answer;
    const auto value = answer.get<double>();
    bounds(value, field_.min, field_.max, "");
    if (decimals_of(value) > static_cast<std::size_t>(field_.decimals)) {
      add("number.decimals", "", values("decimals", field_.decimals));
    }
  }

  void money(const json& answer) {
    if (!answer.is_object()) return wrong_shape("");
    json fact = json::object();
    for (std::size_t i = 0; i < field_.names.size(); ++i) {
      const auto& currency = field_.names[i];
      const auto at = answer.find(currency);
      if (at == answer.end()) continue;
      const std::string suffix = "/" + currency;
      const auto* amount = at->get_ptr<const std::string*>();
      if (amount == nullptr) {
        wrong_shape(suffix);
        continue;
      }
      if (is_blank(*amount)) continue;
      out_.answered = true;
      if (!is_amount(*amount)) {
        add("money.amount", suffix, values("value", *amount));
        continue;
      }
      const double value = ecmascript_to_number(*amount);
      bounds(value, field_.amounts[i].first, field_.amounts[i].second, suffix);
      fact[currency] = value;
    }
    const std::size_t amounts = fact.size();
    if (const auto on = answer.find("on"); on != answer.end()) {
      const auto* date_text = on->get_ptr<const std::string*>();
      if (date_text == nullptr) {
        wrong_shape("/on");
      } else if (!is_blank(*date_text)) {
        if (date(*date_text, "/on", false)) fact["on"] = *date_text;
      }
    }
    no_others(answer, "", [this](const std::string& key) {
      if (key == "on") return true;
      const bool known =
          std::find(field_.names.begin(), field_.names.end(), key) != field_.names.end();
      if (!known && key.size() == 3) {
        add("money.currency", "/" + escape_pointer(key), values("value", key)).shape =
            true;
        return true;
      }
      return known;
    });
    if (amounts > 1 && !fact.contains("on")) add("money.rate_date", "/on");
    if (amounts > 0) out_.fact = std::move(fact);
  }

  /// Whether `text` is a date (or month) within the field's bounds; reports it.
  bool date(const std::string& text, const std::string& suffix, bool month) {
    if (!(month ? parse_month(text) : parse_date(text))) {
      add("date.invalid", suffix, values("value", text));
      return false;
    }
    const auto bound = [&](const std::string& limit) {
      // ISO dates sort as texts do.
      return limit == "today" ? std::string(today_.substr(0, month ? 7 : 10)) : limit;
    };
    const auto earliest = bound(field_.earliest);
    const auto latest = bound(field_.latest);
    if (!earliest.empty() && text < earliest)
      add("date.too_early", suffix, values("min", earliest));
    if (!latest.empty() && text > latest)
      add("date.too_late", suffix, values("max", latest));
    return true;
  }

  void period(const json& answer) {
    if (!answer.is_object()) return wrong_shape("");
    json fact = json::object();
    for (const std::string_view key : {"start", "end"}) {
      const auto at = answer.find(key);
      if (at == answer.end()) continue;
      const std::string suffix = "/" + std::string(key);
      const auto* text = at->get_ptr<const std::string*>();
      if (text == nullptr) {
        wrong_shape(suffix);
      } else if (!is_blank(*text)) {
        out_.answered = true;
        if (date(*text, suffix, field_.by_month)) fact[std::string(key)] = *text;
      }
    }
    no_others(answer, "",
              [](const std::string& key) { return key == "start" || key == "end"; });
    if (!out_.answered) return;
    const auto* start = string_at(fact, "start");
    const auto* end = string_at(fact, "end");
    const auto missing = [&](std::string_view key) {
      const auto* given = string_at(answer, key);
      return given == nullptr || is_blank(*given);
    };
    if (missing("start")) add("period.open", "/start");
    if (missing("end") && !field_.open_end) add("period.open", "/end");
    if (start != nullptr && end != nullptr && *end < *start) add("period.order", "/end");
    if (start != nullptr) out_.fact = std::move(fact);
  }

  void identifier(const json& answer, IdKind kind, const std::string& suffix) {
    const auto* value = answer.get_ptr<const std::string*>();
    if (value == nullptr) return wrong_shape(suffix);
    if (is_blank(*value)) return;
    out_.answered = true;
    const auto checked = check_id(kind, *value);
    out_.fact = checked.verdict == Verdict::invalid ? *value : checked.normalized;
    if (checked.verdict == Verdict::valid) {
      if (wide(*value) <= wide(checked.normalized)) return;
      add("id.width", suffix, values("value", checked.normalized)).severity =
          Severity::warning;
      return;
    }
    auto& finding = add("id." + std::string(checked.code), suffix,
                        values("scheme", hezuo::name(kind)));
    if (checked.verdict == Verdict::warning) finding.severity = Severity::warning;
  }

  void scheme_and_value(const json& answer) {
    if (!answer.is_object()) return wrong_shape("");
    no_others(answer, "",
              [](const std::string& key) { return key == "scheme" || key == "value"; });
    for (const auto* key : {"scheme", "value"}) {
      if (const auto at = answer.find(key); at != answer.end() && !at->is_string()) {
        return wrong_shape(std::string("/") + key);
      }
    }
    const auto* scheme = string_at(answer, "scheme");
    const auto* value = string_at(answer, "value");
    if (scheme != nullptr && !scheme->empty() &&
        std::find(field_.names.begin(), field_.names.end(), *scheme) ==
            field_.names.end()) {
      out_.answered = true;
      add("choice.unknown", "/scheme", values("value", *scheme)).shape = true;
      return;
    }
    if (value == nullptr || is_blank(*value)) return;
    if (scheme == nullptr || scheme->empty()) {
      out_.answered = true;
      add("id.scheme_missing", "/scheme");
      return;
    }
    identifier(*answer.find("value"), *id_kind(*scheme), "/value");
    if (!out_.fact.is_null()) {
      out_.fact = values("scheme", *scheme, "value", std::move(out_.fact));
    }
  }

  void place(const json& answer) {
    if (!answer.is_object()) return wrong_shape("");
    json fact = json::object();
    if (const auto at = answer.find("name"); at != answer.end()) {
      texts(*at, "/name");
      if (!out_.fact.is_null()) fact["name"] = std::move(out_.fact);
      out_.fact = nullptr;
    }
    for (const std::string_view key : {"country", "code"}) {
      const auto at = answer.find(key);
      if (at == answer.end()) continue;
      const std::string suffix = "/" + std::string(key);
      const auto* text = at->get_ptr<const std::string*>();
      if (text == nullptr) {
        wrong_shape(suffix);
        continue;
      }
      if (is_blank(*text)) continue;
      out_.answered = true;
      const auto codes = country_codes();
      if (key == "country" && !std::binary_search(codes.begin(), codes.end(), *text)) {
        add("choice.unknown", suffix, values("value", *text)).shape = true;
        continue;
      }
      fact[std::string(key)] = *text;
    }
    no_others(answer, "", [](const std::string& key) {
      return key == "name" || key == "country" || key == "code";
    });
    if (!out_.answered) return;
    const auto country = answer.find("country");
    const auto* code = country == answer.end() ? nullptr : string_at(answer, "country");
    if (country == answer.end() || (code != nullptr && is_blank(*code))) {
      add("place.country", "/country");
    }
    if (!fact.contains("name")) add("place.name", "/name");
    if (!fact.empty()) out_.fact = std::move(fact);
  }

  void files(const json& answer) {
    if (!list(answer, "file.too_few", "file.too_many")) return;
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const std::string suffix = "/" + std::to_string(i);
      const auto& file = answer[i];
      const auto* name = file.is_object() ? string_at(file, "name") : nullptr;
      const auto* type = file.is_object() ? string_at(file, "type") : nullptr;
      const auto* digest = file.is_object() ? string_at(file, "sha256") : nullptr;
      const auto size = file.is_object() ? file.find("size") : file.end();
      if (name == nullptr || type == nullptr || digest == nullptr || file.size() != 4 ||
          !is_hex_digest(*digest) || size == file.end() || !size->is_number_unsigned()) {
        wrong_shape(suffix);
        out_.fact = nullptr;
        continue;
      }
      if (!is_file_name(*name)) add("file.name", suffix + "/name", values("name", *name));
      if (std::find(field_.names.begin(), field_.names.end(), *type) ==
          field_.names.end()) {
        add("file.type", suffix + "/type",
            values("name", *name, "type", *type, "types", field_.names));
      }
      if (size->get<std::uint64_t>() > field_.file_bytes) {
        add("file.too_large", suffix + "/size",
            values("name", *name, "size", *size, "max", field_.file_bytes));
      }
    }
  }

  const Field& field_;
  const FormDefinition& form_;
  std::string_view today_;
  CheckedAnswer& out_;
};

}  // namespace

CheckedAnswer check_answer(const Field& field, const FormDefinition& form,
                           const json& answer, bool required, std::string_view today) {
  CheckedAnswer checked;
  AnswerChecker checker(field, form, today, checked);
  if (!answer.is_null()) {
    checker.check(answer);
  } else if (!field.limits.empty()) {
    checker.check(field.languages.empty() ? json("") : json::object());
  }
  const bool shaped = std::none_of(checked.findings.begin(), checked.findings.end(),
                                   [](const Finding& finding) { return finding.shape; });
  if (!checked.answered && required && shaped) {
    checked.findings.push_back(
        {.code = field.confirm ? "yes_no.must" : "answer.required", .suffix = {}});
  }
  return checked;
}

}  // namespace hezuo
