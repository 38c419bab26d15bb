// The functions of libc by which nlohmann/json handles numbers, for WebAssembly only.
// Emscripten's do all that C asks for: strtod and snprintf calculate in a long double of
// 128 bits, which is emulated, and strtoull reads through a FILE; that is 23 KB. The
// linker puts these in their place (--wrap); by the same names they would clash with
// those of libc.

#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "../core/src/decimal.hpp"

// NOLINTBEGIN(bugprone-reserved-identifier): the names are the linker's.
extern "C" {

/// Of a number in JSON's grammar.
double __wrap_strtod(const char* text, char** end) {
  const bool negative = *text == '-';
  double value = 0;
  const char* const begin = negative ? text + 1 : text;
  *end = const_cast<char*>(hezuo::read_decimal(begin, begin + std::strlen(begin), value));
  return negative ? -value : value;
}

/// Of decimal digits only; the base is taken for 10.
unsigned long long __wrap_strtoull(const char* text, char** end, int /*base*/) {
  constexpr auto limit = std::numeric_limits<unsigned long long>::max();
  unsigned long long value = 0;
  for (; *text >= '0' && *text <= '9'; ++text) {
    const auto digit = static_cast<unsigned>(*text - '0');
    if (value > (limit - digit) / 10) errno = ERANGE;
    value = value * 10 + digit;
  }
  *end = const_cast<char*>(text);
  return value;
}

/// Of '-' and decimal digits only, as JSON calls it for negative numbers alone.
long long __wrap_strtoll(const char* text, char** end, int base) {
  const unsigned long long value = __wrap_strtoull(text + 1, end, base);
  if (value > std::uint64_t{1} << 63) errno = ERANGE;
  return static_cast<long long>(-value);
}

/// Knows one conversion: four hexadecimal digits of an unsigned int, whether "%04x" or
/// "%.4X" asks for them, in lower or upper case. By itself it is called only from libc,
/// by what the linker exports of dlerror and nothing reaches.
int __wrap_vsnprintf(char* out, std::size_t size, const char* format, va_list arguments) {
  std::size_t written = 0;
  const auto put = [&](char c) {
    if (written + 1 < size) out[written++] = c;
  };
  for (; *format != '\0'; ++format) {
    if (*format != '%') {
      put(*format);
      continue;
    }
    while (*format != '\0' && (*format | 0x20) != 'x') ++format;
    if (*format == '\0') break;
    const auto value = va_arg(arguments, unsigned);
    const auto letter = static_cast<unsigned>(*format - 'x' + 'a' - 10);
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned digit = value >> shift & 0xF;
      put(static_cast<char>(digit + (digit < 10 ? '0' : letter)));
    }
  }
  if (size != 0) out[written] = '\0';
  return static_cast<int>(written);
}

int __wrap_snprintf(char* out, std::size_t size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int written = __wrap_vsnprintf(out, size, format, arguments);
  va_end(arguments);
  return written;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier)
