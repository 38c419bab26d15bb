#include <algorithm>
#include <set>

#include "../form/definition.hpp"
#include "hezuo/award.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

class CallReader {
 public:
  CallReader(Call& call, Lint& lint) : call_(call), lint_(lint) {}

  void read(const json& file, std::span<const Taxonomy> taxonomies) {
    auto& form = call_.form;
    form.languages = definition_languages(file, lint_);
    Properties root(file, "", lint_, form.languages);
    root.get("languages");
    version(root);
    form.id = root.id("id", true);
    if (const auto revision = root.whole("revision")) form.revision = *revision;
    if (form.revision == 0 && root.need("revision") != nullptr) {
      lint_.add_value(root.at("revision"), "0", {"1", "2", "3 ..."});
    }
    root.text("notes", false);
    contact(root);
    if (const auto* submit = root.get("submit")) {
      Properties from(*submit, root.at("submit"), lint_, form.languages);
      call_.amend = from.boolean("amend", false);
      call_.attachment_bytes = from.bytes("attachments", call_.attachment_bytes);
      from.finish();
    }
    compile_form(root, taxonomies, call_.attachment_bytes, form);

    call_.opens = root.instant("opens", false);
    each(root, "closes", [this](Properties& from) { deadline(from); });
    deadlines_agree(root);
    each(root, "eligibility", [this](Properties& from) { gate(from); });
    each(root, "criteria", [this](Properties& from) { criterion(from); });
    each(root, "consents", [this](Properties& from) { consent(from); });
    criteria_exist(root);
    root.finish();
  }

 private:
  void version(Properties& root) {
    const auto* version = root.need("hezuo");
    if (version != nullptr && *version != 1) {
      lint_.add_value(root.at("hezuo"), *version, {"1"});
    }
  }

  void contact(Properties& root) {
    const auto* contact = root.need("contact");
    if (contact == nullptr) return;
    Properties from(*contact, root.at("contact"), lint_, call_.form.languages);
    call_.contact_name = from.text("name", true);
    call_.contact_email = from.string("email", true);
    call_.contact_url = from.string("url", false);
    const auto check = [&](const char* code, const char* key, const std::string& value,
                           IdKind kind) {
      if (value.empty()) return;
      // What hides or turns is no way to reach anybody, though an answer may only be
      // warned.
      const bool good = check_id(kind, value).verdict != Verdict::invalid;
      if (good && hidden_characters(value).empty()) return;
      lint_.add(code, from.at(key), values("value", value));
    };
    check("definition.email", "email", call_.contact_email, IdKind::email);
    check("definition.url", "url", call_.contact_url, IdKind::url);
    from.finish();
  }

  template <class Read>
  void each(Properties& root, const char* key, Read read) {
    const auto* list = root.list(key);
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      Properties from((*list)[i], root.at(key) + "/" + std::to_string(i), lint_,
                      call_.form.languages);
      read(from);
      from.finish();
    }
  }

  std::optional<BoundRule> rule(Properties& from, const char* key, bool needed) {
    const auto* logic = needed ? from.need(key) : from.get(key);
    if (logic == nullptr) return std::nullopt;
    return compile_rule(*logic, from.at(key), none, call_.form, lint_);
  }

  template <class Item>
  void unique_id(const std::vector<Item>& items, const std::string& id,
                 Properties& from) {
    const bool taken = std::any_of(items.begin(), items.end(),
                                   [&](const Item& item) { return item.id == id; });
    if (taken) lint_.add("definition.duplicate", from.at("id"), values("value", id));
  }

  void deadline(Properties& from) {
    Deadline deadline;
    deadline.at = from.instant("at", true).value_or(0);
    deadline.zone = from.string("zone", true);
    if (!deadline.zone.empty() && !is_zone_name(deadline.zone))
      lint_.add("definition.zone", from.at("zone"), values("value", deadline.zone));
    deadline.label = from.text("label", true);
    deadline.applies = rule(from, "applies", false);
    call_.closes.push_back(std::move(deadline));
  }

  /// One deadline in two zones is the rule; two deadlines must say whom they are for.
  /// Labels such as "CET" and "CST" have hidden the difference before.
  void deadlines_agree(Properties& root) {
    std::set<std::int64_t> instants;
    bool for_all = false;
    for (const auto& deadline : call_.closes) {
      instants.insert(deadline.at);
      for_all = for_all || !deadline.applies;
    }
    if (instants.size() > 1 && for_all) {
      lint_.add("definition.deadlines", root.at("closes"),
                values("first", format_instant(*instants.begin()), "last",
                       format_instant(*instants.rbegin())));
    }
    if (call_.opens && !instants.empty() && *call_.opens >= *instants.begin()) {
      lint_.add("definition.opens", root.at("opens"),
                values("opens", format_instant(*call_.opens), "closes",
                       format_instant(*instants.begin())));
    }
  }

  void gate(Properties& from) {
    const std::string id = from.id("id", false);
    unique_id(call_.eligibility, id, from);
    auto label = from.text("label", true);
    auto reason = from.text("reason", true);
    auto condition = rule(from, "rule", true);
    if (!condition) return;
    call_.eligibility.push_back({.id = id,
                                 .label = std::move(label),
                                 .reason = std::move(reason),
                                 .rule = std::move(*condition)});
  }

  void criterion(Properties& from) {
    Criterion criterion;
    criterion.id = from.id("id", false);
    unique_id(call_.criteria, criterion.id, from);
    criterion.label = from.text("label", true);
    criterion.guidance = from.text("guidance", false);
    criterion.weight = from.number("weight").value_or(1);
    if (const auto* scale = from.get("scale")) {
      Properties parts(*scale, from.at("scale"), lint_, call_.form.languages);
      criterion.from = parts.number("from").value_or(0);
      criterion.to = parts.number("to").value_or(5);
      criterion.step = parts.number("step").value_or(1);
      parts.finish();
    }
    criterion.threshold = from.number("threshold");
    const bool scaled = criterion.step > 0 && criterion.from < criterion.to;
    if (!scaled || criterion.weight < 0) {
      lint_.add("definition.limit_order", from.at("scale"),
                values("min", criterion.from, "max", criterion.to));
    }
    call_.criteria.push_back(std::move(criterion));
  }

  void consent(Properties& from) {
    Consent consent;
    consent.id = from.id("id", false);
    unique_id(call_.consents, consent.id, from);
    consent.version = from.string("version", true);
    consent.label = from.text("label", true);
    consent.text = from.text("text", true);
    const auto* required = from.get("required");
    if (required != nullptr && required->is_boolean()) {
      consent.required = required->get<bool>();
    } else if (required != nullptr) {
      consent.required = false;
      consent.required_when = rule(from, "required", false);
    }
    call_.consents.push_back(std::move(consent));
  }

  void criteria_exist(Properties& root) {
    for (std::size_t i = 0; i < call_.form.sections.size(); ++i) {
      const auto& wanted = call_.form.sections[i].criterion;
      const bool known =
          wanted.empty() ||
          std::any_of(call_.criteria.begin(), call_.criteria.end(),
                      [&](const Criterion& one) { return one.id == wanted; });
      if (known) continue;
      if (call_.criteria.empty()) {
        lint_.add("definition.missing", "", values("name", "criteria"));
        return;
      }
      std::vector<std::string_view> allowed;
      for (const auto& one : call_.criteria) allowed.emplace_back(one.id);
      lint_.add_value(root.at("sections") + "/" + std::to_string(i) + "/criterion",
                      wanted, allowed);
    }
  }

  Call& call_;
  Lint& lint_;
};

/// Says why a definition could not be parsed, with the sign to type where that is known.
void unreadable(const Error& error, std::string_view text, Lint& lint) {
  if (error.code != ErrorCode::invalid_json) {
    lint.add("definition.json", error.path, values("message", error.message));
    return;
  }
  const auto [line, column, typed, meant] = describe_mistake(text, error.offset);
  if (meant == 0) {
    lint.add("definition.json_place", error.path, values("line", line, "column", column));
  } else {
    lint.add("definition.json_sign", error.path,
             values("line", line, "column", column, "typed", std::string(typed), "meant",
                    std::string(1, meant)));
  }
}

}  // namespace

CompiledCall compile_call(std::string_view text, std::span<const Taxonomy> taxonomies) {
  Lint lint;
  CompiledCall compiled;
  const auto file =
      parse_json(text, {.max_bytes = max_definition_bytes, .comments = true});
  if (!file) {
    unreadable(file.error(), text, lint);
  } else if (!file->is_object()) {
    lint.add("definition.type", "", values("expected", "object"));
  } else {
    Call call;
    CallReader(call, lint).read(*file, taxonomies);
    if (!lint.failed()) compiled.call = std::move(call);
  }
  compiled.issues = lint.take();
  return compiled;
}

}  // namespace hezuo
