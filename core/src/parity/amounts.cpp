// What stands around a number and says what it counts: thousands, percent, money, ranges.

#include <array>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// The names of currencies, a bit of `Currency` each; the longest stand before their
/// beginnings. Yuan and yen have the same sign.
constexpr std::array<const char16_t*, 6> currency_names = {
    u"euros|euro|eur|\u20AC|欧元",
    u"rmb|cny|yuan|renminbi|人民币|元|\u00A5|\uFFE5",
    u"usd|us$|us dollars|dollars|$|美元",
    u"gbp|\u00A3|pounds|英镑",
    u"jpy|yen|日元|\u00A5|\uFFE5",
    u"hkd|hk$|港元|港币",
};
constexpr std::size_t longest_currency = 10;

}  // namespace

/// Adds the figure of `number`, by all that follows it.
void Reader::finish(Number number, Currency money, bool required) {
  const bool chinese = words_ == Words::chinese;
  const std::size_t bare = at_;
  const double scale = chinese ? chinese_scale() : english_scale(money != Currency::none);
  double value = number.value * scale;
  // 2亿3000万
  if (chinese && scale >= 1e8 && is_digit(peek())) {
    const std::size_t here = at_;
    const double rest = separated().value;
    const double rest_scale = chinese_scale();
    if (rest_scale > 1 && rest_scale < scale) {
      value += rest * rest_scale;
    } else {
      at_ = here;
    }
  }
  Kind kind = Kind::plain;
  if (take(u"\u2030")) {
    kind = Kind::percent;
    value /= 10;
  } else if (take_percent()) {
    kind = Kind::percent;
  } else if (take(u"个百分点|百分点") ||
             take_apart(u"percentage point|percentage-point")) {
    kind = Kind::points;
  } else if (const auto behind = take_currency();
             behind != Currency::none || money != Currency::none) {
    kind = Kind::money;
    if (behind != Currency::none) money = behind;
    if (chinese) {  // 2角5分
      const double jiao = coins(u"角");
      value += jiao * 0.1 + coins(u"分") * 0.01;
      take(u"人民币");
    }
  } else if (chinese && scale == 1 && century(value)) {
    return;
  } else if (chinese ? is_next(u"时点") : scale == 1 && value <= 12) {
    value = clock(value);
  }
  range(scale, kind, money);
  if (list_marker()) required = false;
  // "two or three"
  if (words_ == Words::english &&
      between(facts_.figures.back().span.to, from_, u" or ")) {
    required = facts_.figures.back().required = false;
  }
  auto& figure = add(value, required || kind != Kind::plain || scale > 1);
  figure.kind = kind;
  figure.currency = money;
  if (number.other >= 0) figure.other = number.other * scale;
  // Chinese counts power in 万千瓦, English in megawatts.
  if (const std::size_t at = after_space(at_); any_case(at, u"mw|megawatt|兆瓦") > 0) {
    figure.other = value * 1e3;
  } else if (any_case(at, u"gw|gigawatt") > 0) {
    figure.other = value * 1e6;
  }
  if (words_ == Words::english && bare == at_ && peek() == u'm' && !is_letter(peek(1)))
    figure.other = value * 1e6;  // 8.9m inhabitants
  if (value != number.value && scale == 1) figure.other = number.value;
  if (!chinese) return;
  if (bare == at_) half_after(figure);
  if (peek() == u'倍') {
    // 增长两倍 is to three times as much.
    figure.required = value >= 2;
    if (is_behind(u"长加高升大了")) figure.other = value + 1;
  } else if (is_next(u"日号")) {
    day_after_month();
  }
}

/// "2-3 million": what is said of the end holds for the beginning.
void Reader::range(double scale, Kind kind, Currency money) {
  auto& previous = facts_.figures.back();
  if (!joined(previous, from_)) return;
  if (previous.kind == Kind::plain) {
    if (kind == Kind::percent || kind == Kind::points) previous.kind = kind;
    if (kind == Kind::money) previous.currency = money;
  }
  if (scale > 1 && previous.value < scale) previous.other = previous.value * scale;
}

/// Whether nothing but "to" stands between a figure and what begins at `from`.
bool Reader::joined(const Figure& figure, std::size_t from) const {
  const std::size_t to = figure.span.to;
  if (between(to, from, u"到|至| to | and ") || between(to, from, u"到百分之|至百分之"))
    return true;
  if (from - to - 1 >= 3) return false;
  bool dash = false;
  for (std::size_t at = to; at < from; ++at) {
    if (is_dash(char_at(at))) {
      dash = true;
    } else if (!is_space(char_at(at))) {
      return false;
    }
  }
  return dash;
}

/// "3." at the beginning of a line, or "(3)"
bool Reader::list_marker() const {
  if (is_behind(u"([")) return is_next(u")]");
  const char32_t previous = before(from_);
  return (previous == u'\0' || previous == u'\n') && is_next(u".)、") &&
         !is_digit(peek(1));
}

Reader::CurrencyName Reader::currency_at(std::size_t at) const {
  int currency = 0;
  std::size_t size = 0;
  int bit = 1;
  for (const auto* const names : currency_names) {
    if (const std::size_t found = any_case(at, names); found > 0) {
      size = found;
      currency |= bit;
    }
    bit *= 2;
  }
  return {static_cast<Currency>(currency), size};
}

Currency Reader::currency_before() const {
  const std::size_t end = is_space(before(from_)) ? from_ - 1 : from_;
  for (std::size_t size = end < longest_currency ? end : longest_currency; size > 0;
       --size) {
    const std::size_t at = end - size;
    const CurrencyName name = currency_at(at);
    if (name.size != size || char_at(at) == u'元')
      continue;  // 元 is of the number before
    if (is_letter(char_at(at)) && is_letter(before(at))) continue;
    return name.currency;
  }
  return Currency::none;
}

/// None where there is none.
Currency Reader::take_currency() {
  const std::size_t at = after_space(at_);
  const CurrencyName name = currency_at(at);
  const std::size_t end = at + name.size;
  if (name.size == 0 || (is_letter(char_at(at)) && is_letter(char_at(end))))
    return Currency::none;
  at_ = end;
  return name.currency;
}

bool Reader::take_percent() {
  const std::size_t here = at_;
  if (!take_apart(u"%|per cent|percent|pct")) return false;
  if (!follows(u"age")) return true;
  at_ = here;
  return false;
}

}  // namespace hezuo::parity_text
