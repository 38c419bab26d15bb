// Numbers in digits.

#include <utility>

#include "reader.hpp"

namespace hezuo::parity_text {

void Reader::digits() {
  const std::size_t from = at_;
  if (phone() || date()) return;
  // B2B, COVID-19
  const bool attached =
      is_letter(before(from)) || (is_dash(before(from)) && is_upper(before(from, 2)));
  const Currency money = currency_before(from);
  const double first = plain_digits();
  const std::size_t length = at_ - from;
  if (length <= 2 && peek() == u':' && digits_at(at_ + 1, 2)) return time(first, from);
  if (length <= 4 && peek() == u'/' && is_digit(peek(1)))
    return slash(first, length, from);
  if (length == 4 && years(first, from, !attached)) return;

  at_ = from;
  const Number number = separated();
  if (follows(u"分之")) return fraction(number.value, from);
  const bool named = std::exchange(month_named_, false);
  if (words_ == Words::english && ordinal_end()) {
    add(number.value, from, number.value >= 2);
  } else if (peek() == u's' && !is_letter(peek(1)) && number.value >= 50) {
    ++at_;  // 1990s, 90s
    return decade(number.value, from, true);
  } else {
    const bool identifier = (attached && money == Currency::none) ||
                            (is_upper(peek()) && !is_letter(peek(1)));
    finish(number, from, money, !identifier && number.value > 1);
  }
  if (named) day_of_named_month();
}

/// With separators of thousands and decimals, of all conventions.
Reader::Number Reader::separated() {
  const std::size_t from = at_;
  Number number{plain_digits()};
  const bool short_head = at_ - from <= 3;
  const char16_t mark = peek();
  if (short_head && number.value != 0 &&
      (is_one_of(u",.'\u2019", mark) || is_space(mark)) && digits_at(at_ + 1, 3)) {
    if (mark == u'.' && !(peek(4) == u'.' && digits_at(at_ + 5, 3))) {
      // 1.200: decimals, or thousands
      const std::size_t dot = at_++;
      number.other = number.value * 1000 + plain_digits();
      at_ = dot;
    } else {
      while (peek() == mark && digits_at(at_ + 1, 3)) {
        ++at_;
        number.value = number.value * 1000 + plain_digits();
      }
    }
  }
  const bool comma = short_head && peek() == u',' && mark != u'.' &&
                     (digits_at(at_ + 1, 1) || digits_at(at_ + 1, 2));
  if ((peek() == u'.' || comma) && is_digit(peek(1))) {
    double decimals = 0;
    double power = 1;
    for (++at_; is_digit(peek()); power *= 10)
      decimals = decimals * 10 + (text_[at_++] - u'0');
    number.value = (number.value * power + decimals) / power;
  }
  return number;
}

/// 2014-19
bool Reader::years(double first, std::size_t from, bool required) {
  if (!is_dash(peek()) || !digits_at(at_ + 1, 2)) return false;
  const std::size_t dash = at_++;
  const double second = plain_digits();
  const double within = remainder_of(first, 100);
  if (second <= within) return back(dash);
  add(first, from, required).span.to = dash;
  add(first - within + second, dash + 1, required);
  return true;
}

/// 3/4, 24/7, 2014/15: seldom a figure that both texts write.
void Reader::slash(double first, std::size_t length, std::size_t from) {
  const std::size_t begin = ++at_;
  const double second = plain_digits();
  if (length == 4) {
    const double within = remainder_of(first, 100);
    const bool year = at_ - begin == 2 && second > within;
    add(first, from, true);
    add(year ? first - within + second : second, from, true);
    return;
  }
  add_weak(first, from);
  add_weak(second, from);
  if (second > 0) add_weak(100 * first / second, from, Kind::percent);
}

/// 1st, 22nd
bool Reader::ordinal_end() {
  return !is_letter(peek(2)) &&
         (take(u"st") || take(u"nd") || take(u"rd") || take(u"th"));
}

}  // namespace hezuo::parity_text
