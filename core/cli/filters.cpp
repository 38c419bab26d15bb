#include <sys/types.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/json.hpp"
#include "hezuo/parity.hpp"
#include "hezuo/rules.hpp"
#include "hezuo/text.hpp"

namespace hezuo::cli {
namespace {

using nlohmann::json;

/// Rules are capped in depth by themselves; their data may nest deeper.
constexpr ParseLimits line_limits = {.max_bytes = 64'000'000, .max_depth = 512};

std::string failure(const Error& error) {
  return dump_json(
      {{"error",
        {{"code", name(error.code)}, {"path", error.path}, {"message", error.message}}}});
}

std::string rule_line(std::string_view line, bool /*json*/) {
  const auto request = parse_json(line, line_limits);
  if (!request) return failure(request.error());
  if (!request->is_object() || !request->contains("rule")) {
    return failure(
        {ErrorCode::invalid_json, "", R"(expected {"rule": ..., "data": ...})"});
  }
  const auto rule = Rule::compile((*request)["rule"], {});
  if (!rule) return failure(rule.error());
  const auto data = request->find("data");
  const auto result = rule->evaluate(data == request->end() ? json() : *data, {});
  return result ? dump_json({{"result", *result}}) : failure(result.error());
}

std::string id_line(std::string_view line, bool as_json) {
  const auto tab = line.find('\t');
  const auto kind = id_kind(line.substr(0, tab));
  IdCheck checked{.verdict = Verdict::invalid, .code = "unknown_kind", .normalized = {}};
  if (kind && tab != std::string_view::npos)
    checked = check_id(*kind, line.substr(tab + 1));
  if (as_json) {
    return dump_json({{"verdict", name(checked.verdict)},
                      {"code", checked.code},
                      {"normalized", checked.normalized}});
  }
  std::string answer(name(checked.verdict));
  return answer.append("\t").append(checked.code).append("\t").append(checked.normalized);
}

/// The text of a line that is a JSON string, in NFC.
Result<std::string> normal_text(std::string_view line) {
  const auto value = parse_json(line, line_limits);
  if (!value) return value.error();
  if (!value->is_string()) {
    return Error{ErrorCode::invalid_json, "", "expected a JSON string"};
  }
  return nfc(value->get_ref<const std::string&>());
}

std::string count_line(std::string_view line, bool /*json*/) {
  const auto text = normal_text(line);
  if (!text) return failure(text.error());
  const auto counts = count(*text);
  return dump_json({{"graphemes", counts.graphemes},
                    {"words", counts.words},
                    {"han", counts.han},
                    {"characters", counts.characters},
                    {"bytes", counts.bytes}});
}

std::string nfc_line(std::string_view line, bool /*json*/) {
  const auto text = normal_text(line);
  return text ? dump_json(*text) : failure(text.error());
}

/// {"en": ..., "zh-Hans": ...}: each text is compared with the first that has a language.
std::string parity_line(std::string_view line, bool /*json*/) {
  const auto texts = parse_json(line, line_limits);
  if (!texts) return failure(texts.error());
  if (!texts->is_object()) {
    return failure({ErrorCode::invalid_json, "", "expected texts by language"});
  }
  std::vector<std::pair<std::string, std::string>> normal;
  for (const auto& [language, text] : texts->items()) {
    const auto* utf8 = text.get_ptr<const std::string*>();
    if (utf8 == nullptr) {
      return failure(
          {ErrorCode::invalid_json, "/" + escape_pointer(language), "expected a string"});
    }
    normal.emplace_back(language, *nfc(*utf8));
  }
  auto answer = nlohmann::json::array();
  for (std::size_t i = 1; i < normal.size(); ++i) {
    for (auto& issue : parity({normal[0].first, normal[0].second},
                              {normal[i].first, normal[i].second})) {
      answer.push_back({{"code", issue.code},
                        {"severity", name(issue.severity)},
                        {"pointer", issue.pointer},
                        {"language", issue.language},
                        {"params", std::move(issue.params)}});
    }
  }
  return dump_json(answer);
}

}  // namespace

LineFilter line_filter(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, LineFilter>, 5> filters = {
      {{"rule", rule_line},
       {"id", id_line},
       {"count", count_line},
       {"nfc", nfc_line},
       {"parity", parity_line}}};
  for (const auto& [known, filter] : filters) {
    if (known == name) return filter;
  }
  return nullptr;
}

int run_filter(LineFilter filter, const Options& options) {
  // A program at the other end may wait for each answer.
  std::setvbuf(stdout, nullptr, _IOLBF, 1U << 16U);
  char* line = nullptr;
  std::size_t capacity = 0;
  int status = ok;
  for (ssize_t size = 0; (size = getline(&line, &capacity, stdin)) >= 0;) {
    std::string_view text(line, static_cast<std::size_t>(size));
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    if (print_line(filter(text, options.json))) continue;
    std::perror("hezuo: standard output");
    status = usage;
    break;
  }
  std::free(line);
  return status;
}

}  // namespace hezuo::cli
