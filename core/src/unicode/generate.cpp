// usage: generate PROPERTIES DECOMPOSITIONS VERSION
// Writes the tables that `properties.cpp` and `decomposition.cpp` include, as native ICU
// knows them, and their Unicode version. Runs on the machine that builds, whatever the
// library is built for.
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>
#include <vector>

#include "decomposition.hpp"
#include "properties.hpp"

namespace {

using namespace hezuo::unicode;

constexpr char32_t code_points = 0x110000;

static_assert(std::string_view(U_UNICODE_VERSION) == "15.0",
              "needs ICU 72: another Unicode means other verdicts");

[[noreturn]] void fail(const char* why, char32_t character) {
  std::fprintf(stderr, "U+%04X: %s\n", static_cast<unsigned>(character), why);
  std::exit(1);
}

class Output {
 public:
  explicit Output(const char* path) : file_(std::fopen(path, "w")) {
    if (file_ == nullptr) {
      std::perror(path);
      std::exit(1);
    }
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() = default;

  template <class... Values>
  void print(const char* format, Values... values) {
    std::fprintf(file_, format, values...);
  }

  [[nodiscard]] bool close() {
    const bool good = std::ferror(file_) == 0;
    return std::fclose(file_) == 0 && good;
  }

 private:
  std::FILE* file_;
};

UChar32 icu(char32_t character) { return static_cast<UChar32>(character); }

int property(char32_t character, UProperty which) {
  return u_getIntPropertyValue(icu(character), which);
}

Grapheme grapheme(char32_t c) {
  const auto value = property(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
  if (u_hasBinaryProperty(icu(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0) {
    if (value != U_GCB_OTHER)
      fail("pictographic, yet not Grapheme_Cluster_Break=Other", c);
    return Grapheme::pictographic;
  }
  switch (value) {
    case U_GCB_OTHER:
      return Grapheme::other;
    case U_GCB_CR:
      return Grapheme::cr;
    case U_GCB_LF:
      return Grapheme::lf;
    case U_GCB_CONTROL:
      return Grapheme::control;
    case U_GCB_EXTEND:
      return Grapheme::extend;
    case U_GCB_ZWJ:
      return Grapheme::zwj;
    case U_GCB_REGIONAL_INDICATOR:
      return Grapheme::regional;
    case U_GCB_PREPEND:
      return Grapheme::prepend;
    case U_GCB_SPACING_MARK:
      return Grapheme::spacing;
    case U_GCB_L:
      return Grapheme::l;
    case U_GCB_V:
      return Grapheme::v;
    case U_GCB_T:
      return Grapheme::t;
    case U_GCB_LV:
      return Grapheme::lv;
    case U_GCB_LVT:
      return Grapheme::lvt;
    default:
      fail("unknown Grapheme_Cluster_Break", c);
  }
}

Word word(char32_t c) {
  switch (property(c, UCHAR_WORD_BREAK)) {
    case U_WB_OTHER:
      return Word::other;
    case U_WB_CR:
      return Word::cr;
    case U_WB_LF:
      return Word::lf;
    case U_WB_NEWLINE:
      return Word::newline;
    case U_WB_EXTEND:
      return Word::extend;
    case U_WB_ZWJ:
      return Word::zwj;
    case U_WB_FORMAT:
      return Word::format;
    case U_WB_REGIONAL_INDICATOR:
      return Word::regional;
    case U_WB_KATAKANA:
      return Word::katakana;
    case U_WB_HEBREW_LETTER:
      return Word::hebrew;
    case U_WB_ALETTER:
      return Word::letter;
    case U_WB_SINGLE_QUOTE:
      return Word::single_quote;
    case U_WB_DOUBLE_QUOTE:
      return Word::double_quote;
    case U_WB_MIDNUMLET:
      return Word::mid_num_let;
    case U_WB_MIDLETTER:
      return Word::mid_letter;
    case U_WB_MIDNUM:
      return Word::mid_num;
    case U_WB_NUMERIC:
      return Word::numeric;
    case U_WB_EXTENDNUMLET:
      return Word::extend_num_let;
    case U_WB_WSEGSPACE:
      return Word::space;
    default:
      fail("unknown Word_Break", c);
  }
}

UScriptCode icu_script(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(icu(c), &status);
}

// Scripts whose letters join (Arabic), stack (Devanagari) or go without spaces (Thai):
// their text needs joiners, non-joiners and zero-width spaces to be spelled.
std::vector<bool> complex_scripts() {
  std::vector<bool> complex(USCRIPT_CODE_LIMIT);
  for (char32_t c = 0; c < code_points; ++c) {
    const auto joining = property(c, UCHAR_JOINING_TYPE);
    const auto syllabic = property(c, UCHAR_INDIC_SYLLABIC_CATEGORY);
    if (joining == U_JT_DUAL_JOINING || joining == U_JT_RIGHT_JOINING ||
        syllabic == U_INSC_VIRAMA || syllabic == U_INSC_INVISIBLE_STACKER ||
        syllabic == U_INSC_PURE_KILLER ||
        property(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) {
      complex[static_cast<std::size_t>(icu_script(c))] = true;
    }
  }
  return complex;
}

Script script(char32_t c, const std::vector<bool>& complex) {
  const auto code = icu_script(c);
  switch (code) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
      return Script::none;
    case USCRIPT_LATIN:
      return Script::latin;
    case USCRIPT_HAN:
      return Script::han;
    case USCRIPT_GREEK:
      return Script::greek;
    case USCRIPT_CYRILLIC:
      return Script::cyrillic;
    default:
      return complex[static_cast<std::size_t>(code)] ? Script::complex : Script::other;
  }
}

Category category(char32_t c) {
  const auto mask = U_GET_GC_MASK(icu(c));
  if ((mask & (U_GC_L_MASK | U_GC_NL_MASK)) != 0) return Category::letter;
  if ((mask & U_GC_ND_MASK) != 0) return Category::decimal;
  return Category::other;
}

Composition composition(char32_t c) {
  if (property(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) return Composition::unstable;
  return u_getCombiningClass(icu(c)) == 0 ? Composition::starter : Composition::mark;
}

template <class Values>
void print_numbers(Output& out, const char* declaration, const Values& values) {
  out.print("%s = {", declaration);
  std::size_t column = 0;
  for (const auto value : values) {
    out.print(column++ % 32 == 0 ? "\n%u," : "%u,", static_cast<unsigned>(value));
  }
  out.print("\n};\n");
}

void print_properties(Output& out) {
  const auto complex = complex_scripts();
  std::vector<std::uint8_t> record_of_character;
  std::vector<std::uint32_t> distinct;
  for (char32_t c = 0; c < code_points; ++c) {
    const auto bits =
        Properties::of(
            grapheme(c), word(c), script(c, complex), category(c), composition(c),
            u_hasBinaryProperty(icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0,
            u_getCombiningClass(icu(c)))
            .bits;
    const auto found = std::find(distinct.begin(), distinct.end(), bits);
    record_of_character.push_back(static_cast<std::uint8_t>(found - distinct.begin()));
    if (found == distinct.end()) distinct.push_back(bits);
  }
  if (distinct.size() > 256) fail("more than 256 records", code_points);

  std::map<std::vector<std::uint8_t>, std::uint8_t> number_of;
  std::vector<std::uint8_t> blocks;
  std::vector<std::uint8_t> block_numbers;
  for (std::size_t at = 0; at < table_end; at += block_size) {
    const auto begin = record_of_character.begin() + static_cast<std::ptrdiff_t>(at);
    const std::vector<std::uint8_t> block(begin, begin + block_size);
    const auto [entry, is_new] =
        number_of.emplace(block, static_cast<std::uint8_t>(number_of.size()));
    if (is_new) blocks.insert(blocks.end(), block.begin(), block.end());
    block_numbers.push_back(entry->second);
  }
  if (number_of.size() > 256) fail("more than 256 blocks", code_points);

  print_numbers(out, "const std::uint8_t block_of[table_end >> block_shift]",
                block_numbers);
  print_numbers(out, "const std::uint8_t record_of[]", blocks);
  out.print("const Properties records[] = {\n");
  for (const auto bits : distinct) out.print("{%u},\n", bits);
  out.print("};\nstatic constexpr HighRange high[] = {\n");
  for (char32_t c = table_end; c < code_points; ++c) {
    if (c == table_end || record_of_character[c] != record_of_character[c - 1]) {
      out.print("{0x%X, %u},\n", static_cast<unsigned>(c), record_of_character[c]);
    }
  }
  out.print("};\n");
}

void print_folds(Output& out) {
  std::vector<FoldRange> ranges;
  for (char32_t c = 0x80; c < code_points; ++c) {
    const auto delta = u_foldCase(icu(c), U_FOLD_CASE_DEFAULT) - icu(c);
    if (delta == 0) continue;
    if (!ranges.empty() && ranges.back().delta == delta) {
      auto& range = ranges.back();
      const auto step = c - range.last;
      if (range.first == range.last && step <= 2) range.stride = step;
      if (step == range.stride) {
        range.last = c;
        continue;
      }
    }
    ranges.push_back({c, c, delta, 1});
  }
  out.print("static constexpr FoldRange folds[] = {\n");
  for (const auto& range : ranges) {
    out.print("{0x%X, 0x%X, %d, %u},\n", static_cast<unsigned>(range.first),
              static_cast<unsigned>(range.last), range.delta, range.stride);
  }
  out.print("};\n");
}

const UNormalizer2* nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const normalizer = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) fail("ICU has no NFC", code_points);
  return normalizer;
}

// What UnicodeData.txt says: one step.
Decomposition canonical_mapping(char32_t c) {
  std::array<UChar, 8> text{};
  constexpr auto capacity = static_cast<std::int32_t>(text.size());
  UErrorCode status = U_ZERO_ERROR;
  const auto size =
      unorm2_getRawDecomposition(nfc(), icu(c), text.data(), capacity, &status);
  if (U_FAILURE(status)) fail("decomposes to too much", c);
  std::array<UChar32, 2> parts{};
  std::size_t count = 0;
  for (std::int32_t at = 0; at < size;) {
    if (count == parts.size()) fail("decomposes to more than two", c);
    U16_NEXT(text.data(), at, size, parts[count]);
    ++count;
  }
  return {static_cast<char32_t>(parts[0]), static_cast<char32_t>(parts[1])};
}

// What the normalizer takes for granted.
void check_decomposition(char32_t c, const Decomposition& mapping) {
  if (mapping.second != 0 && canonical_mapping(mapping.second).first != 0) {
    fail("decomposes to a second part that decomposes", c);
  }
  if (composition(c) == Composition::starter &&
      composition(mapping.first) != Composition::starter) {
    fail("begins a segment, yet what it decomposes to does not", c);
  }
}

template <class Part>
void print_parts(Output& out, const char* declaration,
                 const std::vector<Decomposition>& entries, Part part) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(entries.size());
  for (const auto& entry : entries) {
    bytes.push_back(static_cast<std::uint8_t>(part(entry)));
  }
  print_numbers(out, declaration, bytes);
}

void print_decompositions(Output& out) {
  // Filling gaps of two saves more runs than it costs entries.
  constexpr char32_t greatest_step = 3;
  std::vector<DecompositionRun> runs;
  std::vector<Decomposition> entries;
  std::vector<char32_t> seconds;
  std::vector<bool> composes;
  char32_t next = 0;
  for (char32_t c = 0; c < code_points; ++c) {
    const auto mapping = canonical_mapping(c);
    if (mapping.first == 0 ||
        property(c, UCHAR_HANGUL_SYLLABLE_TYPE) != U_HST_NOT_APPLICABLE) {
      continue;
    }
    check_decomposition(c, mapping);
    if (runs.empty() || c - next >= greatest_step) {
      runs.push_back({c, static_cast<std::uint16_t>(entries.size())});
    } else {
      entries.resize(entries.size() + (c - next));
    }
    next = c + 1;
    composes.resize(entries.size());
    composes.push_back(
        unorm2_composePair(nfc(), icu(mapping.first), icu(mapping.second)) == icu(c));
    entries.push_back(mapping);
    seconds.push_back(mapping.second);
  }
  runs.push_back({code_points, static_cast<std::uint16_t>(entries.size())});
  std::sort(seconds.begin(), seconds.end());
  seconds.erase(std::unique(seconds.begin(), seconds.end()), seconds.end());
  if (entries.size() > 0xFFFF || seconds.size() > excluded) fail("too many", code_points);

  out.print("constexpr DecompositionRun runs[] = {\n");
  for (const auto& run : runs) {
    out.print("{0x%X, %u},\n", static_cast<unsigned>(run.first), run.entry);
  }
  out.print("};\n");
  print_parts(out, "constexpr std::uint8_t first_plane[]", entries,
              [](const Decomposition& entry) { return entry.first >> 16; });
  print_parts(out, "constexpr std::uint8_t first_high[]", entries,
              [](const Decomposition& entry) { return entry.first >> 8 & 0xFF; });
  print_parts(out, "constexpr std::uint8_t first_low[]", entries,
              [](const Decomposition& entry) { return entry.first & 0xFF; });
  std::vector<std::uint8_t> second_of;
  for (std::size_t entry = 0; entry < entries.size(); ++entry) {
    const auto number =
        std::lower_bound(seconds.begin(), seconds.end(), entries[entry].second) -
        seconds.begin();
    second_of.push_back(
        static_cast<std::uint8_t>(number | (composes[entry] ? 0 : excluded)));
  }
  print_numbers(out, "constexpr std::uint8_t second_of[]", second_of);
  print_numbers(out, "constexpr char32_t seconds[]", seconds);
  out.print("constexpr std::size_t composite_count = %u;\n",
            static_cast<unsigned>(std::count(composes.begin(), composes.end(), true)));
}

void print_guarded(Output& out, void (*print)(Output&)) {
  out.print("// NOLINTBEGIN(modernize-avoid-c-arrays)\n");
  print(out);
  out.print("// NOLINTEND(modernize-avoid-c-arrays)\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: %s PROPERTIES DECOMPOSITIONS VERSION\n", argv[0]);
    return 2;
  }
  Output properties(argv[1]);
  print_guarded(properties, [](Output& out) {
    print_properties(out);
    print_folds(out);
  });
  Output decompositions(argv[2]);
  print_guarded(decompositions, print_decompositions);
  Output version(argv[3]);
  version.print("\"%s\"\n", U_UNICODE_VERSION);
  return properties.close() && decompositions.close() && version.close() ? 0 : 1;
}
