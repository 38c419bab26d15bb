#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "hezuo/text.hpp"
#include "text_utf8.hpp"
#include "unicode/properties.hpp"

namespace hezuo {
namespace {

using unicode::Grapheme;
using unicode::Properties;
using unicode::Script;

struct Range {
  char32_t first;
  char32_t last;
};

bool contains(std::span<const Range> ranges, char32_t character) noexcept {
  return std::any_of(ranges.begin(), ranges.end(), [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

// Blocks whose characters have standardized variants (StandardizedVariants.txt) beside
// Han and the complex scripts: digit zero, mathematics, script letters, full-width
// punctuation and hieroglyphs.
constexpr auto with_variants = std::to_array<Range>({
    {U'0', U'0'},
    {0x210B, 0x2133},
    {0x2205, 0x22DB},
    {0x2A3C, 0x2ACC},
    {0x3001, 0x3002},
    {0xFF01, 0xFF1F},
    {0x13000, 0x1345F},
    {0x1D49C, 0x1D4B5},
});

// Blocks of right-to-left scripts (the defaults of Bidi_Class R and AL).
constexpr auto right_to_left = std::to_array<Range>({
    {0x0590, 0x08FF},
    {0xFB1D, 0xFDFF},
    {0xFE70, 0xFEFE},
    {0x10800, 0x10FFF},
    {0x1E800, 0x1EFFF},
});

struct Character {
  char32_t code = 0;
  Properties properties;
};

Character read(const char* at, const char* end) noexcept {
  if (at == end) return {};
  const auto code = text::decode(at, end).character;
  return {code, unicode::properties(code)};
}

bool is_direction_control(char32_t code) noexcept {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// Bidi_Class B: whatever is open ends there.
bool ends_paragraph(char32_t code) noexcept {
  return code == U'\n' || code == U'\r' || (code >= 0x1C && code <= 0x1E) ||
         code == 0x85 || code == 0x2029;
}

std::optional<HiddenKind> invisible_kind(const Character& character) noexcept {
  const auto code = character.code;
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
    if (code == U'\t' || code == U'\n') return std::nullopt;
    return HiddenKind::control;
  }
  if ((code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)) {
    return HiddenKind::control;
  }
  if (is_direction_control(code)) return HiddenKind::bidi;
  // Interlinear annotations show nothing, either, yet are not ignorable.
  if (character.properties.ignorable() || (code >= 0xFFF9 && code <= 0xFFFB)) {
    return HiddenKind::zero_width;
  }
  return std::nullopt;
}

bool is_mark(const Character& character) noexcept {
  const auto grapheme = character.properties.grapheme();
  return grapheme == Grapheme::extend || grapheme == Grapheme::spacing;
}

bool is_complex(const Character& character) noexcept {
  return character.properties.script() == Script::complex;
}

bool is_jamo(const Character& character) noexcept {
  const auto grapheme = character.properties.grapheme();
  return !character.properties.ignorable() &&
         (grapheme == Grapheme::l || grapheme == Grapheme::v || grapheme == Grapheme::t);
}

bool is_mongolian(const Character& character) noexcept {
  return character.code >= 0x1820 && character.code <= 0x18AA;
}

// Where an invisible character stands.
struct Context {
  Character previous;
  Character base;  // The last one before that is no mark but of a script of its own.
  Character next;
};

bool variant_exists(char32_t selector, const Character& of) noexcept {
  const auto script = of.properties.script();
  if (selector >= 0xE0100) return script == Script::han;
  if (selector >= 0xFE0E) {
    return of.properties.pictographic() || of.code == U'#' || of.code == U'*' ||
           (of.code >= U'0' && of.code <= U'9');
  }
  if (selector > 0xFE06) return false;  // Assigned to no sequence.
  return script == Script::han || script == Script::complex ||
         contains(with_variants, of.code);
}

// Whether the spelling of what is around needs the invisible character `code`.
bool is_needed(char32_t code, const Context& around) noexcept {
  const bool in_complex = is_complex(around.base) && is_complex(around.next);
  switch (code) {
    case 0x034F:  // Combining grapheme joiner: keeps the order of marks.
      return is_mark(around.previous) && is_mark(around.next);
    case 0x115F:  // Hangul fillers: the missing part of a syllable.
    case 0x1160:
      return is_jamo(around.previous) || is_jamo(around.next);
    case 0x180B:  // Mongolian variation selectors and vowel separator.
    case 0x180C:
    case 0x180D:
    case 0x180E:
    case 0x180F:
      return is_mongolian(around.previous);
    case 0x200B:
      return in_complex;
    case 0x200C:
      return in_complex || (is_complex(around.previous) && is_mark(around.previous));
    case 0x200D:
      return in_complex || (is_complex(around.previous) && is_mark(around.previous)) ||
             (around.base.properties.pictographic() &&
              around.next.properties.pictographic());
    default:
      return ((code >= 0xFE00 && code <= 0xFE0F) ||
              (code >= 0xE0100 && code <= 0xE01EF)) &&
             variant_exists(code, around.previous);
  }
}

bool is_direction_mark(char32_t code) noexcept {
  return code == 0x200E || code == 0x200F || code == 0x061C;
}

bool has_right_to_left(std::string_view utf8) noexcept {
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const auto [character, size] = text::decode(at, end);
    if (contains(right_to_left, character) && !is_direction_mark(character)) return true;
    at += size;
  }
  return false;
}

// Bytes of the tags that make the black flag before `at` that of a region, such as
// "gbsct" and the end tag for Scotland; 0 if there is no complete sequence. A region
// has two letters or three digits and a subdivision of at most four letters or digits.
std::size_t flag_tags_size(const char* at, const char* end) noexcept {
  constexpr std::size_t longest = 3 + 4;
  constexpr char32_t end_tag = 0xE007F;
  const char* const begin = at;
  for (std::size_t tags = 0; at != end; ++tags) {
    const auto [character, size] = text::decode(at, end);
    at += size;
    if (character == end_tag) return tags > 0 ? static_cast<std::size_t>(at - begin) : 0;
    const bool is_spec = (character >= 0xE0030 && character <= 0xE0039) ||
                         (character >= 0xE0061 && character <= 0xE007A);
    if (!is_spec || tags == longest) return 0;
  }
  return 0;
}

}  // namespace

std::vector<HiddenCharacter> hidden_characters(std::string_view utf8) {
  constexpr char32_t black_flag = 0x1F3F4;
  std::vector<HiddenCharacter> hidden;
  std::optional<bool> right_to_left_text;
  Context around;
  const char* const begin = utf8.data();
  const char* const end = begin + utf8.size();
  for (const char* at = begin; at != end;) {
    // Printable ASCII and ideographs, most of all texts, hide nothing.
    const char* last = nullptr;
    while (at != end) {
      const bool ascii = text::byte(*at) >= 0x20 && text::byte(*at) < 0x7F;
      if (!ascii && !text::at_ideograph(at, end)) break;
      last = at;
      at += ascii ? 1 : 3;
    }
    if (last != nullptr) {
      around.base = around.previous = read(last, end);
      continue;
    }
    const auto here = read(at, end);
    const auto offset = static_cast<std::size_t>(at - begin);
    at += text::decode(at, end).size;
    if (const auto kind = invisible_kind(here)) {
      around.next = read(at, end);
      bool needed = false;
      if (is_direction_mark(here.code)) {
        if (!right_to_left_text) right_to_left_text = has_right_to_left(utf8);
        needed = *right_to_left_text;
      } else {
        needed = kind == HiddenKind::zero_width && is_needed(here.code, around);
      }
      if (!needed) hidden.push_back({offset, here.code, *kind});
    } else if (here.code == black_flag) {
      at += flag_tags_size(at, end);
    }
    const bool keeps_base = here.properties.script() == Script::none &&
                            (here.properties.grapheme() == Grapheme::extend ||
                             here.properties.grapheme() == Grapheme::zwj);
    if (!keeps_base) around.base = here;
    around.previous = here;
  }
  return hidden;
}

std::string isolate(std::string_view utf8) {
  std::string inside;
  bool turns = false;
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const auto [character, size] = text::decode(at, end);
    at += size;
    turns = turns || is_direction_control(character) || is_direction_mark(character) ||
            contains(right_to_left, character);
    if (is_direction_control(character)) continue;
    text::append(inside, ends_paragraph(character) ? U' ' : character);
  }
  if (!turns) return std::string(utf8);
  std::string isolated;
  text::append(isolated, 0x2068);
  isolated += inside;
  text::append(isolated, 0x2069);
  return isolated;
}

}  // namespace hezuo
