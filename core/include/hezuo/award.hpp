#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "hezuo/array.hpp"
#include "hezuo/form.hpp"
#include "hezuo/i18n.hpp"
#include "hezuo/json.hpp"
#include "hezuo/taxonomy.hpp"

/// A call for applications, and one application to it: a form with deadlines, gates,
/// criteria and consents around it, and a document that can be handed in.
namespace hezuo {

/// Caps of what is read, in bytes.
inline constexpr std::size_t max_definition_bytes = 2'000'000;
inline constexpr std::size_t max_document_bytes = 8'000'000;

/// The last instant for some or all applicants.
struct Deadline {
  std::int64_t at = 0;  ///< Milliseconds since 1970-01-01T00:00:00Z.
  std::string zone;     ///< IANA time zone, for showing.
  Text label;
  std::unique_ptr<const BoundRule> applies;  ///< Whom it is for; null: everyone.
};

/// A condition of taking part.
struct Gate {
  std::string id;
  Text label;
  Text reason;                            ///< Why it refuses.
  std::unique_ptr<const BoundRule> rule;  ///< Never null.
};

/// What a jury scores.
struct Criterion {
  std::string id;
  Text label;
  Text guidance;
  double weight = 1;
  double from = 0;
  double to = 5;
  double step = 1;
  std::optional<double> threshold;
};

/// A declaration of will: its own box, never ticked beforehand.
struct Consent {
  std::string id;
  std::string version;
  Text label;
  Text text;
  bool required = true;
  std::unique_ptr<const BoundRule> required_when;
};

/// A compiled definition. Immutable.
struct Call {
  FormDefinition form;
  Text contact_name;
  std::string contact_email;
  std::string contact_url;
  std::optional<std::int64_t> opens;
  Array<Deadline> closes;
  Array<Gate> eligibility;
  Array<Criterion> criteria;
  Array<Consent> consents;
  bool amend = false;
  std::uint64_t attachment_bytes = 40'000'000;
};

/// A call, or all that is wrong with its definition: issues whose pointers go into the
/// definition. A call may come with warnings and hints.
struct CompiledCall {
  std::optional<Call> call;
  std::vector<Issue> issues;
};

/// Compiles a definition: JSON with comments, at most `max_definition_bytes`.
CompiledCall compile_call(std::string_view text, std::span<const Taxonomy> taxonomies);

/// The time zone database of a host.
struct ZoneDatabase {
  std::vector<std::string> names;
  /// Seconds that the clocks of the zone `name` are ahead of UTC at an instant, given in
  /// milliseconds since 1970.
  std::function<std::int64_t(const std::string& name, std::int64_t at)> offset;
};

/// What more a database knows of a definition, for its author: warnings of zones that it
/// does not have, and of deadlines whose offset is not the one of their zone on that day.
/// No form depends on it, since browsers and servers have other databases or none.
std::vector<Issue> lint_zones(std::string_view definition, const ZoneDatabase& zones);

/// The definition as a page needs it to show the form: texts in all languages, options
/// of taxonomies filled in, instants in milliseconds, no rules. JSON text.
std::string describe(const Call& call);

/// A JSON Schema (2020-12) of the documents of a call: it takes every document that the
/// core finds valid, so that any back end can check structure by itself.
nlohmann::json document_schema(const Call& call);

enum class GateState : std::uint8_t { pass, fail, unknown };

enum class CallState : std::uint8_t { always, early, open, closed };

/// One application: the answers, the consents, and what the clock says.
///
/// It keeps a pointer to its call, and reads no clock: `now` is milliseconds since 1970.
class Application {
 public:
  /// An empty one.
  Application(const Call& call, std::string_view language, std::int64_t now);
  /// One from a document (`parse_document`): a draft, or what was handed in. What does
  /// not fit the call is kept, and among the issues.
  Application(const Call& call, const nlohmann::json& document, std::int64_t now);

  [[nodiscard]] const Call& call() const { return *call_; }
  FormSession& form() { return form_; }
  [[nodiscard]] const FormSession& form() const { return form_; }
  [[nodiscard]] const std::string& language() const { return language_; }

  /// The language of filling in: that of the definition which serves the tag best.
  void set_language(std::string_view language);
  Change set_now(std::int64_t now);
  /// Gives or withdraws a consent. False if the call has none of that id.
  bool set_consent(std::string_view id, bool given, std::int64_t at);

  struct ConsentState {
    bool given = false;
    bool required = false;
    std::vector<Issue> issues;
  };
  [[nodiscard]] ConsentState consent(std::size_t index) const;

  /// A gate is unknown while something that it reads is not settled.
  [[nodiscard]] GateState gate(std::size_t index) const;

  struct DeadlineState {
    CallState state = CallState::always;
    std::optional<std::int64_t> closes;  ///< For these answers.
  };
  [[nodiscard]] DeadlineState deadline() const;

  /// All that is wrong, in the order: document, answers, files, gates, consents,
  /// deadline.
  [[nodiscard]] std::vector<Issue> issues() const;
  /// The same of the document that would be handed in, as its receiver finds them: what
  /// an older draft held beside it (another revision, questions that are gone) is left
  /// behind. The receiver has a clock of its own, and ours may be wrong: what it says of
  /// the deadline is a warning.
  [[nodiscard]] std::vector<Issue> issues_at_hand_in() const;
  /// What is left behind, as hints.
  [[nodiscard]] std::vector<Issue> left_behind() const;

  /// The document as it stands. For a draft, answers of irrelevant fields are kept.
  [[nodiscard]] nlohmann::json document(bool draft) const;
  /// Adds to the history, as in {"at": "2019-09-01T08:00:00Z", "event": "handed_in"}.
  void add_history(std::string_view event, std::int64_t at);

 private:
  const Call* call_;
  FormSession form_;
  std::string language_;
  std::int64_t now_;
  nlohmann::json consents_ = nlohmann::json::object();
  nlohmann::json history_ = nlohmann::json::array();
  std::vector<Issue> document_issues_;
};

/// Parses a document: strict JSON, an object, at most `max_document_bytes`. Fails as
/// `parse_json` does.
Result<nlohmann::json> parse_document(std::string_view text);

/// The issue of a document that could not be parsed.
Issue unreadable(const Error& error);

/// What a receipt says: SHA-256 of the canonical text (RFC 8785) of a document.
std::string receipt(const nlohmann::json& document);

/// Whether nothing among `issues` blocks handing in.
bool accepts(const std::vector<Issue>& issues) noexcept;

/// Writes {"code", "severity", "pointer", "params", "text", "key"?, "language"?,
/// "rule"?}, leaving the object open for more.
void write_issue(JsonWriter& out, const Issue& issue, std::string_view text);

/// The sentence for a person: `issue` with its label, in the catalogue's language.
std::string issue_text(const Issue& issue, const Call& call, const Catalogue& catalogue);

/// An attached file, as its bytes say.
struct FileFacts {
  std::string sha256;
  std::size_t size = 0;
  std::string type;  ///< Media type by content; empty when unknown.
};
/// Recognized are PDF, JPEG, PNG, GIF, WebP, TIFF, ZIP with the office formats in it,
/// plain UTF-8 text.
FileFacts inspect_file(std::string_view bytes);

}  // namespace hezuo
