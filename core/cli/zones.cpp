#include <time.h>  // NOLINT(modernize-deprecated-headers): tzset() is of POSIX.

#include <cstdlib>
#include <filesystem>

#include "cli.hpp"

namespace hezuo::cli {

std::string zone_folder() {
  const char* folder = std::getenv("TZDIR");
  return folder == nullptr ? "/usr/share/zoneinfo" : folder;
}

ZoneDatabase system_zones() {
  namespace fs = std::filesystem;
  ZoneDatabase zones;
  const std::string folder = zone_folder();
  std::error_code error;
  // In "posix" and "right", the same names stand once more.
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).generic_string();
    if (name.starts_with("posix/") || name.starts_with("right/")) continue;
    std::error_code broken_link;
    if (is_zone_name(name) && at->is_regular_file(broken_link))
      zones.names.push_back(name);
  }
  zones.offset = [folder](const std::string& name, std::int64_t at) -> std::int64_t {
    setenv("TZ", (":" + folder + "/" + name).c_str(), 1);
    tzset();
    const auto seconds = static_cast<time_t>(at / 1000);
    tm local{};
    return localtime_r(&seconds, &local) == nullptr ? 0 : local.tm_gmtoff;
  };
  return zones;
}

}  // namespace hezuo::cli
