// Whatever a document of the award call says, it is checked to the end; and a session
// that was opened with it gives a document that meets the same issues.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace {

using namespace hezuo;

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string read_text(const std::string& path) {
  std::ifstream file(CORE_DATA_DIR + ("/" + path), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Call& award() {
  static const auto compiled = [] {
    std::vector<Taxonomy> taxonomies;
    for (const auto* name : {"nua", "sdg", "sendai-priorities", "sendai-targets",
                             "uec-themes", "urban-challenges"}) {
      const auto file =
          parse_json(read_text("taxonomies/" + std::string(name) + ".json"));
      expect(file.has_value());
      auto taxonomy = Taxonomy::from(*file);
      expect(taxonomy.has_value());
      taxonomies.push_back(*std::move(taxonomy));
    }
    return compile_call(read_text("definitions/uec-award-2019.json"), taxonomies);
  }();
  expect(compiled.call.has_value());
  return *compiled.call;
}

const Catalogue& english() {
  static const auto catalogue =
      Catalogue::from(*parse_json(read_text("messages/en.json")));
  expect(catalogue.has_value());
  return *catalogue;
}

/// What opening a document mends or drops by itself is not told again: its frame, and
/// rows without a usable id.
bool is_mended(const Issue& issue) {
  return issue.code.starts_with("document.") || issue.code == "group.row" ||
         issue.pointer == "/answers" || issue.pointer == "/history" ||
         issue.pointer.starts_with("/consents");
}

std::vector<Issue> lasting(std::vector<Issue> issues) {
  std::erase_if(issues, is_mended);
  return issues;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = parse_document({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;

  constexpr std::int64_t now = 1'568'635'200'000;
  const Application application(award(), *document, now);
  const auto issues = application.issues();
  expect(issues.size() < 4 * max_issues);
  for (const auto& issue : issues) {
    expect(!issue_text(issue, award(), english()).empty());
  }

  const auto draft = application.document(/*draft=*/true);
  const Application again(award(), draft, now);
  if (issues.size() < max_issues) expect(lasting(again.issues()) == lasting(issues));
  expect(again.document(/*draft=*/true) == draft);
  expect(receipt(draft) == receipt(*parse_document(canonical_json(draft))));
  return 0;
}
