#pragma once

#include <array>
#include <cstdint>

// Canonical mappings, from tables that `generate.cpp` makes of native ICU when the
// library is built. Only single steps are stored: a mapping's first part may decompose
// further, its second never does.
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

/// Set in the number of an entry's second part if nothing composes to the character.
inline constexpr std::uint8_t excluded = 0x80;

/// Undoes single steps. Its order of them would be a fifth of the tables' bytes, and
/// takes some microseconds to make: keep one for a whole text.
class Composites {
 public:
  Composites() noexcept;

  /// The primary composite of two characters (D114 of the Unicode Standard), or 0.
  [[nodiscard]] char32_t of(char32_t first, char32_t second) const noexcept;

 private:
  /// Entries by their second part: those of number n lie from begins_[n] to begins_[n +
  /// 1].
  std::array<std::uint16_t, 1024> entries_{};
  std::array<std::uint16_t, excluded + 1> begins_{};
};

}  // namespace hezuo::unicode
