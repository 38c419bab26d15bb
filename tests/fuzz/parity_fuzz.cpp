#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "hezuo/parity.hpp"
#include "hezuo/text.hpp"

namespace {

using namespace hezuo;

void expect(bool holds) {
  if (!holds) std::abort();
}

/// How many UTF-16 code units a text has.
std::size_t units(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) count += byte >= 0xF0 ? 2 : 1;
  }
  return count;
}

}  // namespace

/// The input is two texts, parted by the first line break.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto line = input.find('\n');
  const auto first = nfc(input.substr(0, line));
  const auto second = nfc(line == std::string_view::npos ? "" : input.substr(line + 1));
  if (!first || !second) return 0;

  for (const auto& [a, b] :
       {std::pair{"en", "zh-Hans"}, {"zh-Hant", "en"}, {"de", "zh"}}) {
    const LanguageText one{a, *first};
    const LanguageText two{b, *second};
    for (const auto& issue : parity(one, two)) {
      expect(issue.severity != Severity::error);
      for (const auto& span : issue.params["spans"]) {
        const std::size_t from = span["from"];
        const std::size_t to = span["to"];
        expect(from <= to && to <= units(span["language"] == a ? *first : *second));
      }
    }
    if (*first == *second) continue;
    expect(parity(one, {b, ""}).empty());
  }
  return 0;
}
