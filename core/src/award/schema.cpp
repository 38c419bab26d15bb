#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

json string_schema() { return {{"type", "string"}}; }

json closed_object(json properties) {
  return {{"type", "object"},
          {"additionalProperties", false},
          {"properties", std::move(properties)}};
}

json by_language(const Field& field, const FormDefinition& form) {
  json properties = json::object();
  for (const auto i : field.languages) properties[form.languages[i]] = string_schema();
  return closed_object(std::move(properties));
}

json text_schema(const Field& field, const FormDefinition& form) {
  return field.languages.empty() ? string_schema() : by_language(field, form);
}

/// An unanswered choice may also stand as an empty text.
json options_schema(const Field& field) {
  json ids = json::array();
  for (const auto& option : field.options) ids.push_back(option.id);
  return {{"enum", std::move(ids)}};
}

json or_blank(json schema) {
  return {{"anyOf", json::array({std::move(schema),
                                 {{"type", "string"}, {"pattern", "^[\\s\\u200b]*$"}}})}};
}

/// An answer that is null counts as none.
json or_null(json schema) {
  return {{"anyOf", json::array({std::move(schema), {{"type", "null"}}})}};
}

json field_schema(const FormDefinition& form, std::size_t index) {
  const Field& field = form.fields[index];
  switch (field.kind) {
    case FieldKind::line:
    case FieldKind::prose:
      return text_schema(field, form);
    case FieldKind::choice:
      return or_blank(options_schema(field));
    case FieldKind::choices:
    case FieldKind::taxonomy:
      return {{"type", "array"}, {"items", options_schema(field)}};
    case FieldKind::number:
      return {{"type", "number"}};
    case FieldKind::money: {
      json properties = {{"on", string_schema()}};
      for (const auto& currency : field.names) properties[currency] = string_schema();
      return closed_object(std::move(properties));
    }
    case FieldKind::period:
      return closed_object({{"start", string_schema()}, {"end", string_schema()}});
    case FieldKind::yes_no:
      return {{"type", "boolean"}};
    case FieldKind::identifier:
      return closed_object(
          {{"scheme", or_blank({{"enum", field.names}})}, {"value", string_schema()}});
    case FieldKind::country:
      return {{"type", "string"}, {"pattern", "^([A-Z]{2}|[\\s\\u200b]*)$"}};
    case FieldKind::place:
      return closed_object({{"country", string_schema()},
                            {"name", text_schema(field, form)},
                            {"code", string_schema()}});
    case FieldKind::file: {
      auto file = closed_object(
          {{"name", string_schema()},
           {"type", string_schema()},
           {"size", {{"type", "integer"}, {"minimum", 0}}},
           {"sha256", {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}}});
      file["required"] = {"name", "type", "size", "sha256"};
      return {{"type", "array"}, {"items", std::move(file)}};
    }
    case FieldKind::group: {
      json properties = {
          {"row", {{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{1,32}$"}}}};
      for (const auto child : field.children) {
        const auto kind = form.fields[child].kind;
        if (kind == FieldKind::computed || kind == FieldKind::note) continue;
        properties[form.fields[child].id] = or_null(field_schema(form, child));
      }
      auto row = closed_object(std::move(properties));
      row["required"] = {"row"};
      return {{"type", "array"}, {"items", std::move(row)}};
    }
    default:
      return string_schema();
  }
}

/// Whether the core refuses a document without an answer to it, whatever else it says.
bool always_required(const FormDefinition& form, const Field& field) {
  return field.required && !field.relevant_when &&
         !form.sections[field.section].relevant_when;
}

}  // namespace

json answers_schema(const FormDefinition& form) {
  json properties = json::object();
  json required = json::array();
  for (const auto& section : form.sections) {
    for (const auto index : section.fields) {
      const Field& field = form.fields[index];
      if (field.kind == FieldKind::computed || field.kind == FieldKind::note) continue;
      properties[field.id] = or_null(field_schema(form, index));
      if (always_required(form, field)) required.push_back(field.id);
    }
  }
  auto schema = closed_object(std::move(properties));
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

json document_schema(const Call& call) {
  const auto& form = call.form;
  json consents = json::object();
  for (const auto& consent : call.consents)
    consents[consent.id] = {{"$ref", "#/$defs/consent"}};
  auto consent = closed_object({{"given", {{"type", "boolean"}}},
                                {"version", string_schema()},
                                {"language", string_schema()},
                                {"at", string_schema()}});
  consent["required"] = {"given", "version", "language", "at"};
  auto event = closed_object({{"at", string_schema()},
                              {"event", string_schema()},
                              {"language", string_schema()}});
  event["required"] = {"at", "event", "language"};

  auto schema = closed_object(
      {{"definition", {{"const", form.id}}},
       {"revision", {{"const", form.revision}}},
       {"language", {{"enum", form.languages}}},
       {"answers", answers_schema(form)},
       {"consents", closed_object(std::move(consents))},
       {"history", {{"type", "array"}, {"items", {{"$ref", "#/$defs/event"}}}}}});
  schema["required"] = {"definition", "revision", "language",
                        "answers",    "consents", "history"};
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["$id"] = "urn:hezuo:document:" + form.id + ":" + std::to_string(form.revision);
  schema["title"] = form.title.in(0);
  schema["$defs"] = {{"consent", std::move(consent)}, {"event", std::move(event)}};
  return schema;
}

}  // namespace hezuo
