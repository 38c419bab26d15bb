#pragma once

#include <string>
#include <string_view>

namespace hezuo::text {

/// Normalization Form C (UAX 15) of well-formed `utf8`, in time linear in its length.
[[nodiscard]] std::string compose(std::string_view utf8);

}  // namespace hezuo::text
