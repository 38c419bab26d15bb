#include <dirent.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli.hpp"
#include "hezuo/award.hpp"
#include "hezuo/json.hpp"

namespace hezuo::cli {
namespace {

using nlohmann::json;

/// Reads up to a byte more than the largest cap, so that what is too large is refused
/// by the parser, and nothing beyond is ever read.
std::optional<std::string> read_file(const std::string& path) {
  constexpr std::size_t most = max_document_bytes + 1;
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    std::perror(("hezuo: " + path).c_str());
    return std::nullopt;
  }
  std::string text;
  std::vector<char> block(1U << 16U);
  std::size_t size = 0;
  while (text.size() < most &&
         (size = std::fread(block.data(), 1, block.size(), file)) > 0) {
    text.append(block.data(), size);
  }
  const bool failed = std::ferror(file) != 0;
  if (failed) std::perror(("hezuo: " + path).c_str());
  if (file != stdin) std::fclose(file);
  if (failed) return std::nullopt;
  return text;
}

/// The JSON files of a folder, in the order of their names.
std::vector<std::string> json_files(const std::string& folder) {
  std::vector<std::string> paths;
  DIR* open = opendir(folder.c_str());
  if (open == nullptr) return paths;
  while (const dirent* entry = readdir(open)) {
    const std::string name = entry->d_name;
    if (name.ends_with(".json"))
      paths.push_back(std::string(folder).append("/").append(name));
  }
  closedir(open);
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Data {
  Catalogues catalogues;
  std::vector<Taxonomy> taxonomies;
};

/// Loads every file of a folder with `add`; says which one cannot be used.
template <class Item, class Add>
bool load(const std::string& folder, Add add) {
  for (const auto& path : json_files(folder)) {
    const auto text = read_file(path);
    if (!text) return false;
    const auto parsed = parse_json(*text);
    auto item = parsed ? Item::from(*parsed) : Result<Item>(parsed.error());
    if (!item) {
      std::fprintf(stderr, "hezuo: %s: %s %s\n", path.c_str(), item.error().path.c_str(),
                   item.error().message.c_str());
      return false;
    }
    add(*std::move(item));
  }
  return true;
}

std::optional<Data> load_data(const Options& options) {
  Data data;
  const bool loaded =
      load<Catalogue>(options.data + "/messages",
                      [&](Catalogue item) { data.catalogues.add(std::move(item)); }) &&
      load<Taxonomy>(options.data + "/taxonomies",
                     [&](Taxonomy item) { data.taxonomies.push_back(std::move(item)); });
  if (!loaded) return std::nullopt;
  if (data.catalogues.all().empty()) {
    std::fprintf(stderr, "hezuo: no messages in %s\n", options.data.c_str());
    return std::nullopt;
  }
  return data;
}

bool is_error(const Issue& issue) { return issue.severity == Severity::error; }

/// What a file says, without the control characters that would steer a terminal: those of
/// ASCII, and U+0080 to U+009F, which are C2 80 to C2 9F.
std::string harmless(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte < 0x20 || byte == 0x7F) text[i] = ' ';
    if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) text.replace(i, 2, " ");
  }
  return text;
}

/// Prints issues for a person or for a program, and answers with the exit status.
int report(const std::vector<Issue>& issues, const std::vector<std::string>& texts,
           const std::string& digest, const Options& options) {
  const bool valid = accepts(issues);
  if (options.json) {
    JsonWriter out;
    out.open('{').flag("valid", valid).open("issues", '[');
    for (std::size_t i = 0; i < issues.size(); ++i) {
      write_issue(out, issues[i], texts[i]);
      out.close('}');
    }
    out.close(']');
    if (!digest.empty()) out.text("receipt", digest);
    print_line(out.close('}').take());
    return valid ? ok : has_errors;
  }
  for (std::size_t i = 0; i < issues.size(); ++i) {
    const auto& issue = issues[i];
    const char* colour = !options.colour                       ? ""
                         : issue.severity == Severity::error   ? "\033[31m"
                         : issue.severity == Severity::warning ? "\033[33m"
                                                               : "\033[36m";
    const char* plain = options.colour ? "\033[0m" : "";
    std::string line = colour + std::string(name(issue.severity)) + plain;
    line.append(" ").append(issue.code);
    line.append(" ").append(issue.pointer.empty() ? "/" : harmless(issue.pointer));
    print_line(line.append("\n    ").append(harmless(texts[i])));
  }
  const auto errors = std::count_if(issues.begin(), issues.end(), is_error);
  const auto others = static_cast<std::ptrdiff_t>(issues.size()) - errors;
  print_line((valid ? "valid" : "not valid") + std::string(": ") +
             std::to_string(errors) + (errors == 1 ? " error, " : " errors, ") +
             std::to_string(others) +
             (others == 1 ? " warning or hint" : " warnings and hints"));
  return valid ? ok : has_errors;
}

int report_definition(const CompiledCall& compiled, const Data& data,
                      const Options& options) {
  std::vector<std::string> texts;
  for (const auto& issue : compiled.issues) {
    texts.push_back(
        data.catalogues.find(options.language)->format(issue.code, issue.params));
  }
  return report(compiled.issues, texts, "", options);
}

}  // namespace

int lint(const std::string& definition, const Options& options) {
  const auto text = read_file(definition);
  const auto data = load_data(options);
  if (!text || !data) return usage;
  auto compiled = compile_call(*text, data->taxonomies);
  const auto zones = system_zones();
  if (zones.names.empty()) {
    std::fprintf(stderr, "hezuo: no time zones in %s, so none is looked up\n",
                 zone_folder().c_str());
  } else {
    for (auto& issue : lint_zones(*text, zones))
      compiled.issues.push_back(std::move(issue));
  }
  return report_definition(compiled, *data, options);
}

int validate(const std::string& definition, const std::string& document,
             const Options& options) {
  const auto call_text = read_file(definition);
  const auto text = read_file(document);
  const auto data = load_data(options);
  if (!call_text || !text || !data) return usage;
  const auto compiled = compile_call(*call_text, data->taxonomies);
  if (!compiled.call) {
    std::fprintf(stderr, "hezuo: %s is not a valid definition\n", definition.c_str());
    report_definition(compiled, *data, options);
    return usage;
  }

  const auto parsed = parse_document(*text);
  const auto issues = parsed ? Application(*compiled.call, *parsed, options.now).issues()
                             : std::vector{unreadable(parsed.error())};
  std::vector<std::string> texts;
  texts.reserve(issues.size());
  for (const auto& issue : issues) {
    texts.push_back(
        issue_text(issue, *compiled.call, *data->catalogues.find(options.language)));
  }
  return report(issues, texts, parsed ? hezuo::receipt(*parsed) : "", options);
}

int schema(const std::string& definition, const Options& options) {
  const auto text = read_file(definition);
  const auto data = load_data(options);
  if (!text || !data) return usage;
  const auto compiled = compile_call(*text, data->taxonomies);
  if (!compiled.call) return report_definition(compiled, *data, options);
  print_line(document_schema(*compiled.call).dump(options.json ? -1 : 2));
  return ok;
}

int receipt(const std::string& document, const Options& options) {
  const auto text = read_file(document);
  if (!text) return usage;
  const auto parsed = parse_document(*text);
  if (!parsed) {
    std::fprintf(stderr, "hezuo: %s: %s\n", document.c_str(),
                 parsed.error().message.c_str());
    return has_errors;
  }
  const auto digest = hezuo::receipt(*parsed);
  print_line(options.json ? dump_json({{"receipt", digest}}) : digest);
  return ok;
}

}  // namespace hezuo::cli
