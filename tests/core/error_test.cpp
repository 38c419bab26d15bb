#include "hezuo/error.hpp"

#include <gtest/gtest.h>

#include <set>

namespace hezuo {
namespace {

TEST(ErrorCode, HasADistinctName) {
  std::set<std::string_view> names;
  for (int code = 1; code <= static_cast<int>(ErrorCode::unknown_name); ++code) {
    names.insert(name(static_cast<ErrorCode>(code)));
  }

  EXPECT_EQ(names.size(), static_cast<std::size_t>(ErrorCode::unknown_name));
  EXPECT_FALSE(names.contains("unknown"));
}

}  // namespace
}  // namespace hezuo
