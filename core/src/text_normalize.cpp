#include "text_normalize.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "text_utf8.hpp"
#include "unicode/decomposition.hpp"
#include "unicode/properties.hpp"

namespace hezuo::text {
namespace {

struct Element {
  char32_t character;
  std::uint8_t combining_class;
};

// Takes one segment of a text after the other, and keeps its memory.
class Composer {
 public:
  void append_composed(std::string_view segment, std::string& result) {
    elements_.clear();
    const char* const end = segment.data() + segment.size();
    for (const char* at = segment.data(); at != end;) {
      const auto [character, size] = decode(at, end);
      decompose(character);
      at += size;
    }
    order_marks();
    combine();
    for (const auto& element : elements_) append(result, element.character);
  }

 private:
  using Iterator = std::vector<Element>::iterator;

  void push(char32_t character) {
    elements_.push_back({character, unicode::properties(character).combining_class()});
  }

  // The steps of a decomposition yield its characters from the last to the first.
  void decompose(char32_t character) {
    const auto begin = static_cast<std::ptrdiff_t>(elements_.size());
    for (auto step = unicode::decomposition(character); step.first != 0;
         step = unicode::decomposition(character)) {
      if (step.second != 0) push(step.second);
      character = step.first;
    }
    push(character);
    std::reverse(elements_.begin() + begin, elements_.end());
  }

  // The Canonical Ordering Algorithm (D109).
  void order_marks() {
    const auto is_starter = [](const Element& element) {
      return element.combining_class == 0;
    };
    const auto is_lower = [](const Element& left, const Element& right) {
      return left.combining_class < right.combining_class;
    };
    for (auto begin = elements_.begin(); begin != elements_.end();) {
      begin = std::find_if_not(begin, elements_.end(), is_starter);
      const auto end = std::find_if(begin, elements_.end(), is_starter);
      if (!std::is_sorted(begin, end, is_lower)) sort(begin, end);
      begin = end;
    }
  }

  // By counting: whoever sends a million marks shall not keep us busy.
  void sort(Iterator begin, Iterator end) {
    std::array<std::size_t, 257> places{};
    for (auto at = begin; at != end; ++at) ++places[at->combining_class + 1U];
    for (std::size_t next = 1; next < places.size(); ++next) {
      places[next] += places[next - 1];
    }
    const std::vector<Element> unordered(begin, end);
    for (const auto& element : unordered) {
      auto& place = places[element.combining_class];
      begin[static_cast<std::ptrdiff_t>(place)] = element;
      ++place;
    }
  }

  // The Canonical Composition Algorithm (D117). `kept` is the end of the result so far.
  void combine() {
    auto kept = elements_.begin();
    auto starter = elements_.end();
    for (const auto& element : elements_) {
      const bool reaches_starter =
          starter != elements_.end() &&
          (kept - starter == 1 || (kept - 1)->combining_class < element.combining_class);
      const auto composite =
          reaches_starter ? composites_.of(starter->character, element.character) : 0;
      if (composite != 0) {
        starter->character = composite;
        continue;
      }
      if (element.combining_class == 0) starter = kept;
      *kept++ = element;
    }
    elements_.erase(kept, elements_.end());
  }

  unicode::Composites composites_;
  std::vector<Element> elements_;
};

}  // namespace

std::string compose(std::string_view utf8) {
  using unicode::Composition;
  std::string result;
  result.reserve(utf8.size());
  Composer composer;
  const char* const end = utf8.data() + utf8.size();
  const char* copied = utf8.data();  // All before it is in the result.
  const char* segment = copied;
  bool is_composed = true;
  unsigned previous_class = 0;
  const auto between = [](const char* from, const char* to) {
    return std::string_view(from, static_cast<std::size_t>(to - from));
  };
  const auto finish_segment = [&](const char* segment_end) {
    if (is_composed) return;
    result += between(copied, segment);
    composer.append_composed(between(segment, segment_end), result);
    copied = segment_end;
  };
  for (const char* at = copied; at != end;) {
    const auto [character, size] = decode(at, end);
    const auto properties = unicode::properties(character);
    if (properties.composition() == Composition::starter) {
      finish_segment(at);
      segment = at;
      is_composed = true;
    } else if (properties.disturbs_nfc(previous_class)) {
      is_composed = false;
    }
    previous_class = properties.combining_class();
    at += size;
  }
  finish_segment(end);
  result += between(copied, end);
  return result;
}

}  // namespace hezuo::text
