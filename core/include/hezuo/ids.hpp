#pragma once

#include <cstddef>
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
/// "valid", "warning", "invalid".
[[nodiscard]] std::string_view name(Verdict verdict) noexcept;

/// The limit of `check_id`, in bytes: as long as a URL may be.
inline constexpr std::size_t max_id_bytes = 2048;

/// What a check found. A valid identifier is well-formed and consistent; whether it was
/// ever assigned, only its registry knows.
struct IdCheck {
  Verdict verdict = Verdict::valid;
  /// Empty when valid, else why not. The code is "id." and this:
  ///
  /// * "format": not built like such an identifier, or not UTF-8 (all kinds).
  /// * "length": too short, too long, or beyond the limit (all kinds).
  /// * "check": a check character or a day of birth in it does not fit (uscc, orcid,
  ///   ror, lei, vat).
  /// * "legacy": a warning; only the older one of two checks fits (uscc).
  /// * "resident_id": the number of a person, not to be stored (uscc).
  /// * "prefix": no country code of the EU in front (vat).
  /// * "country_code": no calling code that is in use; a warning where the number can
  ///   be completed (phone).
  /// * "local_part": wrong in front of the @ (email).
  /// * "domain": no public host name, or no address (email, url).
  /// * "scheme": neither http:// nor https:// (url).
  /// * "userinfo": has a user name or password (url).
  /// * "unknown": not assigned (country).
  std::string_view code;
  /// The canonical form: for a valid one or a warning always, otherwise what could be
  /// made out (of a URL without scheme, the one with https://), perhaps nothing. Of a
  /// person's number, nothing.
  std::string normalized;

  bool operator==(const IdCheck&) const = default;
};

/// Checks `value`: as typed, in UTF-8. Forgiven are spaces and characters that cannot be
/// seen around it, full-width letters and digits, U+3002 for a dot, the dashes of word
/// processors, and what people put between digits; a check of the canonical form says
/// the same again.
///
///     check_id(IdKind::orcid, "https://orcid.org/0000-0002-1825-0097").normalized
///         // -> "0000-0002-1825-0097"
///     check_id(IdKind::phone, "0086 (0)10-88888888 ext. 12").normalized
///         // -> "+861088888888;ext=12", as in RFC 3966
///     check_id(IdKind::uscc, "91350203M0001QKT19")
///         // -> warning "legacy": only the check of the organisation code fits
///
/// Choices where standards leave some:
/// * email: dot-atom only, with letters of every script (RFC 6531); no quoted local part,
///   comment or address literal. At most 64 bytes before the @ and 254 in all.
/// * email, url: a host name has two labels at least; a label is LDH, Punycode that
///   decodes and encodes back (RFC 3492), or letters of other scripts, which stay as
///   they are (in NFC and lower case). The tables of RFC 5892 are not applied.
/// * phone: with calling code, which is never guessed; only a bare mobile number of
///   China is completed, with a warning. Numbers of China are checked for their form,
///   others for their length (E.164).
/// * vat: of the EU and Northern Ireland, with country code ("EL", also "GR"). Shape and
///   check digits as in python-stdnum.
/// * uscc: GB 32100-2015; codes from before 2016 that fail its check character but pass
///   the one of GB 11714 inside are real, hence "legacy". GB 11643 tells a person's.
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

  auto operator<=>(const Date&) const = default;  // NOLINT(modernize-use-nullptr)
};
/// "2019-09-30" with four-digit years; nothing else, and only days that exist.
///
///     parse_date("2023-02-29")   // -> nothing
[[nodiscard]] std::optional<Date> parse_date(std::string_view text) noexcept;
/// "2019-09".
[[nodiscard]] std::optional<Date> parse_month(std::string_view text) noexcept;
/// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 date-time. An offset (or Z) is
/// required; digits behind milliseconds are cut off; a leap second is the first second of
/// the next day, as POSIX clocks have it.
///
///     parse_instant("2019-09-30T17:00:00+02:00")   // -> 1569855600000
[[nodiscard]] std::optional<std::int64_t> parse_instant(std::string_view text) noexcept;
/// The RFC 3339 text of an instant in UTC, without fraction where it is zero. Years that
/// RFC 3339 cannot write get a sign and six digits or more, as in ECMAScript;
/// `parse_instant` does not read these.
[[nodiscard]] std::string format_instant(std::int64_t milliseconds);
/// Whether `text` is built like the name of a zone in the IANA database: "Area/Location"
/// or "UTC". Which ones there are, only a database knows, and abbreviations are none:
/// "CST" is the time of Chicago as well as of Shanghai.
[[nodiscard]] bool is_zone_name(std::string_view text) noexcept;

}  // namespace hezuo
