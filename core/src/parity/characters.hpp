#pragma once

namespace hezuo::parity_text {

// Code units come as char32_t: WebAssembly has no registers of 16 bits to keep narrow.

/// The place of `c` in `set`; negative: it is not there.
[[gnu::noinline]] inline int place_in(const char16_t* set, char32_t c) {
  for (int i = 0; set[i] != u'\0'; ++i) {
    if (set[i] == c) return i;
  }
  return -1;
}
inline bool is_one_of(const char16_t* set, char32_t c) { return place_in(set, c) >= 0; }

inline bool is_digit(char32_t c) { return c >= u'0' && c <= u'9'; }
inline bool is_upper(char32_t c) { return c >= u'A' && c <= u'Z'; }
inline char32_t lower(char32_t c) { return is_upper(c) ? c | 0x20 : c; }
/// Of the English alphabet.
inline bool is_letter(char32_t c) { return lower(c) >= u'a' && lower(c) <= u'z'; }
inline bool is_han(char32_t c) { return c >= 0x3400 && c < 0xA000; }
inline bool is_space(char32_t c) { return is_one_of(u" \u00A0\u2009\u202F", c); }
inline bool is_dash(char32_t c) {
  return is_one_of(u"-~\u301C\u2010\u2011\u2012\u2013\u2014\u2015", c);
}

}  // namespace hezuo::parity_text
