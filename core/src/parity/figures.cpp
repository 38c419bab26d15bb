#include "figures.hpp"

#include <utility>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

bool equal(double a, double b) { return a - b <= 1e-9 * a && b - a <= 1e-9 * b; }

bool alike(Kind a, Kind b) {
  const auto counts = [](Kind kind) {
    return kind != Kind::percent && kind != Kind::points;
  };
  return a == b || (counts(a) && counts(b));
}

bool alike(Currency a, Currency b) {
  const auto signs = [](Currency sign, Currency currency) {
    return sign == Currency::yuan_or_yen &&
           (currency == Currency::yuan || currency == Currency::yen);
  };
  return a == Currency::none || b == Currency::none || a == b || signs(a, b) ||
         signs(b, a);
}

}  // namespace

Facts Reader::read() {
  while (at_ < text_.size()) {
    const char16_t c = text_[at_];
    if (address() || (c == u'+' && phone())) continue;
    if (is_digit(c)) {
      digits();
    } else if (is_letter(c)) {
      words_ == Words::english ? english() : skip_letters();
    } else if (words_ == Words::chinese && c >= 0x3007) {
      chinese();
    } else {
      ++at_;
    }
  }
  return std::move(facts_);
}

Figure& Reader::add(double value, std::size_t from, bool required) {
  Figure figure;
  figure.value = value;
  figure.required = required;
  figure.span = {from, at_};
  facts_.figures.push_back(figure);
  return facts_.figures.back();
}

void Reader::add_weak(double value, std::size_t from, Kind kind) {
  add(value, from, false).kind = kind;
}

Facts read_facts(std::u16string_view text, Words words) {
  return Reader(text, words).read();
}

bool agree(const Figure& a, const Figure& b) noexcept {
  if (alike(a.kind, b.kind) && alike(a.currency, b.currency) && equal(a.value, b.value))
    return true;
  if (a.kind == Kind::day && b.kind == Kind::day) return false;
  return (a.other >= 0 && (equal(a.other, b.value) || equal(a.other, b.other))) ||
         (b.other >= 0 && equal(a.value, b.other));
}

}  // namespace hezuo::parity_text
