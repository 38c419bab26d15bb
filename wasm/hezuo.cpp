#include "hezuo.h"

#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/award.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/json.hpp"
#include "hezuo/rules.hpp"
#include "hezuo/text.hpp"
#include "session_json.hpp"

// Each function reads its request, calls the core and answers; it decides nothing.

namespace {

using hezuo::Application;
using hezuo::Call;
using hezuo::Catalogue;
using hezuo::Error;
using hezuo::ErrorCode;
using hezuo::JsonWriter;
using hezuo::Result;
using hezuo::SessionJson;
using nlohmann::json;

/// A call lives until it is released, and as long as a session of it. Counted by hand:
/// the control blocks of std::shared_ptr bring type information, a kilobyte of it.
class OpenCall {
 public:
  explicit OpenCall(Call call) : counted_(new Counted{.call = std::move(call)}) {}
  OpenCall(const OpenCall& other) : counted_(other.counted_) { ++counted_->users; }
  OpenCall& operator=(const OpenCall&) = delete;
  ~OpenCall() {
    if (--counted_->users == 0) delete counted_;
  }
  const Call& operator*() const { return counted_->call; }
  const Call* operator->() const { return &counted_->call; }

 private:
  struct Counted {
    Call call;
    std::size_t users = 1;
  };
  Counted* counted_;
};
struct OpenSession {
  OpenCall call;
  Application application;
  SessionJson view;
};

/// What lives between calls: this module's only state.
struct Host {
  hezuo::Catalogues catalogues;
  std::vector<hezuo::Taxonomy> taxonomies;
  std::vector<std::unique_ptr<OpenCall>> calls;
  std::vector<std::unique_ptr<OpenSession>> sessions;
};

Host& host() {
  static Host host;
  return host;
}

/// Handles are positions and start at 1, so that 0 is never one.
template <class Item>
std::uint32_t keep(std::vector<std::unique_ptr<Item>>& items,
                   std::unique_ptr<Item> item) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i]) continue;
    items[i] = std::move(item);
    return static_cast<std::uint32_t>(i + 1);
  }
  items.push_back(std::move(item));
  return static_cast<std::uint32_t>(items.size());
}

template <class Item>
Item* find(std::vector<std::unique_ptr<Item>>& items, std::uint32_t handle) {
  return handle == 0 || handle > items.size() ? nullptr : items[handle - 1].get();
}

template <class Item>
void drop(std::vector<std::unique_ptr<Item>>& items, std::uint32_t handle) {
  if (find(items, handle) != nullptr) items[handle - 1].reset();
}

const hz_reply* reply(std::uint32_t ok, std::string data, std::size_t count = 0) {
  static std::string text;
  static hz_reply slot;
  text = std::move(data);
  slot = {.ok = ok,
          .size = static_cast<uint32_t>(text.size()),
          .data = text.data(),
          .count = static_cast<uint32_t>(count)};
  return &slot;
}

const hz_reply* reply(const Error& error) {
  JsonWriter out;
  out.open('{').text("code", hezuo::name(error.code)).text("path", error.path);
  return reply(0, out.text("message", error.message).close('}').take());
}

/// `result` is JSON text.
const hz_reply* reply(Result<std::string> result) {
  return result ? reply(1, *std::move(result)) : reply(result.error());
}

Error no_handle() { return {ErrorCode::unknown_name, "", "no such handle"}; }

Result<json> parse_request(const char* data, std::size_t size) {
  // Above the cap of a document, which may come as the value of one answer.
  auto request =
      hezuo::parse_json({data, size}, {.max_bytes = 16'000'000, .max_depth = 80});
  if (request && !request->is_object()) {
    return Error{ErrorCode::invalid_json, "", "expected a JSON object"};
  }
  return request;
}

const json& member(const json& object, const char* key) {
  static const json nothing;
  const auto at = object.find(key);
  return at == object.end() ? nothing : *at;
}

std::string text_of(const json& object, const char* key) {
  const auto& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// A whole number as JavaScript sends it; 0 where it is none or out of range.
std::int64_t whole(const json& value) {
  const double number = value.is_number() ? value.get<double>() : 0;
  return number >= -9e15 && number <= 9e15 ? static_cast<std::int64_t>(number) : 0;
}

std::size_t position(const json& value) {
  return value.is_number() && whole(value) >= 0 ? static_cast<std::size_t>(whole(value))
                                                : hezuo::none;
}

/// Reads a request of a session and answers with what `act` makes of it.
template <class Act>
const hz_reply* with_session(uint32_t handle, const char* data, std::size_t size,
                             Act act) {
  auto* session = find(host().sessions, handle);
  if (session == nullptr) return reply(no_handle());
  const auto request = parse_request(data, size);
  return request ? reply(act(*session, *request)) : reply(request.error());
}

Result<hezuo::Place> place_of(const OpenSession& session, const std::string& key) {
  const auto place = session.application.form().find(key);
  if (place) return *place;
  // The key may have come as bytes; the reply is UTF-8.
  const auto named = hezuo::is_utf8(key) ? ": " + key : std::string();
  return Error{ErrorCode::unknown_name, "/key", "no such field" + named};
}

/// What an edit did, and what `more` has to say of it.
template <class More>
std::string changed(OpenSession& open, const hezuo::Change& change, More more) {
  JsonWriter out;
  open.view.change(out, open.application, change);
  more(out);
  return out.close('}').take();
}

std::string changed(OpenSession& open, const hezuo::Change& change) {
  return changed(open, change, [](JsonWriter&) {});
}

Result<std::string> configure(const json& request) {
  for (const auto& file : member(request, "messages")) {
    auto catalogue = Catalogue::from(file);
    if (!catalogue) return catalogue.error();
    host().catalogues.add(*std::move(catalogue));
  }
  for (const auto& file : member(request, "taxonomies")) {
    auto taxonomy = hezuo::Taxonomy::from(file);
    if (!taxonomy) return taxonomy.error();
    auto& all = host().taxonomies;
    std::erase_if(all, [&](const auto& known) { return known.id == taxonomy->id; });
    all.push_back(*std::move(taxonomy));
  }
  JsonWriter out;
  out.open('{')
      .text("version", HEZUO_VERSION)
      .text("unicode", hezuo::unicode_version())
      .open("languages", '[');
  for (const auto& catalogue : host().catalogues.all()) {
    out.open('{')
        .text("language", catalogue.language())
        .text("name", catalogue.name())
        .close('}');
  }
  return out.close(']').close('}').take();
}

/// The issues of a definition, each with its text in every language.
void write_definition_issues(JsonWriter& out, const std::vector<hezuo::Issue>& issues) {
  out.open("issues", '[');
  for (const auto& issue : issues) {
    hezuo::write_issue(out, issue, "");
    out.open("texts", '{');
    for (const auto& catalogue : host().catalogues.all()) {
      out.text(catalogue.language(), catalogue.format(issue.code, issue.params));
    }
    out.close('}').close('}');
  }
  out.close(']');
}

const Catalogue* catalogue_for(std::string_view language) {
  static const Catalogue nothing;
  const auto* found = host().catalogues.find(language);
  return found == nullptr ? &nothing : found;
}

}  // namespace

extern "C" {

uint32_t hz_abi_version() { return 2; }

void* hz_alloc(size_t size) { return std::malloc(size); }
void hz_free(void* block) { std::free(block); }

const hz_reply* hz_configure(const char* data, size_t size) {
  const auto request = parse_request(data, size);
  return request ? reply(configure(*request)) : reply(request.error());
}

const hz_reply* hz_text(const char* data, size_t size) {
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const auto* catalogue = catalogue_for(text_of(*request, "language"));
  JsonWriter out;
  return reply(1, out.text(catalogue->format(text_of(*request, "code"),
                                             member(*request, "params")))
                      .take());
}

const hz_reply* hz_compile(const char* text, size_t size) {
  auto compiled = hezuo::compile_call({text, size}, host().taxonomies);
  JsonWriter out;
  out.open('{');
  write_definition_issues(out, compiled.issues);
  if (!compiled.call) {
    out.text("code", "definition.invalid")
        .text("path", compiled.issues.front().pointer)
        .text("message", "the definition has errors");
    return reply(0, out.close('}').take());
  }
  auto open = std::make_unique<OpenCall>(*std::move(compiled.call));
  out.raw("form", hezuo::describe(**open));
  out.number("call", keep(host().calls, std::move(open)));
  return reply(1, out.close('}').take());
}

void hz_release(uint32_t call) { drop(host().calls, call); }

const hz_reply* hz_validate(uint32_t call, const char* document, size_t document_size,
                            const char* data, size_t size) {
  const auto* open = find(host().calls, call);
  if (open == nullptr) return reply(no_handle());
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const auto* catalogue = catalogue_for(text_of(*request, "language"));
  return reply(1, hezuo::validation_json(**open, {document, document_size},
                                         whole(member(*request, "now")), *catalogue));
}

const hz_reply* hz_open(uint32_t call, const char* document, size_t document_size,
                        const char* data, size_t size) {
  const auto* open = find(host().calls, call);
  if (open == nullptr) return reply(no_handle());
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const std::string language = text_of(*request, "language");
  const auto now = whole(member(*request, "now"));

  std::optional<Application> application;
  if (document_size == 0) {
    application.emplace(**open, std::string_view(language), now);
  } else {
    const auto parsed = hezuo::parse_document({document, document_size});
    if (!parsed) return reply(parsed.error());
    application.emplace(**open, *parsed, now);
  }
  auto session = std::make_unique<OpenSession>(
      OpenSession{*open, *std::move(application), SessionJson(catalogue_for(language))});
  session->application.set_language(language);
  JsonWriter out;
  out.open('{').raw("state", session->view.state(session->application));
  out.number("session", keep(host().sessions, std::move(session)));
  return reply(1, out.close('}').take());
}

void hz_close(uint32_t session) { drop(host().sessions, session); }

const hz_reply* hz_state(uint32_t session) {
  return with_session(session, "{}", 2,
                      [](OpenSession& open, const json&) -> Result<std::string> {
                        return open.view.state(open.application);
                      });
}

const hz_reply* hz_set(uint32_t session, const char* data, size_t size) {
  return with_session(session, data, size,
                      [](OpenSession& open, const json& request) -> Result<std::string> {
                        const auto place = place_of(open, text_of(request, "key"));
                        if (!place) return place.error();
                        const auto change =
                            open.application.form().set(*place, member(request, "value"));
                        return changed(open, change);
                      });
}

const hz_reply* hz_set_text(uint32_t session, const char* key, size_t key_size,
                            int32_t language, const char* text, size_t size) {
  auto* open = find(host().sessions, session);
  if (open == nullptr) return reply(no_handle());
  const auto place = place_of(*open, std::string(key, key_size));
  if (!place) return reply(place.error());
  const auto index = language < 0 ? hezuo::none : static_cast<std::size_t>(language);
  const auto change = open->application.form().set_text(*place, index, {text, size});
  if (!open->view.only_length(change)) {
    return reply(1, changed(*open, change));
  }
  const auto [count, counter] = open->view.length(open->application, *place, index);
  return reply(2, counter, count);
}

const hz_reply* hz_compare(uint32_t session, const char* data, size_t size) {
  return with_session(session, data, size,
                      [](OpenSession& open, const json& request) -> Result<std::string> {
                        const auto place = place_of(open, text_of(request, "key"));
                        if (!place) return place.error();
                        return changed(open, open.application.form().compare(*place));
                      });
}

const hz_reply* hz_row(uint32_t session, const char* data, size_t size) {
  return with_session(
      session, data, size,
      [](OpenSession& open, const json& request) -> Result<std::string> {
        auto& form = open.application.form();
        const auto no_row = [](const char* path) {
          return Error{ErrorCode::unknown_name, path, "no such group or row"};
        };
        const auto is_group = [&open](const hezuo::Place& place) {
          return open.call->form.fields[place.field].kind == hezuo::FieldKind::group;
        };
        if (request.contains("add")) {
          const auto place = form.find(text_of(request, "add"));
          if (!place || !is_group(*place)) return no_row("/add");
          const auto change = form.restore_row(
              place->field, position(member(request, "at")), member(request, "row"));
          return changed(open, change,
                         [&change](JsonWriter& out) { out.text("row", change.row); });
        }
        const bool move = request.contains("move");
        const auto place = form.find(text_of(request, move ? "move" : "remove"));
        if (!place || !is_group(*place) || place->row == hezuo::none) {
          return no_row(move ? "/move" : "/remove");
        }
        if (move) {
          const auto to = position(member(request, "to"));
          return changed(open, form.move_row(place->field, place->row, to));
        }
        const json row = form.answer(*place);
        const auto change = form.remove_row(place->field, place->row);
        return changed(open, change, [&](JsonWriter& out) {
          out.open("removed", '{').number("at", static_cast<double>(place->row));
          out.value("row", row).close('}');
        });
      });
}

const hz_reply* hz_consent(uint32_t session, const char* data, size_t size) {
  return with_session(session, data, size,
                      [](OpenSession& open, const json& request) -> Result<std::string> {
                        const auto given = member(request, "given") == true;
                        if (!open.application.set_consent(text_of(request, "id"), given,
                                                          whole(member(request, "at")))) {
                          return Error{ErrorCode::unknown_name, "/id", "no such consent"};
                        }
                        return open.view.consents(open.application);
                      });
}

const hz_reply* hz_adjust(uint32_t session, const char* data, size_t size) {
  return with_session(session, data, size,
                      [](OpenSession& open, const json& request) -> Result<std::string> {
                        if (request.contains("language")) {
                          const auto language = text_of(request, "language");
                          open.application.set_language(language);
                          open.view = SessionJson(catalogue_for(language));
                        }
                        if (request.contains("now"))
                          open.application.set_now(whole(member(request, "now")));
                        return open.view.state(open.application);
                      });
}

const hz_reply* hz_check(uint32_t session) {
  return with_session(session, "{}", 2,
                      [](OpenSession& open, const json&) -> Result<std::string> {
                        return open.view.check(open.application);
                      });
}

const hz_reply* hz_left(uint32_t session) {
  return with_session(session, "{}", 2,
                      [](OpenSession& open, const json&) -> Result<std::string> {
                        return open.view.left(open.application);
                      });
}

const hz_reply* hz_document(uint32_t session, const char* data, size_t size) {
  auto* open = find(host().sessions, session);
  if (open == nullptr) return reply(no_handle());
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const std::string event = text_of(*request, "event");
  if (!event.empty()) {
    open->application.add_history(event, whole(member(*request, "at")));
  }
  return reply(1, hezuo::canonical_json(
                      open->application.document(/*draft=*/event != "handed_in")));
}

const hz_reply* hz_answer(uint32_t session, const char* data, size_t size) {
  return with_session(session, data, size,
                      [](OpenSession& open, const json& request) -> Result<std::string> {
                        const auto place = place_of(open, text_of(request, "key"));
                        if (!place) return place.error();
                        return hezuo::dump_json(open.application.form().answer(*place));
                      });
}

const hz_reply* hz_inspect(const char* bytes, size_t size) {
  const auto facts = hezuo::inspect_file({bytes, size});
  JsonWriter out;
  out.open('{').text("sha256", facts.sha256).text("type", facts.type);
  return reply(1, out.number("size", static_cast<double>(facts.size)).close('}').take());
}

const hz_reply* hz_count(const char* text, size_t size) {
  const auto normal = hezuo::nfc({text, size});
  if (!normal) return reply(normal.error());
  const auto counts = hezuo::count(*normal);
  JsonWriter out;
  out.open('{')
      .number("graphemes", static_cast<double>(counts.graphemes))
      .number("words", static_cast<double>(counts.words))
      .number("han", static_cast<double>(counts.han))
      .number("characters", static_cast<double>(counts.characters))
      .number("bytes", static_cast<double>(counts.bytes));
  return reply(1, out.close('}').take());
}

const hz_reply* hz_nfc(const char* text, size_t size) {
  const auto normal = hezuo::nfc({text, size});
  if (!normal) return reply(normal.error());
  return reply(1, JsonWriter().text(*normal).take());
}

const hz_reply* hz_id(const char* data, size_t size) {
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const auto kind = hezuo::id_kind(text_of(*request, "kind"));
  if (!kind) return reply(Error{ErrorCode::unknown_name, "/kind", "no such identifier"});
  const auto checked = hezuo::check_id(*kind, text_of(*request, "value"));
  JsonWriter out;
  out.open('{').text("verdict", hezuo::name(checked.verdict));
  return reply(1, out.text("code", checked.code)
                      .text("normalized", checked.normalized)
                      .close('}')
                      .take());
}

const hz_reply* hz_rule(const char* data, size_t size) {
  const auto request = parse_request(data, size);
  if (!request) return reply(request.error());
  const auto rule = hezuo::Rule::compile(member(*request, "rule"), {});
  if (!rule) return reply(rule.error());
  const auto result = rule->evaluate(member(*request, "data"), {});
  return result ? reply(1, hezuo::dump_json(*result)) : reply(result.error());
}

}  // extern "C"
