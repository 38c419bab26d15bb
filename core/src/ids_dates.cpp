#include "hezuo/ids.hpp"
#include "ids.hpp"

namespace hezuo {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar, and back: Howard
/// Hinnant, "chrono-Compatible Low-Level Date Algorithms". Years begin in March, so
/// that the leap day is the last one.
constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const int month_from_march = month + (month > 2 ? -3 : 9);
  const int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}
static_assert(days_from_civil(1970, 1, 1) == 0);
static_assert(days_from_civil(2000, 3, 1) == 11'017);

struct Civil {
  std::int64_t year;
  int month;
  int day;
};

constexpr Civil civil_from_days(std::int64_t days) noexcept {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = static_cast<int>(
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

/// Digits of a fixed width, as all fields of RFC 3339 have; -1 for anything else.
int fixed(std::string_view text, std::size_t at, std::size_t width) noexcept {
  if (at + width > text.size()) return -1;
  const std::string_view digits = text.substr(at, width);
  return ids::is_digits(digits) ? static_cast<int>(ids::number(digits)) : -1;
}

void append_fixed(std::string& text, std::int64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) text.append(width - digits.size(), '0');
  text += digits;
}

/// Minutes east of UTC, or nothing when `text` is no RFC 3339 offset.
std::optional<int> parse_offset(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  const int hours = fixed(text, 1, 2);
  const int minutes = fixed(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

bool ids::exists(int year, int month, int day) noexcept {
  if (month < 1 || month > 12 || day < 1) return false;
  if (month == 2) {
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= (leap ? 29 : 28);
  }
  const bool short_month = month == 4 || month == 6 || month == 9 || month == 11;
  return day <= (short_month ? 30 : 31);
}

std::optional<Date> parse_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const Date date = {fixed(text, 0, 4), fixed(text, 5, 2), fixed(text, 8, 2)};
  if (date.year < 0 || !ids::exists(date.year, date.month, date.day)) return std::nullopt;
  return date;
}

std::optional<Date> parse_month(std::string_view text) noexcept {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const Date date = {fixed(text, 0, 4), fixed(text, 5, 2), 0};
  if (date.year < 0 || date.month < 1 || date.month > 12) return std::nullopt;
  return date;
}

std::optional<std::int64_t> parse_instant(std::string_view text) noexcept {
  constexpr std::size_t seconds_end = 19;
  if (text.size() <= seconds_end) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  if (!date || ids::lower(text[10]) != 't' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const int hour = fixed(text, 11, 2);
  const int minute = fixed(text, 14, 2);
  const int second = fixed(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }

  std::size_t at = seconds_end;
  int milliseconds = 0;
  if (text[at] == '.') {
    int unit = 100;
    for (++at; at < text.size() && ids::is_digit(text[at]); ++at, unit /= 10) {
      milliseconds += unit * (text[at] - '0');
    }
    if (at == seconds_end + 1) return std::nullopt;
  }
  const auto offset = parse_offset(text.substr(at));
  if (!offset) return std::nullopt;

  const std::int64_t minutes =
      days_from_civil(date->year, date->month, date->day) * 1440 +
      (std::int64_t{hour} * 60 + minute - *offset);
  // A leap second ends a day of UTC. Like every POSIX clock, we count it as the first
  // second of the next day.
  if (second == 60 && (minutes + 1) % 1440 != 0) return std::nullopt;
  return (minutes * 60 + second) * 1000 + (second == 60 ? 0 : milliseconds);
}

bool is_zone_name(std::string_view text) noexcept {
  bool starts = true;
  bool nested = false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool other = (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
    if (!letter && (starts || (!other && c != '/'))) return false;
    starts = c == '/';
    nested = nested || starts;
  }
  return !starts && (nested || text == "UTC");
}

std::string format_instant(std::int64_t milliseconds) {
  std::int64_t days = milliseconds / ms_per_day;
  std::int64_t rest = milliseconds % ms_per_day;
  if (rest < 0) {
    rest += ms_per_day;
    --days;
  }
  const Civil date = civil_from_days(days);

  std::string text;
  if (date.year >= 0 && date.year <= 9999) {
    append_fixed(text, date.year, 4);
  } else {
    text += date.year < 0 ? '-' : '+';
    append_fixed(text, date.year < 0 ? -date.year : date.year, 6);
  }
  text += '-';
  append_fixed(text, date.month, 2);
  text += '-';
  append_fixed(text, date.day, 2);
  text += 'T';
  append_fixed(text, rest / 3'600'000, 2);
  text += ':';
  append_fixed(text, rest / 60'000 % 60, 2);
  text += ':';
  append_fixed(text, rest / 1000 % 60, 2);
  if (rest % 1000 != 0) {
    text += '.';
    append_fixed(text, rest % 1000, 3);
  }
  text += 'Z';
  return text;
}

}  // namespace hezuo
