#include "hezuo/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "hezuo/text.hpp"
#include "number.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// Where `position` lies in `text`, as a person counts.
std::string line_and_column(std::string_view text, std::size_t position) {
  const auto before = text.substr(0, std::min(position, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto start = before.rfind('\n') + 1;  // npos + 1 is 0.
  return "line " + std::to_string(line) + ", column " +
         std::to_string(hezuo::count(before.substr(start), Unit::characters) + 1);
}

/// Builds the value while the parser reports it, and stops at the first breach of a
/// limit, so that nothing beyond it is ever allocated.
class Builder {
 public:
  explicit Builder(std::size_t max_depth) : max_depth_(max_depth) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(json::number_integer_t value) { return add(value); }
  bool number_unsigned(json::number_unsigned_t value) { return add(value); }
  bool number_float(json::number_float_t value, const std::string& /*text*/) {
    return add(value);
  }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(json::binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(json::object()); }
  bool start_array(std::size_t /*size*/) { return open(json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    auto [at, inserted] = open_.back()->emplace(name, nullptr);
    slot_ = &at.value();
    key_ = std::move(name);
    if (!inserted)
      fail(ErrorCode::duplicate_key, "the key \"" + key_ + "\" stands twice");
    return inserted;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*what*/) {
    position_ = position == 0 ? 0 : position - 1;
    fail(ErrorCode::invalid_json, "not JSON");
    return false;
  }

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t position() const { return position_; }
  json& root() { return root_; }
  Error& error() { return error_; }

 private:
  template <class T>
  bool add(T&& value) {
    place(std::forward<T>(value));
    return true;
  }

  template <class T>
  json* place(T&& value) {
    if (open_.empty()) {
      root_ = std::forward<T>(value);
      return &root_;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::forward<T>(value));
      return &open_.back()->back();
    }
    *slot_ = std::forward<T>(value);
    return slot_;
  }

  bool open(json value) {
    if (open_.size() == max_depth_) {
      fail(ErrorCode::too_deep, "more than " + std::to_string(max_depth_) + " levels");
      return false;
    }
    json* const opened = place(std::move(value));
    keys_.push_back(std::exchange(key_, {}));
    open_.push_back(opened);
    return true;
  }

  bool close() {
    key_ = std::move(keys_.back());
    keys_.pop_back();
    open_.pop_back();
    return true;
  }

  void fail(ErrorCode code, std::string message) {
    failed_ = true;
    error_ = {.code = code, .path = path(), .message = std::move(message)};
  }

  /// `keys_[i]` is the key under which `open_[i]` stands, where its parent is an object.
  std::string path() const {
    std::string pointer;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      const bool last = i + 1 == open_.size();
      if (open_[i]->is_array()) {
        const std::size_t size = open_[i]->size();
        if (last && size == 0) break;
        pointer += "/" + std::to_string(size - 1);
      } else if (!last || !key_.empty()) {
        pointer += "/" + escape_pointer(last ? key_ : keys_[i + 1]);
      }
    }
    return pointer;
  }

  std::size_t max_depth_;
  json root_;
  json* slot_ = nullptr;
  std::string key_;
  std::vector<json*> open_;
  std::vector<std::string> keys_;
  Error error_{};
  std::size_t position_ = 0;
  bool failed_ = false;
};

/// Order of UTF-16 code units, told from UTF-8: it differs from the order of bytes only
/// in that supplementary characters (F0-F4) come before U+E000-FFFF (EE, EF).
bool utf16_less(std::string_view a, std::string_view b) {
  const auto [at, bt] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (at == a.end() || bt == b.end()) return at == a.end() && bt != b.end();
  const auto rank = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : static_cast<int>(byte);
  };
  return rank(*at) < rank(*bt);
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view escaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view letters = "btnfr\"\\";
  out += '"';
  for (const char c : text) {
    if (const auto at = escaped.find(c); at != std::string_view::npos) {
      out += {'\\', letters[at]};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += {hex[static_cast<unsigned char>(c) >> 4U], hex[c & 0xF]};
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_canonical(std::string& out, const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      std::vector<const std::string*> keys;
      keys.reserve(value.size());
      for (const auto& [key, item] : value.items()) keys.push_back(&key);
      std::sort(keys.begin(), keys.end(),
                [](const auto* a, const auto* b) { return utf16_less(*a, *b); });
      char separator = '{';
      for (const auto* key : keys) {
        out += std::exchange(separator, ',');
        append_string(out, *key);
        out += ':';
        append_canonical(out, *value.find(*key));
      }
      if (keys.empty()) out += '{';
      out += '}';
      break;
    }
    case json::value_t::array: {
      char separator = '[';
      for (const auto& item : value) {
        out += std::exchange(separator, ',');
        append_canonical(out, item);
      }
      if (value.empty()) out += '[';
      out += ']';
      break;
    }
    case json::value_t::string:
      append_string(out, value.get_ref<const std::string&>());
      break;
    case json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      break;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
      out += ecmascript_number(value.get<double>());
      break;
    default:
      out += "null";
  }
}

}  // namespace

Result<json> parse_json(std::string_view text, const ParseLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error{ErrorCode::too_large, "",
                 "more than " + std::to_string(limits.max_bytes) + " bytes"};
  }
  if (!is_utf8(text)) return Error{ErrorCode::invalid_utf8, "", "not UTF-8"};
  // The parser takes a zero byte for the end of its input, and would ignore the rest.
  if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
    return Error{ErrorCode::invalid_json, "", "not JSON: " + line_and_column(text, zero)};
  }

  Builder builder(limits.max_depth);
  const bool whole = json::sax_parse(text.data(), text.data() + text.size(), &builder,
                                     json::input_format_t::json, /*strict=*/true,
                                     /*ignore_comments=*/limits.comments);
  if (builder.failed()) {
    Error error = std::move(builder.error());
    if (error.code == ErrorCode::invalid_json) {
      error.message += ": " + line_and_column(text, builder.position());
    }
    return error;
  }
  if (!whole) return Error{ErrorCode::invalid_json, "", "not JSON"};
  return std::move(builder.root());
}

std::string dump_json(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void JsonWriter::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

void JsonWriter::name(std::string_view key) {
  separate();
  append_string(out_, key);
  out_ += ':';
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::open(std::string_view key, char bracket) {
  name(key);
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view key, std::string_view value) {
  name(key);
  append_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::string_view key, double value) {
  return raw(key, ecmascript_number(value));
}

JsonWriter& JsonWriter::flag(std::string_view key, bool value) {
  return raw(key, value ? "true" : "false");
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view key, std::string_view json) {
  name(key);
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view key, const json& value) {
  return raw(key, dump_json(value));
}

std::string canonical_json(const json& value) {
  std::string out;
  append_canonical(out, value);
  return out;
}

std::string escape_pointer(std::string_view segment) {
  std::string escaped;
  escaped.reserve(segment.size());
  for (const char c : segment) {
    if (c == '~') {
      escaped += "~0";
    } else if (c == '/') {
      escaped += "~1";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace hezuo
