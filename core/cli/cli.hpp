#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hezuo/award.hpp"

namespace hezuo::cli {

/// Exit statuses.
inline constexpr int ok = 0;
inline constexpr int has_errors = 1;
inline constexpr int usage = 2;

struct Options {
  std::string data;  ///< Folder of messages and taxonomies.
  std::string language = "en";
  std::int64_t now = 0;  ///< Milliseconds since 1970.
  bool json = false;
  bool colour = false;  ///< Only ever on a terminal.
};

/// Commands on files; "-" is standard input.
int lint(const std::string& definition, const Options& options);
int validate(const std::string& definition, const std::string& document,
             const Options& options);
int schema(const std::string& definition, const Options& options);
int receipt(const std::string& document, const Options& options);

/// Filters of standard input: an answer line for each line. Null for an unknown name.
using LineFilter = std::string (*)(std::string_view line, bool json);
LineFilter line_filter(std::string_view name);
int run_filter(LineFilter filter, const Options& options);

/// Where the host keeps its time zones: $TZDIR, or where all systems have them.
std::string zone_folder();
/// What is there; without names where there is nothing.
ZoneDatabase system_zones();

/// Writes a line to standard output. False when it could not, as on a full disk.
bool print_line(std::string_view line);
/// Says on standard error what is wrong with the call, and returns `usage`.
int complain(const std::string& message);

}  // namespace hezuo::cli
