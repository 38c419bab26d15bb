// Whatever a definition says, compiling it ends in a call or in issues; and what compiles
// can be shown, exported and filled in.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace {

using namespace hezuo;
using nlohmann::json;

void expect(bool holds) {
  if (!holds) std::abort();
}

const std::vector<Taxonomy>& taxonomies() {
  static const std::vector<Taxonomy> all = {
      {.id = "sdg",
       .terms = {{.id = "sdg:11", .parent = {}, .labels = {{"en", "Cities"}}}}}};
  return all;
}

/// Puts one answer everywhere, adds rows, and takes them away.
void fill_in(Application& application) {
  auto& form = application.form();
  for (const auto& place : form.places()) {
    form.add_row(place.field, none);
    form.add_row(place.field, 0);
  }
  for (const json& value :
       {json("2019-06-01"), json(5), json(true), json({{"en", "x"}})}) {
    for (const auto& place : form.places()) form.set(place, value);
  }
  for (const auto& place : form.places()) {
    form.set_text(place, 0, "x");
    if (form.row_count(place.field) > 1) form.move_row(place.field, 0, 1);
  }
  for (std::size_t i = 0; i < application.call().form.fields.size(); ++i) {
    form.remove_row(i, 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto compiled =
      compile_call({reinterpret_cast<const char*>(data), size}, taxonomies());
  expect(compiled.call.has_value() || !compiled.issues.empty());
  if (!compiled.call) return 0;

  const Call& call = *compiled.call;
  expect(parse_json(describe(call)).has_value());
  expect(document_schema(call).is_object());
  constexpr std::int64_t now = 1'568'635'200'000;
  Application application(call, std::string_view(call.form.languages.front()), now);
  fill_in(application);

  const Application opened(call, application.document(/*draft=*/true), now);
  expect(opened.issues() == application.issues());
  return 0;
}
