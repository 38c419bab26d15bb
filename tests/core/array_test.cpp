#include "hezuo/array.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace hezuo {
namespace {

TEST(Array, LeavesItsItemsWhereTheyAreWhenItMoves) {
  Array<std::unique_ptr<int>> array;
  array.make(3);
  array[2] = std::make_unique<int>(7);
  const auto* last = &array[2];

  const Array<std::unique_ptr<int>> moved = std::move(array);

  ASSERT_EQ(moved.size(), 3U);
  EXPECT_EQ(&moved[2], last);
  EXPECT_EQ(**last, 7);
  EXPECT_EQ(moved[0], nullptr);
}

TEST(Array, TakesAwayWhatIsBehind) {
  const auto shared = std::make_shared<int>(0);
  Array<std::shared_ptr<int>> array;
  array.make(4);
  for (auto& item : array) item = shared;

  array.shorten(1);

  EXPECT_EQ(array.size(), 1U);
  EXPECT_EQ(shared.use_count(), 2);
}

TEST(Array, GivesUpItsItemsWhenItGetsOthers) {
  const auto shared = std::make_shared<int>(0);
  Array<std::shared_ptr<int>> array;
  array.make(1);
  array[0] = shared;

  array = Array<std::shared_ptr<int>>();

  EXPECT_TRUE(array.empty());
  EXPECT_EQ(shared.use_count(), 1);
}

}  // namespace
}  // namespace hezuo
