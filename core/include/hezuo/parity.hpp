#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/i18n.hpp"

namespace hezuo {

/// One answer in one language.
struct LanguageText {
  std::string_view language;  ///< BCP 47.
  std::string_view utf8;      ///< Well-formed, in NFC.
};

/// What a reader should compare in two texts that are to say the same: warnings and
/// hints, never errors, and nothing is rewritten. In the order of the first text.
///
///     parity({"en", "Since 1986, 1.2 million people"}, {"zh-Hans",
///     "1986年以来，12万人"})
///     // -> parity.figure, "1.2 million", "12万"
///
/// Each issue names its texts in `params.spans`: [{"language", "from", "to"}], offsets in
/// UTF-16 code units, as a page counts.
///
/// Figures are read in every language as digits, and as words in English and Chinese.
/// Links, addresses and copies are compared in all; scripts, punctuation and lengths
/// where one of the texts is Chinese. Empty texts are passed over. Takes time linear in
/// the length of the texts (figures beyond `max_figures` are not compared, nor names in
/// Latin letters), but for the logarithm of the number of links.
[[nodiscard]] std::vector<Issue> parity(const LanguageText& first,
                                        const LanguageText& second);

/// So that a text of nothing but numbers, or names, does not take quadratic time.
inline constexpr std::size_t max_figures = 400;

}  // namespace hezuo
