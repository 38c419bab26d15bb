#include "decomposition.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>

namespace hezuo::unicode {
namespace {

#include "unicode_decompositions.inc"

// Bytes apart, by significance, compress a tenth better than code points.
char32_t first_of(std::size_t entry) noexcept {
  return char32_t{first_plane[entry]} << 16 | char32_t{first_high[entry]} << 8 |
         first_low[entry];
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
  return {first_of(entry), seconds[second_of[entry] & ~excluded]};
}

// Sorts by counting. Of one second part there are some eighty entries at most, so their
// search need not be quicker.
Composites::Composites() noexcept {
  static_assert(composite_count <= std::tuple_size_v<decltype(entries_)>);
  for (const auto second : second_of) {
    if (second < excluded) ++begins_[second + 1U];
  }
  for (std::size_t next = 1; next < begins_.size(); ++next) {
    begins_[next] = static_cast<std::uint16_t>(begins_[next] + begins_[next - 1]);
  }
  auto places = begins_;
  for (std::size_t entry = 0; entry < std::size(second_of); ++entry) {
    if (second_of[entry] >= excluded) continue;
    auto& place = places[second_of[entry]];
    entries_[place] = static_cast<std::uint16_t>(entry);
    ++place;
  }
}

char32_t Composites::of(char32_t first, char32_t second) const noexcept {
  const auto hangul = hangul_composite(first, second);
  if (hangul != 0) return hangul;

  const auto* const known =
      std::lower_bound(std::begin(seconds), std::end(seconds), second);
  if (known == std::end(seconds) || *known != second) return 0;
  const auto number = static_cast<std::size_t>(known - std::begin(seconds));
  for (std::size_t at = begins_[number]; at < begins_[number + 1]; ++at) {
    const auto entry = entries_[at];
    if (first_of(entry) != first) continue;
    const auto* const next =
        std::upper_bound(std::begin(runs), std::end(runs), entry,
                         [](std::uint16_t value, const DecompositionRun& run) {
                           return value < run.entry;
                         });
    const auto& run = *std::prev(next);
    return run.first + (entry - run.entry);
  }
  return 0;
}

}  // namespace hezuo::unicode
