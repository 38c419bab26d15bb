#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hezuo {

/// What went wrong with a call. Values are part of the ABI: append, never renumber.
///
/// An error is for the developer who called; what an applicant or a maintainer reads
/// is an `Issue` (hezuo/i18n.hpp), which has a text in every language.
enum class ErrorCode : std::uint8_t {
  invalid_json = 1,   ///< The input is not the JSON that is asked for.
  invalid_utf8 = 2,   ///< The input is not UTF-8.
  out_of_range = 3,   ///< A value is outside its documented limits.
  too_large = 4,      ///< The input is larger than its cap.
  too_deep = 5,       ///< The input nests deeper than its cap.
  duplicate_key = 6,  ///< An object has one key twice.
  rule_invalid = 7,   ///< A rule has an unknown operator or the wrong arguments.
  rule_type = 8,      ///< A rule met a value that its operator does not take.
  rule_steps = 9,     ///< A rule took more steps than it may.
  unknown_name = 10,  ///< A name (field, language, handle ...) that does not exist.
};

/// Stable, dotted name of `code`, e.g. "json.invalid". Never localized.
[[nodiscard]] std::string_view name(ErrorCode code) noexcept;

/// A failure as a value: `path` is an RFC 6901 JSON Pointer into the input.
struct Error {
  ErrorCode code;
  std::string path;
  std::string message;
  std::size_t offset = 0;  ///< Of what is not JSON: in bytes, where the mistake stands.

  bool operator==(const Error&) const = default;
};

}  // namespace hezuo
