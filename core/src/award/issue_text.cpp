#include "../number.hpp"
#include "hezuo/award.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

std::string named(const Catalogue& catalogue, const std::string& family, const json& id) {
  if (!id.is_string()) return {};
  const std::string code = family + "." + id.get<std::string>();
  return catalogue.has(code) ? catalogue.format(code, {}) : id.get<std::string>();
}

/// The field of an issue; null where it has none.
const Field* field_of(const Issue& issue, const FormDefinition& form) {
  const auto slash = issue.key.rfind('/');
  const auto index = form.field(slash == std::string::npos
                                    ? issue.key
                                    : std::string_view(issue.key).substr(slash + 1));
  return index == none ? nullptr : &form.fields[index];
}

/// The label of the field of an issue; in a row of a group with the row's name and
/// number.
std::string label_of(const Issue& issue, const Field& field, const FormDefinition& form,
                     const Catalogue& catalogue, std::size_t language) {
  if (field.group == none) return field.label.in(language);

  const Field& group = form.fields[field.group];
  // "/answers/members/1/name": the position of the row is the third segment.
  const auto start = ("/answers/" + group.id + "/").size();
  const double position =
      ecmascript_to_number(std::string_view(issue.pointer)
                               .substr(start, issue.pointer.find('/', start) - start));
  return catalogue.format(
      "label.in_row",
      values("row", (group.text.empty() ? group.label : group.text).in(language), "n",
             position + 1, "label", field.label.in(language)));
}

template <class Item>
const Item* by_id(const Array<Item>& items, const std::string& id) {
  for (const auto& item : items) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

}  // namespace

bool accepts(const std::vector<Issue>& issues) noexcept {
  for (const auto& issue : issues) {
    if (issue.severity == Severity::error) return false;
  }
  return true;
}

void write_issue(JsonWriter& out, const Issue& issue, std::string_view text) {
  out.open('{')
      .text("code", issue.code)
      .text("severity", name(issue.severity))
      .text("pointer", issue.pointer)
      .value("params", issue.params)
      .text("text", text);
  if (!issue.key.empty()) out.text("key", issue.key);
  if (!issue.language.empty()) out.text("language", issue.language);
  if (!issue.rule.empty()) out.text("rule", issue.rule);
}

std::string issue_text(const Issue& issue, const Call& call, const Catalogue& catalogue) {
  const auto language = best_language(catalogue.language(), call.form.languages);
  json params = issue.params.is_object() ? issue.params : json::object();
  if (const auto* field = field_of(issue, call.form)) {
    params["label"] = label_of(issue, *field, call.form, catalogue, language);
    // A choice is called by what the person read.
    const auto value = params.find("value");
    const auto* option = value != params.end() && value->is_string()
                             ? by_id(field->options, value->get_ref<const std::string&>())
                             : nullptr;
    if (option != nullptr) *value = option->label.in(language);
  }

  if (issue.code.starts_with("parity.")) {
    params["in"] = named(catalogue, "language", issue.language);
    if (issue.code == "parity.figure" && !params.contains("other")) {
      return catalogue.format("parity.figure_alone", params, issue.language);
    }
  } else if (issue.code == "check.failed") {
    if (const auto* check = by_id(call.form.checks, issue.rule)) {
      return check->message.in(language);
    }
  } else if (issue.code.starts_with("eligibility.")) {
    if (const auto* gate = by_id(call.eligibility, issue.rule)) {
      params["label"] = gate->label.in(language);
      params["reason"] = gate->reason.in(language);
    }
  } else if (issue.code.starts_with("consent.")) {
    if (const auto* consent = by_id(call.consents, issue.rule)) {
      params["label"] = consent->label.in(language);
    }
  } else if (issue.code.starts_with("file")) {
    for (const auto* key : {"size", "max"}) {
      const bool bytes = issue.code == "file.too_large" || issue.code == "files.total";
      if (bytes && params.contains(key))
        params[key] = size_text(params[key].get<double>());
    }
    if (const auto types = params.find("types"); types != params.end()) {
      std::string list;
      for (const auto& type : *types) {
        list.append(list.empty() ? "" : ", ").append(named(catalogue, "type", type));
      }
      *types = list;
    }
  } else if (issue.code.starts_with("deadline.")) {
    // Shown in the zones of both sides by the page; here in the one that all can check.
    auto at = params["at"].get<std::string>();
    if (at.size() >= 16) params["at"] = at.replace(10, 1, " ").substr(0, 16) + " UTC";
  }
  for (const auto& [key, family] :
       {std::pair{"missing", "language"}, {"scheme", "scheme"}}) {
    if (params.contains(key)) params[key] = named(catalogue, family, params[key]);
  }
  return catalogue.format(issue.code, params, issue.language);
}

}  // namespace hezuo
