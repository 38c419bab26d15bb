#include <algorithm>
#include <cstdlib>

#include "../form/lint.hpp"
#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo {
namespace {

using nlohmann::json;

/// An instant as clocks show it that are `offset` seconds, whole minutes, ahead of UTC.
std::string local_text(std::int64_t at, std::int64_t offset) {
  std::string text = format_instant(at + offset * 1000);
  text.pop_back();  // The Z.
  const std::int64_t minutes = std::abs(offset) / 60;
  text += offset < 0 ? '-' : '+';
  const auto two_digits = [&text](std::int64_t n) {
    text.append(n < 10 ? "0" : "").append(std::to_string(n));
  };
  two_digits(minutes / 60);
  text += ':';
  two_digits(minutes % 60);
  return text;
}

/// Warns where the offset of an instant, as written, is not that of its zone.
void compare_offset(const std::string& written, const std::string& zone,
                    const std::string& pointer, const ZoneDatabase& zones, Lint& lint) {
  const auto at = parse_instant(written);
  // An instant of UTC says nothing of local time.
  if (!at || written.ends_with('Z') || written.ends_with('z')) return;
  const auto clock =
      written.substr(0, written.size() - std::string_view("+00:00").size());
  const std::int64_t shown = *parse_instant(clock + "Z");
  const std::int64_t offset = zones.offset(zone, *at);
  if (shown == *at + offset * 1000 || offset % 60 != 0) return;

  const std::int64_t at_that_time = zones.offset(zone, shown - offset * 1000);
  lint.add("definition.zone_offset", pointer,
           values("zone", zone, "local", local_text(*at, offset), "meant",
                  local_text(shown - at_that_time * 1000, at_that_time)),
           Severity::warning);
}

}  // namespace

std::vector<Issue> lint_zones(std::string_view definition, const ZoneDatabase& zones) {
  Lint lint;
  const auto file =
      parse_json(definition, {.max_bytes = max_definition_bytes, .comments = true});
  if (!file || !file->is_object()) return {};
  const auto closes = file->find("closes");
  if (closes == file->end() || !closes->is_array()) return {};

  const std::vector<std::string_view> names(zones.names.begin(), zones.names.end());
  for (std::size_t i = 0; i < closes->size(); ++i) {
    const auto& deadline = (*closes)[i];
    if (!deadline.is_object()) continue;
    const auto* zone = string_at(deadline, "zone");
    if (zone == nullptr || !is_zone_name(*zone)) continue;
    const std::string pointer = "/closes/" + std::to_string(i);
    if (std::find(names.begin(), names.end(), *zone) == names.end()) {
      lint.add_unknown("definition.zone_unknown", pointer + "/zone", *zone, names,
                       Severity::warning);
    } else if (const auto* at = string_at(deadline, "at")) {
      compare_offset(*at, *zone, pointer + "/at", zones, lint);
    }
  }
  return lint.take();
}

}  // namespace hezuo
