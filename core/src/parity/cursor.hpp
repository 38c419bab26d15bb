#pragma once

#include <cstddef>
#include <string_view>

#include "characters.hpp"

namespace hezuo::parity_text {

/// A text, and the place up to which it has been read. What is looked for is a literal
/// that ends with a zero, or a list of such: a view for each would cost more code than
/// its use.
class Cursor {
 protected:
  explicit Cursor(std::u16string_view text) : text_(text) {}

  /// Zero after the end, and before the beginning, where `at` has wrapped.
  [[nodiscard]] char16_t char_at(std::size_t at) const {
    return at < text_.size() ? text_[at] : u'\0';
  }
  [[nodiscard]] char16_t peek(std::size_t ahead = 0) const {
    return char_at(at_ + ahead);
  }
  [[nodiscard]] char16_t before(std::size_t at, std::size_t back = 1) const {
    return char_at(at - back);
  }

  [[nodiscard]] bool begins(std::size_t at, const char16_t* word) const {
    for (; *word != u'\0'; ++word, ++at) {
      if (char_at(at) != *word) return false;
    }
    return true;
  }
  [[nodiscard]] bool ends(std::size_t at, const char16_t* word) const {
    return begins(at - std::u16string_view(word).size(), word);
  }
  [[nodiscard]] bool between(std::size_t from, std::size_t to,
                             const char16_t* word) const {
    return to - from == std::u16string_view(word).size() && begins(from, word);
  }
  [[nodiscard]] bool follows(const char16_t* word) const { return begins(at_, word); }
  bool take(const char16_t* word) {
    if (!follows(word)) return false;
    at_ += std::u16string_view(word).size();
    return true;
  }
  /// The length of what stands at `at` in any case, of `words` in lower case, parted by
  /// '|'; 0: none of them.
  [[nodiscard]] std::size_t among(std::size_t at, const char16_t* words) const {
    for (;; ++words) {
      std::size_t size = 0;
      for (; *words != u'|' && *words != u'\0'; ++words) {
        if (lower(char_at(at + size)) != *words) break;
        ++size;
      }
      if (*words == u'|' || *words == u'\0') return size;
      while (*words != u'|') {
        if (*words++ == u'\0') return 0;
      }
    }
  }

  /// Goes back to `at`: what has been read is not what was looked for.
  bool back(std::size_t at) {
    at_ = at;
    return false;
  }
  void skip_letters() {
    while (is_letter(peek())) ++at_;
  }
  [[nodiscard]] std::size_t after_space(std::size_t at) const {
    return is_space(char_at(at)) ? at + 1 : at;
  }

  /// Whether exactly `count` digits begin at `at`.
  [[nodiscard]] bool digits_at(std::size_t at, std::size_t count) const {
    for (const std::size_t end = at + count; at < end; ++at) {
      if (!is_digit(char_at(at))) return false;
    }
    return !is_digit(char_at(at));
  }
  /// The value of the digits that follow, without separators.
  double plain_digits() {
    double value = 0;
    while (is_digit(peek())) value = value * 10 + (text_[at_++] - u'0');
    return value;
  }

  std::u16string_view text_;
  std::size_t at_ = 0;
};

}  // namespace hezuo::parity_text
