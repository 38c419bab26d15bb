#include "hezuo/json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "hezuo/text.hpp"
#include "number.hpp"
#include "sort.hpp"
#include "text_utf8.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

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

/// Ill-formed bytes become U+FFFD, each by itself.
std::string well_formed(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto size = text::decode(text.data(), text.data() + text.size()).size;
    const auto character = text.substr(0, size);
    const bool good = is_utf8(character);
    out += good ? character : "\xef\xbf\xbd";
    text.remove_prefix(good ? size : 1);
  }
  return out;
}

/// RFC 8785 asks for keys in UTF-16 order, and takes each number for a double.
enum class Form : std::uint8_t { plain, canonical };

std::vector<const std::string*> keys_of(const json& object, Form form) {
  std::vector<const std::string*> keys;
  keys.reserve(object.size());
  for (const auto& item : object.items()) keys.push_back(&item.key());
  if (form == Form::canonical) {
    sort(keys, [](const auto* a, const auto* b) { return utf16_less(*a, *b); });
  }
  return keys;
}

void append_text(std::string& out, const std::string& text) {
  if (is_utf8(text)) return append_string(out, text);
  append_string(out, well_formed(text));
}

void append_json(std::string& out, const json& value, Form form) {
  switch (value.type()) {
    case json::value_t::object: {
      out += '{';
      for (const auto* key : keys_of(value, form)) {
        if (out.back() != '{') out += ',';
        append_text(out, *key);
        out += ':';
        append_json(out, *value.find(*key), form);
      }
      out += '}';
      break;
    }
    case json::value_t::array: {
      out += '[';
      for (const auto& item : value) {
        if (out.back() != '[') out += ',';
        append_json(out, item, form);
      }
      out += ']';
      break;
    }
    case json::value_t::string:
      append_text(out, value.get_ref<const std::string&>());
      break;
    case json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      break;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
      if (form == Form::plain) {
        out += value.is_number_unsigned() ? std::to_string(value.get<std::uint64_t>())
                                          : std::to_string(value.get<std::int64_t>());
        break;
      }
      [[fallthrough]];
    case json::value_t::number_float: {
      const auto number = value.get<double>();
      out += std::isfinite(number) ? ecmascript_number(number) : "null";
      break;
    }
    default:
      out += "null";
  }
}

}  // namespace

std::string dump_json(const json& value) {
  std::string out;
  append_json(out, value, Form::plain);
  return out;
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
  append_json(out, value, Form::canonical);
  return out;
}

const std::string* string_at(const json& object, std::string_view key) {
  const auto at = object.find(key);
  return at == object.end() ? nullptr : at->get_ptr<const std::string*>();
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
