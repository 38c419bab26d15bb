// Days, hours, decades and centuries.

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// A day of a month is one figure, so that 9 October is another day than 10 September.
/// Answers whether it is one.
bool form_day(double month, Figure& day) {
  if (month > 12 || month < 1 || day.value > 31 || day.value < 1 ||
      day.kind != Kind::plain)
    return false;
  day.required = true;
  day.kind = Kind::day;
  day.other = day.value;
  day.value += 100 * month;
  return true;
}
void form_day(Figure& month, Figure& day) {
  if (month.kind == Kind::plain && form_day(month.value, day)) month.required = false;
}

}  // namespace

/// Three numbers that form a date, or a version.
bool Reader::date() {
  const std::size_t first = digits_at(at_);
  const std::size_t second_at = at_ + first + 1;
  const std::size_t second = digits_at(second_at);
  const std::size_t third_at = second_at + second + 1;
  const std::size_t third = digits_at(third_at);
  const char32_t mark = before(second_at);
  if (second == 0 || third == 0 || mark != before(third_at) || !is_one_of(u"-./", mark))
    return false;
  const bool iso = first == 4 && second <= 2 && third <= 2;
  const bool local = third == 4 && first <= 2 && second <= 2;
  // 1.200.000 is no version.
  const bool version = mark == u'.' && !(second == 3 && third == 3);
  if (!iso && !local && !version) return false;
  const double a = plain_digits();
  at_ = second_at;
  const double b = plain_digits();
  at_ = third_at;
  const double c = plain_digits();
  add(a, iso || local);
  add(b, iso || local);
  Figure* const last = &add(c, iso || local);
  if (iso) form_day(last[-1], *last);
  if (local && a > 12) form_day(last[-1], last[-2]);
  return true;
}

/// "September", "Sept.", "30 Sep": the name of the month of that number has been read.
void Reader::month(double number) {
  take(u".");
  const Figure& last = facts_.figures.back();
  const std::size_t next = after_space(at_);
  const bool behind = from_ - last.span.to <= 4;
  const bool dated = is_digit(char_at(next)) || (behind && last.required);
  if (!behind || !dated || last.value > 31 || last.value < 1) {
    add(number, dated);
    month_named_ = dated && digits_at(next) != 4;
    return;
  }
  Figure* const month = &add(number, false);
  Figure* const day = month - 1;
  form_day(*month, *day);
  // 28-30 September
  if (day->kind == Kind::day && joined(day[-1], day->span.from))
    form_day(*month, day[-1]);
}

/// "September 30": the last two figures are its parts.
void Reader::day_of_named_month() {
  Figure* const day = &facts_.figures.back();
  form_day(day[-1], *day);
}

/// 9月30日, 28日至30日: the last two figures are its parts.
void Reader::day_after_month() {
  Figure* const day = &facts_.figures.back();
  Figure& month = day[-1];
  const std::size_t gap = day->span.from - month.span.to;
  if (gap == 0 || gap > 3) return;
  const char32_t unit = char_at(month.span.to);
  if (unit == u'月') form_day(month, *day);
  if (unit == u'日' && month.kind == Kind::day)
    form_day(std::floor(month.value / 100), *day);
}

/// The minutes of 14:00, whose hour has been read.
void Reader::time(double hour) {
  ++at_;
  const double minute = plain_digits();
  add(clock(hour), true).other = hour;
  if (minute > 0) add(minute, true);
}

/// The hour of 24, by what stands before it in Chinese or behind it in English.
double Reader::clock(double hour) const {
  const bool late = among(from_ - 2, u"下午|晚上|傍晚|夜间") > 0 ||
                    (hour < 3 && among(from_ - 2, u"中午") > 0);
  const std::size_t next = after_space(at_);
  const bool pm = any_case(next, u"pm") > 0 || among(next, u"p.m|P.m") > 0;
  return (late || pm) && hour < 12 ? hour + 12 : hour;
}

/// "1990s", "the nineties"
void Reader::decade(double value, bool required, double century_begin) {
  add(value < 100 ? century_begin + value : value, required).other = value;
}

/// 20世纪90年代, 上世纪九十年代, 80后
bool Reader::century(double value) {
  if (value < 100 && peek() == u'后') {
    decade(value, false);
    return true;
  }
  if (take(u"年代")) {
    const bool young = value < 50 && among(from_ - 3, u"本世纪") > 0;
    decade(value, true, young ? 2000 : 1900);
    return true;
  }
  if (!take(u"世纪")) return false;
  const std::size_t here = at_;
  const double begin = (value - 1) * 100;
  const double first = tens_of_years();
  // 20世纪70至80年代
  if (first >= 0 && (is_next(u"至到") || is_dash(peek()))) {
    const std::size_t to = at_++;
    const double second = tens_of_years();
    if (second >= 0 && take(u"年代")) {
      add(begin + first, true).span.to = to;
      from_ = to + 1;
      add(begin + second, true);
      return true;
    }
    at_ = to;
  }
  if (first >= 0 && take(u"年代")) {
    value = begin + first;
  } else {
    at_ = here;
  }
  add(value, true);
  return true;
}

}  // namespace hezuo::parity_text
