#include "../form/lint.hpp"
#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

class Describer {
 public:
  explicit Describer(const Call& call) : call_(call), form_(call.form) {}

  std::string describe() {
    out_.open('{');
    text("id", form_.id);
    number("revision", static_cast<double>(form_.revision));
    strings("languages", form_.languages);
    text("title", form_.title);
    text("intro", form_.intro);
    open("contact", '{');
    text("email", call_.contact_email);
    text("name", call_.contact_name);
    if_any("url", call_.contact_url);
    out_.close('}');
    if (call_.opens) number("opens", static_cast<double>(*call_.opens));
    each<&Describer::deadline>("closes", call_.closes);
    each<&Describer::section>("sections", form_.sections);
    each<&Describer::gate>("eligibility", call_.eligibility);
    each<&Describer::criterion>("criteria", call_.criteria);
    each<&Describer::consent>("consents", call_.consents);
    open("submit", '{');
    flag("amend", call_.amend);
    number("attachments", static_cast<double>(call_.attachment_bytes));
    out_.close('}');
    open("countries", '[');
    for (const auto code : country_codes()) out_.text(code);
    return out_.close(']').close('}').take();
  }

 private:
  void open(const char* key, char bracket) { out_.open(key, bracket); }
  void text(const char* key, const std::string& value) { out_.text(key, value); }
  void number(const char* key, double value) { out_.number(key, value); }
  void flag(const char* key, bool value) { out_.flag(key, value); }

  void if_any(const char* key, const std::string& value) {
    if (!value.empty()) text(key, value);
  }
  void if_any(const char* key, const std::optional<double>& value) {
    if (value) number(key, *value);
  }

  /// A text in every language; nothing where there is none.
  void text(const char* key, const Text& text) {
    if (text.empty()) return;
    open(key, '{');
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
      out_.text(form_.languages[i], text.in(i));
    }
    out_.close('}');
  }

  void strings(const char* key, const std::vector<std::string>& values) {
    open(key, '[');
    for (const auto& value : values) out_.text(value);
    out_.close(']');
  }

  /// A list of objects, of which `write` writes the members.
  template <auto write, class Item>
  void each(const char* key, const Array<Item>& items) {
    list(key, items.begin(), items.size(), sizeof(Item),
         [](Describer& self, const void* item) {
           (self.*write)(*static_cast<const Item*>(item));
         });
  }
  void list(const char* key, const void* items, std::size_t count, std::size_t size,
            void (*write)(Describer& self, const void* item)) {
    open(key, '[');
    for (std::size_t i = 0; i < count; ++i) {
      out_.open('{');
      write(*this, static_cast<const char*>(items) + i * size);
      out_.close('}');
    }
    out_.close(']');
  }

  void deadline(const Deadline& deadline) {
    number("at", static_cast<double>(deadline.at));
    text("zone", deadline.zone);
    text("label", deadline.label);
  }

  void section(const Section& section) {
    text("id", section.id);
    text("title", section.title);
    text("intro", section.intro);
    if_any("criterion", section.criterion);
    fields(section.fields);
  }

  void gate(const Gate& gate) {
    text("id", gate.id);
    text("label", gate.label);
    text("reason", gate.reason);
  }

  void criterion(const Criterion& criterion) {
    text("id", criterion.id);
    number("weight", criterion.weight);
    text("label", criterion.label);
    text("guidance", criterion.guidance);
    open("scale", '{');
    number("from", criterion.from);
    number("to", criterion.to);
    number("step", criterion.step);
    out_.close('}');
    if_any("threshold", criterion.threshold);
  }

  void consent(const Consent& consent) {
    text("id", consent.id);
    text("version", consent.version);
    text("label", consent.label);
    text("text", consent.text);
  }

  void option(const Option& option) {
    text("id", option.id);
    text("label", option.label);
    text("hint", option.hint);
    if_any("parent", option.parent);
  }

  void limits(const Field& field) {
    open("limits", '{');
    for (std::size_t i = 0; i < field.limits.size(); ++i) {
      const auto& limit = field.limits[i];
      if (!limit.min && !limit.max) continue;
      out_.open(field.languages.empty() ? std::string_view()
                                        : form_.languages[field.languages[i]],
                '{');
      word("unit", "graphemes|words|han|characters|bytes",
           static_cast<std::size_t>(limit.unit));
      if (limit.min) number("min", static_cast<double>(*limit.min));
      if (limit.max) number("max", static_cast<double>(*limit.max));
      out_.close('}');
    }
    out_.close('}');
  }

  void fields(const std::vector<std::size_t>& indices) {
    open("fields", '[');
    for (const auto index : indices) field(index);
    out_.close(']');
  }

  void field(std::size_t index) {
    const Field& field = form_.fields[index];
    out_.open('{');
    text("id", field.id);
    number("index", static_cast<double>(index));
    out_.text("kind", name(field.kind));
    text("label", field.label);
    text("hint", field.hint);
    text("help", field.help);
    text("example", field.example);
    if_any("autocomplete", field.autocomplete);
    if (field.required_when != nullptr) {
      text("required", "rule");
    } else {
      flag("required", field.required);
    }
    if (!field.jury) flag("jury", false);
    if_any("min", field.min);
    if_any("max", field.max);
    of_kind(field);
    out_.close('}');
  }

  void of_kind(const Field& field) {
    switch (field.kind) {
      case FieldKind::line:
      case FieldKind::prose:
      case FieldKind::place:
        word("answer", "plain|either|both|single",
             static_cast<std::size_t>(field.answer));
        open("languages", '[');
        for (const auto i : field.languages) out_.text(form_.languages[i]);
        out_.close(']');
        limits(field);
        break;
      case FieldKind::choice:
      case FieldKind::choices:
      case FieldKind::taxonomy:
        if_any("list", field.list);
        each<&Describer::option>("options", field.options);
        break;
      case FieldKind::number:
        number("decimals", field.decimals);
        text("unit", field.text);
        break;
      case FieldKind::money:
        strings("currencies", field.names);
        break;
      case FieldKind::period:
        word("precision", "date|month", field.by_month ? 1 : 0);
        flag("open", field.open_end);
        break;
      case FieldKind::yes_no:
        flag("confirm", field.confirm);
        break;
      case FieldKind::identifier:
        strings("schemes", field.names);
        break;
      case FieldKind::file:
        strings("types", field.names);
        number("size", static_cast<double>(field.file_bytes));
        break;
      case FieldKind::group:
        text("row", field.text);
        fields(field.children);
        break;
      case FieldKind::note:
        text("text", field.text);
        break;
      default:
        break;
    }
  }

  void word(const char* key, const char* words, std::size_t index) {
    out_.text(key, hezuo::word(words, index));
  }

  const Call& call_;
  const FormDefinition& form_;
  JsonWriter out_;
};

}  // namespace

std::string describe(const Call& call) { return Describer(call).describe(); }

}  // namespace hezuo
