#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "cursor.hpp"

namespace hezuo::parity_text {

enum class Kind : std::uint8_t {
  plain,
  money,
  day,  ///< Of a month: 930 is 30 September.
  percent,
  points,  ///< Percentage points.
  link,    ///< Of no value, as is
  mail,    ///< an address of e-mail.
};

/// Those that a sign or a name may mean, a bit each.
enum class Currency : std::uint8_t { none = 0xFF };  ///< None is said: any may be meant.

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A number that a text states, or a link.
struct Figure {
  double value = 0;
  /// How else it may be meant, whatever its kind; not a number: in no other way.
  double other = no_number;
  Kind kind = Kind::plain;
  Currency currency = Currency::none;
  /// Whether the other text must state it, too. "One", "first" or the 5 of "5G" need not.
  bool required = true;
  Span span;
};

/// Which words for numbers are understood beside digits.
enum class Words : std::uint8_t { none, english, chinese };

/// In the order of the text. Pointers, since iterators of a vector cost a call a step.
class Figures {
 public:
  Figure* begin() { return all_.data(); }
  Figure* end() { return all_.data() + all_.size(); }
  Figure& back() { return end()[-1]; }
  Figure& add(Span span) {
    auto& figure = all_.emplace_back();
    figure.span = span;
    return figure;
  }
  /// Leaves at most so many.
  void cut(std::size_t size) {
    while (all_.size() > size) all_.pop_back();
  }

 private:
  std::vector<Figure> all_;
};

/// What of a text is compared one by one.
struct Facts {
  Figures figures;  ///< The first is none, not even required.
  Figures links;    ///< And addresses of e-mail.
};

/// Adds what `text` states to what is empty as yet.
void read_facts(const Cursor& text, Words words, Facts& facts);

/// Whether one may stand for the other in a translation.
[[nodiscard]] bool agree(const Figure& a, const Figure& b) noexcept;

}  // namespace hezuo::parity_text
