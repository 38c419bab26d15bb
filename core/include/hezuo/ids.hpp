#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hezuo {

/// Identifiers that the core can check without asking a server.
enum class IdKind : std::uint8_t {
  uscc,     ///< Unified Social Credit Code, GB 32100-2015.
  orcid,    ///< ORCID iD, ISO 7064 MOD 11-2.
  ror,      ///< Research Organization Registry ID.
  lei,      ///< Legal Entity Identifier, ISO 17442.
  pic,      ///< Participant Identification Code of the EU: nine digits.
  vat,      ///< VAT identification number of an EU member state or XI.
  email,    ///< RFC 5321 mailbox, also with non-ASCII local part (RFC 6531) or domain.
  phone,    ///< E.164 with country code; the notations of China and Europe.
  url,      ///< http or https, also with an internationalized host.
  country,  ///< ISO 3166-1 alpha-2.
};

enum class Verdict : std::uint8_t { valid, warning, invalid };

/// What a check found. A valid identifier is well-formed and consistent; whether it was
/// ever assigned, only its registry knows.
struct IdCheck {
  Verdict verdict = Verdict::valid;
  /// Empty when valid, else why not: a stable name such as "check", "format", "length",
  /// "legacy", "resident_id". The code is "id." and this.
  std::string_view code;
  /// The canonical form: for a valid one or a warning always, otherwise what could be
  /// made out, perhaps nothing.
  std::string normalized;

  bool operator==(const IdCheck&) const = default;
};

/// Checks `value` (UTF-8, as typed: spaces around it and full-width letters and digits
/// are forgiven).
///
///     check_id(IdKind::orcid, "https://orcid.org/0000-0002-1825-0097").normalized
///         // -> "0000-0002-1825-0097"
[[nodiscard]] IdCheck check_id(IdKind kind, std::string_view value);

/// "uscc", "orcid" ...: the names in definitions and on the command line.
[[nodiscard]] std::string_view name(IdKind kind) noexcept;
[[nodiscard]] std::optional<IdKind> id_kind(std::string_view name) noexcept;

/// All assigned ISO 3166-1 alpha-2 codes, sorted.
[[nodiscard]] std::span<const std::string_view> country_codes() noexcept;

/// A day of the proleptic Gregorian calendar, or a month of it when `day` is 0.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  auto operator<=>(const Date&) const = default;
};
/// "2019-09-30" with four-digit years; nothing else, and only days that exist.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;
/// "2019-09".
[[nodiscard]] std::optional<Date> parse_month(std::string_view text) noexcept;
/// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 date-time such as
/// "2019-09-30T17:00:00+02:00". An offset (or Z) is required.
[[nodiscard]] std::optional<std::int64_t> parse_instant(std::string_view text) noexcept;
/// The RFC 3339 text of an instant in UTC, without fraction where it is zero.
[[nodiscard]] std::string format_instant(std::int64_t milliseconds);

}  // namespace hezuo
