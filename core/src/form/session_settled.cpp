#include <algorithm>
#include <utility>

#include "session.hpp"

namespace hezuo {
namespace {

/// Whether a finding says that a part of the answer is still to come.
bool lacks_part(std::string_view code) {
  return code == "answer.language" || code == "period.open" || code == "place.country" ||
         code == "place.name";
}

}  // namespace

/// Finds out whether what rules read can still change by an answer that is to come.
class FormSession::Settling {
 public:
  explicit Settling(const State& state) : state_(state), form_(*state.form) {}

  bool rule(const BoundRule& bound, std::size_t row) {
    const std::size_t count = form_.fields.size();
    return std::all_of(bound.reads.begin(), bound.reads.end(), [&](std::size_t place) {
      return place < count ? this->place({place, row}) : table(bound, place - count);
    });
  }

 private:
  /// Of a table, what the rule looks at must be settled in each row.
  bool table(const BoundRule& bound, std::size_t group) {
    if (!place({group, none})) return false;
    for (const auto child : form_.fields[group].children) {
      if (!state_.looks_at(bound, group, child)) continue;
      for (std::size_t row = 0; row < state_.rows[group].size(); ++row) {
        if (!place({child, row})) return false;
      }
    }
    return true;
  }

  bool place(const Place& at) {
    const Field& field = form_.fields[at.field];
    const Cell& cell = state_.cell(at);
    if (cell.relevant && !field.value) return answered(field, cell);

    // What rests on rules may be asked for often, by rules that rest on one another.
    for (const auto& [known, settled] : known_) {
      if (known == at) return settled;
    }
    const bool settled =
        cell.relevant ? rule(*field.value, at.row) : not_asked(field, at.row);
    known_.emplace_back(at, settled);
    return settled;
  }

  static bool answered(const Field& field, const Cell& cell) {
    const bool there = field.kind == FieldKind::group
                           ? cell.checked.answered
                           : cell.fact() != nullptr && !is_nothing(*cell.fact());
    return there &&
           std::none_of(cell.checked.findings.begin(), cell.checked.findings.end(),
                        [](const Finding& finding) { return lacks_part(finding.code); });
  }

  /// Whether one of the rules which say that a field is not asked stays so.
  bool not_asked(const Field& field, std::size_t row) {
    const auto stays = [&](const std::unique_ptr<const BoundRule>& relevant,
                           std::size_t at) {
      return !state_.holds(relevant, at, true) && rule(*relevant, at);
    };
    return stays(form_.sections[field.section].relevant_when, none) ||
           stays(field.relevant_when, row) ||
           (field.group != none && !state_.cells[field.group].relevant &&
            place({field.group, none}));
  }

  const State& state_;
  const FormDefinition& form_;
  std::vector<std::pair<Place, bool>> known_;
};

bool FormSession::settled(const BoundRule& rule) const {
  return Settling(*state_).rule(rule, none);
}

}  // namespace hezuo
