#include "decomposition.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace hezuo::unicode {
namespace {

#include "unicode_decompositions.inc"

// Bytes apart, by significance, compress a tenth better than code points.
char32_t first_of(std::size_t entry) noexcept {
  return char32_t{first_plane[entry]} << 16 | char32_t{first_high[entry]} << 8 |
         first_low[entry];
}

std::uint32_t key(char32_t first, std::size_t second) noexcept {
  return std::uint32_t{first} << 8 | static_cast<std::uint32_t>(second);
}

// Hangul syllables (section 3.12 of the Unicode Standard).
constexpr char32_t l_base = 0x1100;
constexpr char32_t v_base = 0x1161;
constexpr char32_t t_base = 0x11A7;
constexpr char32_t s_base = 0xAC00;
constexpr char32_t l_count = 19;
constexpr char32_t v_count = 21;
constexpr char32_t t_count = 28;
constexpr char32_t s_count = l_count * v_count * t_count;

Decomposition hangul_decomposition(char32_t index) noexcept {
  const auto t = index % t_count;
  if (t != 0) return {s_base + index - t, t_base + t};
  const auto lv = index / t_count;
  return {l_base + lv / v_count, v_base + lv % v_count};
}

char32_t hangul_composite(char32_t first, char32_t second) noexcept {
  if (first - l_base < l_count && second - v_base < v_count) {
    return s_base + ((first - l_base) * v_count + second - v_base) * t_count;
  }
  const auto index = first - s_base;
  const auto t = second - t_base;
  return index < s_count && index % t_count == 0 && t - 1 < t_count - 1 ? first + t : 0;
}

}  // namespace

Decomposition decomposition(char32_t character) noexcept {
  if (character < runs[0].first) return {};
  if (character - s_base < s_count) return hangul_decomposition(character - s_base);

  const auto* const next = std::upper_bound(
      std::begin(runs), std::end(runs), character,
      [](char32_t value, const DecompositionRun& run) { return value < run.first; });
  const auto& run = *std::prev(next);
  const std::size_t entry = run.entry + (character - run.first);
  if (entry >= next->entry || first_of(entry) == 0) return {};
  return {first_of(entry), seconds[second_of[entry]]};
}

char32_t composite(char32_t first, char32_t second) noexcept {
  const auto hangul = hangul_composite(first, second);
  if (hangul != 0) return hangul;

  const auto* const known =
      std::lower_bound(std::begin(seconds), std::end(seconds), second);
  if (known == std::end(seconds) || *known != second) return 0;
  const auto wanted =
      key(first, static_cast<std::size_t>(std::distance(std::begin(seconds), known)));
  const auto key_of = [](std::size_t entry) {
    return key(first_of(entry), second_of[entry]);
  };
  const auto* const found =
      std::lower_bound(std::begin(composites), std::end(composites), wanted,
                       [&key_of](std::uint16_t entry, std::uint32_t value) {
                         return key_of(entry) < value;
                       });
  if (found == std::end(composites) || key_of(*found) != wanted) return 0;

  const auto* const next = std::upper_bound(
      std::begin(runs), std::end(runs), *found,
      [](std::uint16_t value, const DecompositionRun& run) { return value < run.entry; });
  const auto& run = *std::prev(next);
  return run.first + (*found - run.entry);
}

}  // namespace hezuo::unicode
