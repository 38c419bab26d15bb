#include <algorithm>

#include "../form/definition.hpp"
#include "hezuo/award.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"

namespace hezuo {
namespace {

using nlohmann::json;
using enum Need;

class CallReader {
 public:
  CallReader(Call& call, Lint& lint) : call_(call), lint_(lint) {}

  void read(const json& file, std::span<const Taxonomy> taxonomies) {
    auto& form = call_.form;
    Properties root(file, "", lint_, form.languages);
    read_languages(root, form.languages);
    head(root);
    contact(root);
    if (const auto* submit = root.get("submit")) {
      Properties from(root, "submit", *submit);
      from.truth("amend", call_.amend);
      from.bytes("attachments", call_.attachment_bytes);
      from.finish();
    }
    compile_form(root, taxonomies, call_.attachment_bytes, form);

    call_.opens = root.instant("opens", may);
    deadlines(root);
    gates(root);
    criteria(root);
    consents(root);
    criteria_exist(root);
    root.finish();
  }

 private:
  void head(Properties& root) {
    const auto* version = root.get("hezuo", must);
    if (version != nullptr && !(version->is_number() && version->get<double>() == 1)) {
      root.add_value("hezuo", *version, "1");
    }
    std::vector<std::string> none_taken;
    root.id(IdStyle::tag, none_taken, call_.form.id);
    std::optional<double> revision;
    root.whole("revision", revision);
    if (revision) call_.form.revision = static_cast<std::uint64_t>(*revision);
    if (call_.form.revision == 0 && root.get("revision", must) != nullptr) {
      root.add_value("revision", "0", "1|2|3 ...");
    }
    Text notes;
    root.text("notes", may, notes);
  }

  void contact(Properties& root) {
    const auto* contact = root.get("contact", must);
    if (contact == nullptr) return;
    Properties from(root, "contact", *contact);
    from.text("name", must, call_.contact_name);
    call_.contact_email = from.string("email", must);
    call_.contact_url = from.string("url", may);
    reachable("definition.email", "email", call_.contact_email, IdKind::email, from);
    reachable("definition.url", "url", call_.contact_url, IdKind::url, from);
    from.finish();
  }

  /// What hides or turns is no way to reach anybody, though an answer may only be warned.
  static void reachable(const char* code, const char* key, const std::string& value,
                        IdKind kind, Properties& from) {
    if (value.empty()) return;
    if (check_id(kind, value).verdict == Verdict::invalid ||
        !hidden_characters(value).empty()) {
      from.add(code, key, value);
    }
  }

  std::unique_ptr<const BoundRule> rule(Properties& from, const char* key,
                                        const json* logic) {
    if (logic == nullptr) return nullptr;
    return compile_rule(*logic, from.at(key), none, call_.form, lint_);
  }

  /// Reads an id that no other item of its list has; not even none.
  void unique_id(Properties& from, std::string& id) {
    from.id(IdStyle::name, taken_, id);
    if (id.empty()) taken_.push_back(id);
  }

  /// Makes a list, and lets `read` fill each item in its place.
  template <class Item, class Read>
  void each(Properties& root, const char* key, Array<Item>& list, Read read) {
    Items items(root, key, may);
    taken_.clear();
    list.make(items.size());
    for (auto& item : list) {
      auto& from = *items.next();
      read(from, item);
      from.finish();
    }
  }

  void deadlines(Properties& root) {
    each(root, "closes", call_.closes, [this](Properties& from, Deadline& deadline) {
      deadline.at = from.instant("at", must).value_or(0);
      deadline.zone = from.string("zone", must);
      if (!deadline.zone.empty() && !is_zone_name(deadline.zone)) {
        from.add("definition.zone", "zone", deadline.zone);
      }
      from.text("label", must, deadline.label);
      deadline.applies = rule(from, "applies", from.get("applies"));
    });
    if (!call_.closes.empty()) deadlines_agree(root);
  }

  /// One deadline in two zones is the rule; two deadlines must say whom they are for.
  /// Labels such as "CET" and "CST" have hidden the difference before.
  void deadlines_agree(Properties& root) {
    std::int64_t first = call_.closes[0].at;
    std::int64_t last = first;
    bool for_all = false;
    for (const auto& deadline : call_.closes) {
      first = std::min(first, deadline.at);
      last = std::max(last, deadline.at);
      for_all = for_all || deadline.applies == nullptr;
    }
    if (first != last && for_all) {
      lint_.add("definition.deadlines", root.at("closes"), "first", format_instant(first),
                "last", format_instant(last));
    }
    if (call_.opens && *call_.opens >= first) {
      lint_.add("definition.opens", root.at("opens"), "opens",
                format_instant(*call_.opens), "closes", format_instant(first));
    }
  }

  void gates(Properties& root) {
    Items items(root, "eligibility", may);
    taken_.clear();
    call_.eligibility.make(items.size());
    std::size_t used = 0;
    while (auto* from = items.next()) {
      Gate& gate = call_.eligibility[used];
      unique_id(*from, gate.id);
      from->text("label", must, gate.label);
      from->text("reason", must, gate.reason);
      gate.rule = rule(*from, "rule", from->get("rule", must));
      if (gate.rule == nullptr) {
        taken_.pop_back();
      } else {
        ++used;
      }
      from->finish();
    }
    call_.eligibility.shorten(used);
  }

  void criteria(Properties& root) {
    each(root, "criteria", call_.criteria,
         [this](Properties& from, Criterion& criterion) {
           unique_id(from, criterion.id);
           from.text("label", must, criterion.label);
           from.text("guidance", may, criterion.guidance);
           from.number("weight", criterion.weight);
           if (const auto* scale = from.get("scale")) {
             Properties parts(from, "scale", *scale);
             parts.number("from", criterion.from);
             parts.number("to", criterion.to);
             parts.number("step", criterion.step);
             parts.finish();
           }
           from.number("threshold", criterion.threshold);
           const bool scaled = criterion.step > 0 && criterion.from < criterion.to;
           if (!scaled || criterion.weight < 0) {
             from.add_order("scale", criterion.from, criterion.to);
           }
         });
  }

  void consents(Properties& root) {
    each(root, "consents", call_.consents, [this](Properties& from, Consent& consent) {
      unique_id(from, consent.id);
      consent.version = from.string("version", must);
      from.text("label", must, consent.label);
      from.text("text", must, consent.text);
      const auto* logic = from.truth_or_rule("required", consent.required);
      if (logic != nullptr) consent.required = false;
      consent.required_when = rule(from, "required", logic);
    });
  }

  void criteria_exist(Properties& root) {
    Names known;
    for (const auto& one : call_.criteria) known.push_back(one.id);
    for (std::size_t i = 0; i < call_.form.sections.size(); ++i) {
      const auto& wanted = call_.form.sections[i].criterion;
      if (wanted.empty() || index_in(known, wanted) != none) continue;
      if (known.empty()) {
        lint_.add("definition.missing", "", "name", "criteria");
        return;
      }
      lint_.add_value(pointer_to(root.at("sections"), i) + "/criterion", wanted, known);
    }
  }

  Call& call_;
  Lint& lint_;
  std::vector<std::string> taken_;  ///< Ids of the list that is read.
};

/// Says why a definition could not be parsed, with the sign to type where that is known.
void unreadable(const Error& error, std::string_view text, Lint& lint) {
  if (error.code != ErrorCode::invalid_json) {
    lint.add("definition.json", error.path, "message", error.message);
    return;
  }
  const auto [line, column, typed, meant] = describe_mistake(text, error.offset);
  json params = values("line", line, "column", column);
  if (meant != 0) {
    params["typed"] = typed;
    params["meant"] = std::string(1, meant);
  }
  lint.add(meant == 0 ? "definition.json_place" : "definition.json_sign", error.path,
           std::move(params));
}

}  // namespace

CompiledCall compile_call(std::string_view text, std::span<const Taxonomy> taxonomies) {
  Lint lint;
  CompiledCall compiled;
  const auto file =
      parse_json(text, {.max_bytes = max_definition_bytes, .comments = true});
  if (!file) {
    unreadable(file.error(), text, lint);
  } else {
    CallReader(compiled.call.emplace(), lint).read(*file, taxonomies);
    if (lint.failed()) compiled.call.reset();
  }
  compiled.issues = lint.take();
  return compiled;
}

}  // namespace hezuo
