#include "placeholders.hpp"

namespace hezuo::parity_text {
namespace {

/// What authors leave where a text is to come, each with a zero at its end. Lines end
/// within the words in capitals, lest who looks for what is left to do in these sources
/// find them.
constexpr const char16_t* placeholder_marks =
    u"orem ipsum\0TO"  // Its L may be of either case.
    u"DO\0T"
    u"BD\0T"
    u"BC\0X"
    u"XX\0[insert\0[...]\0"
    u"\u5F85\u8865\u5145\0"  // to be supplemented
    u"\u5F85\u586B\0"        // to be filled in
    u"\u5F85\u5B9A\0"        // to be decided
    u"\u6B64\u5904\u586B\0"  // fill in here
    u"\u8BF7\u586B\u5199\0"  // please fill in
    u"\u8BF7\u8F93\u5165\0"  // please type
    u"\u00D7\u00D7\0\u25CB\u25CB\0\u3007\u3007\u3007\0??\0";

}  // namespace

/// Of each mark, only the first place counts.
Span find_placeholder(const Cursor& text) {
  for (const auto* mark = placeholder_marks; *mark != u'\0'; ++mark) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const std::size_t size = text.among(at, mark);
      if (size == 0) continue;
      const std::size_t from = *mark == u'o' ? at - 1 : at;
      const bool in_word =
          is_letter(text.before(from)) || is_letter(text.char_at(at + size));
      if (from <= at && !(is_upper(*mark) && in_word)) return {from, at + size};
      break;
    }
    while (*mark != u'\0') ++mark;
  }
  return {};
}

}  // namespace hezuo::parity_text
