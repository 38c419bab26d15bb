#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "hezuo/json.hpp"

namespace {

using namespace hezuo;

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lenient = parse_json(text, {.max_depth = 32, .comments = true});
  const auto strict = parse_json(text);
  if (!strict) {
    expect(!strict.error().message.empty());
    return 0;
  }

  // What has no comment reads the same with and without them.
  expect(!lenient || *lenient == *strict);
  const auto canonical = canonical_json(*strict);
  const auto again = parse_json(canonical);
  expect(again.has_value());
  expect(canonical_json(*again) == canonical);
  const auto dumped = parse_json(dump_json(*strict));
  expect(dumped && *dumped == *strict);
  JsonWriter out;
  out.open('[').raw(canonical).open('{').value("value", *strict).close('}').close(']');
  expect(parse_json(out.take(), {.max_depth = 66}).has_value());
  return 0;
}
