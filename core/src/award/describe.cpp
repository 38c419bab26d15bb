#include <array>

#include "hezuo/award.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 5> unit_names = {"graphemes", "words", "han",
                                                   "characters", "bytes"};
constexpr std::array<const char*, 4> mode_names = {"plain", "either", "both", "single"};

class Describer {
 public:
  explicit Describer(const Call& call) : call_(call), form_(call.form) {}

  json describe() {
    json all = {
        {"id", form_.id},
        {"revision", form_.revision},
        {"languages", form_.languages},
        {"title", text(form_.title)},
        {"closes", json::array()},
        {"sections", json::array()},
        {"eligibility", json::array()},
        {"criteria", json::array()},
        {"consents", json::array()},
        {"submit", {{"amend", call_.amend}, {"attachments", call_.attachment_bytes}}},
        {"contact",
         {{"name", text(call_.contact_name)}, {"email", call_.contact_email}}}};
    put(all, "intro", form_.intro);
    put(all["contact"], "url", call_.contact_url);
    if (call_.opens) all["opens"] = *call_.opens;
    for (const auto& deadline : call_.closes) {
      all["closes"].push_back({{"at", deadline.at},
                               {"zone", deadline.zone},
                               {"label", text(deadline.label)}});
    }
    for (const auto& section : form_.sections)
      all["sections"].push_back(describe(section));
    for (const auto& gate : call_.eligibility) {
      all["eligibility"].push_back(
          {{"id", gate.id}, {"label", text(gate.label)}, {"reason", text(gate.reason)}});
    }
    for (const auto& criterion : call_.criteria) {
      all["criteria"].push_back(describe(criterion));
    }
    for (const auto& consent : call_.consents) {
      all["consents"].push_back({{"id", consent.id},
                                 {"version", consent.version},
                                 {"label", text(consent.label)},
                                 {"text", text(consent.text)}});
    }
    all["countries"] = json::array();
    for (const auto code : country_codes()) all["countries"].push_back(code);
    return all;
  }

 private:
  [[nodiscard]] json text(const Text& text) const {
    json by_language = json::object();
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
      by_language[form_.languages[i]] = text.in(i);
    }
    return by_language;
  }

  void put(json& object, const char* key, const Text& value) const {
    if (!value.empty()) object[key] = text(value);
  }
  static void put(json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
  }
  static void put(json& object, const char* key, const std::optional<double>& value) {
    if (value) object[key] = *value;
  }

  json describe(const Section& section) {
    json all = {
        {"id", section.id}, {"title", text(section.title)}, {"fields", json::array()}};
    put(all, "intro", section.intro);
    put(all, "criterion", section.criterion);
    for (const auto index : section.fields) all["fields"].push_back(describe(index));
    return all;
  }

  json describe(const Criterion& criterion) const {
    json all = {
        {"id", criterion.id},
        {"label", text(criterion.label)},
        {"weight", criterion.weight},
        {"scale",
         {{"from", criterion.from}, {"to", criterion.to}, {"step", criterion.step}}}};
    put(all, "guidance", criterion.guidance);
    put(all, "threshold", criterion.threshold);
    return all;
  }

  json limits(const Field& field) const {
    json limits = json::object();
    for (std::size_t i = 0; i < field.limits.size(); ++i) {
      const auto& limit = field.limits[i];
      if (!limit.min && !limit.max) continue;
      json one = {{"unit", unit_names[static_cast<std::size_t>(limit.unit)]}};
      if (limit.min) one["min"] = *limit.min;
      if (limit.max) one["max"] = *limit.max;
      limits[field.languages.empty() ? "" : form_.languages[field.languages[i]]] = one;
    }
    return limits;
  }

  json describe(std::size_t index) {
    const Field& field = form_.fields[index];
    json all = {{"id", field.id}, {"index", index}, {"kind", name(field.kind)}};
    put(all, "label", field.label);
    put(all, "hint", field.hint);
    put(all, "help", field.help);
    put(all, "example", field.example);
    put(all, "autocomplete", field.autocomplete);
    if (field.required_when) {
      all["required"] = "rule";
    } else {
      all["required"] = field.required;
    }
    if (!field.jury) all["jury"] = false;

    switch (field.kind) {
      case FieldKind::line:
      case FieldKind::prose:
      case FieldKind::place:
        all["answer"] = mode_names[static_cast<std::size_t>(field.answer)];
        all["languages"] = json::array();
        for (const auto i : field.languages)
          all["languages"].push_back(form_.languages[i]);
        all["limits"] = limits(field);
        break;
      case FieldKind::choice:
      case FieldKind::choices:
      case FieldKind::taxonomy:
        put(all, "list", field.list);
        all["options"] = json::array();
        for (const auto& option : field.options) {
          json one = {{"id", option.id}, {"label", text(option.label)}};
          put(one, "hint", option.hint);
          put(one, "parent", option.parent);
          all["options"].push_back(std::move(one));
        }
        break;
      case FieldKind::number:
        all["decimals"] = field.decimals;
        put(all, "unit", field.text);
        break;
      case FieldKind::money:
        all["currencies"] = field.names;
        break;
      case FieldKind::period:
        all["precision"] = field.by_month ? "month" : "date";
        all["open"] = field.open_end;
        break;
      case FieldKind::yes_no:
        all["confirm"] = field.confirm;
        break;
      case FieldKind::identifier:
        all["schemes"] = field.names;
        break;
      case FieldKind::file:
        all["types"] = field.names;
        all["size"] = field.file_bytes;
        break;
      case FieldKind::group:
        put(all, "row", field.text);
        all["fields"] = json::array();
        for (const auto child : field.children) all["fields"].push_back(describe(child));
        break;
      case FieldKind::note:
        all["text"] = text(field.text);
        break;
      default:
        break;
    }
    put(all, "min", field.min);
    put(all, "max", field.max);
    return all;
  }

  const Call& call_;
  const FormDefinition& form_;
};

}  // namespace

json describe(const Call& call) { return Describer(call).describe(); }

}  // namespace hezuo
