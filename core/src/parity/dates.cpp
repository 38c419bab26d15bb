// Days, hours, decades and centuries.

#include <array>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// A day of a month is one figure, so that 9 October is another day than 10 September.
void form_day(Figure& month, Figure& day) {
  if (month.value > 12 || month.value < 1 || day.value > 31 || day.value < 1) return;
  if (day.kind != Kind::plain || month.kind != Kind::plain) return;
  month.required = false;
  day.required = true;
  day.kind = Kind::day;
  day.other = day.value;
  day.value += 100 * month.value;
}

}  // namespace

/// Three numbers that form a date, or a version.
bool Reader::date() {
  const std::size_t from = at_;
  std::array<double, 3> parts{};
  std::array<std::size_t, 3> lengths{};
  char16_t mark = u'\0';
  for (std::size_t i = 0; i < 3; ++i) {
    if (i == 1) mark = peek();
    if (i > 0) {
      if (peek() != mark || !is_one_of(u"-./", mark) || !is_digit(peek(1)))
        return back(from);
      ++at_;
    }
    const std::size_t begin = at_;
    parts[i] = plain_digits();
    lengths[i] = at_ - begin;
  }
  const bool iso = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2;
  const bool local = lengths[2] == 4 && lengths[0] <= 2 && lengths[1] <= 2;
  // 1.200.000 is no version.
  const bool version = mark == u'.' && !(lengths[1] == 3 && lengths[2] == 3);
  if (!iso && !local && !version) return back(from);
  for (const double part : parts) add(part, from, iso || local);
  Figure* const figures = &facts_.figures.back() - 2;
  if (iso) form_day(figures[1], figures[2]);
  if (local && parts[0] > 12) form_day(figures[1], figures[0]);
  return true;
}

/// "September", "Sept.", "30 Sep"
bool Reader::month(std::string_view word, std::size_t from) {
  constexpr std::array<std::string_view, 12> months = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (!is_upper(char_at(from)) || word.size() < 3) return false;
  std::size_t i = 0;
  while (i < 12 && !months[i].starts_with(word.substr(0, 3))) ++i;
  if (i == 12) return false;
  const bool shortened = word.size() == 3 || (word.size() == 4 && word[3] == 't');
  if (!shortened && word != months[i]) return false;
  at_ += word.size();
  if (peek() == u'.') ++at_;

  auto& figures = facts_.figures;
  const std::size_t next = after_space(at_);
  const bool behind = !figures.empty() && from - figures.back().span.to <= 4;
  const bool dated = is_digit(char_at(next)) || (behind && figures.back().required);
  const auto number = static_cast<double>(i + 1);
  if (!behind || !dated || figures.back().value > 31 || figures.back().value < 1) {
    add(number, from, dated);
    month_named_ = dated && !digits_at(next, 4);
    return true;
  }
  add(number, from, false);
  Figure* const day = &figures.back() - 1;
  form_day(figures.back(), *day);
  // 28-30 September
  if (figures.size() > 2 && day->kind == Kind::day && joined(day[-1], day->span.from))
    form_day(figures.back(), day[-1]);
  return true;
}

/// "September 30": the last two figures are its parts.
void Reader::day_of_named_month() {
  if (facts_.figures.size() < 2) return;
  Figure* const day = &facts_.figures.back();
  form_day(day[-1], *day);
}

/// 9月30日, 28日至30日: the last two figures are its parts.
void Reader::day_after_month() {
  if (facts_.figures.size() < 2) return;
  Figure* const day = &facts_.figures.back();
  Figure& month = day[-1];
  const std::size_t gap = day->span.from - month.span.to;
  if (gap == 0 || gap > 3) return;
  if (begins(month.span.to, u"月")) form_day(month, *day);
  if (begins(month.span.to, u"日") && month.kind == Kind::day) {
    Figure same = month;
    same.value = (month.value - remainder_of(month.value, 100)) / 100;
    same.kind = Kind::plain;
    form_day(same, *day);
  }
}

/// The minutes of 14:00, whose hour has been read.
void Reader::time(double hour, std::size_t from) {
  ++at_;
  const double minute = plain_digits();
  add(clock(hour, from), from, true).other = hour;
  if (minute > 0) add(minute, from, true);
}

/// The hour of 24, by what stands before it in Chinese or behind it in English.
double Reader::clock(double hour, std::size_t from) const {
  const bool late = ends(from, u"下午") || ends(from, u"晚上") || ends(from, u"傍晚") ||
                    ends(from, u"夜间") || (hour < 3 && ends(from, u"中午"));
  const std::size_t next = after_space(at_);
  const bool pm = lower(char_at(next)) == u'p' &&
                  (lower(char_at(next + 1)) == u'm' || begins(next + 1, u".m"));
  return (late || pm) && hour < 12 ? hour + 12 : hour;
}

/// "1990s", "the nineties"
void Reader::decade(double value, std::size_t from, bool required) {
  add(value < 100 ? 1900 + value : value, from, required).other = value;
}

/// 20世纪90年代, 上世纪九十年代, 80后
bool Reader::century(double value, std::size_t from) {
  if (value < 100 && peek() == u'后') {
    decade(value, from, false);
    return true;
  }
  if (take(u"年代")) {
    const bool young = value < 50 && ends(from, u"本世纪");
    add(value >= 100 ? value : (young ? 2000 : 1900) + value, from, true).other = value;
    return true;
  }
  if (!take(u"世纪")) return false;
  const std::size_t here = at_;
  const double begin = (value - 1) * 100;
  const double first = tens_of_years();
  // 20世纪70至80年代
  if (first >= 0 && (is_one_of(u"至到", peek()) || is_dash(peek()))) {
    const std::size_t to = at_++;
    const double second = tens_of_years();
    if (second >= 0 && take(u"年代")) {
      add(begin + first, from, true).span.to = to;
      add(begin + second, to + 1, true);
      return true;
    }
    at_ = to;
  }
  if (first >= 0 && take(u"年代")) {
    add(begin + first, from, true);
    return true;
  }
  at_ = here;
  add(value, from, true);
  return true;
}

}  // namespace hezuo::parity_text
