#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hezuo::parity_text {

/// A part of a text, in code points.
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

/// A number that a text states.
struct Figure {
  double value = 0;
  /// How else it may be meant, whatever its kind; negative: in no other way.
  double other = -1;
  Kind kind = Kind::plain;
  std::string_view currency;  ///< ISO 4217; empty where none is said, "?" for a yen sign.
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
