#include "hezuo/parity.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "call_data.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

json read_pairs(const std::string& name) {
  return read_json(TESTS_DATA_DIR "/parity/" + name + ".json");
}

std::vector<Issue> compare(const json& pair) {
  return parity({"en", pair["en"].get_ref<const std::string&>()},
                {"zh-Hans", pair["zh-Hans"].get_ref<const std::string&>()});
}

bool has_figure(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(),
                     [](const Issue& issue) { return issue.code == "parity.figure"; });
}

/// An issue as the table of cases writes it.
json row_of(const Issue& issue) {
  json spans = json::array();
  for (const auto& span : issue.params["spans"])
    spans.push_back({span["language"], span["from"], span["to"]});
  return {issue.code, name(issue.severity), issue.params["value"],
          issue.params.value("other", json()), spans};
}

TEST(Parity, FindsWhatTheTableSays) {
  const json cases = read_pairs("cases");
  for (const auto& one : cases) {
    json found = json::array();
    for (const auto& issue : compare(one)) found.push_back(row_of(issue));

    EXPECT_EQ(found, one["issues"]) << one["name"];
  }
}

/// Of the pairs that are reported, how many differ; and of those that differ, how many
/// are reported.
struct Quality {
  double precision;
  double recall;
};
Quality quality_on(const std::string& name) {
  double reported = 0;
  double differing = 0;
  double both = 0;
  for (const auto& pair : read_pairs(name)) {
    const bool differs = !pair["same"].get<bool>();
    const bool found = has_figure(compare(pair));
    reported += found ? 1 : 0;
    differing += differs ? 1 : 0;
    both += found && differs ? 1 : 0;
  }
  return {both / reported, both / differing};
}

TEST(Parity, TellsDifferingFiguresOnPairsItWasNotTunedOn) {
  const auto quality = quality_on("figures-held-out");

  EXPECT_GE(quality.precision, 0.95);
  EXPECT_GE(quality.recall, 0.95);
}

TEST(Parity, TellsDifferingFiguresOnPairsItWasTunedOn) {
  for (const auto* name : {"figures-dev", "figures-tempting"}) {
    const auto quality = quality_on(name);

    EXPECT_GE(quality.precision, 0.94) << name;
    EXPECT_GE(quality.recall, 0.91) << name;
  }
}

TEST(Parity, IsQuietOnWholeDocuments) {
  std::size_t alarms = 0;
  const json documents = read_pairs("documents");
  for (const auto& document : documents) alarms += compare(document).size();

  EXPECT_LE(static_cast<double>(alarms), 0.2 * static_cast<double>(documents.size()));
}

TEST(Parity, IsIndifferentToTheOrderOfTheTexts) {
  for (const auto& pair : read_pairs("figures-dev")) {
    const auto& en = pair["en"].get_ref<const std::string&>();
    const auto& zh = pair["zh-Hans"].get_ref<const std::string&>();

    EXPECT_EQ(has_figure(parity({"en", en}, {"zh-Hans", zh})),
              has_figure(parity({"zh-Hans", zh}, {"en", en})))
        << en;
  }
}

TEST(Parity, ComparesDigitsOfAnyLanguages) {
  EXPECT_FALSE(
      has_figure(parity({"de", "1.200.000 Menschen"}, {"fr", "1 200 000 personnes"})));
  EXPECT_TRUE(
      has_figure(parity({"de", "1.200.000 Menschen"}, {"fr", "1 300 000 personnes"})));
}

TEST(Parity, TakesNoQuadraticTimeForATextOfNumbers) {
  std::string numbers;
  for (int i = 3; i < 40'000; ++i) numbers += std::to_string(i) + "; ";

  EXPECT_LE(parity({"en", numbers}, {"zh-Hans", "三"}).size(), max_figures + 2);
}

}  // namespace
}  // namespace hezuo
