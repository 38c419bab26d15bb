#pragma once

// What ships in core/data, and the applications of tests/data/award, for tests.

#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The JSON files of a folder, in the order of their names.
inline std::vector<std::string> json_files(const std::string& folder) {
  std::vector<std::string> paths;
  DIR* open = opendir(folder.c_str());
  if (open == nullptr) return paths;
  while (const dirent* entry = readdir(open)) {
    const std::string name = entry->d_name;
    if (name.ends_with(".json")) paths.push_back(folder + "/" + name);
  }
  closedir(open);
  std::sort(paths.begin(), paths.end());
  return paths;
}

inline nlohmann::json read_json(const std::string& path) {
  return nlohmann::json::parse(read_text(path), nullptr, /*allow_exceptions=*/false);
}

inline const Catalogues& catalogues() {
  static const auto all = [] {
    Catalogues catalogues;
    for (const auto& path : json_files(CORE_DATA_DIR "/messages")) {
      auto catalogue = Catalogue::from(read_json(path));
      if (catalogue) catalogues.add(*std::move(catalogue));
    }
    return catalogues;
  }();
  return all;
}

inline const std::vector<Taxonomy>& taxonomies() {
  static const auto all = [] {
    std::vector<Taxonomy> taxonomies;
    for (const auto& path : json_files(CORE_DATA_DIR "/taxonomies")) {
      auto taxonomy = Taxonomy::from(read_json(path));
      if (taxonomy) taxonomies.push_back(*std::move(taxonomy));
    }
    return taxonomies;
  }();
  return all;
}

inline std::string definition_text(const std::string& id) {
  return read_text(std::string(CORE_DATA_DIR "/definitions/") + id + ".json");
}

inline nlohmann::json award_document(const std::string& name) {
  return read_json(std::string(TESTS_DATA_DIR "/award/") + name);
}

/// Sets what stands at a JSON Pointer; "-" appends to an array, null takes away.
inline void patch(nlohmann::json& document, const std::string& pointer,
                  const nlohmann::json& value) {
  const nlohmann::json::json_pointer at(pointer);
  if (!value.is_null()) {
    document[at] = value;
    return;
  }
  auto& parent = document[at.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(static_cast<std::size_t>(std::stoul(at.back())));
  } else {
    parent.erase(at.back());
  }
}

}  // namespace hezuo
