#pragma once

#include <cassert>
#include <cstddef>
#include <new>
#include <utility>

namespace hezuo {

/// A list whose items are made all at once. They never move, so pointers to them stay
/// good; and it costs none of the code by which a `std::vector` moves and grows, which is
/// half a kilobyte for each type of many members.
///
///     Array<std::string> names;
///     names.make(3);
///     names[2] = "c";
template <class Item>
class Array {
 public:
  Array() = default;
  Array(Array&& other) noexcept
      : items_(std::exchange(other.items_, nullptr)),
        size_(std::exchange(other.size_, 0)) {}
  Array& operator=(Array&& other) noexcept {
    std::swap(items_, other.items_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Array() {
    shorten(0);
    ::operator delete(items_);
  }

  /// Makes the items of an array that has none.
  void make(std::size_t size) {
    static_assert(alignof(Item) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    assert(items_ == nullptr);
    items_ = static_cast<Item*>(::operator new(size * sizeof(Item)));
    size_ = size;
    for (Item& item : *this) new (&item) Item;
  }
  /// Takes away what is behind the first `size` items.
  void shorten(std::size_t size) noexcept {
    while (size_ > size) items_[--size_].~Item();
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  Item& operator[](std::size_t index) noexcept { return items_[index]; }
  const Item& operator[](std::size_t index) const noexcept { return items_[index]; }
  Item* begin() noexcept { return items_; }
  Item* end() noexcept { return items_ + size_; }
  [[nodiscard]] const Item* begin() const noexcept { return items_; }
  [[nodiscard]] const Item* end() const noexcept { return items_ + size_; }

 private:
  Item* items_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace hezuo
