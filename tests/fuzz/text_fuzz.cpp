#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/text.hpp"

namespace {

using namespace hezuo;

void expect(bool holds) {
  if (!holds) std::abort();
}

// From 0 to the size, each behind the one before, none inside a character.
void expect_breaks(const std::vector<std::size_t>& breaks, std::string_view text) {
  if (text.empty()) {
    expect(breaks.empty());
    return;
  }
  expect(breaks.size() >= 2 && breaks.front() == 0 && breaks.back() == text.size());
  for (std::size_t i = 1; i < breaks.size(); ++i) {
    expect(breaks[i - 1] < breaks[i]);
    expect(is_utf8(text.substr(breaks[i - 1], breaks[i] - breaks[i - 1])));
  }
}

void expect_counts(std::string_view text) {
  const auto counts = count(text);
  const auto graphemes = grapheme_breaks(text);
  const auto words = word_breaks(text);
  expect_breaks(graphemes, text);
  expect_breaks(words, text);
  expect(counts.graphemes == (text.empty() ? 0 : graphemes.size() - 1));
  expect(counts.graphemes == count(text, Unit::graphemes));
  expect(counts.words == count(text, Unit::words));
  expect(counts.han == count(text, Unit::han));
  expect(counts.characters == count(text, Unit::characters));
  expect(counts.bytes == text.size());
  expect(counts.graphemes <= counts.characters && counts.characters <= counts.bytes);
  expect(counts.words <= counts.characters && counts.han <= counts.words);

  // A boundary between words counts them apart.
  std::size_t in_segments = 0;
  for (std::size_t i = 1; i < words.size(); ++i) {
    in_segments += count(text.substr(words[i - 1], words[i] - words[i - 1]), Unit::words);
  }
  expect(in_segments == counts.words);

  const auto letters = census(text);
  expect(letters.latin + letters.han + letters.greek + letters.cyrillic + letters.other <=
         counts.characters);
  expect(letters.han <= counts.han);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto normalized = nfc(text);
  expect(normalized.has_value() == is_utf8(text));
  if (!normalized) {
    // The contract asks for UTF-8, yet nothing may be read beyond the end.
    expect(count(text).bytes == size);
    expect(grapheme_breaks(text).back() == size);
    expect(word_breaks(text).back() == size);
    expect(hidden_characters(text).size() <= size);
    return 0;
  }

  const auto again = nfc(*normalized);
  expect(again && *again == *normalized);
  expect_counts(text);
  expect_counts(*normalized);

  for (const auto& folded : {fold_case(*normalized), fold_width(*normalized)}) {
    expect(is_utf8(folded));
    expect(count(folded, Unit::characters) == count(*normalized, Unit::characters));
  }
  expect(fold_case(fold_case(text)) == fold_case(text));
  expect(fold_width(fold_width(text)) == fold_width(text));

  std::size_t behind = 0;
  for (const auto& hidden : hidden_characters(text)) {
    expect(hidden.offset >= behind && hidden.offset < size);
    behind = hidden.offset + 1;
  }
  return 0;
}
