#include "figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace hezuo::parity_text {
namespace {

using namespace std::string_view_literals;
using Text = std::u16string_view;

constexpr std::size_t none = std::u16string_view::npos;

bool is_digit(char16_t c) { return c >= u'0' && c <= u'9'; }
bool is_upper(char16_t c) { return c >= u'A' && c <= u'Z'; }
bool is_letter(char16_t c) { return is_upper(c) || (c >= u'a' && c <= u'z'); }
bool is_space(char16_t c) {
  return c == u' ' || c == u'\u00A0' || c == u'\u2009' || c == u'\u202F';
}
bool is_dash(char16_t c) {
  return c == u'-' || (c >= u'\u2010' && c <= u'\u2015') || c == u'~' || c == u'\u301C';
}
bool is_one_of(Text set, char16_t c) { return set.find(c) != none; }

struct Word {
  std::string_view text;
  double value;
};

/// Numbers below a hundred, then ordinals of the same.
constexpr std::array<Word, 28> small = {{
    {"zero", 0},     {"one", 1},        {"two", 2},       {"three", 3},
    {"four", 4},     {"five", 5},       {"six", 6},       {"seven", 7},
    {"eight", 8},    {"nine", 9},       {"ten", 10},      {"eleven", 11},
    {"twelve", 12},  {"thirteen", 13},  {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},    {"forty", 40},    {"fifty", 50},
    {"sixty", 60},   {"seventy", 70},   {"eighty", 80},   {"ninety", 90},
}};
constexpr std::array<Word, 10> scales = {{
    {"hundred", 1e2},
    {"thousand", 1e3},
    {"million", 1e6},
    {"billion", 1e9},
    {"trillion", 1e12},
    {"bn", 1e9},
    {"mn", 1e6},
    {"dozen", 12},
    {"k", 1e3},
    {"m", 1e6},
}};
constexpr std::array<Word, 8> odd_ordinals = {{
    {"first", 1},
    {"second", 2},
    {"third", 3},
    {"fifth", 5},
    {"eighth", 8},
    {"ninth", 9},
    {"twelfth", 12},
    {"hundredth", 100},
}};
/// Words that may stand for a figure of the other text, and need none there.
constexpr std::array<Word, 9> understood = {{
    {"noon", 12},
    {"midnight", 24},
    {"decade", 10},
    {"century", 100},
    {"fortnight", 14},
    {"couple", 2},
    {"pair", 2},
    {"trio", 3},
    {"quartet", 4},
}};
constexpr std::array<std::string_view, 12> months = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> month_ends = {
    "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"};

struct Currency {
  Text text;
  std::string_view code;
};
constexpr std::array<Currency, 30> currencies = {{
    {u"eur", "EUR"},      {u"euros", "EUR"},      {u"euro", "EUR"},    {u"\u20AC", "EUR"},
    {u"欧元", "EUR"},     {u"rmb", "CNY"},        {u"cny", "CNY"},     {u"yuan", "CNY"},
    {u"renminbi", "CNY"}, {u"人民币", "CNY"},     {u"元", "CNY"},      {u"usd", "USD"},
    {u"us$", "USD"},      {u"us dollars", "USD"}, {u"dollars", "USD"}, {u"$", "USD"},
    {u"美元", "USD"},     {u"gbp", "GBP"},        {u"\u00A3", "GBP"},  {u"pounds", "GBP"},
    {u"英镑", "GBP"},     {u"jpy", "JPY"},        {u"yen", "JPY"},     {u"日元", "JPY"},
    {u"hkd", "HKD"},      {u"hk$", "HKD"},        {u"港元", "HKD"},    {u"港币", "HKD"},
    {u"\u00A5", "?"},     {u"\uFFE5", "?"},
}};

/// What is left of a whole number of less than 2^63.
double remainder_of(double value, std::int64_t by) {
  if (value > 9e18) return 0;
  return static_cast<double>(static_cast<std::int64_t>(value) % by);
}

char16_t lower(char16_t c) { return is_upper(c) ? static_cast<char16_t>(c | 0x20) : c; }

/// Reads a text from left to right; each `read_…` begins at `at_` and moves it.
class Reader {
 public:
  Reader(Text text, Words words) : text_(text), words_(words) {}

  Facts read() {
    while (at_ < text_.size()) {
      const char16_t c = text_[at_];
      if (c < 0x80 && !is_space(c) && c > u' ' && (at_ == 0 || token_begins())) {
        if (skip_address()) continue;
      }
      if (is_digit(c)) {
        digits();
      } else if (c == u'+' && phone()) {
        continue;
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

 private:
  // --- what all share

  [[nodiscard]] char16_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : u'\0';
  }
  [[nodiscard]] char16_t before(std::size_t at, std::size_t back = 1) const {
    return at >= back ? text_[at - back] : u'\0';
  }
  [[nodiscard]] bool follows(Text word) const {
    return text_.substr(std::min(at_, text_.size())).starts_with(word);
  }
  bool take(Text word) {
    if (!follows(word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_letters() {
    while (is_letter(peek())) ++at_;
  }
  [[nodiscard]] std::size_t after_space(std::size_t at) const {
    return at < text_.size() && is_space(text_[at]) ? at + 1 : at;
  }

  Figure& add(double value, std::size_t from, bool required) {
    Figure figure;
    figure.value = value;
    figure.required = required;
    figure.span = {from, at_};
    facts_.figures.push_back(figure);
    return facts_.figures.back();
  }
  void add_weak(double value, std::size_t from, Kind kind = Kind::plain) {
    add(value, from, false).kind = kind;
  }

  [[nodiscard]] bool token_begins() const {
    const char16_t previous = text_[at_ - 1];
    return previous <= u' ' || previous >= 0x7F || is_one_of(u"(<[\"':,", previous);
  }

  /// Links and e-mail addresses are compared as they are.
  bool skip_address() {
    std::size_t end = at_;
    bool link = follows(u"www.");
    bool address = false;
    while (end < text_.size() && text_[end] > u' ' && text_[end] < 0x7F) {
      if (text_[end] == u'@' && end > at_) address = true;
      if (text_.substr(end).starts_with(u"://")) link = true;
      ++end;
    }
    if (!link && !address) return false;
    while (end > at_ && is_one_of(u".,;:!?)]}>\"'", text_[end - 1])) --end;
    (link ? facts_.links : facts_.addresses).push_back({at_, end});
    at_ = end;
    return true;
  }

  /// Telephone numbers are written in as many ways as there are people.
  bool phone() {
    std::size_t end = at_;
    std::size_t count = 0;
    bool parted = text_[at_] == u'+';
    const bool plus = parted;
    while (end < text_.size()) {
      const char16_t c = text_[end];
      if (is_digit(c)) {
        ++count;
      } else if (is_one_of(u"+-()", c)) {
        parted = parted || c != u'+';
      } else if (c != u' ' || end + 1 >= text_.size() ||
                 !(is_digit(text_[end + 1]) || text_[end + 1] == u'(')) {
        break;
      }
      ++end;
    }
    const auto run = text_.substr(at_, end - at_);
    const bool mobile =
        count == 11 && run.size() == 11 && run[0] == u'1' && run[1] >= u'3';
    const bool land = parted && !plus && count >= 10 && count <= 15 && run[0] == u'0';
    if (!mobile && !land && !(plus && count >= 8 && count <= 15)) {
      if (plus) ++at_;
      return plus;
    }
    while (!is_digit(text_[end - 1])) --end;
    at_ = end;
    return true;
  }

  // --- digits

  /// Digits without separators.
  double plain_digits(std::size_t* length = nullptr) {
    double value = 0;
    const std::size_t from = at_;
    while (is_digit(peek())) value = value * 10 + (text_[at_++] - u'0');
    if (length != nullptr) *length = at_ - from;
    return value;
  }

  /// Whether exactly `count` digits begin at `at`.
  [[nodiscard]] bool digits_at(std::size_t at, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (at + i >= text_.size() || !is_digit(text_[at + i])) return false;
    }
    return at + count >= text_.size() || !is_digit(text_[at + count]);
  }

  struct Number {
    double value;
    double other;
  };

  /// With separators of thousands and decimals, of all conventions.
  Number separated() {
    std::size_t length = 0;
    double value = plain_digits(&length);
    const char16_t mark = peek();
    double other = -1;
    if (length <= 3 && value != 0 && (is_one_of(u",.'\u2019", mark) || is_space(mark)) &&
        digits_at(at_ + 1, 3)) {
      const bool lone_dot =
          mark == u'.' &&
          !(at_ + 4 < text_.size() && text_[at_ + 4] == u'.' && digits_at(at_ + 5, 3));
      if (!lone_dot) {
        while (peek() == mark && digits_at(at_ + 1, 3)) {
          ++at_;
          value = value * 1000 + plain_digits();
        }
      } else {
        const std::size_t here = at_;
        ++at_;
        other = value * 1000 + plain_digits();
        at_ = here;
      }
    }
    const bool comma = peek() == u',' && mark != u'.' &&
                       (digits_at(at_ + 1, 1) || digits_at(at_ + 1, 2)) && length <= 3;
    if ((peek() == u'.' || comma) && is_digit(peek(1))) {
      ++at_;
      double fraction = 0;
      double power = 1;
      for (; is_digit(peek()); power *= 10)
        fraction = fraction * 10 + (text_[at_++] - u'0');
      value = (value * power + fraction) / power;
    }
    return {value, other};
  }

  /// Three numbers that form a date, or a version.
  bool date(std::size_t from) {
    std::array<double, 3> parts{};
    std::array<std::size_t, 3> lengths{};
    char16_t mark = u'\0';
    for (std::size_t i = 0; i < 3; ++i) {
      if (i > 0) {
        const char16_t c = peek();
        if (!is_one_of(u"-./", c) || (mark != u'\0' && c != mark) || !is_digit(peek(1))) {
          at_ = from;
          return false;
        }
        mark = c;
        ++at_;
      }
      parts[i] = plain_digits(&lengths[i]);
    }
    const bool iso = lengths[0] == 4 && lengths[1] <= 2 && lengths[2] <= 2;
    const bool local = lengths[2] == 4 && lengths[0] <= 2 && lengths[1] <= 2;
    if (!iso && !local && mark != u'.') {
      at_ = from;
      return false;
    }
    if (mark == u'.' && lengths[1] == 3 && lengths[2] == 3) {  // 1.200.000
      at_ = from;
      return false;
    }
    for (const double part : parts) add(part, from, iso || local);
    auto* const figures = &facts_.figures.back() - 2;
    if (iso) form_day(figures[1], figures[2]);
    if (local && parts[0] > 12) form_day(figures[1], figures[0]);
    return true;
  }

  void digits() {
    const std::size_t from = at_;
    if (phone()) return;
    if (date(from)) return;
    const bool attached =
        is_letter(before(from)) || (is_dash(before(from)) && is_upper(before(from, 2)));
    const auto money = currency_before(from);
    std::size_t length = 0;
    const double first = plain_digits(&length);

    if (length <= 2 && peek() == u':' && digits_at(at_ + 1, 2)) return time(first, from);
    if (peek() == u'/' && is_digit(peek(1)) && length <= 4)
      return slash(first, length, from);
    if (length == 4 && is_dash(peek()) && digits_at(at_ + 1, 2) &&
        (text_[at_ + 1] - u'0') * 10.0 + (text_[at_ + 2] - u'0') >
            remainder_of(first, 100)) {
      add(first, from, !attached);  // 2014-19
      ++at_;
      const std::size_t second = at_;
      const double year = first - remainder_of(first, 100) + plain_digits();
      add(year, second, !attached);
      return;
    }

    at_ = from;
    const auto number = separated();
    if (follows(u"分之")) return fraction(number.value, from);
    const bool named = std::exchange(month_named_, false);
    if (words_ == Words::english && ordinal_end()) {
      add(number.value, from, number.value >= 2);
      if (named) day_of_named();
      return;
    }
    if (peek() == u's' && !is_letter(peek(1)) && number.value >= 50) {  // 1990s, 90s
      ++at_;
      decade(number.value, from);
      return;
    }
    const bool identifier =
        (attached && money.empty()) || (is_upper(peek()) && !is_letter(peek(1)));
    finish(number, from, money, !identifier && number.value > 1);
    if (named) day_of_named();
  }

  /// "September 30"
  void day_of_named() {
    auto& figures = facts_.figures;
    if (figures.size() >= 2) form_day(figures[figures.size() - 2], figures.back());
  }

  void decade(double value, std::size_t from) {
    add(value < 100 ? 1900 + value : value, from, true).other = value;
  }

  bool ordinal_end() {
    for (const auto end : {u"st"sv, u"nd"sv, u"rd"sv, u"th"sv}) {
      if (!follows(end) || is_letter(peek(2))) continue;
      at_ += 2;
      return true;
    }
    return false;
  }

  void time(double hour, std::size_t from) {
    ++at_;
    const double minute = plain_digits();
    add(clock(hour, from), from, true).other = hour;
    if (minute > 0) add(minute, from, true);
  }

  /// The hour of 24, by what stands before it in Chinese or behind it in English.
  double clock(double hour, std::size_t from) {
    const auto two =
        text_.substr(from >= 2 ? from - 2 : 0, std::min<std::size_t>(from, 2));
    const bool late = two == u"下午" || two == u"晚上" || two == u"傍晚" ||
                      two == u"夜间" || (two == u"中午" && hour < 3);
    const auto next = after_space(at_);
    const bool pm = next + 1 < text_.size() && lower(text_[next]) == u'p' &&
                    (text_.substr(next + 1).starts_with(u"m") ||
                     text_.substr(next + 1).starts_with(u"M") ||
                     text_.substr(next + 1).starts_with(u".m"));
    return (late || pm) && hour < 12 ? hour + 12 : hour;
  }

  /// 3/4, 24/7, 2014/15: seldom a figure that both texts write.
  void slash(double first, std::size_t length, std::size_t from) {
    ++at_;
    std::size_t second_length = 0;
    const double second = plain_digits(&second_length);
    if (length == 4) {
      add(first, from, true);
      const bool year = second_length == 2 && second > remainder_of(first, 100);
      add(year ? first - remainder_of(first, 100) + second : second, from, true);
      return;
    }
    add_weak(first, from);
    add_weak(second, from);
    if (second > 0) add_weak(100 * first / second, from, Kind::percent);
  }

  [[nodiscard]] std::string_view currency_before(std::size_t from) const {
    std::size_t end = from;
    if (end > 0 && is_space(text_[end - 1])) --end;
    std::string_view code;
    std::size_t longest = 0;
    for (const auto& currency : currencies) {
      const std::size_t size = currency.text.size();
      if (size > end || size <= longest) continue;
      if (!same(end - size, currency.text)) continue;
      if (is_letter(currency.text[0]) && is_letter(before(end - size))) continue;
      if (currency.text == u"元") continue;  // Of the number before.
      longest = size;
      code = currency.code;
    }
    return code;
  }

  /// Whether `word` stands there, in any case.
  [[nodiscard]] bool same(std::size_t at, Text word) const {
    if (at > text_.size() || word.size() > text_.size() - at) return false;
    return std::equal(word.begin(), word.end(),
                      text_.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char16_t a, char16_t b) { return a == lower(b); });
  }

  bool take_currency(std::string_view& code) {
    const std::size_t at = after_space(at_);
    const Currency* best = nullptr;
    for (const auto& currency : currencies) {
      if (!same(at, currency.text)) continue;
      if (best == nullptr || currency.text.size() > best->text.size()) best = &currency;
    }
    if (best == nullptr) return false;
    const std::size_t end = at + best->text.size();
    if (is_letter(best->text[0]) && end < text_.size() && is_letter(text_[end]))
      return false;
    code = best->code;
    at_ = end;
    return true;
  }

  /// What follows a number: more than, thousands, percent, money. Adds the figure.
  void finish(Number number, std::size_t from, std::string_view money, bool required) {
    const std::size_t bare = at_;
    double scale = 1;
    if (words_ == Words::chinese) {
      scale = chinese_scale();
    } else {
      scale = english_scale(!money.empty());
    }
    double value = number.value * scale;
    // 2亿3000万
    if (words_ == Words::chinese && scale >= 1e8 && is_digit(peek())) {
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
    } else if (take_currency(money) || !money.empty()) {
      kind = Kind::money;
      if (words_ == Words::chinese) value += coins();
    } else if (words_ == Words::chinese && scale == 1 && century(value, from)) {
      return;
    } else if (words_ == Words::chinese ? is_one_of(u"时点", peek())
                                        : scale == 1 && value <= 12) {
      value = clock(value, from);
    }
    range(scale, kind, money, from);
    if (list_marker(from)) required = false;
    // "two or three"
    if (!facts_.figures.empty() && words_ == Words::english &&
        text_.substr(facts_.figures.back().span.to,
                     from - facts_.figures.back().span.to) == u" or ") {
      required = facts_.figures.back().required = false;
    }
    const double watts = kilowatts();
    auto& figure = add(value, from, required || kind != Kind::plain || scale > 1);
    figure.kind = kind;
    figure.currency = money;
    if (number.other >= 0) figure.other = number.other * scale;
    if (watts > 1) figure.other = value * watts;
    if (bare == at_ && words_ == Words::english && peek() == u'm' && !is_letter(peek(1)))
      figure.other = value * 1e6;  // 8.9m inhabitants
    if (value != number.value && scale == 1) figure.other = number.value;
    if (words_ == Words::chinese && bare == at_) half_after(figure);
    if (words_ != Words::chinese) return;
    if (peek() == u'倍') {
      // 增长两倍 is to three times as much.
      figure.required = value >= 2;
      if (is_one_of(u"长加高升大了", before(from))) figure.other = value + 1;
    } else if (is_one_of(u"日号", peek())) {
      day_after_month();
    }
  }

  /// 9月30日, 30 September: a day of a month is one figure, so that 9 October is another
  /// day than 10 September. The last two figures are its parts.
  void day_after_month() {
    auto& figures = facts_.figures;
    if (figures.size() < 2) return;
    auto& month = figures[figures.size() - 2];
    auto& day = figures.back();
    const auto gap = text_.substr(month.span.to, day.span.from - month.span.to);
    if (gap.size() > 3) return;
    if (gap.starts_with(u"月")) form_day(month, day);
    // 28日至30日
    if (gap.starts_with(u"日") && month.kind == Kind::day) {
      Figure same = month;
      same.value = (month.value - remainder_of(month.value, 100)) / 100;
      same.kind = Kind::plain;
      form_day(same, day);
    }
  }
  static void form_day(Figure& month, Figure& day) {
    if (month.value > 12 || month.value < 1 || day.value > 31 || day.value < 1) return;
    if (day.kind != Kind::plain || month.kind != Kind::plain) return;
    month.required = false;
    day.required = true;
    day.kind = Kind::day;
    day.other = day.value;
    day.value += 100 * month.value;
  }

  /// 3元2角5分
  double coins() {
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

  /// "3." at the beginning of a line, or "(3)"
  [[nodiscard]] bool list_marker(std::size_t from) const {
    const char16_t previous = before(from);
    if (previous == u'(' || previous == u'[') return peek() == u')' || peek() == u']';
    return (previous == u'\0' || previous == u'\n') &&
           (peek() == u'.' || peek() == u')' || peek() == u'、') && !is_digit(peek(1));
  }

  /// Chinese counts power in 万千瓦, English in megawatts.
  [[nodiscard]] double kilowatts() const {
    const std::size_t at = after_space(at_);
    if (same(at, u"gw") || same(at, u"gigawatt")) return 1e6;
    if (same(at, u"mw") || same(at, u"megawatt") || same(at, u"兆瓦")) return 1e3;
    return 1;
  }

  /// Whether nothing but "to" stands between a figure and what begins at `from`.
  [[nodiscard]] bool joined(const Figure& figure, std::size_t from) const {
    const auto gap = text_.substr(figure.span.to, from - figure.span.to);
    return gap == u"至" || gap == u"到" || gap == u" to " || gap == u" and " ||
           gap == u"到百分之" || gap == u"至百分之" ||
           (!gap.empty() && gap.size() <= 3 &&
            std::any_of(gap.begin(), gap.end(), is_dash) &&
            std::all_of(gap.begin(), gap.end(),
                        [](char16_t c) { return is_dash(c) || is_space(c); }));
  }

  /// "2-3 million": what is said of the end holds for the beginning.
  void range(double scale, Kind kind, std::string_view money, std::size_t from) {
    if (facts_.figures.empty()) return;
    auto& previous = facts_.figures.back();
    if (!joined(previous, from)) return;
    if (previous.kind == Kind::plain) {
      if (kind == Kind::percent || kind == Kind::points) previous.kind = kind;
      if (kind == Kind::money) previous.currency = money;
    }
    if (scale > 1 && previous.value < scale) previous.other = previous.value * scale;
  }

  bool take_percent() {
    const std::size_t at = after_space(at_);
    for (const auto word : {u"%"sv, u"per cent"sv, u"percent"sv, u"pct"sv}) {
      if (!same(at, word)) continue;
      const std::size_t end = at + word.size();
      if (text_.substr(end).starts_with(u"age")) return false;
      at_ = end;
      return true;
    }
    return false;
  }

  bool take_points() {
    if (take(u"个百分点") || take(u"百分点")) return true;
    const std::size_t at = after_space(at_);
    for (const auto word : {u"percentage point"sv, u"percentage-point"sv}) {
      if (!same(at, word)) continue;
      at_ = at + word.size();
      return true;
    }
    return false;
  }

  // --- English

  /// The lower-case ASCII word at `at`; empty if it is longer than any that is known.
  std::size_t word_at(std::size_t at, std::array<char, 16>& out) const {
    std::size_t size = 0;
    while (at + size < text_.size() && is_letter(text_[at + size])) {
      if (size == out.size()) return 0;
      out[size] = static_cast<char>(lower(text_[at + size]));
      ++size;
    }
    return size;
  }

  static const double* find(std::string_view word, const Word* begin, std::size_t size) {
    const auto* found = std::find_if(
        begin, begin + size, [word](const Word& one) { return one.text == word; });
    return found == begin + size ? nullptr : &found->value;
  }
  static const double* small_number(std::string_view word) {
    return find(word, small.data(), small.size());
  }
  static std::optional<double> ordinal(std::string_view word) {
    if (const auto* odd = find(word, odd_ordinals.data(), odd_ordinals.size()))
      return *odd;
    if (!word.ends_with("th")) return std::nullopt;
    word.remove_suffix(2);
    if (word.ends_with("ie")) {  // twentieth
      for (const auto& one : small) {
        if (one.text.ends_with('y') &&
            one.text.substr(0, one.text.size() - 1) == word.substr(0, word.size() - 2))
          return one.value;
      }
      return std::nullopt;
    }
    const auto* plain = small_number(word);
    return plain == nullptr ? std::nullopt : std::optional(*plain);
  }

  double english_scale(bool with_currency) {
    double scale = 1;
    for (;;) {
      std::array<char, 16> buffer{};
      const std::size_t at = after_space(at_);
      const std::size_t size = word_at(at, buffer);
      const std::string_view word(buffer.data(), size);
      const auto* value = find(word, scales.data(), scales.size());
      if (value == nullptr) return scale;
      // "30 m" is a length, "EUR 30 m" is not.
      if (word == "m" && !with_currency) return scale;
      if (word == "k" && (at != at_ || text_[at] == u'K')) return scale;
      scale *= *value;
      at_ = at + size;
    }
  }

  void english() {
    const std::size_t from = at_;
    std::array<char, 16> buffer{};
    const std::size_t size = word_at(at_, buffer);
    if (size == 0) return skip_letters();
    const std::string_view word(buffer.data(), size);
    if (month(word, from) || roman(size, from)) return;

    if (word == "half") {
      at_ += size;
      add_weak(50, from, Kind::percent);
      if (text_.substr(0, from).ends_with(u"and a ")) {
        // Of a year, of an hour.
        for (const double value : {1.5, 18.0, 90.0}) add_weak(value, from);
      }
      add_weak(0.5, from);
      if (take(u" a ") || take(u" of a ")) {
        const double scale = english_scale(false);
        if (scale > 1) add(scale / 2, from, true);
        if (take(u"century")) add_weak(50, from);
      }
      return;
    }
    if (word == "a" || word == "an") {
      if (!share(1, from)) at_ += size;
      return;
    }
    if (const auto times = multiple(word)) {
      at_ += size;
      add(*times, from, *times > 2);
      return;
    }
    if (const auto* vague = find(word, understood.data(), understood.size())) {
      at_ += size;
      return add_weak(*vague, from);
    }
    if (word == "fifty" && follows(u"fifty-fifty")) {
      at_ += 11;
      return add_weak(50, from, Kind::percent);
    }
    if (word.ends_with("ties")) {  // "the nineties"
      for (const auto& one : small) {
        if (!one.text.ends_with('y') ||
            one.text.substr(0, one.text.size() - 1) != word.substr(0, size - 3))
          continue;
        at_ += size;
        decade(one.value, from);
        facts_.figures.back().required = false;
        return;
      }
    }

    const auto* scale = find(word, scales.data(), scales.size());
    if (scale != nullptr && size > 2) {  // "a hundred"
      at_ += size;
      const double rest = english_scale(false);
      return add_weak(*scale * rest, from);
    }

    number_words(from);
  }

  /// "doubled", "tenfold"
  static std::optional<double> multiple(std::string_view word) {
    if (word == "doubled" || word == "both" || word == "twice") return 2;
    if (word == "tripled" || word == "trebled") return 3;
    if (word == "quadrupled") return 4;
    if (!word.ends_with("fold")) return std::nullopt;
    word.remove_suffix(4);
    const auto* plain = small_number(word);
    return plain == nullptr ? std::nullopt : std::optional(*plain);
  }

  /// Numbers in words: "two hundred and thirty-five thousand", "twenty-first".
  void number_words(std::size_t from) {
    double total = 0;
    double part = 0;
    bool any = false;
    bool is_ordinal = false;
    double scale = 1;
    std::size_t end = at_;
    for (std::size_t at = at_;;) {
      std::array<char, 16> buffer{};
      const std::size_t size = word_at(at, buffer);
      const std::string_view word(buffer.data(), size);
      const auto* digit = small_number(word);
      const auto rank = ordinal(word);
      const auto* times =
          any && size > 2 ? find(word, scales.data(), scales.size()) : nullptr;
      if (digit != nullptr) {
        // "two, three" or "two three" are two numbers; "twenty three" is one.
        if (any &&
            !(remainder_of(part, 100) >= 20 && remainder_of(part, 10) == 0 &&
              *digit < 10) &&
            remainder_of(part, 100) != 0)
          break;
        if (any && part == 0 && total == 0) break;
        part += *digit;
      } else if (rank && (!any || (remainder_of(part, 10) == 0 && *rank < 10))) {
        part += *rank;
        is_ordinal = true;
      } else if (times != nullptr) {
        if (*times == 100 || *times == 12) {
          part *= *times;
        } else {
          total += part * *times;
          part = 0;
          scale = *times;
        }
      } else {
        break;
      }
      any = true;
      end = at + size;
      if (is_ordinal || end >= text_.size()) break;
      at = end + 1;
      if (!is_space(text_[end]) && !is_dash(text_[end])) break;
      // "one hundred and five"
      if (remainder_of(total + part, 100) == 0 && total + part > 0 &&
          text_.substr(at).starts_with(u"and "))
        at += 4;
    }
    if (!any) return skip_letters();
    at_ = end;
    double value = total + part;
    if (is_ordinal) {
      // "the remaining tenth"
      auto& figure = add(value, from, value >= 3);
      if (value >= 3) figure.other = 100 / value;
      return;
    }
    if (share(value, from)) return;
    if (take(u" and a half")) {
      value += 0.5;
      scale = english_scale(false);
      value *= scale;
    }
    if (take(u" decades")) value *= 10;
    if (take(u" centuries")) value *= 100;
    if (take(u" in ") || take(u" out of ")) return one_in(value, from);
    const bool adjective = follows(u"-dimensional") || follows(u"-way");
    finish({value, -1}, from, "", value >= 3 && !adjective);
  }

  /// "one in three"
  void one_in(double value, std::size_t from) {
    std::array<char, 16> buffer{};
    take(u"a ");
    const std::size_t here = at_;
    const std::size_t size = word_at(at_, buffer);
    const std::string_view word(buffer.data(), size);
    const auto* whole = small_number(word);
    if (whole == nullptr) whole = find(word, scales.data(), scales.size());
    if (whole == nullptr || *whole <= value) {
      add(value, from, value >= 3);
      return;
    }
    at_ = here + size;
    add_weak(100 * value / *whole, from, Kind::percent);
    add_weak(*whole, from);
    add_weak(value, from);
  }

  /// "two thirds", "a quarter"
  bool share(double count, std::size_t from) {
    const std::size_t here = at_;
    if (here == from) skip_letters();  // "a"
    if (!is_space(peek()) && !is_dash(peek())) {
      at_ = here;
      return false;
    }
    std::array<char, 16> buffer{};
    std::size_t size = word_at(at_ + 1, buffer);
    std::string_view word(buffer.data(), size);
    if (word.ends_with('s')) word.remove_suffix(1);
    const auto rank = word == "quarter" ? std::optional(4.0) : ordinal(word);
    if (!rank || *rank < 3 || count >= *rank) {
      at_ = here;
      return false;
    }
    at_ += 1 + size;
    auto& figure =
        add(100 * count / *rank, from,
            count > 1 || word != "quarter" ||
                (follows(u" of ") && !follows(u" of a ") && !follows(u" of an ")));
    figure.kind = Kind::percent;
    if (count == 1) figure.other = *rank;  // "a third phase"
    if (take(u"-century") || take(u" century") || take(u" of a century"))
      add_weak(count * 100 / *rank, from);
    return true;
  }

  bool month(std::string_view word, std::size_t from) {
    if (!is_upper(text_[from])) return false;
    for (std::size_t i = 0; i < months.size(); ++i) {
      if (!word.starts_with(months[i])) continue;
      const auto rest = word.substr(3);
      if (!rest.empty() && rest != month_ends[i] && rest != "t") continue;
      at_ += word.size();
      if (peek() == u'.') ++at_;
      const std::size_t next = after_space(at_);
      const bool dated = (next < text_.size() && is_digit(text_[next])) ||
                         (!facts_.figures.empty() && facts_.figures.back().required &&
                          from - facts_.figures.back().span.to <= 4);
      const auto number = static_cast<double>(i + 1);
      auto& figures = facts_.figures;
      if (!figures.empty() && dated && from - figures.back().span.to <= 4 &&
          figures.back().value <= 31 && figures.back().value >= 1) {
        const std::size_t before_it = figures.size() - 1;
        add(number, from, false);
        form_day(figures.back(), figures[before_it]);
        // 28-30 September
        if (before_it > 0 &&
            joined(figures[before_it - 1], figures[before_it].span.from) &&
            figures[before_it].kind == Kind::day) {
          form_day(figures.back(), figures[before_it - 1]);
        }
      } else {
        add(number, from, dated);
        month_named_ = dated && !digits_at(next, 4);
      }
      return true;
    }
    return false;
  }

  bool roman(std::size_t size, std::size_t from) {
    int value = 0;
    int last = 0;
    for (std::size_t i = size; i-- > 0;) {
      const char16_t c = text_[from + i];
      const int worth = c == u'I' ? 1 : c == u'V' ? 5 : c == u'X' ? 10 : 0;
      if (worth == 0) return false;
      value += worth < last ? -worth : worth;
      last = std::max(last, worth);
    }
    at_ += size;
    add_weak(value, from);
    return true;
  }

  // --- Chinese

  static int chinese_digit(char16_t c) {
    constexpr Text digits = u"〇一二三四五六七八九";
    if (c == u'零') return 0;
    if (c == u'两') return 2;
    const auto at = digits.find(c);
    return at == none ? -1 : static_cast<int>(at);
  }
  static double chinese_unit(char16_t c) {
    constexpr Text units = u"十百千万亿";
    constexpr std::array<double, 5> values = {1e1, 1e2, 1e3, 1e4, 1e8};
    const auto at = units.find(c);
    return at == none ? 0 : values[at];
  }

  double chinese_scale() {
    if (is_one_of(u"多余几来", peek()) && chinese_unit(peek(1)) > 0) ++at_;
    double scale = 1;
    for (double unit = chinese_unit(peek()); unit > 0; unit = chinese_unit(peek())) {
      if (unit_of_measure()) break;
      scale *= unit;
      ++at_;
    }
    return scale;
  }

  /// 百分点, 千米, 兆瓦: no part of the number.
  [[nodiscard]] bool unit_of_measure() const {
    return follows(u"百分") ||
           (peek() == u'千' && is_one_of(u"米克瓦卡焦帕赫伏", peek(1)));
  }

  struct Numeral {
    double value = 0;
    std::size_t digits = 0;
    std::size_t units = 0;
    bool positional = false;
    bool malformed = false;
  };

  /// A run of numerals: 三十五, 二〇一九, 三点五, 一百二十万.
  Numeral numeral() {
    Numeral out;
    double section = 0;
    double pending = -1;
    double last_unit = 1;
    double positional = 0;
    int streak = 0;
    for (;; ++at_) {
      const char16_t c = peek();
      if (const int digit = chinese_digit(c); digit >= 0) {
        if (pending >= 0 && c != u'零' && digit + pending > 0 && out.units > 0)
          out.malformed = pending != 0;
        if (digit > 0) ++streak;
        pending = digit;
        positional = positional * 10 + digit;
        ++out.digits;
      } else if (const double unit = chinese_unit(c); unit > 0 && !unit_of_measure() &&
                                                      !follows(u"千分之") &&
                                                      !follows(u"万分")) {
        ++out.units;
        // 六七十 is about as many; 一五一十 is no number.
        if (streak > 1) out.malformed = true;
        streak = 0;
        const double count = pending >= 0 ? pending : 0;
        if (unit >= 1e4) {
          section += count;
          out.value = (out.value + (section == 0 ? 1 : section)) * unit;
          section = 0;
        } else {
          section += (pending > 0 ? pending : 1) * unit;
        }
        pending = -1;
        last_unit = unit;
      } else if (c == u'点' && pending >= 0 && chinese_digit(peek(1)) >= 0) {
        double step = 0.1;
        double fraction = 0;
        for (++at_; chinese_digit(peek()) >= 0; ++at_, step /= 10)
          fraction += step * chinese_digit(peek());
        out.value += section + pending + fraction;
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
      const bool short_form = last_unit >= 100 && chinese_digit(before(at_, 2)) < 0 &&
                              chinese_unit(before(at_, 2)) > 0;
      section += short_form ? pending * last_unit / 10 : pending;
    }
    out.value += section;
    return out;
  }

  void chinese() {
    const std::size_t from = at_;
    const char16_t c = text_[from];
    if (c == u'半') return half();
    if (chinese_digit(c) < 0 && chinese_unit(c) == 0) {
      ++at_;
      return;
    }
    if (take(u"百分之") || take(u"百分百") || take(u"千分之")) {
      const double whole = c == u'百' ? 100 : 1000;
      if (before(at_) == u'百' || take(u"百")) return add_weak(100, from, Kind::percent);
      return part_of(whole, from);
    }
    const bool counted = chinese_digit(c) >= 0;
    auto number = numeral();
    if (at_ == from) {
      ++at_;
      return;
    }
    if (follows(u"分之")) return fraction(number.value, from);
    // 几十, 数百, 上千: about as many.
    if (!counted && is_one_of(u"几数上成", before(from))) return;
    if (plan(from)) return;
    const auto run = text_.substr(from, at_ - from);
    // 三五家, 七八成
    if (number.positional && number.digits == 2) {
      const bool share = peek() == u'成';
      for (const auto digit : run) {
        add_weak(chinese_digit(digit) * (share ? 10 : 1), from,
                 share ? Kind::percent : Kind::plain);
      }
      return;
    }
    if (number.positional && (number.digits != 4 || number.value > 2100)) return;
    // 六七十户: sixty or seventy.
    if (run.size() == 3 && number.digits == 2 && number.units == 1 &&
        chinese_digit(run[0]) + 1 == chinese_digit(run[1])) {
      add_weak(chinese_digit(run[1]) * chinese_unit(run[2]), from);
      return add_weak(chinese_digit(run[0]) * chinese_unit(run[2]), from);
    }
    if (number.malformed) return;
    // National Day, sales of November
    if (run == u"十一" && (before(from) == u'双' || before(from) == u'\u201C')) return;
    // 十几, 十余家: a dozen.
    if (peek() == u'几') return add_weak(number.value, from);
    if (number.value == 10 && is_one_of(u"余多来", peek()) && chinese_unit(peek(1)) == 0)
      return add_weak(10, from);
    if (tenths(number.value, from)) return;

    // "Third," begins a list that may be written otherwise.
    const bool ordinal = before(from) == u'第' && !is_one_of(u",、:", peek());
    if (number.value == 1 && peek() == u'年') add_weak(12, from);
    const bool bare_unit = !counted && c != u'十';
    const bool counts_things =
        ordinal || number.digits + number.units > 1 || classifier();
    finish({number.value, -1}, from, currency_before(from),
           number.value >= 3 && !bare_unit && counts_things);
  }

  /// 十四五: the fourteenth plan, of five years.
  bool plan(std::size_t from) {
    const auto run = text_.substr(from, at_ - from);
    if (run.size() != 3 || run[0] != u'十' || run[2] != u'五') return false;
    add(10 + chinese_digit(run[1]), from, true);
    add_weak(5, from);
    return true;
  }

  /// 五成, 七成半
  bool tenths(double value, std::size_t from) {
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

  /// Whether what follows is counted: 三家, 三个, 三年.
  [[nodiscard]] bool classifier() const {
    constexpr std::array<Text, 18> pairs = {
        u"欧元", u"美元", u"英镑", u"英里", u"英亩", u"公里", u"公顷", u"公斤", u"公吨",
        u"平方", u"平米", u"立方", u"小时", u"季度", u"方面", u"阶段", u"海里", u"世纪"};
    if (std::any_of(pairs.begin(), pairs.end(),
                    [this](Text two) { return follows(two); }))
      return true;
    // 十分 is "very", 八方 "everywhere", 三位一体 "as one".
    if (follows(u"分") && !is_one_of(u"钟之", peek(1))) return false;
    if (follows(u"方向") || follows(u"位一体") || follows(u"年级") || follows(u"台山"))
      return false;
    constexpr Text words =
        u"年月日号天周个岁期届次名位项家座所条场种类大部间件份批组对只台套辆艘栋层级轮步"
        u"章节款人户国省市"
        u"县区州地城方校院馆村镇米吨亩秒股支篇本页幅站线环段班代路型强元度分多余来万亿点"
        u"时项处厂企株棵颗";
    return is_one_of(words, peek());
  }

  /// What stands behind 分之: the part of `whole`.
  void fraction(double whole, std::size_t from) {
    at_ += 2;
    part_of(whole, from);
  }

  void part_of(double whole, std::size_t from) {
    double part = 0;
    if (is_digit(peek())) {
      part = separated().value;
    } else {
      const std::size_t here = at_;
      part = numeral().value;
      if (at_ == here) return;
    }
    if (whole <= 0) return;
    range(1, Kind::percent, "", from);
    add(100 * part / whole, from, true).kind = Kind::percent;
    // 百分之五到十
    if (whole == 100 && (peek() == u'到' || peek() == u'至') &&
        chinese_digit(peek(1)) >= 0) {
      ++at_;
      const std::size_t second = at_;
      add(numeral().value, second, true).kind = Kind::percent;
    }
  }

  void half() {
    const std::size_t from = at_;
    ++at_;
    add_weak(0.5, from);
    add_weak(50, from, Kind::percent);
    if (peek() == u'年') add_weak(6, from);
    if (follows(u"小时") || follows(u"个小时")) add_weak(30, from);
    if (follows(u"个世纪")) add_weak(50, from);
  }

  /// 一年半, 两个半小时
  void half_after(Figure& figure) {
    const bool counted = is_one_of(u"年个倍天", peek());
    if (!counted || peek(1) != u'半') return;
    figure.other = figure.value + 0.5;
    if (peek() == u'年') figure.value = figure.other * 12;
    if (follows(u"个半小时")) figure.value = figure.other * 60;
    figure.required = true;
    at_ += 2;
    figure.span.to = at_;
  }

  double decade_digits() {
    if (is_digit(peek())) return plain_digits();
    return chinese_digit(peek()) >= 0 || peek() == u'十' ? numeral().value : -1;
  }

  /// 20世纪90年代, 上世纪九十年代
  bool century(double value, std::size_t from) {
    if (value < 100 && peek() == u'后') {  // 80后
      add(1900 + value, from, false).other = value;
      return true;
    }
    if (take(u"年代")) {
      const bool young = value < 50 && text_.substr(0, from).ends_with(u"本世纪");
      add(value >= 100 ? value : (young ? 2000 : 1900) + value, from, true).other = value;
      return true;
    }
    if (!follows(u"世纪")) return false;
    at_ += 2;
    const std::size_t here = at_;
    double tens = decade_digits();
    // 20世纪70至80年代
    if (tens >= 0 && (peek() == u'至' || peek() == u'到' || is_dash(peek()))) {
      const auto first = at_;
      const double until = (++at_, decade_digits());
      if (until >= 0 && take(u"年代")) {
        add((value - 1) * 100 + tens, from, true).span.to = first;
        add((value - 1) * 100 + until, first + 1, true);
        return true;
      }
      at_ = first;
    }
    if (tens >= 0 && take(u"年代")) {
      add((value - 1) * 100 + tens, from, true);
      return true;
    }
    at_ = here;
    add(value, from, true);
    return true;
  }

  Text text_;
  Words words_;
  std::size_t at_ = 0;
  bool month_named_ = false;  ///< Whether the last figure is a month before its day.
  Facts facts_;
};

bool equal(double a, double b) { return a - b <= 1e-9 * a && b - a <= 1e-9 * b; }

bool currencies_agree(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a == b) return true;
  const auto sign_of = [](std::string_view sign, std::string_view code) {
    return sign == "?" && (code == "CNY" || code == "JPY");
  };
  return sign_of(a, b) || sign_of(b, a);
}

}  // namespace

Facts read_facts(std::u16string_view text, Words words) {
  return Reader(text, words).read();
}

bool agree(const Figure& a, const Figure& b) noexcept {
  const bool alike =
      (a.kind == b.kind || (a.kind != Kind::percent && a.kind != Kind::points &&
                            b.kind != Kind::percent && b.kind != Kind::points)) &&
      currencies_agree(a.currency, b.currency);
  if (alike && equal(a.value, b.value)) return true;
  if (a.kind == Kind::day && b.kind == Kind::day) return false;
  return (a.other >= 0 && (equal(a.other, b.value) || equal(a.other, b.other))) ||
         (b.other >= 0 && equal(a.value, b.other));
}

}  // namespace hezuo::parity_text
