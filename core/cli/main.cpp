#include <getopt.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "cli.hpp"
#include "hezuo/ids.hpp"
#include "hezuo/text.hpp"

namespace hezuo::cli {
namespace {

constexpr const char* help_text =
    R"(hezuo: checks award calls and applications as the web form and the intake do.

  hezuo lint DEFINITION                  what is wrong with a call
  hezuo validate DEFINITION DOCUMENT     what is wrong with an application
  hezuo schema DEFINITION                JSON Schema (2020-12) of its documents
  hezuo receipt DOCUMENT                 SHA-256 of the canonical document

Filters, one line of standard input to one line of standard output:
  hezuo rule     {"rule": ..., "data": ...}  ->  {"result": ...} or {"error": ...}
  hezuo id       kind<TAB>value  ->  valid|warning|invalid<TAB>code<TAB>normalised
  hezuo count    JSON string  ->  {"graphemes", "words", "han", "characters", "bytes"}
  hezuo nfc      JSON string  ->  JSON string in Normalization Form C
  hezuo parity   {"en": ..., "zh-Hans": ...}  ->  [issue ...]: what the two do not both say

Options:
  --lang TAG      language of messages, such as en or zh-Hans
  --now INSTANT   clock of validate, such as 2019-09-01T12:00:00Z; by default now
  --data DIR      folder with messages/ and taxonomies/
  --json          machine-readable answers
  --help, --version

A file named - is standard input. Exit status: 0 valid, 1 errors, 2 wrong usage.
)";

std::int64_t system_now() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return duration_cast<milliseconds>(now).count();
}

int run(const std::vector<std::string>& arguments, const Options& options) {
  const std::string& command = arguments.front();
  const std::size_t files = arguments.size() - 1;
  if (const auto filter = line_filter(command)) {
    return files == 0 ? run_filter(filter, options)
                      : complain(command + " reads standard input");
  }
  if (command == "validate") {
    return files == 2 ? validate(arguments[1], arguments[2], options)
                      : complain("validate takes a definition and a document");
  }
  if (command != "lint" && command != "schema" && command != "receipt") {
    return complain("there is no command \"" + command + "\"");
  }
  if (files != 1) return complain(command + " takes one file");
  if (command == "lint") return lint(arguments[1], options);
  if (command == "schema") return schema(arguments[1], options);
  return receipt(arguments[1], options);
}

}  // namespace

bool print_line(std::string_view line) {
  return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
         std::fputc('\n', stdout) != EOF;
}

int complain(const std::string& message) {
  std::fprintf(stderr, "hezuo: %s; see hezuo --help\n", message.c_str());
  return usage;
}

}  // namespace hezuo::cli

int main(int count, char** values) {
  using namespace hezuo;
  enum Flag : int { lang = 1, now, data, json, help, version };
  constexpr std::array<option, 7> known = {{{"lang", required_argument, nullptr, lang},
                                            {"now", required_argument, nullptr, now},
                                            {"data", required_argument, nullptr, data},
                                            {"json", no_argument, nullptr, json},
                                            {"help", no_argument, nullptr, help},
                                            {"version", no_argument, nullptr, version},
                                            {nullptr, 0, nullptr, 0}}};

  cli::Options options;
  options.data = HEZUO_DATA_DIR;
  options.now = cli::system_now();
  options.colour = isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  int flag = 0;
  while ((flag = getopt_long(count, values, "", known.data(), nullptr)) != -1) {
    switch (flag) {
      case lang:
        options.language = optarg;
        break;
      case now: {
        const auto instant = parse_instant(optarg);
        if (!instant) return cli::complain("--now takes an instant with offset");
        options.now = *instant;
        break;
      }
      case data:
        options.data = optarg;
        break;
      case json:
        options.json = true;
        break;
      case help:
        std::fputs(cli::help_text, stdout);
        return cli::ok;
      case version:
        std::printf("hezuo %s, Unicode %s\n", HEZUO_VERSION,
                    std::string(unicode_version()).c_str());
        return cli::ok;
      default:
        return cli::usage;
    }
  }
  const std::vector<std::string> arguments(values + optind, values + count);
  if (arguments.empty()) {
    std::fputs(cli::help_text, stderr);
    return cli::usage;
  }
  const int status = cli::run(arguments, options);
  // An earlier write may have failed: then nothing is left to flush.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::perror("hezuo: standard output");
    return cli::usage;
  }
  return status;
}
