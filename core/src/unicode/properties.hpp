#pragma once

#include <cstddef>
#include <cstdint>

// Character properties, from one table that `generate.cpp` makes of native ICU when the
// library is built. Native and WebAssembly builds read the same table: ICU's own
// property functions would cost the latter 50 KB.
namespace hezuo::unicode {

/// Grapheme_Cluster_Break (UAX 29). Extended_Pictographic is a value of its own, as no
/// such character has another one; `generate.cpp` checks that.
enum class Grapheme : std::uint8_t {
  other,
  cr,
  lf,
  control,
  extend,
  zwj,
  regional,
  prepend,
  spacing,
  l,
  v,
  t,
  lv,
  lvt,
  pictographic,
};

/// Word_Break (UAX 29).
enum class Word : std::uint8_t {
  other,
  cr,
  lf,
  newline,
  extend,
  zwj,
  format,
  regional,
  katakana,
  hebrew,
  letter,
  single_quote,
  double_quote,
  mid_num_let,
  mid_letter,
  mid_num,
  numeric,
  extend_num_let,
  space,
};

/// Script, as far as the core tells scripts apart.
enum class Script : std::uint8_t {
  none,  ///< Common, Inherited and Unknown.
  latin,
  han,
  greek,
  cyrillic,
  other,
  complex,  ///< A cursive, a stacking or a spaceless script: needs joiners.
};

/// General_Category, as far as counting needs it.
enum class Category : std::uint8_t {
  other,
  letter,   ///< L and Nl.
  decimal,  ///< Nd.
};

/// How a character behaves under NFC.
enum class Composition : std::uint8_t {
  starter,   ///< NFC_QC=Yes, ccc=0: nothing before it changes with what follows.
  mark,      ///< NFC_QC=Yes, ccc>0: unchanged where it stands in canonical order.
  unstable,  ///< NFC_QC=No or Maybe.
};

/// The properties of one code point.
struct Properties {
  std::uint32_t bits = 0;

  static constexpr Properties of(Grapheme grapheme, Word word, Script script,
                                 Category category, Composition composition,
                                 bool ignorable, std::uint8_t combining_class) noexcept {
    return {static_cast<std::uint32_t>(grapheme) | static_cast<std::uint32_t>(word) << 4 |
            static_cast<std::uint32_t>(script) << 9 |
            static_cast<std::uint32_t>(category) << 12 |
            static_cast<std::uint32_t>(composition) << 14 |
            static_cast<std::uint32_t>(ignorable ? 1 : 0) << 16 |
            std::uint32_t{combining_class} << 17};
  }

  [[nodiscard]] constexpr Grapheme grapheme() const noexcept {
    return static_cast<Grapheme>(bits & 15);
  }
  [[nodiscard]] constexpr Word word() const noexcept {
    return static_cast<Word>(bits >> 4 & 31);
  }
  [[nodiscard]] constexpr Script script() const noexcept {
    return static_cast<Script>(bits >> 9 & 7);
  }
  [[nodiscard]] constexpr Category category() const noexcept {
    return static_cast<Category>(bits >> 12 & 3);
  }
  [[nodiscard]] constexpr Composition composition() const noexcept {
    return static_cast<Composition>(bits >> 14 & 3);
  }
  /// Default_Ignorable_Code_Point.
  [[nodiscard]] constexpr bool ignorable() const noexcept {
    return (bits >> 16 & 1) != 0;
  }
  /// Canonical_Combining_Class.
  [[nodiscard]] constexpr std::uint8_t combining_class() const noexcept {
    return static_cast<std::uint8_t>(bits >> 17 & 0xFF);
  }
  /// Whether a text may not be in NFC for having this character behind one of the class
  /// `previous` (section 9 of UAX 15).
  [[nodiscard]] constexpr bool disturbs_nfc(unsigned previous) const noexcept {
    return composition() == Composition::unstable ||
           (combining_class() != 0 && combining_class() < previous);
  }
  [[nodiscard]] constexpr bool pictographic() const noexcept {
    return grapheme() == Grapheme::pictographic;
  }
};

/// Blocks of 128 code points compress best: 3.2 KB by brotli, a third less than in the
/// smallest tables.
inline constexpr unsigned block_shift = 7;
inline constexpr std::size_t block_size = std::size_t{1} << block_shift;
/// Above lie Han ideographs, tags and emptiness: `high` lists them as ranges.
inline constexpr char32_t table_end = 0x20000;

/// The first code point of a range that extends to the next one's.
struct HighRange {
  char32_t first;
  std::uint8_t record;
};

/// Code points first, first + stride ... last whose simple case folding is `delta` away.
struct FoldRange {
  char32_t first;
  char32_t last;
  std::int32_t delta;
  std::uint32_t stride;
};

// NOLINTBEGIN(modernize-avoid-c-arrays): only the generator knows their sizes.
extern const std::uint8_t block_of[table_end >> block_shift];
extern const std::uint8_t record_of[];
extern const Properties records[];
// NOLINTEND(modernize-avoid-c-arrays)

/// What `properties` answers from `table_end` on.
[[nodiscard]] Properties high_properties(char32_t character) noexcept;

[[nodiscard]] inline Properties properties(char32_t character) noexcept {
  if (character >= table_end) return high_properties(character);
  const std::size_t block = block_of[character >> block_shift];
  return records[record_of[block << block_shift | (character & (block_size - 1))]];
}

/// Simple case folding (statuses C and S of CaseFolding.txt).
[[nodiscard]] char32_t fold(char32_t character) noexcept;

}  // namespace hezuo::unicode
