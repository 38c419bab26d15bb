#pragma once

namespace hezuo::parity_text {

inline bool is_digit(char16_t c) { return c >= u'0' && c <= u'9'; }
inline bool is_upper(char16_t c) { return c >= u'A' && c <= u'Z'; }
/// Of the English alphabet.
inline bool is_letter(char16_t c) { return is_upper(c) || (c >= u'a' && c <= u'z'); }
inline bool is_han(char16_t c) { return c >= 0x3400 && c < 0xA000; }
inline bool is_space(char16_t c) {
  return c == u' ' || c == u'\u00A0' || c == u'\u2009' || c == u'\u202F';
}
inline bool is_dash(char16_t c) {
  return c == u'-' || (c >= u'\u2010' && c <= u'\u2015') || c == u'~' || c == u'\u301C';
}
inline char16_t lower(char16_t c) {
  return is_upper(c) ? static_cast<char16_t>(c | 0x20) : c;
}

/// The place of `c` in `set`; negative: it is not there.
inline int place_in(const char16_t* set, char16_t c) {
  for (int i = 0; set[i] != u'\0'; ++i) {
    if (set[i] == c) return i;
  }
  return -1;
}
inline bool is_one_of(const char16_t* set, char16_t c) { return place_in(set, c) >= 0; }

}  // namespace hezuo::parity_text
