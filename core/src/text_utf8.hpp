#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hezuo::text {

inline constexpr std::uint64_t every_byte = 0x0101'0101'0101'0101;
inline constexpr std::uint64_t high_bits = 0x80 * every_byte;

[[nodiscard]] inline std::uint64_t load_word(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

[[nodiscard, gnu::always_inline]] inline unsigned byte(char value) noexcept {
  return static_cast<unsigned char>(value);
}

[[nodiscard]] inline bool is_continuation(char value) noexcept {
  return (byte(value) & 0xC0) == 0x80;
}

/// Whether three bytes begin at `at` with a lead byte of U+4000-9FFF: Han ideographs and
/// the hexagrams, all of them inert under NFC and in both segmentations.
[[nodiscard, gnu::always_inline]] inline bool at_ideograph(const char* at,
                                                           const char* end) noexcept {
  return end - at >= 3 && byte(*at) - 0xE4 <= 0xE9 - 0xE4;
}

/// Whether a Han ideograph of U+4E00-9FFF, by far the most of them, begins at `at`.
[[nodiscard]] inline bool at_common_han(const char* at, const char* end) noexcept {
  return at_ideograph(at, end) && (byte(*at) != 0xE4 || byte(at[1]) >= 0xB8);
}

struct Decoded {
  char32_t character;
  std::size_t size;  ///< In bytes.
};

/// The character that begins at `at`, which lies before `end`, of text that was checked.
/// In ill-formed text the answer is some number, yet never read from behind `end`.
[[nodiscard]] inline Decoded decode(const char* at, const char* end) noexcept {
  const auto tail = [at](std::size_t index) { return char32_t{byte(at[index]) & 0x3FU}; };
  const auto left = static_cast<std::size_t>(end - at);
  const char32_t lead = byte(*at);
  if (lead < 0xC0 || left < 2) return {lead < 0x80 ? lead : U'\uFFFD', 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | tail(1), 2};
  if (left < 3) return {U'\uFFFD', 1};
  if (lead < 0xF0) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3};
  if (left < 4) return {U'\uFFFD', 1};
  return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
}

inline void append(std::string& text, char32_t character) {
  const auto push = [&text](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (character < 0x80) {
    push(character);
    return;
  }
  if (character < 0x800) {
    push(0xC0 | character >> 6);
  } else {
    if (character < 0x10000) {
      push(0xE0 | character >> 12);
    } else {
      push(0xF0 | character >> 18);
      push(0x80 | (character >> 12 & 0x3F));
    }
    push(0x80 | (character >> 6 & 0x3F));
  }
  push(0x80 | (character & 0x3F));
}

}  // namespace hezuo::text
