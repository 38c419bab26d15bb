#include "hezuo/text.hpp"

#include <array>

#include "text_normalize.hpp"
#include "text_utf8.hpp"
#include "unicode/properties.hpp"

namespace hezuo {
namespace {

using text::byte;

constexpr std::string_view table_version =
#include "unicode_version.inc"
    ;

// Length of the well-formed character at `at`, or 0 (Table 3-7 of the Unicode Standard).
std::size_t character_size(const char* at, const char* end) noexcept {
  const auto left = end - at;
  const auto lead = byte(*at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || left < 2) return 0;
  if (lead < 0xE0) return text::is_continuation(at[1]) ? 2 : 0;

  unsigned lowest = 0x80;
  unsigned highest = 0xBF;
  if (lead == 0xE0) lowest = 0xA0;   // No overlong forms,
  if (lead == 0xED) highest = 0x9F;  // no surrogates,
  if (lead == 0xF0) lowest = 0x90;
  if (lead == 0xF4) highest = 0x8F;  // nothing above U+10FFFF.
  if (byte(at[1]) < lowest || byte(at[1]) > highest) return 0;
  if (left < 3 || !text::is_continuation(at[2])) return 0;
  if (lead < 0xF0) return 3;
  return left >= 4 && text::is_continuation(at[3]) ? 4 : 0;
}

// The first byte from `at` on that is not ASCII, or `end`.
const char* skip_ascii(const char* at, const char* end) noexcept {
  while (end - at >= 8 && (text::load_word(at) & text::high_bits) == 0) at += 8;
  while (at != end && byte(*at) < 0x80) ++at;
  return at;
}

// The first byte from `at` on that does not begin a well-formed ideograph. Two at a time,
// as every byte that a Chinese applicant types passes here.
const char* skip_ideographs(const char* at, const char* end) noexcept {
  constexpr std::array<char, 8> tops = {0, '\xC0', '\xC0', 0, '\xC0', '\xC0', 0, 0};
  constexpr std::array<char, 8> continuations = {0,      '\x80', '\x80', 0,
                                                 '\x80', '\x80', 0,      0};
  while (end - at >= 8 && text::at_ideograph(at, end) &&
         text::at_ideograph(at + 3, end) &&
         (text::load_word(at) & text::load_word(tops.data())) ==
             text::load_word(continuations.data())) {
    at += 6;
  }
  while (text::at_ideograph(at, end) && text::is_continuation(at[1]) &&
         text::is_continuation(at[2])) {
    at += 3;
  }
  return at;
}

enum class Form : std::uint8_t { invalid, perhaps_nfc, nfc };

// One pass that checks both UTF-8 and whether anything has to be composed at all.
Form quick_check(std::string_view utf8) noexcept {
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  auto form = Form::nfc;
  unsigned previous_class = 0;
  while (at != end) {
    const char* const inert_end = skip_ideographs(skip_ascii(at, end), end);
    if (inert_end != at) {
      at = inert_end;
      previous_class = 0;
      continue;
    }
    const auto size = character_size(at, end);
    if (size == 0) return Form::invalid;
    const auto properties = unicode::properties(text::decode(at, end).character);
    if (properties.disturbs_nfc(previous_class)) form = Form::perhaps_nfc;
    previous_class = properties.combining_class();
    at += size;
  }
  return form;
}

std::string mapped(std::string_view utf8, char32_t (*map)(char32_t)) {
  std::string result;
  result.reserve(utf8.size());
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const auto [character, size] = text::decode(at, end);
    text::append(result, map(character));
    at += size;
  }
  return result;
}

}  // namespace

std::string_view unicode_version() noexcept { return table_version; }

bool is_utf8(std::string_view bytes) noexcept {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end) {
    at = skip_ideographs(skip_ascii(at, end), end);
    if (at == end) break;
    const auto size = character_size(at, end);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

Result<std::string> nfc(std::string_view utf8) {
  switch (quick_check(utf8)) {
    case Form::invalid:
      return Error{ErrorCode::invalid_utf8, "", "not well-formed UTF-8"};
    case Form::nfc:
      return std::string(utf8);
    case Form::perhaps_nfc:
      break;
  }
  return text::compose(utf8);
}

ScriptCensus census(std::string_view utf8) noexcept {
  using unicode::Script;
  std::array<std::size_t, static_cast<std::size_t>(Script::complex) + 1> letters{};
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    const auto [character, size] = text::decode(at, end);
    const auto properties = unicode::properties(character);
    if (properties.category() == unicode::Category::letter) {
      ++letters[static_cast<std::size_t>(properties.script())];
    }
    at += size;
  }
  const auto of = [&letters](Script script) {
    return letters[static_cast<std::size_t>(script)];
  };
  return {.latin = of(Script::latin),
          .han = of(Script::han),
          .greek = of(Script::greek),
          .cyrillic = of(Script::cyrillic),
          .other = of(Script::other) + of(Script::complex)};
}

std::string fold_width(std::string_view utf8) {
  return mapped(utf8, [](char32_t character) -> char32_t {
    if (character >= U'\uFF01' && character <= U'\uFF5E') return character - 0xFEE0;
    return character == U'\u3000' ? U' ' : character;
  });
}

std::string fold_case(std::string_view utf8) { return mapped(utf8, unicode::fold); }

}  // namespace hezuo
