#include <array>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

constexpr std::array<const char*, 5> unit_names = {"graphemes", "words", "han",
                                                   "characters", "bytes"};
constexpr std::array<const char*, 4> mode_names = {"plain", "either", "both", "single"};

class Describer {
 public:
  explicit Describer(const Call& call) : call_(call), form_(call.form) {}

  std::string describe() {
    out_.open('{')
        .text("id", form_.id)
        .number("revision", static_cast<double>(form_.revision));
    strings("languages", form_.languages);
    text("title", form_.title);
    text("intro", form_.intro);
    out_.open("contact", '{').text("email", call_.contact_email);
    text("name", call_.contact_name);
    if (!call_.contact_url.empty()) out_.text("url", call_.contact_url);
    out_.close('}');
    if (call_.opens) out_.number("opens", static_cast<double>(*call_.opens));
    each("closes", call_.closes, [this](const Deadline& deadline) {
      out_.number("at", static_cast<double>(deadline.at)).text("zone", deadline.zone);
      text("label", deadline.label);
    });
    each("sections", form_.sections, [this](const Section& section) {
      out_.text("id", section.id);
      text("title", section.title);
      text("intro", section.intro);
      if (!section.criterion.empty()) out_.text("criterion", section.criterion);
      fields(section.fields);
    });
    each("eligibility", call_.eligibility, [this](const Gate& gate) {
      out_.text("id", gate.id);
      text("label", gate.label);
      text("reason", gate.reason);
    });
    each("criteria", call_.criteria,
         [this](const Criterion& criterion) { one(criterion); });
    each("consents", call_.consents, [this](const Consent& consent) {
      out_.text("id", consent.id).text("version", consent.version);
      text("label", consent.label);
      text("text", consent.text);
    });
    out_.open("submit", '{')
        .flag("amend", call_.amend)
        .number("attachments", static_cast<double>(call_.attachment_bytes))
        .close('}');
    out_.open("countries", '[');
    for (const auto code : country_codes()) out_.text(code);
    return out_.close(']').close('}').take();
  }

 private:
  /// A text in every language; nothing where there is none.
  void text(const char* key, const Text& text) {
    if (text.empty()) return;
    out_.open(key, '{');
    for (std::size_t i = 0; i < form_.languages.size(); ++i) {
      out_.text(form_.languages[i], text.in(i));
    }
    out_.close('}');
  }

  void strings(const char* key, const std::vector<std::string>& values) {
    out_.open(key, '[');
    for (const auto& value : values) out_.text(value);
    out_.close(']');
  }

  void number(const char* key, const std::optional<double>& value) {
    if (value) out_.number(key, *value);
  }

  template <class Item, class Write>
  void each(const char* key, const std::vector<Item>& items, Write write) {
    out_.open(key, '[');
    for (const auto& item : items) {
      out_.open('{');
      write(item);
      out_.close('}');
    }
    out_.close(']');
  }

  void one(const Criterion& criterion) {
    out_.text("id", criterion.id).number("weight", criterion.weight);
    text("label", criterion.label);
    text("guidance", criterion.guidance);
    out_.open("scale", '{')
        .number("from", criterion.from)
        .number("to", criterion.to)
        .number("step", criterion.step)
        .close('}');
    number("threshold", criterion.threshold);
  }

  void fields(const std::vector<std::size_t>& indices) {
    each("fields", indices, [this](std::size_t index) { field(index); });
  }

  void limits(const Field& field) {
    out_.open("limits", '{');
    for (std::size_t i = 0; i < field.limits.size(); ++i) {
      const auto& limit = field.limits[i];
      if (!limit.min && !limit.max) continue;
      out_.open(field.languages.empty() ? std::string_view()
                                        : form_.languages[field.languages[i]],
                '{');
      out_.text("unit", unit_names[static_cast<std::size_t>(limit.unit)]);
      if (limit.min) out_.number("min", static_cast<double>(*limit.min));
      if (limit.max) out_.number("max", static_cast<double>(*limit.max));
      out_.close('}');
    }
    out_.close('}');
  }

  void field(std::size_t index) {
    const Field& field = form_.fields[index];
    out_.text("id", field.id).number("index", static_cast<double>(index));
    out_.text("kind", name(field.kind));
    text("label", field.label);
    text("hint", field.hint);
    text("help", field.help);
    text("example", field.example);
    if (!field.autocomplete.empty()) out_.text("autocomplete", field.autocomplete);
    if (field.required_when) {
      out_.text("required", "rule");
    } else {
      out_.flag("required", field.required);
    }
    if (!field.jury) out_.flag("jury", false);
    number("min", field.min);
    number("max", field.max);
    of_kind(field);
  }

  void of_kind(const Field& field) {
    switch (field.kind) {
      case FieldKind::line:
      case FieldKind::prose:
      case FieldKind::place:
        out_.text("answer", mode_names[static_cast<std::size_t>(field.answer)]);
        out_.open("languages", '[');
        for (const auto i : field.languages) out_.text(form_.languages[i]);
        out_.close(']');
        limits(field);
        break;
      case FieldKind::choice:
      case FieldKind::choices:
      case FieldKind::taxonomy:
        if (!field.list.empty()) out_.text("list", field.list);
        each("options", field.options, [this](const Option& option) {
          out_.text("id", option.id);
          text("label", option.label);
          text("hint", option.hint);
          if (!option.parent.empty()) out_.text("parent", option.parent);
        });
        break;
      case FieldKind::number:
        out_.number("decimals", field.decimals);
        text("unit", field.text);
        break;
      case FieldKind::money:
        strings("currencies", field.names);
        break;
      case FieldKind::period:
        out_.text("precision", field.by_month ? "month" : "date")
            .flag("open", field.open_end);
        break;
      case FieldKind::yes_no:
        out_.flag("confirm", field.confirm);
        break;
      case FieldKind::identifier:
        strings("schemes", field.names);
        break;
      case FieldKind::file:
        strings("types", field.names);
        out_.number("size", static_cast<double>(field.file_bytes));
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

  const Call& call_;
  const FormDefinition& form_;
  JsonWriter out_;
};

}  // namespace

std::string describe(const Call& call) { return Describer(call).describe(); }

}  // namespace hezuo
