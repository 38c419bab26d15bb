// Numbers in Chinese characters, and what follows a number in a Chinese text.

#include <cmath>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// Negative where the character is no digit.
int digit_of(char32_t c) {
  const int place = place_in(u"〇一二三四五六七八九零两", c);
  return place < 10 ? place : 2 * (place - 10);
}

/// Zero where the character is no unit.
double unit_of(char32_t c) {
  const int place = place_in(u"十百千万亿", c);
  double value = place < 4 ? 1 : 1e3;
  for (int i = 0; i <= place; ++i) value *= 10;
  return place < 0 ? 0 : value;
}

}  // namespace

void Reader::chinese() {
  const char32_t first = peek();
  if (first == u'半') return chinese_half();
  const bool digit_first = digit_of(first) >= 0;
  if (!digit_first && unit_of(first) == 0) {
    ++at_;
    return;
  }
  if (take(u"百分百|百分之百|千分之百")) return add_weak(100, Kind::percent);
  if (take(u"百分之|千分之")) return part_of(first == u'百' ? 100 : 1000);
  const Numeral number = numeral();
  if (at_ == from_) {
    ++at_;
    return;
  }
  if (take(u"分之")) return part_of(number.value);
  // 几十, 数百, 上千: about as many.
  if (!digit_first && is_behind(u"几数上成")) return;
  if (plan()) return;
  // 三五家, 七八成
  if (number.positional && number.digits == 2) {
    const bool tenths = peek() == u'成';
    for (std::size_t i = from_; i < at_; ++i) {
      add_weak(digit_of(char_at(i)) * (tenths ? 10 : 1),
               tenths ? Kind::percent : Kind::plain);
    }
    return;
  }
  if (number.positional && (number.digits != 4 || number.value > 2100)) return;
  // 六七十户: sixty or seventy.
  const std::size_t size = at_ - from_;
  const int second_digit = digit_of(char_at(from_ + 1));
  if (size == 3 && number.digits == 2 && number.units == 1 &&
      digit_of(first) + 1 == second_digit) {
    const double unit = unit_of(char_at(from_ + 2));
    add_weak(second_digit * unit);
    return add_weak(digit_of(first) * unit);
  }
  if (number.malformed) return;
  // 双十一, “十一”: sales of November, and National Day.
  if (size == 2 && among(from_, u"十一") > 0 && is_behind(u"双\u201C")) return;
  // 十几, 十余家: a dozen.
  if (peek() == u'几') return add_weak(number.value);
  if (number.value == 10 && is_next(u"余多来") && unit_of(peek(1)) == 0)
    return add_weak(10);
  if (tenths(number.value)) return;

  if (number.value == 1 && peek() == u'年') add_weak(12);
  // "Third," begins a list that may be written otherwise.
  const bool ordinal = is_behind(u"第") && !is_next(u",、:");
  const bool bare_unit = !digit_first && first != u'十';
  const bool counts = ordinal || number.digits + number.units > 1 || classifier();
  finish({number.value}, currency_before(), number.value >= 3 && !bare_unit && counts);
}

void Reader::chinese_half() {
  ++at_;
  add_weak(0.5);
  add_weak(50, Kind::percent);
  if (peek() == u'年') add_weak(6);
  if (follows(u"小时|个小时")) add_weak(30);
  if (follows(u"个世纪")) add_weak(50);
}

/// A run of numerals: 三十五, 二〇一九, 三点五, 一百二十万.
Reader::Numeral Reader::numeral() {
  Numeral out;
  double section = 0;  // Below the next 万 or 亿.
  int pending = -1;
  double last_unit = 1;
  double positional = 0;
  int streak = 0;
  for (;; ++at_) {
    const char32_t c = peek();
    const int digit = digit_of(c);
    const double unit = unit_of(c);
    if (digit >= 0) {
      if (pending >= 0 && c != u'零' && digit + pending > 0 && out.units > 0)
        out.malformed = pending != 0;
      if (digit > 0) ++streak;
      pending = digit;
      positional = positional * 10 + digit;
      ++out.digits;
    } else if (unit > 0 && !unit_of_measure() && !follows(u"千分之|万分")) {
      ++out.units;
      // 六七十 is about as many; 一五一十 is no number.
      if (streak > 1) out.malformed = true;
      streak = 0;
      if (unit >= 1e4) {
        if (pending > 0) section += pending;
        out.value = (out.value + (section == 0 ? 1 : section)) * unit;
        section = 0;
      } else {
        section += (pending > 0 ? pending : 1) * unit;
      }
      pending = -1;
      last_unit = unit;
    } else if (c == u'点' && pending >= 0 && digit_of(peek(1)) >= 0) {
      double step = 0.1;
      double decimals = 0;
      for (++at_; digit_of(peek()) >= 0; ++at_, step /= 10)
        decimals += step * digit_of(peek());
      out.value += section + pending + decimals;
      out.value = std::floor(out.value * 1e6 + 0.5) / 1e6;
      return out;
    } else {
      break;
    }
  }
  if (out.units == 0) {
    out.value = positional;
    out.positional = out.digits > 1;
    return out;
  }
  if (pending > 0) {
    // 一万二 is 12,000.
    const bool short_form = last_unit >= 100 && unit_of(before(at_, 2)) > 0;
    section += short_form ? pending * last_unit / 10 : pending;
  }
  out.value += section;
  return out;
}

/// The units behind a number: 3000万, 十余万.
double Reader::chinese_scale() {
  if (is_next(u"多余几来") && unit_of(peek(1)) > 0) ++at_;
  double scale = 1;
  for (double unit = unit_of(peek()); unit > 0 && !unit_of_measure();
       unit = unit_of(peek())) {
    scale *= unit;
    ++at_;
  }
  return scale;
}

/// 百分点, 千米, 千瓦: no part of the number.
bool Reader::unit_of_measure() const {
  return follows(u"百分") || (peek() == u'千' && is_next(u"米克瓦卡焦帕赫伏", 1));
}

/// What stands behind 分之: the part of `whole`.
void Reader::part_of(double whole) {
  const std::size_t here = at_;
  const double part = is_digit(peek()) ? separated().value : numeral().value;
  if (at_ == here || whole <= 0) return;
  range(1, Kind::percent, Currency::none);
  add(100 * part / whole, true).kind = Kind::percent;
  // 百分之五到十
  if (whole == 100 && is_next(u"到至") && digit_of(peek(1)) >= 0) {
    from_ = ++at_;
    add(numeral().value, true).kind = Kind::percent;
  }
}

/// 十四五: the fourteenth plan, of five years.
bool Reader::plan() {
  if (at_ - from_ != 3 || char_at(from_) != u'十' || char_at(from_ + 2) != u'五')
    return false;
  add(10 + digit_of(char_at(from_ + 1)), true);
  add_weak(5);
  return true;
}

/// 五成, 七成半
bool Reader::tenths(double value) {
  if (peek() == u'折') {  // 八折: 20 % off
    add_weak(value * 10, Kind::percent);
    add_weak(100 - value * 10, Kind::percent);
    return true;
  }
  if (peek() != u'成' || value > 10 || value < 1) return false;
  if (is_next(u"员立为果都功本分就效长熟人套交名型品因绩", 1)) return false;
  ++at_;
  if (take(u"半")) value += 0.5;
  add(value * 10, true).kind = Kind::percent;
  return true;
}

/// 一年半, 两个半小时
void Reader::half_after(Figure& figure) {
  if (!is_next(u"年个倍天") || peek(1) != u'半') return;
  figure.other = figure.value + 0.5;
  if (peek() == u'年') figure.value = figure.other * 12;
  if (follows(u"个半小时")) figure.value = figure.other * 60;
  figure.required = true;
  at_ += 2;
  figure.span.to = at_;
}

double Reader::digits_or_numeral() {
  return is_digit(peek()) ? plain_digits() : numeral().value;
}

/// 90, 九十: of 90年代.
double Reader::tens_of_years() {
  return is_digit(peek()) || digit_of(peek()) >= 0 || peek() == u'十'
             ? digits_or_numeral()
             : -1;
}

/// How many coins of that name follow; zero: none.
double Reader::coins(const char16_t* name) {
  const std::size_t here = at_;
  const double count = digits_or_numeral();
  if (at_ > here && take(name)) return count;
  at_ = here;
  return 0;
}

/// Whether what follows is counted: 三家, 三个, 三年.
bool Reader::classifier() const {
  if (follows(
          u"欧元|美元|英镑|英里|英亩|公里|公顷|公斤|公吨|平方|平米|立方|小时|季度|方面|"
          u"阶段|海里|世纪"))
    return true;
  // 十分 is "very", 八方 "everywhere", 三位一体 "as one".
  if (peek() == u'分' && !is_next(u"钟之", 1)) return false;
  if (follows(u"方向|位一体|年级|台山")) return false;
  return is_next(
      u"年月日号天周个岁期届次名位项家座所条场种类大部间件份批组对只台套辆艘栋层级轮步章"
      u"节款人户国省市县区州地城方校院馆村镇米吨亩秒股支篇本页幅站线环段班代路型强元度分"
      u"多余来万亿点时项处厂企株棵颗");
}

}  // namespace hezuo::parity_text
