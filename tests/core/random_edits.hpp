#pragma once

// Edits of a form as a person, a script or an enemy might make them, the same in each
// run; and a call whose fields depend on each other in many ways.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "hezuo/form.hpp"

namespace hezuo {

/// xorshift64* (Marsaglia 2003, Vigna 2014): the same numbers with every library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}

  std::size_t below(std::size_t bound) {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return static_cast<std::size_t>((state_ * 0x2545F4914F6CDD1DU) >> 33U) % bound;
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Item>
  const Item& of(const std::vector<Item>& items) {
    return items[below(items.size())];
  }

 private:
  std::uint64_t state_;
};

struct Edit {
  enum class Verb : std::uint8_t {
    set,
    set_text,
    add_row,
    restore_row,
    remove_row,
    move_row
  };
  Verb verb = Verb::set;
  std::string key;
  nlohmann::json value;  ///< Of set; the text of set_text; the row of restore_row.
  std::size_t language = none;
  std::size_t at = none;  ///< Where a row goes.
};

class RandomEdits {
 public:
  RandomEdits(const FormDefinition& form, std::uint64_t seed)
      : form_(form), random_(seed) {}

  Edit next(const FormSession& session) {
    const auto places = session.places();
    const auto place = random_.of(places);
    const Field& field = form_.fields[place.field];
    if (field.kind == FieldKind::group) return row_edit(session, place.field);

    Edit edit;
    edit.key = session.key(place);
    const bool text = field.kind == FieldKind::line || field.kind == FieldKind::prose ||
                      field.kind == FieldKind::place;
    if (text && !random_.one_in(4)) {
      edit.verb = Edit::Verb::set_text;
      edit.value = some_text();
      // Now and then in a language that the field does not take.
      edit.language = field.languages.empty() || random_.one_in(20)
                          ? random_.one_in(10) ? 0 : none
                          : random_.of(field.languages);
    } else {
      edit.value = random_.one_in(12) ? nonsense() : some_answer(field);
    }
    return edit;
  }

 private:
  Edit row_edit(const FormSession& session, std::size_t group) {
    const std::size_t count = session.row_count(group);
    Edit edit;
    edit.key = form_.fields[group].id;
    const std::size_t choice = random_.below(count > 6 ? 3 : 6);
    if (count == 0 || choice > 2) {
      edit.verb = Edit::Verb::add_row;
      edit.at = random_.one_in(2) ? none : random_.below(count + 2);
      if (!removed_.empty() && random_.one_in(2)) {
        edit.verb = Edit::Verb::restore_row;
        edit.value = random_.of(removed_);
      }
      return edit;
    }
    const std::size_t row = random_.below(count);
    const auto answer = session.answer({group, row});
    edit.key += "/" + answer["row"].get<std::string>();
    if (choice < 2) {
      edit.verb = Edit::Verb::move_row;
      edit.at = random_.below(count + 1);
    } else {
      edit.verb = Edit::Verb::remove_row;
      removed_.push_back(answer);
    }
    return edit;
  }

  std::string some_text() {
    static const std::vector<std::string> texts = {
        "",
        " ",
        "Wuhan",
        "\u6b66\u6c49",
        "e\u0301 and \u00e9",
        "line\r\nline",
        "a\u200bb",
        "a\u202eb",
        "bell\u0007",
        "office@example.org",
        "https://example.org/",
        "one two three four five six seven eight nine ten",
        std::string(3000, 'x') + " y",
        "2019-02-29",
        "a\xff\xfe\xc3"};
    return random_.of(texts);
  }

  nlohmann::json nonsense() {
    static const std::vector<nlohmann::json> values = {
        nullptr,
        "",
        "x",
        -1,
        1.5,
        1e300,
        true,
        nlohmann::json::array(),
        nlohmann::json::object(),
        {1, "x", nullptr, nlohmann::json::array()},
        {{"en", 1}},
        {{"en", ""}},
        {{"row", "r1"}},
        {{"country", "CN"}, {"name", "x"}},
        {{"EUR", "x"}, {"USD", "1"}}};
    return random_.of(values);
  }

  nlohmann::json some_answer(const Field& field) {
    if (random_.one_in(6)) return nullptr;
    static const std::vector<std::string> dates = {"2019-06-01", "2016-11-01",
                                                   "2030-01-01", "1986-09-30"};
    switch (field.kind) {
      case FieldKind::line:
      case FieldKind::prose:
        return field.languages.empty()
                   ? nlohmann::json(some_text())
                   : nlohmann::json{{form_.languages[random_.of(field.languages)],
                                     "some words \u6b66\u6c49"}};
      case FieldKind::choice:
        return field.options[random_.below(field.options.size())].id;
      case FieldKind::choices:
      case FieldKind::taxonomy: {
        auto chosen = nlohmann::json::array();
        for (auto left = random_.below(5); left > 0; --left) {
          chosen.push_back(field.options[random_.below(field.options.size())].id);
        }
        return chosen;
      }
      case FieldKind::number:
        return static_cast<int>(random_.below(30)) - 5;
      case FieldKind::money: {
        nlohmann::json amounts = {
            {field.names[0], std::to_string(random_.below(100'000))}};
        if (random_.one_in(2)) amounts[random_.of(field.names)] = "250000.50";
        if (random_.one_in(2)) amounts["on"] = random_.of(dates);
        return amounts;
      }
      case FieldKind::date:
        return random_.of(dates);
      case FieldKind::month:
        return random_.of(dates).substr(0, 7);
      case FieldKind::period: {
        const std::size_t size = field.by_month ? 7 : 10;
        return {{"start", random_.of(dates).substr(0, size)},
                {"end", random_.of(dates).substr(0, size)}};
      }
      case FieldKind::yes_no:
        return random_.one_in(2);
      case FieldKind::email:
        return "office@example.org";
      case FieldKind::phone:
        return "+44 161 496 0000";
      case FieldKind::url:
        return "https://example.org/";
      case FieldKind::identifier:
        return {{"scheme", random_.of(field.names)}, {"value", "027m9bs27"}};
      case FieldKind::country:
        return random_.one_in(2) ? "CN" : "GB";
      case FieldKind::place:
        return {{"country", random_.one_in(2) ? "CN" : "DE"}, {"code", "420100"}};
      case FieldKind::file: {
        auto files = nlohmann::json::array();
        for (auto left = random_.below(4); left > 0; --left) {
          files.push_back({{"name", "plan.pdf"},
                           {"type", "application/pdf"},
                           {"size", random_.below(30'000'000)},
                           {"sha256", std::string(64, 'a')}});
        }
        return files;
      }
      default:
        return "x";
    }
  }

  const FormDefinition& form_;
  Random random_;
  std::vector<nlohmann::json> removed_;
};

/// What the session made of an edit.
inline Change apply(const Edit& edit, FormSession& session) {
  const auto place = session.find(edit.key);
  if (!place) return {};
  switch (edit.verb) {
    case Edit::Verb::set:
      return session.set(*place, edit.value);
    case Edit::Verb::set_text:
      return session.set_text(*place, edit.language, edit.value.get<std::string>());
    case Edit::Verb::add_row:
      return session.add_row(place->field, edit.at);
    case Edit::Verb::restore_row:
      return session.restore_row(place->field, edit.at, edit.value);
    case Edit::Verb::remove_row:
      return session.remove_row(place->field, place->row);
    case Edit::Verb::move_row:
      return session.move_row(place->field, place->row, edit.at);
  }
  return {};
}

/// Makes a call in which fields, rows, sections, computed values, requirements, checks
/// and gates depend on each other in as many ways as there are, never in a circle.
class TangledCall {
 public:
  explicit TangledCall(std::uint64_t seed) : random_(seed) {}

  nlohmann::json make() {
    auto sections = nlohmann::json::array();
    for (int section = 0; section < 4; ++section) {
      nlohmann::json one = {{"id", "s" + std::to_string(section)}, {"title", "Section"}};
      if (section > 0 && random_.one_in(2)) one["relevant"] = truth(top_);
      auto fields = nlohmann::json::array();
      std::vector<Known> here;
      for (int field = 0; field < 4; ++field) fields.push_back(plain_field(top_, here));
      fields.push_back(group(here));
      fields.push_back(total(here));
      one["fields"] = std::move(fields);
      sections.push_back(std::move(one));
    }
    // What is required, and what is checked, may look at anything.
    for (auto& section : sections) {
      for (auto& field : section["fields"]) {
        if (field["kind"] == "computed") continue;
        if (random_.one_in(3)) field["required"] = truth(top_);
        if (!field.contains("fields")) continue;
        for (auto& child : field["fields"]) {
          if (child["kind"] != "computed" && random_.one_in(3)) {
            child["required"] = truth(with_rows_of(field["id"]));
          }
        }
      }
    }
    auto checks = nlohmann::json::array();
    for (std::size_t i = 0; i < 10; ++i) {
      const auto readable =
          random_.one_in(2) ? top_ : with_rows_of(random_.of(groups_).id);
      checks.push_back({{"id", "c" + std::to_string(i)},
                        {"rule", {{"or", {truth(readable), comparison(readable)}}}},
                        {"message", "Check."},
                        {"severity", i % 3 == 0 ? "warning" : "error"}});
    }
    auto gates = nlohmann::json::array();
    for (int i = 0; i < 3; ++i) {
      gates.push_back({{"id", "g" + std::to_string(i)},
                       {"label", "Gate"},
                       {"reason", "Closed."},
                       {"rule", truth(top_)}});
    }
    return {{"hezuo", 1},
            {"id", "tangled"},
            {"revision", 1},
            {"languages", {"en", "zh-Hans"}},
            {"title", "Tangled"},
            {"contact", {{"name", "Office"}, {"email", "office@example.org"}}},
            {"sections", std::move(sections)},
            {"checks", std::move(checks)},
            {"eligibility", std::move(gates)},
            {"consents",
             {{{"id", "gdpr"},
               {"version", "1"},
               {"label", "Consent"},
               {"text", "Text"},
               {"required", truth(top_)}}}}};
  }

 private:
  struct Known {
    std::string id;
    std::string kind;
    std::string group;  ///< Of a field in a group; of a group itself, a number in it.
  };

  static nlohmann::json var(const std::string& name) { return {{"var", name}}; }

  std::string fresh_id() { return "f" + std::to_string(next_id_++); }

  nlohmann::json plain_field(const std::vector<Known>& readable,
                             std::vector<Known>& here) {
    static const std::vector<std::string> kinds = {"number", "yes-no", "choice",
                                                   "choices", "line"};
    const auto kind = random_.of(kinds);
    nlohmann::json field = {{"id", fresh_id()}, {"kind", kind}, {"label", "Field"}};
    if (kind.starts_with("choice")) {
      field["options"] = {{{"id", "a"}, {"label", "A"}}, {{"id", "b"}, {"label", "B"}}};
    }
    if (kind == "line") field["max"] = "2 words";
    if (!readable.empty() && random_.one_in(2)) field["relevant"] = truth(readable);
    const Known known{field["id"], kind, ""};
    here.push_back(known);
    if (&readable == &top_) top_.push_back(known);
    return field;
  }

  nlohmann::json group(std::vector<Known>& here) {
    nlohmann::json group = {{"id", fresh_id()},
                            {"kind", "group"},
                            {"label", "Group"},
                            {"min", 1},
                            {"max", 3}};
    if (random_.one_in(2)) group["relevant"] = truth(top_);
    const std::string id = group["id"];
    auto readable = top_;
    auto fields = nlohmann::json::array();
    fields.push_back({{"id", fresh_id()}, {"kind", "number"}, {"label", "Number"}});
    const Known number{fields[0]["id"], "number", id};
    std::vector<Known> children = {number};
    readable.push_back(number);
    for (int i = 0; i < 2; ++i) {
      fields.push_back(plain_field(readable, children));
      children.back().group = id;
      readable.push_back(children.back());
    }
    const Known twice{fresh_id(), "number", id};
    fields.push_back({{"id", twice.id},
                      {"kind", "computed"},
                      {"value", {{"+", {number_of(readable), var(number.id)}}}}});
    children.push_back(twice);
    fields.push_back({{"id", fresh_id()},
                      {"kind", "choice"},
                      {"label", "Last"},
                      {"options", {{{"id", "a"}, {"label", "A"}}}},
                      {"relevant", {{">", {var(twice.id), 3}}}}});
    group["fields"] = std::move(fields);
    in_groups_.insert(in_groups_.end(), children.begin(), children.end());
    groups_.push_back({id, "group", random_.one_in(2) ? number.id : twice.id});
    here.push_back(groups_.back());
    top_.push_back(groups_.back());
    return group;
  }

  nlohmann::json total(std::vector<Known>& here) {
    const auto& group = groups_.back();
    const Known known{fresh_id(), "number", ""};
    nlohmann::json sum = {
        {"reduce",
         {var(group.id),
          {{"+",
            {{{"if", {var("current." + group.group), var("current." + group.group), 0}}},
             var("accumulator")}}},
          0}}};
    if (random_.one_in(2)) sum = {{"+", {sum, number_of(top_)}}};
    top_.push_back(known);
    here.push_back(known);
    return {{"id", known.id}, {"kind", "computed"}, {"label", "Total"}, {"value", sum}};
  }

  std::vector<Known> with_rows_of(const std::string& group) {
    auto readable = top_;
    for (const auto& child : in_groups_) {
      // Twice as likely as what lies outside.
      if (child.group == group) readable.insert(readable.end(), 3, child);
    }
    return readable;
  }

  nlohmann::json number_of(const std::vector<Known>& readable) {
    for (int attempt = 0; attempt < 10; ++attempt) {
      const auto& known = random_.of(readable);
      if (known.kind == "number") return {{"if", {var(known.id), var(known.id), 1}}};
    }
    return random_.below(5);
  }

  nlohmann::json comparison(const std::vector<Known>& readable) {
    return {{"<", {number_of(readable), number_of(readable)}}};
  }

  nlohmann::json truth(const std::vector<Known>& readable) {
    const auto& known = random_.of(readable);
    nlohmann::json one;
    if (known.kind == "number") {
      one = {{random_.one_in(2) ? ">" : "<=", {var(known.id), random_.below(10)}}};
    } else if (known.kind == "choice") {
      one = {{"==", {var(known.id), random_.one_in(2) ? "a" : "b"}}};
    } else if (known.kind == "choices") {
      one = {{"in", {"b", var(known.id)}}};
    } else if (known.kind == "group") {
      one = {{random_.one_in(2) ? "some" : "all",
              {var(known.id), {{">", {var(known.group), random_.below(10)}}}}}};
    } else {
      one = {{"!!", {var(known.id)}}};
    }
    if (random_.one_in(3)) one = {{"!", {one}}};
    if (random_.one_in(3))
      one = {{random_.one_in(2) ? "and" : "or", {one, truth(readable)}}};
    return one;
  }

  Random random_;
  std::size_t next_id_ = 0;
  std::vector<Known> top_;  ///< What may be read so far, outside groups.
  std::vector<Known> in_groups_;
  std::vector<Known> groups_;
};

}  // namespace hezuo
