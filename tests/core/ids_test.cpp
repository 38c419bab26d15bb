#include "hezuo/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace hezuo {
namespace {

using nlohmann::json;

json cases(const std::string& name) {
  std::ifstream file(std::string(TESTS_DATA_DIR "/ids/") + name);
  return json::parse(file, nullptr, /*allow_exceptions=*/false);
}

/// A copy in a block of exactly its size, so that a sanitizer sees a read beyond.
class Exact {
 public:
  explicit Exact(const std::string& text)
      : block_(std::make_unique<char[]>(text.size())), size_(text.size()) {
    std::copy(text.begin(), text.end(), block_.get());
  }
  [[nodiscard]] std::string_view view() const { return {block_.get(), size_}; }

 private:
  std::unique_ptr<char[]> block_;
  std::size_t size_;
};

class CheckId : public testing::TestWithParam<const char*> {};

TEST_P(CheckId, AnswersAsTheTableSays) {
  const json rows = cases(GetParam());
  ASSERT_TRUE(rows.is_array());
  ASSERT_FALSE(rows.empty());

  for (const json& row : rows) {
    const auto value = row["value"].get<std::string>();
    const auto kind = id_kind(row["kind"].get<std::string>());
    ASSERT_TRUE(kind) << row;
    const IdCheck check = check_id(*kind, Exact(value).view());

    EXPECT_EQ(name(check.verdict), row["verdict"].get<std::string>()) << row;
    EXPECT_EQ(check.code, row["code"].get<std::string>()) << row;
    EXPECT_EQ(check.normalized, row["normalized"].get<std::string>()) << row;
  }
}

TEST_P(CheckId, TakesItsOwnCanonicalForms) {
  for (const json& row : cases(GetParam())) {
    const auto kind = id_kind(row["kind"].get<std::string>());
    ASSERT_TRUE(kind) << row;
    if (row["verdict"] == "invalid") continue;
    const auto normalized = row["normalized"].get<std::string>();

    EXPECT_EQ(check_id(*kind, normalized).normalized, normalized);
  }
}

INSTANTIATE_TEST_SUITE_P(Tables, CheckId,
                         testing::Values("codes.json", "vat.json", "addresses.json",
                                         "phone.json"));

TEST(CheckId, RefusesBytesThatAreNotUtf8) {
  for (const char* const kind : {"uscc", "email", "url", "phone", "vat"}) {
    const IdCheck check = check_id(*id_kind(kind), "91110000\xFF");

    EXPECT_EQ(check, (IdCheck{Verdict::invalid, "format", ""}));
  }
}

TEST(CheckId, RefusesALongTextWithoutReadingIt) {
  const std::string megabyte(1'000'000, '\xFF');

  EXPECT_EQ(check_id(IdKind::phone, megabyte).code, "length");
}

TEST(CheckId, NeverRepeatsAResidentId) {
  EXPECT_EQ(check_id(IdKind::uscc, "11010519491231002X").normalized, "");
}

TEST(Verdict, HasAName) {
  EXPECT_EQ(name(Verdict::valid), "valid");
  EXPECT_EQ(name(Verdict::warning), "warning");
  EXPECT_EQ(name(Verdict::invalid), "invalid");
}

TEST(IdKind, HasANameThatLeadsBack) {
  for (int i = 0; i <= static_cast<int>(IdKind::country); ++i) {
    const auto kind = static_cast<IdKind>(i);

    EXPECT_EQ(id_kind(name(kind)), kind);
  }
  EXPECT_EQ(id_kind("isbn"), std::nullopt);
  EXPECT_EQ(id_kind(""), std::nullopt);
}

TEST(CountryCodes, AreSortedAndAllAssigned) {
  const auto codes = country_codes();

  EXPECT_EQ(codes.size(), 249U);
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
  EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), codes.size());
  EXPECT_TRUE(std::binary_search(codes.begin(), codes.end(), "CN"));
}

TEST(Dates, AreReadAsTheTableSays) {
  const json rows = cases("dates.json");
  ASSERT_TRUE(rows.is_array());
  ASSERT_FALSE(rows.empty());

  for (const json& row : rows) {
    const auto text = row["text"].get<std::string>();
    const Exact exact(text);
    const auto date =
        row["kind"] == "month" ? parse_month(exact.view()) : parse_date(exact.view());

    ASSERT_EQ(date.has_value(), row["expected"].is_array()) << row;
    if (!date) continue;
    EXPECT_EQ(json({date->year, date->month, date->day}), row["expected"]) << row;
  }
}

TEST(Dates, SortByTheCalendar) {
  EXPECT_LT(*parse_date("2019-09-30"), *parse_date("2019-10-01"));
  EXPECT_LT(*parse_month("2019-09"), *parse_date("2019-09-01"));
}

TEST(Instants, AreReadAndWrittenAsTheTableSays) {
  const json rows = cases("instants.json");
  ASSERT_TRUE(rows.is_array());
  ASSERT_FALSE(rows.empty());

  for (const json& row : rows) {
    const auto text = row["text"].get<std::string>();
    const auto instant = parse_instant(Exact(text).view());

    ASSERT_EQ(instant.has_value(), row["milliseconds"].is_number()) << row;
    if (!instant) continue;
    EXPECT_EQ(*instant, row["milliseconds"].get<std::int64_t>()) << row;
    EXPECT_EQ(format_instant(*instant), row["formatted"].get<std::string>()) << row;
  }
}

TEST(Instants, OfEveryDayAreWrittenAsTheyAreRead) {
  constexpr std::int64_t day = 86'400'000;
  constexpr int days_of_cycle = 146'097;  // The calendar repeats after 400 years.
  const auto first = parse_instant("1999-12-31T00:00:00Z");
  const auto last = parse_instant("2399-12-31T00:00:00Z");
  ASSERT_TRUE(first && last);
  EXPECT_EQ((*last - *first) / day, days_of_cycle);

  Date before;
  for (std::int64_t instant = *first; instant <= *last; instant += day) {
    const std::string text = format_instant(instant);
    const auto date = parse_date(text.substr(0, 10));
    ASSERT_TRUE(date) << text;
    ASSERT_LT(before, *date);
    ASSERT_EQ(parse_instant(text), instant);
    before = *date;
  }
}

TEST(Instants, HaveATextWithinAllOf64Bits) {
  EXPECT_EQ(format_instant(std::numeric_limits<std::int64_t>::max()),
            "+292278994-08-17T07:12:55.807Z");
  EXPECT_EQ(format_instant(std::numeric_limits<std::int64_t>::min()),
            "-292275055-05-16T16:47:04.192Z");
}

}  // namespace
}  // namespace hezuo
