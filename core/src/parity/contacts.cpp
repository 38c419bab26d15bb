// Links, e-mail addresses and telephone numbers.

#include "reader.hpp"

namespace hezuo::parity_text {

/// Links and e-mail addresses are compared as they are.
bool Reader::address() {
  const char32_t previous = before(at_);
  const bool token =
      previous <= u' ' || previous >= 0x7F || is_one_of(u"(<[\"':,", previous);
  bool link = follows(u"www.");
  if (!token || (at_ < plain_until_ && !link)) return false;
  bool mail = false;
  std::size_t end = at_;
  for (; char_at(end) > u' ' && char_at(end) < 0x7F; ++end) {
    if (end > at_ && char_at(end) == u'@') mail = true;
    if (among(end, u"://") > 0) link = true;
  }
  plain_until_ = end;
  if (!link && !mail) return false;
  while (end > at_ && is_one_of(u".,;:!?)]}>\"'", before(end))) --end;
  facts_.links.add({at_, end}).kind = link ? Kind::link : Kind::mail;
  at_ = end;
  return true;
}

/// Telephone numbers are written in as many ways as there are people, yet in few
/// characters.
bool Reader::phone() {
  constexpr std::size_t longest = 64;
  const bool plus = peek() == u'+';
  bool parted = plus;
  std::size_t count = 0;
  std::size_t end = at_;
  for (; end - at_ < longest; ++end) {
    const char32_t c = char_at(end);
    if (is_digit(c)) {
      ++count;
    } else if (is_one_of(u"+-()", c)) {
      parted = parted || c != u'+';
    } else if (c != u' ' || !(is_digit(char_at(end + 1)) || char_at(end + 1) == u'(')) {
      break;
    }
  }
  const bool mobile = count == 11 && end - at_ == 11 && peek() == u'1' && peek(1) >= u'3';
  const bool far =
      count <= 15 && (plus ? count >= 8 : parted && count >= 10 && peek() == u'0');
  if (!mobile && !far) return false;
  while (!is_digit(before(end))) --end;
  at_ = end;
  return true;
}

}  // namespace hezuo::parity_text
