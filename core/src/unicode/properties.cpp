#include "properties.hpp"

#include <algorithm>
#include <iterator>

namespace hezuo::unicode {

#include "unicode_tables.inc"

Properties high_properties(char32_t character) noexcept {
  const auto* const after = std::upper_bound(
      std::begin(high), std::end(high), character,
      [](char32_t value, const HighRange& range) { return value < range.first; });
  return records[std::prev(after)->record];
}

char32_t fold(char32_t character) noexcept {
  if (character < 0x80) {
    return character >= U'A' && character <= U'Z' ? character + 32 : character;
  }
  const auto* const range = std::lower_bound(
      std::begin(folds), std::end(folds), character,
      [](const FoldRange& entry, char32_t value) { return entry.last < value; });
  if (range == std::end(folds) || character < range->first ||
      (character - range->first) % range->stride != 0) {
    return character;
  }
  return static_cast<char32_t>(static_cast<std::int32_t>(character) + range->delta);
}

}  // namespace hezuo::unicode
