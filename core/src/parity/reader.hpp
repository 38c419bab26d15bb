#pragma once

#include <cmath>
#include <cstddef>

#include "cursor.hpp"
#include "figures.hpp"

namespace hezuo::parity_text {

/// Reads a text from left to right. What reads something begins at `at_` and moves it
/// behind that; `from_` is where the figure began that is being read. What returns
/// whether it found what it looks for does not move where it did not.
class Reader : Cursor {
 public:
  Reader(const Cursor& text, Words words, Facts& facts)
      : Cursor(text), words_(words), facts_(facts) {}

  void read();

 private:
  struct Number {
    double value = 0;
    double other = no_number;  ///< As of a figure.
  };
  /// What an English word says of numbers, by the mark that it has in the table.
  enum class WordKind : char {
    nothing = '\0',
    number = 'N',  ///< Below a hundred.
    scale = 'S',   ///< By which what stands before is multiplied.
    ordinal = 'O',
    quarter = 'Q',
    multiple = 'M',  ///< How many times as much.
    vague = 'V',     ///< May stand for a figure of the other text, and needs none there.
    tens = 'T',      ///< Of years: "the nineties".
    month_name = 'J',
    half = 'H',
    article = 'A',
  };
  struct Word {
    WordKind kind = WordKind::nothing;
    double value = 0;
  };
  /// Chinese characters for digits and units, and how many of each.
  struct Numeral {
    double value = 0;
    std::size_t digits = 0;
    std::size_t units = 0;
    bool positional = false;  ///< Two or more digits without a unit: 二〇一九.
    bool malformed = false;   ///< Rather two numbers, or none.
  };
  struct CurrencyName {
    Currency currency = Currency::none;
    std::size_t size = 0;
  };

  // figures.cpp
  /// Adds a figure of what has been read since `from_`.
  [[gnu::used]] Figure& add(double value, bool required);
  /// One that the other text need not state.
  [[gnu::used]] void add_weak(double value, Kind kind = Kind::plain);
  [[gnu::used]] [[nodiscard]] bool is_behind(const char16_t* set) const {
    return is_one_of(set, before(from_));
  }

  // contacts.cpp: what is written in digits and letters, and is no figure
  bool address();
  bool phone();

  // digits.cpp
  void digits();
  Number separated();
  bool years(double first, bool required);
  void slash(double first, std::size_t length);

  // dates.cpp
  bool date();
  void month(double number);
  void day_of_named_month();
  void day_after_month();
  void time(double hour);
  [[gnu::used]] [[nodiscard]] double clock(double hour) const;
  void decade(double value, bool required, double century_begin = 1900);
  bool century(double value);
  double tens_of_years();

  // amounts.cpp: what stands around a number and says what it counts
  void finish(Number number, Currency money, bool required);
  void range(double scale, Kind kind, Currency money);
  [[nodiscard]] bool joined(const Figure& figure, std::size_t from) const;
  [[nodiscard]] bool list_marker() const;
  [[gnu::used]] [[nodiscard]] CurrencyName currency_at(std::size_t at) const;
  [[nodiscard]] Currency currency_before() const;
  Currency take_currency();
  bool take_percent();

  // english.cpp
  void english();
  [[nodiscard]] Word word_at(std::size_t at, std::size_t size) const;
  void english_half();
  void number_words();
  double english_scale(bool of_money);
  bool share(double count);
  void one_in(double value);
  bool roman();

  // chinese.cpp
  void chinese();
  void chinese_half();
  Numeral numeral();
  double digits_or_numeral();
  double chinese_scale();
  void part_of(double whole);
  bool plan();
  bool tenths(double value);
  void half_after(Figure& figure);
  double coins(const char16_t* name);
  [[gnu::used]] [[nodiscard]] bool unit_of_measure() const;
  [[nodiscard]] bool classifier() const;

  Words words_;
  bool month_named_ = false;  ///< Whether the last figure is a month before its day.
  std::size_t from_ = 0;
  std::size_t plain_until_ = 0;  ///< No link or address begins before, but with "www.".
  Facts& facts_;
};

/// What is left of a whole number of less than 2^53.
[[gnu::noinline]] inline double remainder_of(double value, double by) {
  return value - std::floor(value / by) * by;
}

}  // namespace hezuo::parity_text
