#pragma once

#include <string>
#include <string_view>

namespace hezuo::text_tests {

inline std::string utf8_of(char32_t character) {
  const auto unit = [](char32_t value) { return static_cast<char>(value); };
  if (character < 0x80) return {unit(character)};
  if (character < 0x800) {
    return {unit(0xC0 | character >> 6), unit(0x80 | (character & 0x3F))};
  }
  if (character < 0x10000) {
    return {unit(0xE0 | character >> 12), unit(0x80 | (character >> 6 & 0x3F)),
            unit(0x80 | (character & 0x3F))};
  }
  return {unit(0xF0 | character >> 18), unit(0x80 | (character >> 12 & 0x3F)),
          unit(0x80 | (character >> 6 & 0x3F)), unit(0x80 | (character & 0x3F))};
}

inline std::string utf8_of(std::u32string_view characters) {
  std::string text;
  for (const char32_t character : characters) text += utf8_of(character);
  return text;
}

}  // namespace hezuo::text_tests
