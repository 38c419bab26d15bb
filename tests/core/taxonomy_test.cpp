#include "hezuo/taxonomy.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace hezuo {
namespace {

using nlohmann::json;

json term(const char* id) {
  return {{"id", id}, {"label", {{"en", "Cities"}, {"zh-Hans", "城市"}}}};
}

TEST(Taxonomy, KeepsTermsInOrderWithLabelsAndParents) {
  auto child = term("sdg:11.1");
  child["parent"] = "sdg:11";
  child["indicator"] = "ignored";

  const auto taxonomy =
      Taxonomy::from({{"id", "sdg"}, {"terms", {term("sdg:11"), child}}});

  ASSERT_TRUE(taxonomy);
  EXPECT_EQ(taxonomy->id, "sdg");
  ASSERT_EQ(taxonomy->terms.size(), 2U);
  EXPECT_EQ(taxonomy->terms[1].parent, "sdg:11");
  EXPECT_EQ(taxonomy->find("sdg:11")->label("zh-Hans"), "城市");
  EXPECT_EQ(taxonomy->find("sdg:11")->label("de"), "Cities");
  EXPECT_EQ(taxonomy->find("sdg:12"), nullptr);
}

TEST(Taxonomy, RefusesWhatHasNotItsShape) {
  const std::vector<std::pair<json, const char*>> refusals = {
      {nullptr, ""},
      {json::array(), ""},
      {json::object(), "/id"},
      {{{"id", 1}}, "/id"},
      {{{"id", "x"}}, "/terms"},
      {{{"id", "x"}, {"terms", json::object()}}, "/terms"},
      {{{"id", "x"}, {"terms", {1}}}, "/terms/0"},
      {{{"id", "x"}, {"terms", {json{{"id", "a"}}}}}, "/terms/0"},
      {{{"id", "x"}, {"terms", {json{{"id", "a"}, {"label", "A"}}}}}, "/terms/0"},
      {{{"id", "x"}, {"terms", {json{{"id", "a"}, {"label", json::object()}}}}},
       "/terms/0"},
      {{{"id", "x"}, {"terms", {json{{"id", "a"}, {"label", {{"en", 1}}}}}}},
       "/terms/0/label"},
      {{{"id", "x"}, {"terms", {term("a"), term("a")}}}, "/terms/1/id"},
  };

  for (const auto& [file, path] : refusals) {
    const auto taxonomy = Taxonomy::from(file);

    ASSERT_FALSE(taxonomy) << file;
    EXPECT_EQ(taxonomy.error().code, ErrorCode::invalid_json) << file;
    EXPECT_EQ(taxonomy.error().path, path) << file;
  }
}

}  // namespace
}  // namespace hezuo
