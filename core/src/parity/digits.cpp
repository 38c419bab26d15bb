// Numbers in digits.

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// The year that ends with `tens`, of the century of `first`; zero: it is not later.
double later_year(double first, double tens) {
  const double year = first - remainder_of(first, 100) + tens;
  return year > first ? year : 0;
}

}  // namespace

void Reader::digits() {
  if (phone() || date()) return;
  // B2B, COVID-19
  const bool attached =
      is_letter(before(from_)) || (is_dash(before(from_)) && is_upper(before(from_, 2)));
  const Currency money = currency_before();
  const double first = plain_digits();
  const std::size_t length = at_ - from_;
  if (length <= 2 && peek() == u':' && digits_at(at_ + 1) == 2) return time(first);
  if (length <= 4 && peek() == u'/' && is_digit(peek(1))) return slash(first, length);
  if (length == 4 && years(first, !attached)) return;

  at_ = from_;
  const Number number = separated();
  if (take(u"分之")) return part_of(number.value);
  const bool named = month_named_;
  month_named_ = false;
  // 1st, 22nd
  if (words_ == Words::english && !is_letter(peek(2)) && take(u"st|nd|rd|th")) {
    add(number.value, number.value >= 2);
  } else if (peek() == u's' && !is_letter(peek(1)) && number.value >= 50) {
    ++at_;  // 1990s, 90s
    return decade(number.value, true);
  } else {
    const bool identifier = (attached && money == Currency::none) ||
                            (is_upper(peek()) && !is_letter(peek(1)));
    finish(number, money, !identifier && number.value > 1);
  }
  if (named) day_of_named_month();
}

/// With separators of thousands and decimals, of all conventions.
Reader::Number Reader::separated() {
  const std::size_t from = at_;
  Number number{plain_digits()};
  const bool short_head = at_ - from <= 3;
  const char32_t mark = peek();
  if (short_head && number.value != 0 && is_next(u",.'\u2019 \u00A0\u2009\u202F")) {
    const std::size_t here = at_;
    double value = number.value;
    int groups = 0;
    for (; peek() == mark && digits_at(at_ + 1) == 3; ++groups) {
      ++at_;
      value = value * 1000 + plain_digits();
    }
    if (mark == u'.' && groups == 1) {  // 1.200: decimals, or thousands
      number.other = value;
      at_ = here;
    } else {
      number.value = value;
    }
  }
  const bool comma =
      short_head && peek() == u',' && mark != u'.' && digits_at(at_ + 1) <= 2;
  if ((peek() == u'.' || comma) && is_digit(peek(1))) {
    double power = 1;
    ++at_;
    const std::size_t begin = at_;
    const double decimals = plain_digits();
    for (std::size_t at = begin; at < at_; ++at) power *= 10;
    number.value = (number.value * power + decimals) / power;
  }
  return number;
}

/// 2014-19
bool Reader::years(double first, bool required) {
  if (!is_dash(peek()) || digits_at(at_ + 1) != 2) return false;
  const std::size_t dash = at_++;
  const double last = later_year(first, plain_digits());
  if (last == 0) {
    at_ = dash;
    return false;
  }
  add(first, required).span.to = dash;
  from_ = dash + 1;
  add(last, required);
  return true;
}

/// 3/4, 24/7, 2014/15: seldom a figure that both texts write.
void Reader::slash(double first, std::size_t length) {
  const std::size_t begin = ++at_;
  const double second = plain_digits();
  if (length == 4) {
    const double year = at_ - begin == 2 ? later_year(first, second) : 0;
    add(first, true);
    add(year > 0 ? year : second, true);
    return;
  }
  add_weak(first);
  add_weak(second);
  if (second > 0) add_weak(100 * first / second, Kind::percent);
}

}  // namespace hezuo::parity_text
