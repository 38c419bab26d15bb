#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "hezuo/result.hpp"

namespace hezuo {

/// Caps that hold while parsing, so that no hostile input reaches memory.
struct ParseLimits {
  std::size_t max_bytes = 8'000'000;
  std::size_t max_depth = 64;
  bool comments = false;  ///< Whether // and /* */ are skipped.
};

/// Parses strict JSON (RFC 8259) in UTF-8. Duplicate keys are refused; a byte-order mark
/// is skipped.
///
/// Fails with `invalid_json`, `invalid_utf8`, `too_large`, `too_deep` or
/// `duplicate_key`; the message says line and column, the path how far it came. The
/// offset is that of the first byte which cannot be read, or of the curly quotation mark
/// by which somebody meant to end a text.
Result<nlohmann::json> parse_json(std::string_view text, const ParseLimits& limits = {});

/// A place in a text that is not JSON. Lines and columns count from 1, columns in code
/// points. `meant` is the sign of JSON for which a Chinese keyboard types what stands
/// there, `typed`; 0 where nothing such stands there.
struct JsonMistake {
  std::size_t line = 1;
  std::size_t column = 1;
  std::string_view typed;  ///< Points into the text.
  char meant = 0;
};
/// What stands at the `offset` of an `Error` of that text.
///
///     describe_mistake("{\"a\"\uff1a1}", 4)   // -> line 1, column 5, ':' meant
JsonMistake describe_mistake(std::string_view text, std::size_t offset);

/// The member `key` of an object where it is a string, else null.
const std::string* string_at(const nlohmann::json& object, std::string_view key);

/// JSON text, keys sorted by bytes; ill-formed UTF-8 becomes U+FFFD.
std::string dump_json(const nlohmann::json& value);

/// Writes JSON text as it goes, without building the value first: answers to a page are
/// written thus. It knows where commas belong; the caller closes what it opens.
///
///     JsonWriter out;
///     out.open('{').text("id", "title").number("index", 3).close('}');
///     out.take()  // -> {"id":"title","index":3}
///
/// Text is well-formed UTF-8.
class JsonWriter {
 public:
  /// Opens an object '{' or an array '[': as the next item, or under `key`.
  JsonWriter& open(char bracket);
  JsonWriter& open(std::string_view key, char bracket);
  JsonWriter& close(char bracket);

  JsonWriter& text(std::string_view value);
  JsonWriter& text(std::string_view key, std::string_view value);
  JsonWriter& number(std::string_view key, double value);
  JsonWriter& flag(std::string_view key, bool value);
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);
  JsonWriter& raw(std::string_view key, std::string_view json);
  JsonWriter& value(std::string_view key, const nlohmann::json& value);

  [[nodiscard]] const std::string& written() const noexcept { return out_; }
  [[nodiscard]] std::string take() noexcept { return std::move(out_); }

 private:
  void separate();
  void name(std::string_view key);

  std::string out_;
};

/// The canonical text of `value` (RFC 8785): keys in UTF-16 order, numbers as ECMAScript
/// prints them (an integer beyond 2^53 is rounded to a double, as JSON.parse does).
std::string canonical_json(const nlohmann::json& value);

/// `segment` escaped for a JSON Pointer (RFC 6901).
std::string escape_pointer(std::string_view segment);

/// SHA-256 (FIPS 180-4) of `bytes`, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace hezuo
