#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hezuo::parity_text {

/// A part of a text, in UTF-16 code units.
struct Span {
  std::size_t from = 0;
  std::size_t to = 0;
};

enum class Kind : std::uint8_t {
  plain,
  percent,
  points,  ///< Percentage points.
  money,
  day,  ///< Of a month: 930 is 30 September.
};

enum class Currency : std::uint8_t {
  none,  ///< None is said.
  euro,
  yuan,
  us_dollar,
  pound,
  yen,
  hk_dollar,
  yuan_or_yen,  ///< Both have the same sign.
};

/// A number that a text states.
struct Figure {
  double value = 0;
  /// How else it may be meant, whatever its kind; negative: in no other way.
  double other = -1;
  Kind kind = Kind::plain;
  Currency currency = Currency::none;
  /// Whether the other text must state it, too. "One", "first" or the 5 of "5G" need not.
  bool required = true;
  Span span;
};

/// Which words for numbers are understood beside digits.
enum class Words : std::uint8_t { none, english, chinese };

/// What of a text is compared one by one.
struct Facts {
  std::vector<Figure> figures;
  std::vector<Span> links;
  std::vector<Span> addresses;
};

/// Reads `text`, whose full-width forms are folded to ASCII.
[[nodiscard]] Facts read_facts(std::u16string_view text, Words words);

/// Whether one may stand for the other in a translation.
[[nodiscard]] bool agree(const Figure& a, const Figure& b) noexcept;

}  // namespace hezuo::parity_text
