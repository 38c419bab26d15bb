#pragma once

#include <algorithm>
#include <functional>

namespace hezuo {

/// Sorts `range`. By a heap, for its size: std::sort is 1.5 KB of WebAssembly for each
/// type and order, a heap a third of that, and what the core sorts is short.
template <class Range, class Less = std::less<>>
void sort(Range& range, Less less = {}) {
  std::make_heap(range.begin(), range.end(), less);
  std::sort_heap(range.begin(), range.end(), less);
}

}  // namespace hezuo
