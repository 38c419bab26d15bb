#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hezuo/json.hpp"
#include "hezuo/rules.hpp"

namespace {

using nlohmann::json;

void require(bool holds) {
  if (!holds) std::abort();
}

/// The same rule must answer the same, whether its data come whole or in slots.
void check(const hezuo::Rule& rule, const json& data) {
  const hezuo::Rule::Scope scope{.today = "2019-09-30", .max_steps = 10'000};
  const auto whole = rule.evaluate(data, scope);
  if (!data.is_object()) return;
  std::vector<const json*> values;
  for (const std::string& root : rule.roots()) {
    const auto member = data.find(root);
    const json* value = member != data.end() ? &*member : nullptr;
    values.push_back(root.empty() ? &data : value);
  }
  const auto slots = rule.evaluate(std::span<const json* const>(values), scope);
  require(whole.has_value() == slots.has_value());
  if (whole) {
    require(hezuo::dump_json(*whole) == hezuo::dump_json(*slots));
  } else {
    require(whole.error() == slots.error());
  }
}

}  // namespace

/// The first line is the rule, the rest its data; both are tried as a rule.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const std::size_t line = text.find('\n');
  const auto logic = hezuo::parse_json(text.substr(0, line));
  if (!logic) return 0;
  const json sets = {{"s", json::array({"a", 1, nullptr})}};
  const auto rule = hezuo::Rule::compile(*logic, {.sets = &sets});
  if (!rule) {
    require(!rule.error().message.empty());
    return 0;
  }
  check(*rule, nullptr);
  if (line == std::string_view::npos) return 0;
  if (const auto data = hezuo::parse_json(text.substr(line + 1))) check(*rule, *data);
  return 0;
}
