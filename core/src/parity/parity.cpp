#include "hezuo/parity.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "../text_utf8.hpp"
#include "characters.hpp"
#include "figures.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"
#include "placeholders.hpp"
#include "scripts.hpp"

namespace hezuo {
namespace {

using nlohmann::json;
using parity_text::Figure;
using parity_text::is_digit;
using parity_text::is_han;
using parity_text::is_letter;
using parity_text::is_one_of;
using parity_text::is_upper;
using parity_text::Span;
using parity_text::Words;

/// One of the two texts, by its characters.
struct Side {
  std::string language;
  Words words = Words::none;
  std::u16string text;    ///< As written.
  std::u16string folded;  ///< Full-width forms as ASCII.
  std::size_t han = 0;
  std::size_t latin = 0;

  explicit Side(const LanguageText& from) : language(from.language), utf8(from.utf8) {
    const auto primary = from.language.substr(0, from.language.find('-'));
    if (primary == "en") words = Words::english;
    if (primary == "zh") words = Words::chinese;
    const char* const end = utf8.data() + utf8.size();
    for (const char* at = utf8.data(); at < end;) {
      const auto [c, size] = text::decode(at, end);
      at += size;
      if (c >= 0x10000) {
        put(0xD7C0 + (c >> 10));
        put(0xDC00 + (c & 0x3FF));
        continue;
      }
      put(c);
      if (is_han(text.back())) ++han;
      if (is_letter(text.back())) ++latin;
    }
  }

  void put(char32_t unit) {
    text += static_cast<char16_t>(unit);
    const bool wide = unit >= 0xFF01 && unit <= 0xFF5E;
    folded += static_cast<char16_t>(wide ? unit - 0xFEE0 : unit == 0x3000 ? U' ' : unit);
  }

  [[nodiscard]] std::string written(Span span) const {
    std::string out;
    for (std::size_t i = span.from; i < span.to; ++i) {
      char32_t c = text[i];
      if (c >= 0xD800 && c < 0xDC00 && i + 1 < span.to)
        c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - char32_t{0xDC00});
      text::append(out, c);
    }
    return out;
  }
  [[nodiscard]] json place(Span span) const {
    return values("language", language, "from", span.from, "to", span.to);
  }

  std::string_view utf8;
};

std::u16string_view trimmed(std::u16string_view text) {
  const auto blank = [](char16_t c) { return c <= u' ' || c == 0xA0 || c == 0x3000; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

class Comparison {
 public:
  Comparison(const LanguageText& first, const LanguageText& second)
      : sides_{Side(first), Side(second)} {}

  std::vector<Issue> run() {
    const auto& [a, b] = sides_;
    if (trimmed(a.text).empty() || trimmed(b.text).empty()) return {};
    for (const auto& side : sides_) placeholders(side);
    if (copied()) return std::move(issues_);
    bool foreign = false;
    for (const auto& side : sides_) foreign = wrong_language(side) || foreign;
    for (const auto& side : sides_) wrong_characters(side);
    for (const auto& side : sides_) punctuation(side);

    const auto of_a = read_facts(a.folded, a.words);
    const auto of_b = read_facts(b.folded, b.words);
    addresses("parity.link", of_a.links, of_b.links);
    addresses("parity.email", of_a.addresses, of_b.addresses);
    if (foreign) return std::move(issues_);
    figures(of_a.figures, of_b.figures);
    names(a, b);
    names(b, a);
    lengths();
    return std::move(issues_);
  }

 private:
  Issue& add(const char* code, Severity severity, const Side& side, Span span) {
    Issue issue;
    issue.code = code;
    issue.severity = severity;
    issue.pointer = "/" + escape_pointer(side.language);
    issue.language = side.language;
    issue.params["value"] = side.written(span);
    issue.params["spans"] = json::array();
    issue.params["spans"].push_back(side.place(span));
    issues_.push_back(std::move(issue));
    return issues_.back();
  }

  void add_other(Issue& issue, const Side& side, Span span) {
    issue.params["other"] = side.written(span);
    issue.params["spans"].push_back(side.place(span));
  }

  /// "Same text in both": but a name or a number may well be.
  bool copied() {
    const auto& [a, b] = sides_;
    const auto text = trimmed(a.text);
    if (text != trimmed(b.text)) return false;
    if (a.han < 4 && (a.latin < 30 || std::count(text.begin(), text.end(), u' ') < 4)) {
      return true;
    }
    auto& issue = add("parity.copied", Severity::warning, b, {0, b.text.size()});
    issue.params["spans"].push_back(a.place({0, a.text.size()}));
    return true;
  }

  bool wrong_language(const Side& side) {
    const bool chinese = side.words == Words::chinese;
    const bool wrong = chinese ? side.latin >= 20 && side.han * 5 < side.latin
                               : side.words == Words::english && side.han >= 4 &&
                                     side.han * 3 > side.latin;
    if (wrong) add("parity.language", Severity::warning, side, {0, side.text.size()});
    return wrong;
  }

  /// Reports, as one issue, the characters at which `wrong(index)` holds.
  template <class Wrong>
  void characters(const char* code, Severity severity, const Side& side, Wrong wrong) {
    std::string found;
    json spans = json::array();
    for (std::size_t i = 0; i < side.text.size() && spans.size() < 20; ++i) {
      if (!wrong(i)) continue;
      spans.push_back(side.place({i, i + 1}));
      const auto written = side.written({i, i + 1});
      if (found.find(written) == std::string::npos) found += written;
    }
    if (spans.empty()) return;
    auto& issue = add(code, severity, side, {0, 0});
    issue.params["value"] = found;
    issue.params["spans"] = std::move(spans);
  }

  /// Traditional characters in a Simplified text, and the reverse.
  void wrong_characters(const Side& side) {
    const bool simplified = side.language == "zh-Hans" || side.language == "zh-CN";
    const bool traditional = side.language == "zh-Hant" || side.language == "zh-TW" ||
                             side.language == "zh-HK";
    if (!simplified && !traditional) return;
    characters("parity.script", Severity::warning, side, [&](std::size_t i) {
      return simplified ? is_only_traditional(side.text[i])
                        : is_only_simplified(side.text[i]);
    });
  }

  /// Punctuation of the other width: "武汉,曼彻斯特", "Wuhan，Manchester".
  void punctuation(const Side& side) {
    constexpr const char16_t* half = u",;:?!.";
    constexpr const char16_t* full = u"\uFF0C\u3002\uFF1B\uFF1A\uFF1F\uFF01\u3001";
    if (side.words == Words::none) return;
    characters("parity.punctuation", Severity::hint, side, [&](std::size_t i) {
      if (i == 0) return false;
      const char16_t before = side.text[i - 1];
      const char16_t after = i + 1 < side.text.size() ? side.text[i + 1] : u' ';
      return side.words == Words::chinese
                 ? is_one_of(half, side.text[i]) && is_han(before) &&
                       (is_han(after) || after <= u' ' || after == 0x3000)
                 : is_one_of(full, side.text[i]) && is_letter(before);
    });
  }

  void placeholders(const Side& side) {
    const Span mark = parity_text::find_placeholder(side.folded);
    if (mark.to > 0) add("parity.placeholder", Severity::warning, side, mark);
  }

  void addresses(const char* code, const std::vector<Span>& of_a,
                 const std::vector<Span>& of_b) {
    missing(code, 0, of_a, of_b);
    missing(code, 1, of_b, of_a);
  }
  void missing(const char* code, std::size_t at, const std::vector<Span>& own,
               const std::vector<Span>& others) {
    const auto& side = sides_[at];
    const auto& other = sides_[1 - at];
    for (const auto& span : own) {
      const auto address = fold_case(side.written(span));
      const bool known = std::any_of(others.begin(), others.end(), [&](const Span& one) {
        return fold_case(other.written(one)) == address;
      });
      if (!known) add(code, Severity::warning, side, span);
    }
  }

  /// The figures that the other text does not state. Days are compared as days where both
  /// texts name as many, and otherwise by their number alone.
  static std::vector<const Figure*> unmatched(const std::vector<Figure>& own,
                                              const std::vector<Figure>& others) {
    const auto days = [](const std::vector<Figure>& figures) {
      return std::count_if(figures.begin(), figures.end(), [](const Figure& one) {
        return one.kind == parity_text::Kind::day;
      });
    };
    const bool by_day = days(own) == days(others);
    std::vector<const Figure*> out;
    for (std::size_t i = 0; i < own.size() && i < max_figures; ++i) {
      const auto end = others.begin() +
                       static_cast<std::ptrdiff_t>(std::min(others.size(), max_figures));
      const bool stated = std::any_of(others.begin(), end, [&](const Figure& one) {
        const bool day = own[i].kind == parity_text::Kind::day;
        return (!by_day || !day || one.kind == own[i].kind) && agree(own[i], one);
      });
      if (!stated && own[i].required) out.push_back(&own[i]);
    }
    return out;
  }

  void figures(const std::vector<Figure>& of_a, const std::vector<Figure>& of_b) {
    const auto left = unmatched(of_a, of_b);
    auto right = unmatched(of_b, of_a);
    for (const auto* figure : left) {
      auto& issue = add("parity.figure", Severity::warning, sides_[0], figure->span);
      // Of what is left over on the other side, what is most alike.
      auto best = right.end();
      for (auto at = right.begin(); at != right.end(); ++at) {
        const bool alike = (*at)->kind == figure->kind;
        if (best == right.end() || (alike && (*best)->kind != figure->kind)) best = at;
      }
      if (best == right.end()) continue;
      add_other(issue, sides_[1], (*best)->span);
      right.erase(best);
    }
    for (const auto* figure : right) {
      add("parity.figure", Severity::warning, sides_[1], figure->span);
    }
  }

  /// A name in Latin letters in a Chinese text should stand in the other text, too.
  void names(const Side& side, const Side& other) {
    if (side.words != Words::chinese) return;
    const auto& text = side.folded;
    for (std::size_t from = 0; from < text.size(); ++from) {
      if (!is_letter(text[from])) continue;
      std::size_t to = from;
      std::size_t capitals = 0;
      while (to < text.size() && is_letter(text[to]))
        if (is_upper(text[to++])) ++capitals;
      const bool part =
          (from > 0 && (is_digit(text[from - 1]) || text[from - 1] == u'@' ||
                        text[from - 1] == u'.' || text[from - 1] == u'/')) ||
          (to < text.size() && (is_digit(text[to]) || text[to] == u'.' ||
                                text[to] == u'@' || text[to] == u':'));
      const Span span{from, to};
      from = to;
      if (part || capitals == 0 || span.to - span.from < 3) continue;
      const auto same = [](char16_t x, char16_t y) {
        return x == y || (is_letter(x) && (x | 0x20) == (y | 0x20));
      };
      const auto begin = text.begin() + static_cast<std::ptrdiff_t>(span.from);
      const auto end = text.begin() + static_cast<std::ptrdiff_t>(span.to);
      if (std::search(other.folded.begin(), other.folded.end(), begin, end, same) !=
          other.folded.end())
        continue;
      add("parity.name", Severity::hint, side, span);
    }
  }

  /// A Chinese character is worth 0.6 of an English word, give or take.
  void lengths() {
    const bool first = sides_[0].words == Words::chinese;
    if (first == (sides_[1].words == Words::chinese)) return;
    const auto& chinese = sides_[first ? 0 : 1];
    const auto& other = sides_[first ? 1 : 0];
    const auto characters = count(chinese.utf8, Unit::words);
    const auto words = count(other.utf8, Unit::words);
    if (characters < 30 && words < 20) return;
    if (characters * 10 >= words * 7 && characters <= words * 4) return;
    const bool shorter = characters < words * 2;
    const auto& side = shorter ? chinese : other;
    auto& issue = add("parity.length", Severity::hint, side, {0, side.text.size()});
    issue.params["value"] = nullptr;
    issue.params["count"] = shorter ? characters : words;
    issue.params["other"] = shorter ? words : characters;
  }

  std::array<Side, 2> sides_;
  std::vector<Issue> issues_;
};

}  // namespace

std::vector<Issue> parity(const LanguageText& first, const LanguageText& second) {
  return Comparison(first, second).run();
}

}  // namespace hezuo
