// Numbers in Chinese characters, and what follows a number in a Chinese text.

#include <array>
#include <cmath>
#include <utility>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// Negative where the character is no digit.
int digit_of(char16_t c) {
  if (c == u'零') return 0;
  if (c == u'两') return 2;
  return place_in(u"〇一二三四五六七八九", c);
}

/// Zero where the character is no unit.
double unit_of(char16_t c) {
  constexpr std::array<double, 5> values = {1e1, 1e2, 1e3, 1e4, 1e8};
  const int place = place_in(u"十百千万亿", c);
  return place < 0 ? 0 : values[static_cast<std::size_t>(place)];
}

}  // namespace

void Reader::chinese() {
  const std::size_t from = at_;
  const char16_t first = peek();
  if (first == u'半') return chinese_half();
  const bool digit_first = digit_of(first) >= 0;
  if (!digit_first && unit_of(first) == 0) {
    ++at_;
    return;
  }
  const bool all = take(u"百分百");
  if (all || take(u"百分之") || take(u"千分之")) {
    if (all || take(u"百")) return add_weak(100, from, Kind::percent);
    return part_of(first == u'百' ? 100 : 1000, from);
  }
  const Numeral number = numeral();
  if (at_ == from) {
    ++at_;
    return;
  }
  if (follows(u"分之")) return fraction(number.value, from);
  // 几十, 数百, 上千: about as many.
  if (!digit_first && is_one_of(u"几数上成", before(from))) return;
  if (plan(from)) return;
  // 三五家, 七八成
  if (number.positional && number.digits == 2) {
    const bool tenths = peek() == u'成';
    for (std::size_t i = from; i < at_; ++i) {
      add_weak(digit_of(text_[i]) * (tenths ? 10 : 1), from,
               tenths ? Kind::percent : Kind::plain);
    }
    return;
  }
  if (number.positional && (number.digits != 4 || number.value > 2100)) return;
  // 六七十户: sixty or seventy.
  const std::size_t size = at_ - from;
  const int second_digit = digit_of(char_at(from + 1));
  if (size == 3 && number.digits == 2 && number.units == 1 &&
      digit_of(first) + 1 == second_digit) {
    const double unit = unit_of(char_at(from + 2));
    add_weak(second_digit * unit, from);
    return add_weak(digit_of(first) * unit, from);
  }
  if (number.malformed) return;
  // 双十一, “十一”: sales of November, and National Day.
  if (size == 2 && begins(from, u"十一") && is_one_of(u"双\u201C", before(from))) return;
  // 十几, 十余家: a dozen.
  if (peek() == u'几') return add_weak(number.value, from);
  if (number.value == 10 && is_one_of(u"余多来", peek()) && unit_of(peek(1)) == 0)
    return add_weak(10, from);
  if (tenths(number.value, from)) return;

  if (number.value == 1 && peek() == u'年') add_weak(12, from);
  // "Third," begins a list that may be written otherwise.
  const bool ordinal = before(from) == u'第' && !is_one_of(u",、:", peek());
  const bool bare_unit = !digit_first && first != u'十';
  const bool counts = ordinal || number.digits + number.units > 1 || classifier();
  finish({number.value}, from, currency_before(from),
         number.value >= 3 && !bare_unit && counts);
}

void Reader::chinese_half() {
  const std::size_t from = at_++;
  add_weak(0.5, from);
  add_weak(50, from, Kind::percent);
  if (peek() == u'年') add_weak(6, from);
  if (follows(u"小时") || follows(u"个小时")) add_weak(30, from);
  if (follows(u"个世纪")) add_weak(50, from);
}

/// A run of numerals: 三十五, 二〇一九, 三点五, 一百二十万.
Reader::Numeral Reader::numeral() {
  Numeral out;
  double section = 0;  // Below the next 万 or 亿.
  double pending = -1;
  double last_unit = 1;
  double positional = 0;
  int streak = 0;
  for (;; ++at_) {
    const char16_t c = peek();
    const int digit = digit_of(c);
    const double unit = unit_of(c);
    if (digit >= 0) {
      if (pending >= 0 && c != u'零' && digit + pending > 0 && out.units > 0)
        out.malformed = pending != 0;
      if (digit > 0) ++streak;
      pending = digit;
      positional = positional * 10 + digit;
      ++out.digits;
    } else if (unit > 0 && !unit_of_measure() && !follows(u"千分之") &&
               !follows(u"万分")) {
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
      out.value = std::round(out.value * 1e6) / 1e6;
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
  if (is_one_of(u"多余几来", peek()) && unit_of(peek(1)) > 0) ++at_;
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
  return follows(u"百分") || (peek() == u'千' && is_one_of(u"米克瓦卡焦帕赫伏", peek(1)));
}

/// What stands behind 分之: the part of `whole`.
void Reader::fraction(double whole, std::size_t from) {
  at_ += 2;
  part_of(whole, from);
}

void Reader::part_of(double whole, std::size_t from) {
  const std::size_t here = at_;
  const double part = is_digit(peek()) ? separated().value : numeral().value;
  if (at_ == here || whole <= 0) return;
  range(1, Kind::percent, Currency::none, from);
  add(100 * part / whole, from, true).kind = Kind::percent;
  // 百分之五到十
  if (whole == 100 && is_one_of(u"到至", peek()) && digit_of(peek(1)) >= 0) {
    const std::size_t second = ++at_;
    add(numeral().value, second, true).kind = Kind::percent;
  }
}

/// 十四五: the fourteenth plan, of five years.
bool Reader::plan(std::size_t from) {
  if (at_ - from != 3 || char_at(from) != u'十' || char_at(from + 2) != u'五')
    return false;
  add(10 + digit_of(char_at(from + 1)), from, true);
  add_weak(5, from);
  return true;
}

/// 五成, 七成半
bool Reader::tenths(double value, std::size_t from) {
  if (peek() == u'折') {  // 八折: 20 % off
    add_weak(value * 10, from, Kind::percent);
    add_weak(100 - value * 10, from, Kind::percent);
    return true;
  }
  if (peek() != u'成' || value > 10 || value < 1) return false;
  if (is_one_of(u"员立为果都功本分就效长熟人套交名型品因绩", peek(1))) return false;
  ++at_;
  if (take(u"半")) value += 0.5;
  add(value * 10, from, true).kind = Kind::percent;
  return true;
}

/// 一年半, 两个半小时
void Reader::half_after(Figure& figure) {
  if (!is_one_of(u"年个倍天", peek()) || peek(1) != u'半') return;
  figure.other = figure.value + 0.5;
  if (peek() == u'年') figure.value = figure.other * 12;
  if (follows(u"个半小时")) figure.value = figure.other * 60;
  figure.required = true;
  at_ += 2;
  figure.span.to = at_;
}

/// 90, 九十: of 90年代.
double Reader::tens_of_years() {
  if (is_digit(peek())) return plain_digits();
  return digit_of(peek()) >= 0 || peek() == u'十' ? numeral().value : -1;
}

/// What follows 3元: 2角5分.
double Reader::coins() {
  double sum = 0;
  for (const auto& [name, worth] : {std::pair{u'角', 0.1}, {u'分', 0.01}}) {
    const std::size_t here = at_;
    const double count = is_digit(peek()) ? plain_digits() : numeral().value;
    if (at_ > here && peek() == name) {
      ++at_;
      sum += count * worth;
    } else {
      at_ = here;
    }
  }
  take(u"人民币");
  return sum;
}

/// Whether what follows is counted: 三家, 三个, 三年.
bool Reader::classifier() const {
  if (among(at_,
            u"欧元|美元|英镑|英里|英亩|公里|公顷|公斤|公吨|平方|平米|立方|小时|季度|方面|"
            u"阶段|"
            u"海里|世纪") > 0)
    return true;
  // 十分 is "very", 八方 "everywhere", 三位一体 "as one".
  if (peek() == u'分' && !is_one_of(u"钟之", peek(1))) return false;
  if (among(at_, u"方向|位一体|年级|台山") > 0) return false;
  return is_one_of(
      u"年月日号天周个岁期届次名位项家座所条场种类大部间件份批组对只台套辆艘栋层级轮步章"
      u"节款人"
      u"户国省市县区州地城方校院馆村镇米吨亩秒股支篇本页幅站线环段班代路型强元度分多余来"
      u"万亿"
      u"点时项处厂企株棵颗",
      peek());
}

}  // namespace hezuo::parity_text
