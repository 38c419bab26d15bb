// Numbers in English words.

#include <algorithm>
#include <array>

#include "reader.hpp"

namespace hezuo::parity_text {
namespace {

/// A word in lower case; empty if it is longer than any that is known.
class Word {
 public:
  explicit Word(std::u16string_view text) {
    for (const char16_t c : text) {
      if (!is_letter(c)) return;
      if (size_ == letters_.size()) {
        size_ = 0;
        return;
      }
      letters_[size_++] = static_cast<char>(lower(c));
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view text() const { return {letters_.data(), size_}; }
  [[nodiscard]] bool is(const char* other) const { return text() == other; }

  /// Puts `other`, which is no longer, in the place of `end` if the word ends so.
  bool replace_end(std::string_view end, std::string_view other) {
    if (!text().ends_with(end)) return false;
    size_ -= end.size();
    for (const char c : other) letters_[size_++] = c;
    return true;
  }

  /// The place of the word in `list`, whose words blanks part; negative: it is not there.
  [[nodiscard]] int place_in(const char* list) const {
    for (int i = 0;; ++i) {
      std::size_t size = 0;
      while (list[size] != ' ' && list[size] != '\0') ++size;
      if (size > 0 && text() == std::string_view(list, size)) return i;
      if (list[size] == '\0') return -1;
      list += size + 1;
    }
  }

 private:
  std::array<char, 16> letters_{};
  std::size_t size_ = 0;
};

// Each value is negative where the word is none of these.

double small_number(const Word& word) {
  const int place = word.place_in(
      "zero one two three four five six seven eight nine ten eleven twelve thirteen "
      "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty "
      "sixty seventy eighty ninety");
  return place <= 20 ? place : 10 * (place - 18);
}

double scale_of(const Word& word) {
  constexpr std::array<double, 10> values = {1e2, 1e3, 1e6, 1e9, 1e12,
                                             1e9, 1e6, 12,  1e3, 1e6};
  const int place =
      word.place_in("hundred thousand million billion trillion bn mn dozen k m");
  return place < 0 ? -1 : values[static_cast<std::size_t>(place)];
}

double ordinal(Word word) {
  constexpr std::array<std::uint8_t, 8> values = {1, 2, 3, 5, 8, 9, 12, 100};
  const int place =
      word.place_in("first second third fifth eighth ninth twelfth hundredth");
  if (place >= 0) return values[static_cast<std::size_t>(place)];
  return word.replace_end("ieth", "y") || word.replace_end("th", "") ? small_number(word)
                                                                     : -1;
}

/// "doubled", "tenfold"
double multiple(Word word) {
  constexpr std::array<std::uint8_t, 6> values = {2, 2, 2, 3, 3, 4};
  const int place = word.place_in("doubled both twice tripled trebled quadrupled");
  if (place >= 0) return values[static_cast<std::size_t>(place)];
  return word.replace_end("fold", "") ? small_number(word) : -1;
}

/// "the nineties"
double tens_in_plural(Word word) {
  return word.replace_end("ties", "ty") ? small_number(word) : -1;
}

/// A word that may stand for a figure of the other text, and needs none there.
double understood(const Word& word) {
  constexpr std::array<std::uint8_t, 9> values = {12, 24, 10, 100, 14, 2, 2, 3, 4};
  const int place =
      word.place_in("noon midnight decade century fortnight couple pair trio quartet");
  return place < 0 ? -1 : values[static_cast<std::size_t>(place)];
}

}  // namespace

void Reader::english() {
  const std::size_t from = at_;
  const Word word(text_.substr(at_));
  if (word.size() == 0) return skip_letters();
  if (month(word.text(), from) || roman(word.size(), from)) return;

  if (word.is("half")) return english_half(from);
  if (word.is("a") || word.is("an")) {
    if (!share(1, from)) at_ += word.size();
    return;
  }
  if (const double times = multiple(word); times >= 0) {
    at_ += word.size();
    add(times, from, times > 2);
    return;
  }
  if (const double vague = understood(word); vague >= 0) {
    at_ += word.size();
    return add_weak(vague, from);
  }
  if (take(u"fifty-fifty")) return add_weak(50, from, Kind::percent);
  if (const double tens = tens_in_plural(word); tens >= 0) {
    at_ += word.size();
    return decade(tens, from, false);
  }
  if (const double scale = scale_of(word); scale > 0 && word.size() > 2) {  // "a hundred"
    at_ += word.size();
    return add_weak(scale * english_scale(false), from);
  }
  number_words(from);
}

void Reader::english_half(std::size_t from) {
  skip_letters();
  add_weak(50, from, Kind::percent);
  if (ends(from, u"and a ")) {
    // Of a year, of an hour.
    for (const double value : {1.5, 18.0, 90.0}) add_weak(value, from);
  }
  add_weak(0.5, from);
  if (take(u" a ") || take(u" of a ")) {
    const double scale = english_scale(false);
    if (scale > 1) add(scale / 2, from, true);
    if (take(u"century")) add_weak(50, from);
  }
}

/// Numbers in words: "two hundred and thirty-five thousand", "twenty-first".
void Reader::number_words(std::size_t from) {
  double total = 0;
  double part = 0;
  bool any = false;
  bool is_ordinal = false;
  std::size_t end = at_;
  for (std::size_t at = at_;;) {
    const Word word(text_.substr(at));
    const double number = small_number(word);
    const double rank = ordinal(word);
    const double times = any && word.size() > 2 ? scale_of(word) : -1;
    const double units = remainder_of(part, 10);
    const double tens = remainder_of(part, 100);
    if (number >= 0) {
      // "two, three" or "two three" are two numbers; "twenty three" is one.
      if (any && tens != 0 && !(tens >= 20 && units == 0 && number < 10)) break;
      if (any && part == 0 && total == 0) break;
      part += number;
    } else if (rank >= 0 && (!any || (units == 0 && rank < 10))) {
      part += rank;
      is_ordinal = true;
    } else if (times == 100 || times == 12) {
      part *= times;
    } else if (times > 0) {
      total += part * times;
      part = 0;
    } else {
      break;
    }
    any = true;
    end = at + word.size();
    if (is_ordinal || !(is_space(char_at(end)) || is_dash(char_at(end)))) break;
    at = end + 1;
    // "one hundred and five"
    if (remainder_of(total + part, 100) == 0 && total + part > 0 && begins(at, u"and "))
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
  if (take(u" and a half")) value = (value + 0.5) * english_scale(false);
  if (take(u" decades")) value *= 10;
  if (take(u" centuries")) value *= 100;
  if (take(u" in ") || take(u" out of ")) return one_in(value, from);
  const bool adjective = follows(u"-dimensional") || follows(u"-way");
  finish({value}, from, Currency::none, value >= 3 && !adjective);
}

double Reader::english_scale(bool of_money) {
  double scale = 1;
  for (;;) {
    const std::size_t at = after_space(at_);
    const Word word(text_.substr(at));
    const double value = scale_of(word);
    // "30 m" is a length, "EUR 30 m" is not.
    if (value < 0 || (word.is("m") && !of_money)) return scale;
    if (word.is("k") && (at != at_ || peek() == u'K')) return scale;
    scale *= value;
    at_ = at + word.size();
  }
}

/// "two thirds", "a quarter"
bool Reader::share(double count, std::size_t from) {
  const std::size_t here = at_;
  if (here == from) skip_letters();  // "a"
  if (!is_space(peek()) && !is_dash(peek())) return back(here);
  Word word(text_.substr(at_ + 1));
  const std::size_t end = at_ + 1 + word.size();
  word.replace_end("s", "");
  const bool quarter = word.is("quarter");
  const double rank = quarter ? 4 : ordinal(word);
  if (rank < 3 || count >= rank) return back(here);
  at_ = end;
  const bool of_that = follows(u" of ") && !follows(u" of a ") && !follows(u" of an ");
  auto& figure = add(100 * count / rank, from, count > 1 || !quarter || of_that);
  figure.kind = Kind::percent;
  if (count == 1) figure.other = rank;  // "a third phase"
  if (take(u"-century") || take(u" century") || take(u" of a century"))
    add_weak(count * 100 / rank, from);
  return true;
}

/// "one in three"
void Reader::one_in(double value, std::size_t from) {
  take(u"a ");
  const Word word(text_.substr(at_));
  const double whole = std::max(small_number(word), scale_of(word));
  if (whole <= value) {
    add(value, from, value >= 3);
    return;
  }
  at_ += word.size();
  add_weak(100 * value / whole, from, Kind::percent);
  add_weak(whole, from);
  add_weak(value, from);
}

bool Reader::roman(std::size_t size, std::size_t from) {
  int value = 0;
  int last = 0;
  for (std::size_t i = size; i-- > 0;) {
    const char16_t c = char_at(from + i);
    const int worth = c == u'I' ? 1 : c == u'V' ? 5 : c == u'X' ? 10 : 0;
    if (worth == 0) return false;
    value += worth < last ? -worth : worth;
    last = std::max(last, worth);
  }
  at_ += size;
  add_weak(value, from);
  return true;
}

}  // namespace hezuo::parity_text
