#include <algorithm>
#include <array>
#include <utility>

#include "hezuo/json.hpp"
#include "hezuo/text.hpp"
#include "text_utf8.hpp"

namespace hezuo {
namespace {

/// The sign of JSON in whose place a Chinese keyboard types `character`; 0 for none.
char meant_by(char32_t character) {
  constexpr std::array<std::pair<char32_t, char>, 12> signs = {{{0x3001, ','},
                                                                {0x2018, '"'},
                                                                {0x2019, '"'},
                                                                {0x201C, '"'},
                                                                {0x201D, '"'},
                                                                {0x300C, '"'},
                                                                {0x300D, '"'},
                                                                {0x300E, '"'},
                                                                {0x300F, '"'},
                                                                {0x3010, '['},
                                                                {0x3011, ']'},
                                                                {0x3000, ' '}}};
  for (const auto& [typed, meant] : signs) {
    if (typed == character) return meant;
  }
  if (character < 0xFF01 || character > 0xFF5E) return 0;
  const auto meant = static_cast<char>(character - 0xFEE0);
  // Round brackets are no sign of JSON in any width.
  return meant == '(' || meant == ')' ? '\0' : meant;
}

}  // namespace

JsonMistake describe_mistake(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, offset);
  JsonMistake mistake;
  mistake.line +=
      static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const auto start = before.rfind('\n') + 1;  // npos + 1 is 0.
  mistake.column += count(before.substr(start), Unit::characters);
  if (before.size() == text.size()) return mistake;
  const auto [character, size] =
      text::decode(text.data() + before.size(), text.data() + text.size());
  mistake.typed = text.substr(before.size(), size);
  mistake.meant = meant_by(character);
  return mistake;
}

}  // namespace hezuo
