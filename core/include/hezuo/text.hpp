#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/result.hpp"

namespace hezuo {

/// The Unicode version of every table and verdict below, e.g. "15.0".
[[nodiscard]] std::string_view unicode_version() noexcept;

/// Whether `bytes` is well-formed UTF-8: no overlong form, no surrogate, no end in
/// the middle of a character.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// Unicode Normalization Form C (UAX 15) of `utf8`. Text that is in it already, as nearly
/// all that is typed, only passes a check. Takes time linear in the length. Fails with
/// `invalid_utf8`.
///
///     nfc("Gro\u0308\u00dfe")   // -> "Größe"
Result<std::string> nfc(std::string_view utf8);

/// What a limit on a text is counted in. All are counted on the NFC text.
enum class Unit : std::uint8_t {
  graphemes,   ///< Extended grapheme clusters (UAX 29): what a person calls a character.
  words,       ///< UAX 29 words that hold a letter (L, Nl) or a digit (Nd) that is not
               ///< Han; and each Han character.
  han,         ///< Code points whose Script is Han.
  characters,  ///< Code points.
  bytes,       ///< Bytes of UTF-8.
};

/// A text measured in every `Unit`.
struct Counts {
  std::size_t graphemes = 0;
  std::size_t words = 0;
  std::size_t han = 0;
  std::size_t characters = 0;
  std::size_t bytes = 0;

  bool operator==(const Counts&) const = default;
};

/// Measures `utf8`, which is well-formed and in NFC, in time linear in its length. Of
/// ill-formed text the numbers mean nothing, but it is safe.
///
///     count("武汉 Wuhan")   // -> 8 graphemes, 3 words, 2 han, 8 characters, 12 bytes
///
/// The rules are those of Unicode 15.0 and of no language. A browser's `Intl.Segmenter`
/// may know a newer version, which joins Indic conjuncts to one grapheme, and finds words
/// of Chinese or Thai by dictionaries.
[[nodiscard]] Counts count(std::string_view utf8) noexcept;
/// One unit alone: cheaper than all five.
[[nodiscard]] std::size_t count(std::string_view utf8, Unit unit) noexcept;

/// Byte offsets of the boundaries of extended grapheme clusters (UAX 29), from 0 to
/// the size of `utf8`; of no boundary for an empty text.
[[nodiscard]] std::vector<std::size_t> grapheme_breaks(std::string_view utf8);
/// The same for word boundaries (UAX 29).
[[nodiscard]] std::vector<std::size_t> word_breaks(std::string_view utf8);

/// The beginning of `utf8` where it is longer than `max` graphemes (or 12 bytes for each
/// of them): at most `max` graphemes, of which the last is an ellipsis.
///
///     excerpt("Grenoble-Alpes", 9)   // -> "Grenoble\u2026"
[[nodiscard]] std::string excerpt(std::string_view utf8, std::size_t max);

/// How many letters (L, Nl) of each script a text has, in code points. `Common` and
/// `Inherited` are not letters of any script and are left out.
struct ScriptCensus {
  std::size_t latin = 0;
  std::size_t han = 0;
  std::size_t greek = 0;
  std::size_t cyrillic = 0;
  std::size_t other = 0;

  bool operator==(const ScriptCensus&) const = default;
};
[[nodiscard]] ScriptCensus census(std::string_view utf8) noexcept;

/// Full-width forms of ASCII (U+FF01-FF5E) and the ideographic space become ASCII, as
/// Chinese input methods write them. For identifiers, addresses and numbers; prose
/// keeps its width.
[[nodiscard]] std::string fold_width(std::string_view utf8);

/// Simple case folding (CaseFolding.txt, C and S) of the letters of every script: lower
/// case but for a few, such as the final sigma. For comparing, not for showing. "ß" does
/// not become "ss".
[[nodiscard]] std::string fold_case(std::string_view utf8);

/// A character that a reader cannot see.
enum class HiddenKind : std::uint8_t {
  control,     ///< C0 and C1 controls but tab and line feed; noncharacters.
  bidi,        ///< Embeddings, overrides and isolates: they can reorder what is read.
  zero_width,  ///< Default ignorable characters, such as zero-width spaces, joiners and
               ///< tags, where no script or emoji needs them; U+FEFF.
};
struct HiddenCharacter {
  std::size_t offset;  ///< In bytes.
  char32_t character;
  HiddenKind kind;

  bool operator==(const HiddenCharacter&) const = default;
};
/// Hidden characters of well-formed `utf8`, in order. A joiner inside an emoji sequence
/// or between letters of a script that uses it is not hidden, nor is a variation
/// selector behind a character that has it. Marks of direction (U+200E, U+200F, U+061C)
/// are hidden in a text without right-to-left letters.
///
///     hidden_characters("user\u202etxt.exe")   // -> {4, U+202E, bidi}
[[nodiscard]] std::vector<HiddenCharacter> hidden_characters(std::string_view utf8);

/// `utf8`, which is well-formed, as it can stand inside a sentence and leave the order of
/// what is around alone: where it has letters or controls of right-to-left writing, it
/// stands between U+2068 and U+2069 (first strong isolate), without the embeddings,
/// overrides, isolates and ends of paragraphs that could lead out. All else stays as it
/// is.
///
///     isolate("user\u202etxt.exe")   // -> "\u2068usertxt.exe\u2069"
[[nodiscard]] std::string isolate(std::string_view utf8);

}  // namespace hezuo
