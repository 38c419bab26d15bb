#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/array.hpp"
#include "hezuo/i18n.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/rules.hpp"
#include "hezuo/taxonomy.hpp"
#include "hezuo/text.hpp"

/// Forms as data: a definition is compiled once into a `FormDefinition`; a `FormSession`
/// holds the answers of one person, takes one changed answer at a time, and says what
/// changed. Checking a whole document is opening a session with it, so the two cannot
/// disagree.
namespace hezuo {

/// At most so many issues are told of one document; it is refused all the same. More
/// items in one list, or rows in one group, are never looked into.
inline constexpr std::size_t max_issues = 1000;

/// "No such index."
inline constexpr std::size_t none = static_cast<std::size_t>(-1);

enum class FieldKind : std::uint8_t {
  line,
  prose,
  choice,
  choices,
  taxonomy,
  number,
  money,
  date,
  month,
  period,
  yes_no,
  email,
  phone,
  url,
  identifier,
  country,
  place,
  file,
  group,
  computed,
  note,
};
/// "line", "yes-no" ...: as definitions write it.
[[nodiscard]] std::string_view name(FieldKind kind) noexcept;

/// In which languages a text is answered.
enum class AnswerMode : std::uint8_t {
  plain,   ///< A text without language: a name in its own script, an acronym.
  either,  ///< In one language at least.
  both,    ///< In every language of the definition.
  single,  ///< In the one language that is named.
};

/// Limits of one text.
struct TextLimit {
  Unit unit = Unit::graphemes;
  std::optional<std::size_t> min;
  std::optional<std::size_t> max;

  bool operator==(const TextLimit&) const = default;
};

struct Option {
  std::string id;
  Text label;
  Text hint;
  std::string parent;  ///< Of a term of a taxonomy; else empty.
};

/// A rule with the places that it reads: indices of fields, one for each of its roots.
struct BoundRule {
  Rule rule;
  std::vector<std::size_t> reads;
};

/// One question. Which members matter depends on `kind`; core/data/definitions/README.md
/// has the table.
struct Field {
  std::string id;
  FieldKind kind = FieldKind::line;
  std::size_t section = 0;
  std::size_t group = none;           ///< Index of the group that it is in.
  std::vector<std::size_t> children;  ///< Of a group: indices of its fields.
  Text label;
  Text hint;
  Text help;
  Text example;
  Text text;  ///< Of a note: what it says. Of a number: its unit. Of a group: a row's
              ///< name.
  std::string autocomplete;
  bool jury = true;                 ///< Whether a blind jury sees it.
  std::vector<std::size_t> checks;  ///< Indices of those that show here.

  bool required = false;
  std::unique_ptr<const BoundRule> required_when;
  std::unique_ptr<const BoundRule> relevant_when;
  std::unique_ptr<const BoundRule> value;  ///< Of a computed field.

  AnswerMode answer = AnswerMode::plain;
  std::vector<std::size_t> languages;  ///< Of a text: indices into the definition's.
  Array<TextLimit> limits;             ///< Parallel to `languages`; one if plain.

  Array<Option> options;      ///< Of choice, choices, taxonomy.
  std::string list;           ///< Of taxonomy.
  std::optional<double> min;  ///< A number, or how many.
  std::optional<double> max;
  int decimals = 0;
  std::vector<std::string> names;  ///< Currencies, schemes, or media types.
  Array<std::pair<std::optional<double>, std::optional<double>>> amounts;
  std::string earliest;  ///< Of dates: a date, "today" or empty.
  std::string latest;
  bool by_month = true;          ///< Of a period.
  bool open_end = false;         ///< Of a period.
  bool confirm = false;          ///< Of yes-no: it must be yes.
  std::uint64_t file_bytes = 0;  ///< Of file: the most that one may have.
};

struct Section {
  std::string id;
  Text title;
  Text intro;
  std::string criterion;
  std::unique_ptr<const BoundRule> relevant_when;
  std::vector<std::size_t> fields;  ///< Top-level ones, in order.
};

/// A rule across fields, asked once all that it reads is answered.
struct Check {
  std::string id;
  std::unique_ptr<const BoundRule> rule;  ///< Never null.
  Text message;
  Severity severity = Severity::error;
  std::size_t at = 0;        ///< Index of the field where it shows.
  std::size_t group = none;  ///< Where it is asked for each row of a group.
};

/// A compiled form. Immutable; sessions keep a pointer to it.
struct FormDefinition {
  std::string id;
  std::uint64_t revision = 0;
  std::vector<std::string> languages;
  Text title;
  Text intro;
  nlohmann::json sets;
  Array<Section> sections;
  Array<Field> fields;  ///< In the order of the definition, a group before its own.
  Array<Check> checks;

  /// Index of the field with that id, or `none`.
  [[nodiscard]] std::size_t field(std::string_view wanted) const;

  /// What depends on what, made when compiling. A place is the index of a field; that of
  /// a group's rows as a value comes after them: fields.size() + index.
  struct Dependents {
    std::vector<std::size_t> values;    ///< Places whose relevance or value reads it.
    std::vector<std::size_t> required;  ///< Fields whose `required_when` reads it.
    std::vector<std::size_t> checks;    ///< Indices of checks that read it.
  };
  Array<Dependents> dependents;    ///< By place.
  std::vector<std::size_t> order;  ///< Places, each after all that it depends on.
  std::vector<std::size_t> rank;   ///< By place: its position in `order`.
  std::vector<std::size_t> by_id;  ///< Indices of fields, sorted by their ids.
};

/// Where a field is asked: in row `row` of its group, or once.
struct Place {
  std::size_t field = 0;
  std::size_t row = none;  ///< Position among the rows, not its id.

  bool operator==(const Place&) const = default;
};

/// How long one text of an answer is.
struct TextCount {
  std::size_t language = none;  ///< Index into the definition's; `none` if plain.
  TextLimit limit;
  std::size_t count = 0;

  bool operator==(const TextCount&) const = default;
};

/// What is known of one field (in one row).
struct CellState {
  bool relevant = true;
  bool required = false;
  bool answered = false;
  std::vector<Issue> issues;
  std::vector<TextCount> counts;
  const nlohmann::json* value = nullptr;  ///< Of a computed field.
  std::vector<std::string> rows;          ///< Of a group: the ids of its rows, in order.
};

/// How far a section is.
struct SectionState {
  enum class Progress : std::uint8_t { empty, started, error, complete };
  bool relevant = true;
  Progress progress = Progress::empty;
  std::size_t required = 0;
  std::size_t answered = 0;  ///< Of the required ones.
  /// By language of the definition: texts there are, texts there should be.
  std::vector<std::pair<std::size_t, std::size_t>> languages;

  bool operator==(const SectionState&) const = default;
};

/// What one edit did.
struct Change {
  std::vector<Place> cells;        ///< Whose `CellState` may have changed, no doubles.
  std::vector<std::size_t> facts;  ///< Places whose value for rules changed.
  std::string row;                 ///< Id of the row that was added.
  /// Whether of the cell nothing has changed but its text, the length of that, and
  /// perhaps what `compare` will say.
  bool only_length = false;
};

/// The answers of one person. It keeps a pointer to its definition.
class FormSession {
 public:
  /// `answers` is the document's object (its strings are put into NFC); whatever does
  /// not fit the definition is kept and reported. `today` is "YYYY-MM-DD".
  FormSession(const FormDefinition& definition, const nlohmann::json& answers,
              std::string_view today);
  FormSession(FormSession&&) noexcept;
  FormSession& operator=(FormSession&&) noexcept;
  ~FormSession();

  /// The place that "title" or "members/r1/name" names.
  [[nodiscard]] std::optional<Place> find(std::string_view key) const;
  [[nodiscard]] std::string key(const Place& place) const;
  [[nodiscard]] std::string pointer(const Place& place) const;

  /// Sets an answer; null takes it away. Not for groups and computed fields.
  Change set(const Place& place, nlohmann::json value);
  /// Sets the text in one language of a text field (`none`: plain), or the name of a
  /// place. `utf8` may be ill-formed: what is not UTF-8 becomes U+FFFD.
  Change set_text(const Place& place, std::size_t language, std::string_view utf8);
  /// Names a cell in which `parity` finds something else than when it was last looked at,
  /// if it does. No edit compares languages, as that takes longer than all else that it
  /// does; `cell` and `issues` always say what is found.
  Change compare(const Place& place);
  /// Adds an empty row to a group, before position `at` (`none`: at the end).
  Change add_row(std::size_t group, std::size_t at);
  /// The same with the answers (and the id, if it is free) that it once had.
  Change restore_row(std::size_t group, std::size_t at, const nlohmann::json& answers);
  Change remove_row(std::size_t group, std::size_t row);
  Change move_row(std::size_t group, std::size_t row, std::size_t to);
  /// The date of today has changed.
  Change set_today(std::string_view today);

  [[nodiscard]] std::size_t row_count(std::size_t group) const;
  [[nodiscard]] CellState cell(const Place& place) const;
  /// As `cell` has them.
  [[nodiscard]] const std::vector<TextCount>& counts(const Place& place) const;
  [[nodiscard]] SectionState section(std::size_t index) const;
  /// All places in the order of the definition.
  [[nodiscard]] std::vector<Place> places() const;
  /// All issues in the order of the definition.
  [[nodiscard]] std::vector<Issue> issues() const;
  /// The answer as in a document; null when there is none.
  [[nodiscard]] nlohmann::json answer(const Place& place) const;
  /// All answers. Those of irrelevant fields only if `with_irrelevant`.
  [[nodiscard]] nlohmann::json answers(bool with_irrelevant) const;
  /// Evaluates a rule of the definition outside groups. False where it fails.
  [[nodiscard]] nlohmann::json evaluate(const BoundRule& rule) const;
  /// Whether all that a rule outside groups reads is answered, in every row and with all
  /// of its parts. What is not asked counts as answered, once the rules which say so are
  /// settled themselves; what is computed, once all is that it is computed from.
  [[nodiscard]] bool settled(const BoundRule& rule) const;
  /// Whether all that it holds has a place in the definition and, where that is not
  /// relevant, at least its shape: then nothing changes when what does not count goes.
  [[nodiscard]] bool fits() const;
  /// Bytes of all attached files that count.
  [[nodiscard]] std::uint64_t file_bytes() const;

 private:
  struct State;
  class Settling;
  std::unique_ptr<State> state_;
};

/// A JSON Schema (2020-12) of the `answers` of a definition: it takes every answer that
/// the core takes.
[[nodiscard]] nlohmann::json answers_schema(const FormDefinition& definition);

}  // namespace hezuo
