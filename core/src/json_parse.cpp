// JSON texts, read without recursion into nlohmann's values. Its own parser would be a
// twentieth of the whole form's download (it brings exceptions and type information with
// it), and takes comments and duplicate keys otherwise than we do.

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "decimal.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"
#include "text_utf8.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Stops at the first breach of a limit, so that nothing beyond it is ever allocated.
class Reader {
 public:
  Reader(std::string_view text, const ParseLimits& limits)
      : text_(text), limits_(limits) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  Result<json> read() {
    json root;
    slot_ = &root;
    while (slot_ != nullptr) {
      if (!value() || !next()) return std::move(error_);
    }
    return root;
  }

 private:
  struct Open {
    json* value;
    const std::string* key;  ///< Of the member that is read; null in an array.
  };

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  /// The byte to read; 0 at the end, which begins nothing.
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
  }

  /// A whole value, or the beginning of one that has something within.
  bool value() {
    if (!space()) return false;
    json& slot = *slot_;
    switch (peek()) {
      case '{':
        return open(json::value_t::object);
      case '[':
        return open(json::value_t::array);
      case '"':
        slot = json::value_t::string;
        return string(slot.get_ref<std::string&>());
      case 't':
        return literal("true", slot, true);
      case 'f':
        return literal("false", slot, false);
      case 'n':
        return literal("null", slot, nullptr);
      default:
        return number(slot);
    }
  }

  /// Behind a value: where the next one goes, null where none is to come.
  bool next() {
    while (!open_.empty()) {
      if (std::exchange(entered_, false)) {
        if (!space()) return false;
        if (close()) continue;
        return enter();
      }
      if (!space()) return false;
      if (take(',')) return enter();
      if (!close()) return fail();
    }
    slot_ = nullptr;
    return space() && (at_end() || fail());
  }

  bool open(json::value_t type) {
    if (open_.size() == limits_.max_depth) {
      return fail(ErrorCode::too_deep,
                  "more than " + std::to_string(limits_.max_depth) + " levels");
    }
    ++at_;
    *slot_ = type;
    open_.push_back({slot_, nullptr});
    entered_ = true;
    return true;
  }

  bool close() {
    if (!take(open_.back().value->is_array() ? ']' : '}')) return false;
    open_.pop_back();
    return true;
  }

  /// Makes room for one more item or member, whose name is read.
  bool enter() {
    json& parent = *open_.back().value;
    if (parent.is_array()) {
      parent.push_back(nullptr);
      slot_ = &parent.back();
      return true;
    }
    std::string name;
    if (!space()) return false;
    if (peek() != '"') return fail();
    if (!string(name)) return false;
    const auto [member, inserted] =
        parent.get_ref<json::object_t&>().try_emplace(std::move(name));
    open_.back().key = &member->first;
    slot_ = &member->second;
    if (!inserted) {
      return fail(ErrorCode::duplicate_key,
                  "the key \"" + member->first + "\" stands twice");
    }
    return space() && (take(':') || fail());
  }

  bool space() {
    for (;;) {
      while (!at_end() &&
             std::string_view(" \t\n\r").find(peek()) != std::string_view::npos)
        ++at_;
      if (!limits_.comments || peek() != '/') return true;
      const auto rest = text_.substr(at_);
      const bool line = rest.starts_with("//");
      if (!line && !rest.starts_with("/*")) return true;
      const std::string_view ending = line ? "\n" : "*/";
      const auto end = rest.find(ending, 2);
      if (end == std::string_view::npos && !line) return fail();
      at_ = end == std::string_view::npos ? text_.size() : at_ + end + ending.size();
    }
  }

  template <class T>
  bool literal(std::string_view word, json& slot, T value) {
    for (const char c : word) {
      if (!take(c)) return fail();
    }
    slot = value;
    return true;
  }

  bool digits() {
    if (!is_digit(peek())) return fail();
    while (is_digit(peek())) ++at_;
    return true;
  }

  /// Whole numbers of 64 bits are kept exactly, others are doubles.
  bool number(json& slot) {
    const bool negative = take('-');
    const std::size_t begin = at_;
    if (!take('0') && !digits()) return false;
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    if (whole && integer(text_.substr(begin, at_ - begin), negative, slot)) return true;
    double magnitude = 0;
    read_decimal(text_.data() + begin, text_.data() + at_, magnitude);
    if (!std::isfinite(magnitude)) return fail();
    slot = negative ? -magnitude : magnitude;
    return true;
  }

  static bool integer(std::string_view digits, bool negative, json& slot) {
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t magnitude = 0;
    for (const char c : digits) {
      const auto digit = static_cast<std::uint64_t>(c - '0');
      if (magnitude > (most - digit) / 10) return false;
      magnitude = magnitude * 10 + digit;
    }
    if (!negative) {
      slot = magnitude;
      return true;
    }
    if (magnitude > std::uint64_t{1} << 63) return false;
    slot = static_cast<std::int64_t>(0 - magnitude);
    return true;
  }

  bool string(std::string& out) {
    in_string_ = true;
    string_begin_ = ++at_;
    for (;;) {
      const std::size_t begin = at_;
      while (!at_end() && peek() != '"' && peek() != '\\' && text::byte(peek()) >= 0x20)
        ++at_;
      out.append(text_, begin, at_ - begin);
      if (take('"')) {
        in_string_ = false;
        string_end_ = at_;
        return true;
      }
      if (!take('\\') || !escape(out)) return fail();
    }
  }

  bool escape(std::string& out) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
    if (const auto found = letters.find(peek()); found != std::string_view::npos) {
      out += meant[found];
      ++at_;
      return true;
    }
    char32_t character = 0;
    if (!take('u') || !hexadecimal(character)) return false;
    if (character >= 0xDC00 && character < 0xE000) return false;
    if (character >= 0xD800 && character < 0xDC00) {
      char32_t low = 0;
      if (!take('\\') || !take('u') || !hexadecimal(low)) return false;
      if (low < 0xDC00 || low >= 0xE000) return false;
      character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
    }
    text::append(out, character);
    return true;
  }

  bool hexadecimal(char32_t& unit) {
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      const auto letter = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (letter < 'a' || letter > 'f')) return false;
      unit = unit << 4 | static_cast<char32_t>(is_digit(c) ? c - '0' : letter - 'a' + 10);
      ++at_;
    }
    return true;
  }

  /// Where the mistake stands: as a rule where reading stopped. A text that somebody
  /// ended with a curly quotation mark goes on to the end of its line, or to the " that
  /// should begin the next one; then it is that mark.
  [[nodiscard]] std::size_t mistake() const {
    constexpr std::string_view opening = "\u201c";
    constexpr std::string_view closing = "\u201d";
    const bool endless = in_string_ && text::byte(peek()) < 0x20;
    const bool runs_on =
        string_end_ == at_ && !at_end() &&
        std::string_view("\",:{}[]").find(peek()) == std::string_view::npos;
    if ((!endless && !runs_on) || describe_mistake(text_, at_).meant != 0) return at_;
    std::size_t last = at_;
    int balance = 0;
    for (std::size_t at = string_begin_; at < at_; ++at) {
      const auto three = text_.substr(at, 3);
      if (three != opening && three != closing) continue;
      balance += three == opening ? 1 : -1;
      last = at;
    }
    return balance == 0 ? at_ : last;
  }

  bool fail() {
    if (!error_.message.empty()) return false;
    const std::size_t offset = mistake();
    const auto [line, column, typed, meant] = describe_mistake(text_, offset);
    std::string message =
        "not JSON: line " + std::to_string(line) + ", column " + std::to_string(column);
    if (meant != 0)
      message.append(": type ").append(1, meant).append(" for ").append(typed);
    return fail(ErrorCode::invalid_json, std::move(message), offset);
  }

  bool fail(ErrorCode code, std::string message, std::size_t offset = 0) {
    // The innermost failure is the one that says most.
    if (!error_.message.empty()) return false;
    std::string path;
    for (const auto& open : open_) {
      if (open.key != nullptr) path += "/" + escape_pointer(*open.key);
      if (open.value->is_array() && !open.value->empty())
        path += "/" + std::to_string(open.value->size() - 1);
    }
    error_ = {.code = code,
              .path = std::move(path),
              .message = std::move(message),
              .offset = offset};
    return false;
  }

  std::string_view text_;
  const ParseLimits& limits_;
  std::size_t at_ = 0;
  std::size_t string_begin_ = 0;  ///< Of the text read last, behind its first ".
  std::size_t string_end_ = 0;    ///< Behind its last ".
  bool in_string_ = false;
  json* slot_ = nullptr;
  std::vector<Open> open_;
  bool entered_ = false;  ///< Whether the innermost was opened just now.
  Error error_{};
};

}  // namespace

Result<json> parse_json(std::string_view text, const ParseLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error{ErrorCode::too_large, "",
                 "more than " + std::to_string(limits.max_bytes) + " bytes"};
  }
  if (!is_utf8(text)) return Error{ErrorCode::invalid_utf8, "", "not UTF-8"};
  return Reader(text, limits).read();
}

}  // namespace hezuo
