#pragma once

#include <cstdint>

// Canonical mappings, from tables that `generate.cpp` makes of native ICU when the
// library is built. Only single steps are stored: a mapping's first part may decompose
// further, its second never does. Composing searches the same steps, by a list of those
// that it undoes. With the code, 7 KB brotli less than the smallest cut of ICU would
// take.
namespace hezuo::unicode {

/// Code points from `first` on decompose to the entries from `entry` on, as many as there
/// are until the next run's. Entries whose first part is 0 fill small gaps.
struct DecompositionRun {
  char32_t first;
  std::uint16_t entry;
};

struct Decomposition {
  char32_t first = 0;   ///< 0: the character does not decompose.
  char32_t second = 0;  ///< 0: a single character takes its place.
};

/// One step of the canonical decomposition.
[[nodiscard]] Decomposition decomposition(char32_t character) noexcept;

/// The primary composite of two characters (D114 of the Unicode Standard), or 0.
[[nodiscard]] char32_t composite(char32_t first, char32_t second) noexcept;

}  // namespace hezuo::unicode
