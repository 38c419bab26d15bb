#include "hezuo/taxonomy.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace hezuo {
namespace {

using nlohmann::json;

const std::string* text_of(const json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() || !at->is_string() ? nullptr
                                                : at->get_ptr<const std::string*>();
}

}  // namespace

const std::string& Term::label(std::string_view language) const {
  for (const auto& [tag, text] : labels) {
    if (tag == language) return text;
  }
  return labels.front().second;
}

const Term* Taxonomy::find(std::string_view term) const {
  const auto at = std::find_if(terms.begin(), terms.end(),
                               [&](const Term& known) { return known.id == term; });
  return at == terms.end() ? nullptr : &*at;
}

Result<Taxonomy> Taxonomy::from(const json& file) {
  if (!file.is_object()) return Error{ErrorCode::invalid_json, "", "expected an object"};

  const auto* id = text_of(file, "id");
  if (id == nullptr) return Error{ErrorCode::invalid_json, "/id", "expected a string"};
  Taxonomy taxonomy{.id = *id, .terms = {}};

  const auto terms = file.find("terms");
  if (terms == file.end() || !terms->is_array()) {
    return Error{ErrorCode::invalid_json, "/terms", "expected an array"};
  }
  for (std::size_t i = 0; i < terms->size(); ++i) {
    const auto& item = (*terms)[i];
    const std::string path = "/terms/" + std::to_string(i);
    const auto* term_id = text_of(item, "id");
    const auto label = item.find("label");
    if (term_id == nullptr || label == item.end() || !label->is_object() ||
        label->empty()) {
      return Error{ErrorCode::invalid_json, path, "a term needs an id and a label"};
    }
    if (taxonomy.find(*term_id) != nullptr) {
      return Error{ErrorCode::invalid_json, path + "/id", "stands twice: " + *term_id};
    }
    Term term{.id = *term_id, .parent = {}, .labels = {}};
    if (const auto* parent = text_of(item, "parent")) term.parent = *parent;
    for (const auto& [tag, name] : label->items()) {
      if (!name.is_string()) {
        return Error{ErrorCode::invalid_json, path + "/label", "expected texts"};
      }
      term.labels.emplace_back(tag, name.get_ref<const std::string&>());
    }
    taxonomy.terms.push_back(std::move(term));
  }
  return taxonomy;
}

}  // namespace hezuo
