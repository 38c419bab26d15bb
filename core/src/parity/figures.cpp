#include "figures.hpp"

#include <limits>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// False where one of them is not a number.
bool equal(double a, double b) { return a - b <= 1e-9 * a && b - a <= 1e-9 * b; }

bool alike(const Figure& a, const Figure& b) {
  return (a.kind == b.kind || (a.kind < Kind::percent && b.kind < Kind::percent)) &&
         (static_cast<int>(a.currency) & static_cast<int>(b.currency)) != 0;
}

}  // namespace

void Reader::read() {
  // A figure before the first, which is no number, and far from all others.
  auto& none = add(no_number, false);
  none.kind = Kind::link;
  none.span.to = std::numeric_limits<std::size_t>::max() / 2;
  while (at_ < size_) {
    from_ = at_;
    const char32_t c = peek();
    if (address() || (c == u'+' && phone())) continue;
    if (is_digit(c)) {
      digits();
    } else if (is_letter(c)) {
      english();
    } else if (words_ == Words::chinese && c >= 0x3007) {
      chinese();
    } else {
      ++at_;
    }
  }
}

Figure& Reader::add(double value, bool required) {
  auto& figure = facts_.figures.add({from_, at_});
  figure.value = value;
  figure.required = required;
  return figure;
}

void Reader::add_weak(double value, Kind kind) { add(value, false).kind = kind; }

void read_facts(const Cursor& text, Words words, Facts& facts) {
  Reader(text, words, facts).read();
}

bool agree(const Figure& a, const Figure& b) noexcept {
  if (alike(a, b) && equal(a.value, b.value)) return true;
  if (a.kind == Kind::day && b.kind == Kind::day) return false;
  return equal(a.other, b.value) || equal(a.other, b.other) || equal(a.value, b.other);
}

}  // namespace hezuo::parity_text
