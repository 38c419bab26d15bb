#include "hezuo/parity.hpp"

#include <memory>
#include <nlohmann/json.hpp>

#include "../text_utf8.hpp"
#include "cursor.hpp"
#include "figures.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"
#include "placeholders.hpp"
#include "scripts.hpp"

namespace hezuo {
namespace {

using nlohmann::json;
using parity_text::CodeUnit;
using parity_text::Figure;
using parity_text::is_digit;
using parity_text::is_han;
using parity_text::is_letter;
using parity_text::is_one_of;
using parity_text::is_upper;
using parity_text::Kind;
using parity_text::lower;
using parity_text::Span;
using parity_text::Words;

/// One of the two texts, by its characters.
class Side : public parity_text::Cursor {
 public:
  explicit Side(const LanguageText& from)
      : Cursor(nullptr, 0),
        language(from.language),
        utf8(from.utf8),
        storage_(new CodeUnit[utf8.size() + 1]) {
    units_ = storage_.get();
    if (is_in("en")) words = Words::english;
    if (is_in("zh")) words = Words::chinese;
    constexpr std::string_view scripts = "zh-Hans zh-CN zh-Hant zh-TW zh-HK ";
    const auto script = scripts.find(language + " ");
    simplified = script < scripts.find("zh-Hant");
    of_script = script != std::string_view::npos && words == Words::chinese;
    const char* const end = utf8.data() + utf8.size();
    for (const char* at = utf8.data(); at < end;) {
      const auto offset = static_cast<std::uint32_t>(at - utf8.data());
      // As text::decode does, but for well-formed text, in a third of the code.
      char32_t c = text::byte(*at++);
      if (c >= 0x80) c &= c >= 0xF0 ? 0x07 : c >= 0xE0 ? 0x0F : 0x1F;
      for (; at < end && text::is_continuation(*at); ++at)
        c = c << 6 | (text::byte(*at) & 0x3F);
      if (is_han(c)) ++han;
      if (is_letter(c)) ++latin;
      if (c >= 0x10000) put(0xD7C0 + (c >> 10), offset);
      put(c >= 0x10000 ? 0xDC00 + (c & 0x3FF) : c, offset);
    }
    storage_[size_].offset = static_cast<std::uint32_t>(utf8.size());
    whole.to = size_;
  }

  [[nodiscard]] std::string written(const Span& span) const {
    const std::size_t from = units_[span.from].offset;
    return std::string(utf8.substr(from, units_[span.to].offset - from));
  }
  [[nodiscard]] std::string folded(const Span& span) const {
    return fold_case(written(span));
  }
  [[nodiscard]] json place(const Span& span) const {
    return values("language", language, "from", span.from, "to", span.to);
  }
  [[nodiscard]] std::string trimmed() const {
    const auto is_blank = [&](std::size_t at) {
      return char_at(at) <= u' ' || char_at(at) == 0xA0;
    };
    Span span = whole;
    while (span.from < span.to && is_blank(span.from)) ++span.from;
    while (span.from < span.to && is_blank(span.to - 1)) --span.to;
    return written(span);
  }

  std::string language;
  std::string_view utf8;
  Words words = Words::none;
  bool simplified = false;
  bool of_script = false;  ///< Simplified or Traditional Chinese, and it says which.
  Span whole;
  parity_text::Facts facts;
  std::size_t han = 0;
  std::size_t latin = 0;

 private:
  /// Whether the language is `primary`, of two letters, in any script or region.
  [[nodiscard]] bool is_in(const char* primary) const {
    const char* const tag = language.c_str();
    return tag[0] == primary[0] && tag[1] == primary[1] &&
           (tag[2] == '-' || tag[2] == '\0');
  }
  void put(char32_t unit, std::uint32_t offset) {
    storage_[size_++] = {static_cast<char16_t>(unit), offset};
  }

  /// Not a vector, which would cost more code than what it is used for.
  std::unique_ptr<CodeUnit[]> storage_;  // NOLINT(modernize-avoid-c-arrays)
};

class Comparison {
 public:
  Comparison(const LanguageText& first, const LanguageText& second)
      : a_(first), b_(second) {}

  std::vector<Issue> run() {
    compare();
    return std::move(issues_);
  }

 private:
  void compare() {
    const auto text = a_.trimmed();
    const auto other_text = b_.trimmed();
    if (text.empty() || other_text.empty()) return;
    placeholders(a_);
    placeholders(b_);
    if (text == other_text) return copied(text);
    bool foreign = wrong_language(a_);
    if (wrong_language(b_)) foreign = true;
    wrong_characters(a_);
    wrong_characters(b_);
    punctuation(a_);
    punctuation(b_);

    parity_text::read_facts(a_, a_.words, a_.facts);
    parity_text::read_facts(b_, b_.words, b_.facts);
    for (const auto kind : {Kind::link, Kind::mail}) {
      links(kind, a_, b_);
      links(kind, b_, a_);
    }
    if (foreign) return;
    figures();
    names(a_, b_);
    names(b_, a_);
    lengths();
  }

  /// An issue with its first place.
  json& add(const char* code, const Side& side, const Span& span,
            Severity severity = Severity::warning) {
    Issue issue;
    issue.code = code;
    issue.severity = severity;
    issue.pointer = "/" + escape_pointer(side.language);
    issue.language = side.language;
    issue.params["value"] = side.written(span);
    issues_.push_back(std::move(issue));
    return add_place(side, span);
  }
  /// A further place of the last issue.
  json& add_place(const Side& side, const Span& span) {
    auto& params = issues_.back().params;
    params["spans"].push_back(side.place(span));
    return params;
  }

  /// Same text in both: but a name or a number may well be.
  void copied(std::string_view text) {
    int blanks = 0;
    for (const char c : text) blanks += c == ' ' ? 1 : 0;
    if (a_.han < 4 && (a_.latin < 30 || blanks < 4)) return;
    add("parity.copied", b_, b_.whole);
    add_place(a_, a_.whole);
  }

  bool wrong_language(const Side& side) {
    const bool chinese = side.words == Words::chinese;
    const bool wrong = chinese ? side.latin >= 20 && side.han * 5 < side.latin
                               : side.words == Words::english && side.han >= 4 &&
                                     side.han * 3 > side.latin;
    if (wrong) add("parity.language", side, side.whole);
    return wrong;
  }

  /// Reports, as one issue, the characters that are wrong.
  void characters(const char* code, Severity severity, const Side& side,
                  bool (*wrong)(const Side& side, std::size_t at)) {
    std::string found;
    int places = 0;
    for (std::size_t i = 0; i < side.size() && places < 20; ++i) {
      if (!wrong(side, i)) continue;
      const Span span{i, i + 1};
      const auto written = side.written(span);
      auto& params =
          places++ == 0 ? add(code, side, span, severity) : add_place(side, span);
      if (found.find(written) == std::string::npos) found += written;
      params["value"] = found;
    }
  }

  /// Traditional characters in a Simplified text, and the reverse.
  void wrong_characters(const Side& side) {
    if (side.of_script)
      characters("parity.script", Severity::warning, side,
                 [](const Side& text, std::size_t at) {
                   return is_of_other_script(text.unit_at(at), text.simplified);
                 });
  }

  /// Punctuation of the other width: "武汉,曼彻斯特", "Wuhan，Manchester".
  void punctuation(const Side& side) {
    if (side.words == Words::none) return;
    characters("parity.punctuation", Severity::hint, side,
               [](const Side& text, std::size_t i) {
                 const auto mark = text.unit_at(i);
                 const auto before = text.unit_at(i - 1);
                 const auto after = text.unit_at(i + 1);
                 return text.words == Words::chinese
                            ? is_one_of(u",;:?!.", mark) && is_han(before) &&
                                  (is_han(after) || after <= u' ' || after == 0x3000)
                            : is_one_of(u"，。；：？！、", mark) && is_letter(before);
               });
  }

  void placeholders(const Side& side) {
    const Span mark = parity_text::find_placeholder(side);
    if (mark.to > 0) add("parity.placeholder", side, mark);
  }

  /// Links, or addresses, that the other text does not have.
  void links(Kind kind, Side& side, Side& other) {
    json known;
    for (const auto& link : other.facts.links) {
      if (link.kind == kind) known[other.folded(link.span)];
    }
    for (const auto& link : side.facts.links) {
      if (link.kind == kind && !known.contains(side.folded(link.span)))
        add(kind == Kind::link ? "parity.link" : "parity.email", side, link.span);
    }
  }

  /// Leaves as required the figures that the other text does not state. Days are compared
  /// as days where both texts name as many, and otherwise by their number alone.
  static void forget_stated(Side& side, Side& other, bool by_day) {
    for (auto& figure : side.facts.figures) {
      for (const auto& one : other.facts.figures) {
        const bool comparable =
            !by_day || figure.kind != Kind::day || one.kind == Kind::day;
        if (figure.required && comparable && agree(figure, one)) figure.required = false;
      }
    }
  }

  void figures() {
    int days = 0;
    for (const auto& figure : a_.facts.figures) days += figure.kind == Kind::day ? 1 : 0;
    for (const auto& figure : b_.facts.figures) days -= figure.kind == Kind::day ? 1 : 0;
    a_.facts.figures.cut(max_figures + 1);
    b_.facts.figures.cut(max_figures + 1);
    forget_stated(a_, b_, days == 0);
    forget_stated(b_, a_, days == 0);
    for (const auto& figure : a_.facts.figures) {
      if (!figure.required) continue;
      auto& params = add("parity.figure", a_, figure.span);
      // Of what is left over on the other side, what is most alike.
      Figure* best = nullptr;
      for (auto& one : b_.facts.figures) {
        if (one.required &&
            (best == nullptr || (one.kind == figure.kind && best->kind != figure.kind)))
          best = &one;
      }
      if (best == nullptr) continue;
      best->required = false;
      params["other"] = b_.written(best->span);
      add_place(b_, best->span);
    }
    for (const auto& figure : b_.facts.figures) {
      if (figure.required) add("parity.figure", b_, figure.span);
    }
  }

  /// A name in Latin letters in a Chinese text should stand in the other text, too: at
  /// least its first letters.
  void names(const Side& side, const Side& other) {
    if (side.words != Words::chinese) return;
    constexpr std::size_t compared = 100;
    std::size_t left = max_figures;
    for (std::size_t from = 0; from < side.size() && left > 0; ++from) {
      const std::size_t letters = side.letters_at(from);
      const std::size_t size = letters < compared ? letters : compared;
      const Span span{from, from + letters};
      bool capital = false;
      for (; from < span.to; ++from) capital = capital || is_upper(side.char_at(from));
      const auto previous = side.before(span.from);
      const auto next = side.char_at(span.to);
      const bool part = is_digit(previous) || is_one_of(u"@./", previous) ||
                        is_digit(next) || is_one_of(u".@:", next);
      if (part || !capital || size < 3) continue;
      --left;
      std::size_t same = 0;
      for (std::size_t at = 0; at < other.size() && same < size; ++at) {
        same = 0;
        while (same < size &&
               lower(other.char_at(at + same)) == lower(side.char_at(span.from + same)))
          ++same;
      }
      if (same < size) add("parity.name", side, span, Severity::hint);
    }
  }

  /// A Chinese character is worth 0.6 of an English word, give or take.
  void lengths() {
    const bool first = a_.words == Words::chinese;
    if (first == (b_.words == Words::chinese)) return;
    const auto& chinese = first ? a_ : b_;
    const auto& other = first ? b_ : a_;
    const auto characters = count(chinese.utf8, Unit::words);
    const auto words = count(other.utf8, Unit::words);
    if (characters < 30 && words < 20) return;
    if (characters * 10 >= words * 7 && characters <= words * 4) return;
    const bool shorter = characters < words * 2;
    const auto& side = shorter ? chinese : other;
    auto& params = add("parity.length", side, side.whole, Severity::hint);
    params["value"] = nullptr;
    params["count"] = shorter ? characters : words;
    params["other"] = shorter ? words : characters;
  }

  Side a_;
  Side b_;
  std::vector<Issue> issues_;
};

}  // namespace

std::vector<Issue> parity(const LanguageText& first, const LanguageText& second) {
  return Comparison(first, second).run();
}

}  // namespace hezuo
