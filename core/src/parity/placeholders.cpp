#include "placeholders.hpp"

#include <algorithm>

#include "characters.hpp"

namespace hezuo::parity_text {
namespace {

/// What authors leave where a text is to come, parted by '|'. Lines end within the words
/// in capitals, lest who looks for what is left to do in these sources find them.
constexpr std::u16string_view placeholder_marks =
    u"orem ipsum|TO"  // Its L may be of either case.
    u"DO|T"
    u"BD|T"
    u"BC|X"
    u"XX|[insert|[...]|"
    u"\u5F85\u8865\u5145|"  // to be supplemented
    u"\u5F85\u586B|"        // to be filled in
    u"\u5F85\u5B9A|"        // to be decided
    u"\u6B64\u5904\u586B|"  // fill in here
    u"\u8BF7\u586B\u5199|"  // please fill in
    u"\u8BF7\u8F93\u5165|"  // please type
    u"\u00D7\u00D7|\u25CB\u25CB|\u3007\u3007\u3007|??";

}  // namespace

Span find_placeholder(std::u16string_view text) {
  for (auto rest = placeholder_marks; !rest.empty();) {
    const auto mark = rest.substr(0, rest.find(u'|'));
    rest.remove_prefix(std::min(mark.size() + 1, rest.size()));
    std::size_t from = text.find(mark);
    if (from == std::u16string_view::npos) continue;
    const std::size_t to = from + mark.size();
    if (mark[0] == u'o' && from-- == 0) continue;
    const bool in_word = (from > 0 && is_letter(text[from - 1])) ||
                         (to < text.size() && is_letter(text[to]));
    if (is_upper(mark[0]) && in_word) continue;
    return {from, to};
  }
  return {};
}

}  // namespace hezuo::parity_text
