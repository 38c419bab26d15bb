#pragma once

#include <cstddef>
#include <cstdint>

#include "characters.hpp"

namespace hezuo::parity_text {

/// A code unit of UTF-16, and where its character begins in the text of UTF-8, in bytes.
/// Not initialized: there is one for each byte of a text.
struct CodeUnit {
  char16_t unit;
  std::uint32_t offset;
};

/// A part of a text, in UTF-16 code units.
struct Span {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// A text, and the place up to which it has been read. What is looked for is a literal
/// that ends with a zero, of words that '|' parts, of which none begins another that
/// comes later.
///
/// What is called in many places is [[gnu::used]]: else the linker of WebAssembly, which
/// sees all calls, passes the members in each, three loads instead of one pointer.
class Cursor {
 public:
  /// The units must outlive it.
  Cursor(const CodeUnit* units, std::size_t size) : units_(units), size_(size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  /// As written. Zero after the end, and before the beginning, where `at` has wrapped.
  [[nodiscard]] char32_t unit_at(std::size_t at) const {
    return at < size_ ? units_[at].unit : U'\0';
  }
  /// The same, with full-width forms folded to ASCII.
  [[gnu::used]] [[nodiscard]] char32_t char_at(std::size_t at) const {
    const char32_t c = unit_at(at);
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c == 0x3000 ? U' ' : c;
  }
  [[gnu::used]] [[nodiscard]] char32_t before(std::size_t at,
                                              std::size_t back = 1) const {
    return char_at(at - back);
  }

  /// The length of the one of `words` that stands at `at`; 0: none of them. With a
  /// `fold` of 0x20 in any case, where they are of lower case.
  [[gnu::used]] [[nodiscard]] std::size_t among(std::size_t at, const char16_t* words,
                                                char32_t fold = 0) const {
    for (;; ++words) {
      std::size_t size = 0;
      for (;; ++words, ++size) {
        if (*words == u'|' || *words == u'\0') return size;
        const char32_t c = char_at(at + size);
        if ((is_upper(c) ? c | fold : c) != *words) break;
      }
      for (; *words != u'|'; ++words) {
        if (*words == u'\0') return 0;
      }
    }
  }
  /// The same in any case.
  [[gnu::used]] [[nodiscard]] std::size_t any_case(std::size_t at,
                                                   const char16_t* words) const {
    return among(at, words, 0x20);
  }
  /// Whether one of `words` is all that stands between two places.
  [[gnu::used]] [[nodiscard]] bool between(std::size_t from, std::size_t to,
                                           const char16_t* words) const {
    const std::size_t size = among(from, words);
    return size > 0 && size == to - from;
  }
  /// How many English letters begin at `at`.
  [[gnu::used]] [[nodiscard]] std::size_t letters_at(std::size_t at) const {
    std::size_t end = at;
    while (is_letter(char_at(end))) ++end;
    return end - at;
  }

 protected:
  [[gnu::used]] [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
    return char_at(at_ + ahead);
  }
  [[gnu::used]] [[nodiscard]] bool is_next(const char16_t* set,
                                           std::size_t ahead = 0) const {
    return is_one_of(set, peek(ahead));
  }
  [[gnu::used]] [[nodiscard]] bool follows(const char16_t* words) const {
    return among(at_, words) > 0;
  }
  [[gnu::used]] bool take(const char16_t* words) {
    const std::size_t size = among(at_, words);
    at_ += size;
    return size > 0;
  }
  /// The same behind a blank, if there is one, and in any case.
  [[gnu::used]] bool take_apart(const char16_t* words) {
    const std::size_t at = after_space(at_);
    const std::size_t size = any_case(at, words);
    if (size > 0) at_ = at + size;
    return size > 0;
  }
  [[gnu::used]] [[nodiscard]] std::size_t after_space(std::size_t at) const {
    return is_space(char_at(at)) ? at + 1 : at;
  }

  /// How many digits begin at `at`.
  [[gnu::used]] [[nodiscard]] std::size_t digits_at(std::size_t at) const {
    std::size_t end = at;
    while (is_digit(char_at(end))) ++end;
    return end - at;
  }
  /// The value of the digits that follow, without separators.
  double plain_digits() {
    double value = 0;
    for (; is_digit(peek()); ++at_) value = value * 10 + (peek() - U'0');
    return value;
  }

  const CodeUnit* units_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace hezuo::parity_text
