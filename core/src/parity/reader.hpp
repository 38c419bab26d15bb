#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cursor.hpp"
#include "figures.hpp"

namespace hezuo::parity_text {

/// Reads a text from left to right. What reads something begins at `at_` and moves it
/// behind that; `from` is where the figure began that is being read. What returns whether
/// it found what it looks for does not move where it did not.
class Reader : Cursor {
 public:
  Reader(std::u16string_view text, Words words) : Cursor(text), words_(words) {}

  Facts read();

 private:
  struct Number {
    double value = 0;
    double other = -1;  ///< As of a figure.
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
  Figure& add(double value, std::size_t from, bool required);
  /// One that the other text need not state.
  void add_weak(double value, std::size_t from, Kind kind = Kind::plain);

  // contacts.cpp: what is written in digits and letters, and is no figure
  bool address();
  bool phone();

  // digits.cpp
  void digits();
  Number separated();
  bool years(double first, std::size_t from, bool required);
  void slash(double first, std::size_t length, std::size_t from);
  bool ordinal_end();

  // dates.cpp
  bool date();
  bool month(std::string_view word, std::size_t from);
  void day_of_named_month();
  void day_after_month();
  void time(double hour, std::size_t from);
  [[nodiscard]] double clock(double hour, std::size_t from) const;
  void decade(double value, std::size_t from, bool required);
  bool century(double value, std::size_t from);
  double tens_of_years();

  // amounts.cpp: what stands around a number and says what it counts
  void finish(Number number, std::size_t from, Currency money, bool required);
  void range(double scale, Kind kind, Currency money, std::size_t from);
  [[nodiscard]] bool joined(const Figure& figure, std::size_t from) const;
  [[nodiscard]] bool list_marker(std::size_t from) const;
  [[nodiscard]] double kilowatts() const;
  [[nodiscard]] CurrencyName currency_at(std::size_t at) const;
  [[nodiscard]] Currency currency_before(std::size_t from) const;
  bool take_currency(Currency& money);
  bool take_percent();
  bool take_points();

  // english.cpp
  void english();
  void english_half(std::size_t from);
  void number_words(std::size_t from);
  double english_scale(bool of_money);
  bool share(double count, std::size_t from);
  void one_in(double value, std::size_t from);
  bool roman(std::size_t size, std::size_t from);

  // chinese.cpp
  void chinese();
  void chinese_half();
  Numeral numeral();
  double chinese_scale();
  void fraction(double whole, std::size_t from);
  void part_of(double whole, std::size_t from);
  bool plan(std::size_t from);
  bool tenths(double value, std::size_t from);
  void half_after(Figure& figure);
  double coins();
  [[nodiscard]] bool unit_of_measure() const;
  [[nodiscard]] bool classifier() const;

  Words words_;
  bool month_named_ = false;  ///< Whether the last figure is a month before its day.
  Facts facts_;
};

/// What is left of a whole number of less than 2^63.
inline double remainder_of(double value, std::int64_t by) {
  if (value > 9e18) return 0;
  return static_cast<double>(static_cast<std::int64_t>(value) % by);
}

}  // namespace hezuo::parity_text
