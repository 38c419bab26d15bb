#pragma once

// What a session holds, and how one edit runs through what depends on it.

#include <string>
#include <vector>

#include "answers.hpp"
#include "hezuo/form.hpp"

namespace hezuo {

struct Cell {
  nlohmann::json answer;  ///< As in the document; null when there is none.
  CheckedAnswer checked;
  std::vector<Finding> compared;  ///< What comparing its languages found last.
  bool stale = true;              ///< Whether its text has changed since then.
  bool relevant = true;
  bool required = false;

  /// What rules see: null where there is nothing, or where it does not matter.
  [[nodiscard]] const nlohmann::json* fact() const {
    return relevant && !checked.fact.is_null() ? &checked.fact : nullptr;
  }
};

struct Row {
  std::string id;
  std::vector<Cell> cells;  ///< Parallel to the group's children.
  nlohmann::json extra;     ///< Members that the definition does not know.
};

/// Whether an answer says nothing at all.
bool is_nothing(const nlohmann::json& value);

struct FormSession::State {
  explicit State(const FormDefinition& definition) : form(&definition) {}

  const FormDefinition* form;
  std::string today;
  std::vector<Cell> cells;             ///< By field; those in groups are unused.
  std::vector<std::vector<Row>> rows;  ///< By field; of groups only.
  std::vector<nlohmann::json>
      tables;  ///< By field: the rows of a group, as rules see them.
  nlohmann::json extra = nlohmann::json::object();  ///< Answers that do not fit anywhere.
  std::vector<std::vector<char>> failed;  ///< By check; a single one, or by row.

  // One edit.
  std::vector<std::size_t> dirty;     ///< By place: `none`, `every_row`, or a row.
  std::vector<std::size_t> frontier;  ///< Heap of the ranks of dirty places.
  std::vector<Place> required_again;
  std::vector<Place> checks_again;  ///< `field` is the index of a check.

  static constexpr std::size_t every_row = none - 1;

  void open(const nlohmann::json& answers);
  /// Puts answers into the rows of a group, as they are; reports what has no shape.
  void fill_group(std::size_t group, const nlohmann::json& answer);
  Row make_row(std::size_t group, const nlohmann::json* answers, std::string id) const;
  [[nodiscard]] std::string fresh_row_id(std::size_t group) const;
  [[nodiscard]] bool row_id_is_free(std::size_t group, std::string_view id) const;

  [[nodiscard]] Cell& cell(const Place& place);
  [[nodiscard]] const Cell& cell(const Place& place) const;
  [[nodiscard]] const nlohmann::json* fact(std::size_t place, std::size_t row) const;
  [[nodiscard]] nlohmann::json evaluate(const BoundRule& rule, std::size_t row) const;
  [[nodiscard]] bool holds(const std::unique_ptr<const BoundRule>& rule, std::size_t row,
                           bool otherwise) const;
  /// Whether a rule reads the field `child` in the rows of a group.
  [[nodiscard]] bool looks_at(const BoundRule& rule, std::size_t group,
                              std::size_t child) const;
  /// Whether all that a rule reads is answered.
  [[nodiscard]] bool knows(const BoundRule& rule, std::size_t row) const;
  [[nodiscard]] bool section_relevant(std::size_t section) const;

  /// Compares the languages of a cell, unless that is known; whether it finds anything
  /// else than before.
  bool compare(const Place& place);
  /// Takes an answer in NFC.
  Change assign(const Place& place, nlohmann::json value);
  /// Whether a check fails that shows there.
  [[nodiscard]] bool fails(const Place& place) const;
  /// Brings relevance, requiredness, value and findings of a cell up to date; whether
  /// its fact changed.
  bool refresh(const Place& place);
  void refresh_required(const Place& place);
  void check_cell(const Place& place);
  void check_group(std::size_t group);
  bool refresh_check(std::size_t check, std::size_t row);
  void refresh_row(std::size_t group, std::size_t row);
  void refresh_everything();
  void update_table(const Place& place);

  void fact_changed(std::size_t place, std::size_t row, Change& change);
  void mark(std::size_t place, std::size_t row);
  /// Rows came, went or moved, those from `first` to `end` have another position or are
  /// new: what reads the rows is asked again, and all checks by row.
  void rows_changed(std::size_t group, std::size_t first, std::size_t end,
                    Change& change);
  void settle(Change& change);
};

}  // namespace hezuo
