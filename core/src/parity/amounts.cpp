// What stands around a number and says what it counts: thousands, percent, money, ranges.

#include <algorithm>
#include <array>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// Of each currency but the first, its names; the longest stand before their beginnings.
constexpr std::array<const char16_t*, 7> currency_names = {
    u"euros|euro|eur|\u20AC|欧元",
    u"rmb|cny|yuan|renminbi|人民币|元",
    u"usd|us$|us dollars|dollars|$|美元",
    u"gbp|\u00A3|pounds|英镑",
    u"jpy|yen|日元",
    u"hkd|hk$|港元|港币",
    u"\u00A5|\uFFE5",
};
constexpr std::size_t longest_currency = 10;

}  // namespace

/// Adds the figure of `number`, by all that follows it.
void Reader::finish(Number number, std::size_t from, Currency money, bool required) {
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
  } else if (take_points()) {
    kind = Kind::points;
  } else if (take_currency(money) || money != Currency::none) {
    kind = Kind::money;
    if (chinese) value += coins();
  } else if (chinese && scale == 1 && century(value, from)) {
    return;
  } else if (chinese ? is_one_of(u"时点", peek()) : scale == 1 && value <= 12) {
    value = clock(value, from);
  }
  range(scale, kind, money, from);
  if (list_marker(from)) required = false;
  // "two or three"
  if (words_ == Words::english && !facts_.figures.empty() &&
      between(facts_.figures.back().span.to, from, u" or ")) {
    required = facts_.figures.back().required = false;
  }
  auto& figure = add(value, from, required || kind != Kind::plain || scale > 1);
  figure.kind = kind;
  figure.currency = money;
  if (number.other >= 0) figure.other = number.other * scale;
  if (const double power = kilowatts(); power > 1) figure.other = value * power;
  if (words_ == Words::english && bare == at_ && peek() == u'm' && !is_letter(peek(1)))
    figure.other = value * 1e6;  // 8.9m inhabitants
  if (value != number.value && scale == 1) figure.other = number.value;
  if (!chinese) return;
  if (bare == at_) half_after(figure);
  if (peek() == u'倍') {
    // 增长两倍 is to three times as much.
    figure.required = value >= 2;
    if (is_one_of(u"长加高升大了", before(from))) figure.other = value + 1;
  } else if (is_one_of(u"日号", peek())) {
    day_after_month();
  }
}

/// "2-3 million": what is said of the end holds for the beginning.
void Reader::range(double scale, Kind kind, Currency money, std::size_t from) {
  if (facts_.figures.empty()) return;
  auto& previous = facts_.figures.back();
  if (!joined(previous, from)) return;
  if (previous.kind == Kind::plain) {
    if (kind == Kind::percent || kind == Kind::points) previous.kind = kind;
    if (kind == Kind::money) previous.currency = money;
  }
  if (scale > 1 && previous.value < scale) previous.other = previous.value * scale;
}

/// Whether nothing but "to" stands between a figure and what begins at `from`.
bool Reader::joined(const Figure& figure, std::size_t from) const {
  const std::size_t to = figure.span.to;
  for (const auto* word : {u"至", u"到", u" to ", u" and ", u"到百分之", u"至百分之"}) {
    if (between(to, from, word)) return true;
  }
  if (from - to - 1 >= 3) return false;
  const auto gap = text_.substr(to, from - to);
  return std::any_of(gap.begin(), gap.end(), is_dash) &&
         std::all_of(gap.begin(), gap.end(),
                     [](char16_t c) { return is_dash(c) || is_space(c); });
}

/// "3." at the beginning of a line, or "(3)"
bool Reader::list_marker(std::size_t from) const {
  const char16_t previous = before(from);
  if (previous == u'(' || previous == u'[') return is_one_of(u")]", peek());
  return (previous == u'\0' || previous == u'\n') && is_one_of(u".)、", peek()) &&
         !is_digit(peek(1));
}

/// Chinese counts power in 万千瓦, English in megawatts.
double Reader::kilowatts() const {
  const std::size_t at = after_space(at_);
  if (among(at, u"gw|gigawatt") > 0) return 1e6;
  return among(at, u"mw|megawatt|兆瓦") > 0 ? 1e3 : 1;
}

Reader::CurrencyName Reader::currency_at(std::size_t at) const {
  auto currency = static_cast<std::uint8_t>(Currency::none);
  for (const auto* const names : currency_names) {
    ++currency;
    const std::size_t size = among(at, names);
    if (size > 0) return {static_cast<Currency>(currency), size};
  }
  return {};
}

Currency Reader::currency_before(std::size_t from) const {
  const std::size_t end = is_space(before(from)) ? from - 1 : from;
  for (std::size_t size = std::min(longest_currency, end); size > 0; --size) {
    const std::size_t at = end - size;
    const CurrencyName name = currency_at(at);
    if (name.size != size || char_at(at) == u'元')
      continue;  // 元 is of the number before
    if (is_letter(char_at(at)) && is_letter(before(at))) continue;
    return name.currency;
  }
  return Currency::none;
}

bool Reader::take_currency(Currency& money) {
  const std::size_t at = after_space(at_);
  const CurrencyName name = currency_at(at);
  if (name.size == 0) return false;
  const std::size_t end = at + name.size;
  if (is_letter(char_at(at)) && is_letter(char_at(end))) return false;
  money = name.currency;
  at_ = end;
  return true;
}

bool Reader::take_percent() {
  const std::size_t at = after_space(at_);
  const std::size_t size = among(at, u"%|per cent|percent|pct");
  if (size == 0 || begins(at + size, u"age")) return false;
  at_ = at + size;
  return true;
}

bool Reader::take_points() {
  if (take(u"个百分点") || take(u"百分点")) return true;
  const std::size_t at = after_space(at_);
  const std::size_t size = among(at, u"percentage point|percentage-point");
  if (size > 0) at_ = at + size;
  return size > 0;
}

}  // namespace hezuo::parity_text
