// Checks lines "kind<TAB>value" from standard input and answers each with
// "verdict<TAB>code<TAB>normalized".

#include <iostream>
#include <string>

#include "hezuo/ids.hpp"

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t tab = line.find('\t');
    const auto kind = hezuo::id_kind(std::string_view(line).substr(0, tab));
    if (!kind || tab == std::string::npos) {
      std::cerr << "not kind<TAB>value: " << line << '\n';
      return 1;
    }
    const auto check = hezuo::check_id(*kind, std::string_view(line).substr(tab + 1));
    std::cout << name(check.verdict) << '\t' << check.code << '\t' << check.normalized
              << '\n';
  }
  return 0;
}
