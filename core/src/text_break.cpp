#include <array>
#include <utility>

#include "hezuo/text.hpp"
#include "text_utf8.hpp"
#include "unicode/properties.hpp"

// Extended grapheme clusters and words of UAX 29, revision 41 (Unicode 15.0). Each is a
// machine that reads every character once; texts of ASCII and Han mostly bypass it.

namespace hezuo {
namespace {

using text::byte;
using unicode::Grapheme;
using unicode::Word;

// What the rules for graphemes need to know of all that lies before a character.
enum class Before : std::uint8_t {
  nothing,
  other,
  cr,
  control,
  prepend,
  regional,  // An odd number of regional indicators.
  l,
  v,
  t,
  pictographic,      // A pictographic character and marks.
  pictographic_zwj,  // The same and a joiner.
};
constexpr std::size_t before_count = 11;
constexpr std::size_t grapheme_count = 15;

// GB3 to GB999, for a character that is not the first.
constexpr bool joins(Before before, Grapheme next) {
  using enum Grapheme;
  if (before == Before::cr) return next == lf;
  if (before == Before::control) return false;
  if (next == cr || next == lf || next == control) return false;
  if (next == extend || next == zwj || next == spacing) return true;
  switch (before) {
    case Before::prepend:
      return true;
    case Before::regional:
      return next == regional;
    case Before::l:
      return next == l || next == v || next == lv || next == lvt;
    case Before::v:
      return next == v || next == t;
    case Before::t:
      return next == t;
    case Before::pictographic_zwj:
      return next == pictographic;
    default:
      return false;
  }
}

constexpr Before after(Before before, Grapheme next) {
  switch (next) {
    case Grapheme::cr:
      return Before::cr;
    case Grapheme::lf:
    case Grapheme::control:
      return Before::control;
    case Grapheme::prepend:
      return Before::prepend;
    case Grapheme::regional:
      return before == Before::regional ? Before::other : Before::regional;
    case Grapheme::l:
      return Before::l;
    case Grapheme::v:
    case Grapheme::lv:
      return Before::v;
    case Grapheme::t:
    case Grapheme::lvt:
      return Before::t;
    case Grapheme::pictographic:
      return Before::pictographic;
    case Grapheme::extend:
      return before == Before::pictographic ? before : Before::other;
    case Grapheme::zwj:
      return before == Before::pictographic ? Before::pictographic_zwj : Before::other;
    default:
      return Before::other;
  }
}

constexpr std::uint8_t boundary_bit = 0x80;

constexpr auto make_transitions() {
  std::array<std::array<std::uint8_t, grapheme_count + 1>, before_count> table{};
  for (std::size_t before = 0; before < before_count; ++before) {
    for (std::size_t next = 0; next < grapheme_count; ++next) {
      const auto from = static_cast<Before>(before);
      const auto by = static_cast<Grapheme>(next);
      const bool boundary = from == Before::nothing || !joins(from, by);
      table[before][next] = static_cast<std::uint8_t>(
          static_cast<unsigned>(after(from, by)) | (boundary ? boundary_bit : 0U));
    }
  }
  return table;
}
constexpr auto transitions = make_transitions();

// Whether a character of one printable ASCII byte is at `at`.
bool at_printable(const char* at) noexcept { return byte(*at) - 0x20 < 0x7F - 0x20; }

// Whether eight such bytes begin at `at`.
bool at_printable_run(const char* at, const char* end) noexcept {
  if (end - at < 8) return false;
  const auto word = text::load_word(at);
  const auto above = word + text::every_byte;         // 0x7F and more.
  const auto below = word - 0x20 * text::every_byte;  // Less than 0x20.
  return ((word | above | below) & text::high_bits) == 0;
}

// Calls `sink.clusters(at, n)` for each cluster, or run of n clusters of a byte each.
//
// Behind anything but a Prepend, each printable ASCII character and each ideograph
// begins a cluster, and it is they that make up nearly every text.
template <class Sink>
void walk_graphemes(std::string_view utf8, Sink& sink) {
  const char* const begin = utf8.data();
  const char* const end = begin + utf8.size();
  const auto offset = [begin](const char* at) {
    return static_cast<std::size_t>(at - begin);
  };
  auto before = Before::nothing;
  for (const char* at = begin; at != end;) {
    if (before != Before::prepend) {
      const char* const plain = at;
      while (at != end) {
        if (text::at_ideograph(at, end)) {
          sink.clusters(offset(at), 1);
          at += 3;
        } else if (at_printable_run(at, end)) {
          sink.clusters(offset(at), 8);
          at += 8;
        } else if (at_printable(at)) {
          sink.clusters(offset(at), 1);
          ++at;
        } else {
          break;
        }
      }
      if (at != plain) before = Before::other;
      if (at == end) break;
    }
    const auto [character, size] = text::decode(at, end);
    const auto grapheme = unicode::properties(character).grapheme();
    const auto next =
        transitions[static_cast<std::size_t>(before)][static_cast<std::size_t>(grapheme)];
    if ((next & boundary_bit) != 0) sink.clusters(offset(at), 1);
    before = static_cast<Before>(next & ~boundary_bit);
    at += size;
  }
}

struct GraphemeCounter {
  std::size_t count = 0;
  void clusters(std::size_t, std::size_t number) noexcept { count += number; }
};

struct GraphemeList {
  std::vector<std::size_t> offsets;
  void clusters(std::size_t at, std::size_t number) {
    for (std::size_t i = 0; i < number; ++i) offsets.push_back(at + i);
  }
};

constexpr std::uint32_t set_of() { return 0; }
template <class... More>
constexpr std::uint32_t set_of(Word first, More... more) {
  return std::uint32_t{1} << static_cast<unsigned>(first) | set_of(more...);
}
constexpr bool contains(std::uint32_t set, Word word) {
  return (set >> static_cast<unsigned>(word) & 1) != 0;
}

constexpr auto line_ends = set_of(Word::cr, Word::lf, Word::newline);
constexpr auto ignored = set_of(Word::extend, Word::format, Word::zwj);
constexpr auto letters = set_of(Word::letter, Word::hebrew);
constexpr auto between_letters =
    set_of(Word::mid_letter, Word::mid_num_let, Word::single_quote);
constexpr auto between_digits =
    set_of(Word::mid_num, Word::mid_num_let, Word::single_quote);

// WB5, WB8 to WB10, WB13 to WB13b: what continues a word that ends in `word`.
constexpr std::uint32_t continued_by(Word word) {
  switch (word) {
    case Word::letter:
    case Word::hebrew:
    case Word::numeric:
      return letters | set_of(Word::numeric, Word::extend_num_let);
    case Word::katakana:
      return set_of(Word::katakana, Word::extend_num_let);
    case Word::extend_num_let:
      return letters | set_of(Word::numeric, Word::katakana, Word::extend_num_let);
    default:
      return 0;
  }
}

// The rules that look ahead (WB6, WB7b, WB12) leave a boundary undecided: before "'" in
// "don't" there is none only if a letter follows. So the machine tells its sink of a
// boundary that is open, and of the verdict when the next character is known.
template <class Sink>
class WordMachine {
 public:
  explicit WordMachine(Sink& sink) : sink_(sink) {}

  // To be called with each character in turn, before the sink is told its content.
  void step(std::size_t at, Word next, bool pictographic) {
    const auto last = last_;
    last_ = next;
    if (first_) {
      first_ = false;
      previous_ = next;
      odd_regional_ = next == Word::regional;
      return;
    }
    if (last == Word::cr && next == Word::lf) return;  // WB3
    if (!contains(line_ends, last) && !contains(line_ends, next)) {
      if (last == Word::zwj && pictographic) {  // WB3c
        decide(false);
        previous_ = next;
        return;
      }
      if (last == Word::space && next == Word::space) return;  // WB3d
      if (contains(ignored, next)) return;                     // WB4
      if (awaited_ != 0) {
        const bool joined = contains(awaited_, next);
        decide(joined);
        if (joined) {
          previous_ = next;
          return;
        }
      } else if (continues(at, next)) {
        previous_ = next;
        return;
      }
    }
    decide(false);
    sink_.boundary(at);
    odd_regional_ = next == Word::regional;
    previous_ = next;
  }

  // The same as a `step` with each of `number` characters of three bytes that join
  // nothing, such as Han.
  void step_over_han(std::size_t at, std::size_t number) {
    decide(false);
    if (!first_) sink_.boundary(at);
    for (std::size_t i = 1; i < number; ++i) sink_.boundary(at + 3 * i);
    first_ = false;
    previous_ = last_ = Word::other;
  }

  // To be called when, after a step with a letter or a digit, more of them were skipped.
  void skipped_to(Word last) { previous_ = last_ = last; }

  void finish() { decide(false); }

 private:
  bool continues(std::size_t at, Word next) {
    if (contains(continued_by(previous_), next)) return true;
    if (next == Word::regional && previous_ == Word::regional && odd_regional_) {
      odd_regional_ = false;  // WB15, WB16
      return true;
    }
    if (previous_ == Word::hebrew && next == Word::single_quote) {  // WB7a
      awaited_ = letters;
      return true;
    }
    if (contains(letters, previous_) && contains(between_letters, next)) {
      return open(at, letters);
    }
    if (previous_ == Word::hebrew && next == Word::double_quote) {
      return open(at, set_of(Word::hebrew));
    }
    if (previous_ == Word::numeric && contains(between_digits, next)) {
      return open(at, set_of(Word::numeric));
    }
    return false;
  }

  bool open(std::size_t at, std::uint32_t awaited) {
    awaited_ = awaited;
    open_ = true;
    sink_.open_boundary(at);
    return true;
  }

  void decide(bool joined) {
    if (open_) sink_.close_boundary(!joined);
    open_ = false;
    awaited_ = 0;
  }

  Sink& sink_;
  std::uint32_t awaited_ = 0;    // What would join the character after `previous_`.
  Word previous_ = Word::other;  // Without what WB4 ignores.
  Word last_ = Word::other;
  bool first_ = true;
  bool open_ = false;
  bool odd_regional_ = false;
};

struct WordList {
  std::vector<std::size_t> offsets;
  std::size_t open = 0;

  void boundary(std::size_t at) { offsets.push_back(at); }
  void open_boundary(std::size_t at) { open = at; }
  void close_boundary(bool is_boundary) {
    if (is_boundary) offsets.push_back(open);
  }
  void content(unicode::Properties) noexcept {}
  void han_content(std::size_t) noexcept {}
};

struct WordCounter {
  std::size_t words = 0;  // Of the segments that ended, without Han.
  std::size_t han = 0;
  bool has_letter = false;  // In the segment that is read.
  bool had_letter = false;  // Before the open boundary.

  void boundary(std::size_t) noexcept {
    words += std::size_t{has_letter};
    has_letter = false;
  }
  void open_boundary(std::size_t) noexcept {
    had_letter = has_letter;
    has_letter = false;
  }
  void close_boundary(bool is_boundary) noexcept {
    if (is_boundary) {
      words += std::size_t{had_letter};
    } else {
      has_letter |= had_letter;
    }
  }
  void han_content(std::size_t number) noexcept { han += number; }
  void content(unicode::Properties properties) noexcept {
    if (properties.script() == unicode::Script::han) {
      ++han;
    } else if (properties.category() != unicode::Category::other) {
      has_letter = true;
    }
  }
};

bool is_digit(char value) noexcept { return byte(value) - '0' < 10; }
bool is_letter(char value) noexcept { return (byte(value) | 0x20) - 'a' < 26; }

template <class Sink>
void walk_words(std::string_view utf8, Sink& sink) {
  WordMachine machine(sink);
  const char* const begin = utf8.data();
  const char* const end = begin + utf8.size();
  for (const char* at = begin; at != end;) {
    const auto offset = static_cast<std::size_t>(at - begin);
    if (text::at_common_han(at, end)) {
      const char* const run = at;
      while (text::at_common_han(at, end)) at += 3;
      const auto number = static_cast<std::size_t>(at - run) / 3;
      machine.step_over_han(offset, number);
      sink.han_content(number);
      continue;
    }
    const auto [character, size] = text::decode(at, end);
    const auto properties = unicode::properties(character);
    machine.step(offset, properties.word(), properties.pictographic());
    sink.content(properties);
    at += size;
    if (is_letter(at[-1]) || is_digit(at[-1])) {
      while (at != end && (is_letter(*at) || is_digit(*at))) ++at;
      machine.skipped_to(is_digit(at[-1]) ? Word::numeric : Word::letter);
    }
  }
  machine.finish();
}

std::size_t count_graphemes(std::string_view utf8) noexcept {
  GraphemeCounter counter;
  walk_graphemes(utf8, counter);
  return counter.count;
}

WordCounter count_words(std::string_view utf8) noexcept {
  WordCounter counter;
  walk_words(utf8, counter);
  counter.boundary(utf8.size());
  return counter;
}

std::size_t count_han(std::string_view utf8) noexcept {
  std::size_t han = 0;
  const char* const end = utf8.data() + utf8.size();
  for (const char* at = utf8.data(); at != end;) {
    if (text::at_common_han(at, end)) {
      ++han;
      at += 3;
    } else if (byte(*at) < 0x80) {
      ++at;
    } else {
      const auto [character, size] = text::decode(at, end);
      if (unicode::properties(character).script() == unicode::Script::han) ++han;
      at += size;
    }
  }
  return han;
}

std::size_t count_characters(std::string_view utf8) noexcept {
  std::size_t continuations = 0;
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  for (; end - at >= 8; at += 8) {
    const auto word = text::load_word(at);
    const auto marks = (word >> 7 & ~(word >> 6)) & text::every_byte;
    continuations += marks * text::every_byte >> 56;  // Sums the eight bytes.
  }
  for (; at != end; ++at) continuations += std::size_t{text::is_continuation(*at)};
  return utf8.size() - continuations;
}

}  // namespace

Counts count(std::string_view utf8) noexcept {
  const auto words = count_words(utf8);
  return {.graphemes = count_graphemes(utf8),
          .words = words.words + words.han,
          .han = words.han,
          .characters = count_characters(utf8),
          .bytes = utf8.size()};
}

std::size_t count(std::string_view utf8, Unit unit) noexcept {
  switch (unit) {
    case Unit::graphemes:
      return count_graphemes(utf8);
    case Unit::words: {
      const auto words = count_words(utf8);
      return words.words + words.han;
    }
    case Unit::han:
      return count_han(utf8);
    case Unit::characters:
      return count_characters(utf8);
    case Unit::bytes:
      return utf8.size();
  }
  return 0;
}

std::string excerpt(std::string_view utf8, std::size_t max) {
  // Any number of marks may stand on one letter.
  const std::size_t most = 12 * max;
  if (utf8.size() <= most && count_graphemes(utf8) <= max) return std::string(utf8);
  std::size_t size = 0;
  for (std::size_t next = 0; next <= most && count_graphemes(utf8.substr(0, next)) < max;
       next += text::decode(utf8.data() + size, utf8.data() + utf8.size()).size) {
    size = next;
  }
  return std::string(utf8.substr(0, size)) + "\u2026";
}

std::vector<std::size_t> grapheme_breaks(std::string_view utf8) {
  GraphemeList list;
  walk_graphemes(utf8, list);
  if (!utf8.empty()) list.offsets.push_back(utf8.size());
  return std::move(list.offsets);
}

std::vector<std::size_t> word_breaks(std::string_view utf8) {
  if (utf8.empty()) return {};
  WordList list;
  list.offsets.push_back(0);
  walk_words(utf8, list);
  list.offsets.push_back(utf8.size());
  return std::move(list.offsets);
}

}  // namespace hezuo
