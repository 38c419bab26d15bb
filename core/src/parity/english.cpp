// Numbers in English words.

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// Each word is followed by the mark of its kind and by its value. Numbers stand for
/// what is derived of them, too: "tenth", "twentieth", "tenfold", "twenties"; months for
/// their beginnings.
constexpr const char* words =
    "zeroN0 oneN1 twoN2 threeN3 fourN4 fiveN5 sixN6 sevenN7 eightN8 nineN9 tenN10 "
    "elevenN11 twelveN12 thirteenN13 fourteenN14 fifteenN15 sixteenN16 seventeenN17 "
    "eighteenN18 nineteenN19 twentyN20 thirtyN30 fortyN40 fiftyN50 sixtyN60 seventyN70 "
    "eightyN80 ninetyN90 "
    "hundredS100 thousandS1000 millionS1000000 billionS1000000000 "
    "trillionS1000000000000 bnS1000000000 mnS1000000 dozenS12 kS1000 mS1000000 "
    "firstO1 secondO2 thirdO3 quarterQ4 fifthO5 eighthO8 ninthO9 twelfthO12 "
    "hundredthO100 "
    "doubledM2 bothM2 twiceM2 tripledM3 trebledM3 quadrupledM4 "
    "noonV12 midnightV24 decadeV10 centuryV100 fortnightV14 coupleV2 pairV2 trioV3 "
    "quartetV4 "
    "januaryJ1 februaryJ2 marchJ3 aprilJ4 mayJ5 juneJ6 julyJ7 augustJ8 septemberJ9 "
    "octoberJ10 novemberJ11 decemberJ12 "
    "halfH aA anA ";
constexpr std::size_t longest_word = 16;

}  // namespace

/// What the word of that many letters means.
Reader::Word Reader::word_at(std::size_t at, std::size_t size) const {
  for (const char* entry = words; *entry != '\0'; ++entry) {
    std::size_t same = 0;
    for (; same < size && lower(char_at(at + same)) == static_cast<unsigned char>(*entry);
         ++same)
      ++entry;
    const std::size_t more = size - same;
    const bool whole = *entry < 'a';
    const bool but_y = *entry == 'y' && entry[1] < 'a';
    bool found = whole && more == 0;
    while (*entry >= 'a') ++entry;
    Word word{static_cast<WordKind>(*entry)};
    while (*++entry != ' ') word.value = word.value * 10 + (*entry - '0');

    if (word.kind == WordKind::number && !found && (whole || but_y)) {
      const std::size_t end = any_case(at + same, whole ? u"th|fold" : u"ieth|ies");
      found = end > 0 && end == more;
      word.kind = whole      ? (end == 2 ? WordKind::ordinal : WordKind::multiple)
                  : end == 4 ? WordKind::ordinal
                             : WordKind::tens;
    }
    // "Sep", "Sept"
    if (word.kind == WordKind::month_name) {
      const bool shortened = size == 3 || (size == 4 && any_case(at + 3, u"t") > 0);
      found = (found || (same >= 3 && shortened)) && is_upper(char_at(at));
    }
    if (found) return word;
  }
  return {};
}

void Reader::english() {
  const std::size_t size = letters_at(at_);
  at_ += size;
  if (words_ != Words::english || size > longest_word || roman()) return;
  const Word word = word_at(from_, size);
  switch (word.kind) {
    case WordKind::month_name:
      return month(word.value);
    case WordKind::half:
      return english_half();
    case WordKind::article:
      share(1);
      return;
    case WordKind::multiple:
      add(word.value, word.value > 2);
      return;
    case WordKind::vague:
      return add_weak(word.value);
    case WordKind::tens:
      return decade(word.value, false);
    case WordKind::scale:  // "a hundred"
      if (size > 2) add_weak(word.value * english_scale(false));
      return;
    default:
      if (among(from_, u"fifty-fifty") == 0) return number_words();
      at_ += size + 1;
      add_weak(50, Kind::percent);
  }
}

void Reader::english_half() {
  add_weak(50, Kind::percent);
  if (among(from_ - 6, u"and a ") > 0) {
    // Of a year, of an hour.
    add_weak(1.5);
    add_weak(18);
    add_weak(90);
  }
  add_weak(0.5);
  if (take(u" a | of a ")) {
    const double scale = english_scale(false);
    if (scale > 1) add(scale / 2, true);
    if (take(u"century")) add_weak(50);
  }
}

/// Numbers in words: "two hundred and thirty-five thousand", "twenty-first".
void Reader::number_words() {
  double total = 0;
  double part = 0;
  bool any = false;
  bool is_ordinal = false;
  for (std::size_t at = from_;;) {
    const std::size_t size = letters_at(at);
    const Word word = word_at(at, size);
    const double units = remainder_of(part, 10);
    const double tens = remainder_of(part, 100);
    if (word.kind == WordKind::number) {
      // "two, three" or "two three" are two numbers; "twenty three" is one.
      if (any && tens != 0 && !(tens >= 20 && units == 0 && word.value < 10)) break;
      if (any && part == 0 && total == 0) break;
      part += word.value;
    } else if (word.kind == WordKind::ordinal &&
               (!any || (units == 0 && word.value < 10))) {
      part += word.value;
      is_ordinal = true;
    } else if (word.kind == WordKind::scale && any && size > 2) {
      if (word.value <= 100) {
        part *= word.value;
      } else {
        total += part * word.value;
        part = 0;
      }
    } else {
      break;
    }
    any = true;
    at_ = at + size;
    if (is_ordinal || !(is_space(peek()) || is_dash(peek()))) break;
    at = at_ + 1;
    // "one hundred and five"
    if (remainder_of(total + part, 100) == 0 && total + part > 0)
      at += among(at, u"and ");
  }
  if (!any) return;
  double value = total + part;
  if (is_ordinal) {
    // "the remaining tenth"
    auto& figure = add(value, value >= 3);
    if (value >= 3) figure.other = 100 / value;
    return;
  }
  if (share(value)) return;
  if (take(u" and a half")) value = (value + 0.5) * english_scale(false);
  if (take(u" decades")) value *= 10;
  if (take(u" centuries")) value *= 100;
  if (take(u" in | out of ")) return one_in(value);
  finish({value}, Currency::none, value >= 3 && !follows(u"-dimensional|-way"));
}

double Reader::english_scale(bool of_money) {
  double product = 1;
  for (;;) {
    const std::size_t at = after_space(at_);
    const std::size_t size = letters_at(at);
    const Word word = word_at(at, size);
    if (word.kind != WordKind::scale) return product;
    // "30 m" is a length, "EUR 30 m" is not.
    if (size == 1 && (word.value > 1e3 ? !of_money : at != at_ || peek() == u'K'))
      return product;
    product *= word.value;
    at_ = at + size;
  }
}

/// "two thirds", "a quarter": what stands before has been read.
bool Reader::share(double count) {
  if (!is_space(peek()) && !is_dash(peek())) return false;
  const std::size_t at = at_ + 1;
  const std::size_t size = letters_at(at);
  const Word word = word_at(at, size - any_case(at + size - 1, u"s"));
  const bool of_four = word.kind == WordKind::quarter;
  if ((word.kind != WordKind::ordinal && !of_four) || word.value < 3 ||
      count >= word.value)
    return false;
  at_ = at + size;
  const bool of_that = follows(u" of ") && !follows(u" of a | of an ");
  auto& figure = add(100 * count / word.value, count > 1 || !of_four || of_that);
  figure.kind = Kind::percent;
  if (count == 1) figure.other = word.value;  // "a third phase"
  if (take(u"-century| century| of a century")) add_weak(count * 100 / word.value);
  return true;
}

/// "one in three"
void Reader::one_in(double value) {
  take(u"a ");
  const std::size_t size = letters_at(at_);
  const Word word = word_at(at_, size);
  if ((word.kind != WordKind::number && word.kind != WordKind::scale) ||
      word.value <= value) {
    add(value, value >= 3);
    return;
  }
  at_ += size;
  add_weak(100 * value / word.value, Kind::percent);
  add_weak(word.value);
  add_weak(value);
}

/// Whether nothing but Roman digits has been read.
bool Reader::roman() {
  int value = 0;
  int last = 0;
  for (std::size_t at = at_; at-- > from_;) {
    const int place = place_in(u"IVX", char_at(at));
    if (place < 0) return false;
    const int worth = place == 0 ? 1 : 5 * place;
    value += worth < last ? -worth : worth;
    if (last < worth) last = worth;
  }
  add_weak(value);
  return true;
}

}  // namespace hezuo::parity_text
