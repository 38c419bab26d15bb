#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "hezuo/ids.hpp"
#include "hezuo/text.hpp"

namespace {

using hezuo::check_id;
using hezuo::IdCheck;
using hezuo::IdKind;
using hezuo::Verdict;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_dates(std::string_view text) {
  if (const auto date = hezuo::parse_date(text)) require(date->day > 0);
  if (const auto month = hezuo::parse_month(text)) require(month->day == 0);
  if (const auto instant = hezuo::parse_instant(text)) {
    const std::string written = hezuo::format_instant(*instant);
    const auto read = hezuo::parse_instant(written);
    const bool four_digits = written[0] != '-' && written[0] != '+';
    require(four_digits ? read == instant : !read);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto kind =
      static_cast<IdKind>(data[0] % (static_cast<unsigned>(IdKind::country) + 1));
  const IdCheck check = check_id(kind, text);

  require(hezuo::is_utf8(check.normalized));
  require(check.code.empty() == (check.verdict == Verdict::valid));
  if (check.verdict == Verdict::invalid) {
    if (check.code == "resident_id") require(check.normalized.empty());
  } else {
    const IdCheck again = check_id(kind, check.normalized);
    // A number that lacked its country code only has it in the canonical form.
    const bool completed = check.code == "country_code";
    require(again.verdict == (completed ? Verdict::valid : check.verdict));
    require(again.normalized == check.normalized);
  }
  check_dates(text);
  return 0;
}
