// Links, e-mail addresses and telephone numbers.

#include "reader.hpp"

namespace hezuo::parity_text {

/// Links and e-mail addresses are compared as they are.
bool Reader::address() {
  const char16_t previous = before(at_);
  const bool token =
      previous <= u' ' || previous >= 0x7F || is_one_of(u"(<[\"':,", previous);
  if (!token) return false;
  bool link = follows(u"www.");
  bool mail = false;
  std::size_t end = at_;
  for (; char_at(end) > u' ' && char_at(end) < 0x7F; ++end) {
    if (char_at(end) == u'@' && end > at_) mail = true;
    if (begins(end, u"://")) link = true;
  }
  if (!link && !mail) return false;
  while (end > at_ && is_one_of(u".,;:!?)]}>\"'", char_at(end - 1))) --end;
  (link ? facts_.links : facts_.addresses).push_back({at_, end});
  at_ = end;
  return true;
}

/// Telephone numbers are written in as many ways as there are people.
bool Reader::phone() {
  const bool plus = peek() == u'+';
  bool parted = plus;
  std::size_t count = 0;
  std::size_t end = at_;
  for (;; ++end) {
    const char16_t c = char_at(end);
    if (is_digit(c)) {
      ++count;
    } else if (is_one_of(u"+-()", c)) {
      parted = parted || c != u'+';
    } else if (c != u' ' || !(is_digit(char_at(end + 1)) || char_at(end + 1) == u'(')) {
      break;
    }
  }
  const bool mobile = count == 11 && end - at_ == 11 && peek() == u'1' && peek(1) >= u'3';
  const bool land = parted && !plus && count >= 10 && count <= 15 && peek() == u'0';
  const bool abroad = plus && count >= 8 && count <= 15;
  if (!mobile && !land && !abroad) return false;
  while (!is_digit(char_at(end - 1))) --end;
  at_ = end;
  return true;
}

}  // namespace hezuo::parity_text
