#include <algorithm>
#include <utility>

#include "hezuo/text.hpp"
#include "ids.hpp"

namespace hezuo::ids {
namespace {

constexpr std::size_t max_local_part = 64;  // RFC 5321, 4.5.3.1
constexpr std::size_t max_mailbox = 254;

/// Dot-atom of RFC 5322, 3.2.3, with the letters of every script (RFC 6531). Quoted
/// strings and comments are allowed by the RFC, but hardly any mail server takes them.
bool is_dot_atom(std::string_view text) noexcept {
  constexpr std::string_view specials = "!#$%&'*+-/=?^_`{|}~";
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return c == '.' || is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
           specials.find(c) != std::string_view::npos;
  });
}

bool is_delimiter(char32_t c) noexcept { return c == '/' || c == '?' || c == '#'; }

/// Where the path, query or fragment begins, whose characters stay as they are: a
/// full-width bracket there is another page than a plain one.
struct Split {
  std::string head;  ///< Plain: "https://example.org:80" or "example.org".
  std::string rest;  ///< As typed, but for a full-width delimiter in front.
};
Split split(std::string_view url) {
  Split parts;
  std::size_t at = 0;
  while (at < url.size()) {
    const std::size_t start = at;
    char32_t c = next(url, at);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    const bool of_scheme =
        c == '/' && (parts.head.ends_with(':') || parts.head.ends_with(":/"));
    if (is_delimiter(c) && !of_scheme) {
      parts.rest = static_cast<char>(c);
      parts.rest += url.substr(at);
      break;
    }
    if (c < 0x80) {
      parts.head += static_cast<char>(c);
    } else {
      parts.head += url.substr(start, at - start);
    }
  }
  parts.head = plain(parts.head);
  return parts;
}

/// A path, query or fragment of an IRI (RFC 3987). Browsers send more than the RFC
/// allows, so only what breaks a link or hides something is refused.
bool is_rest(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next(text, at);
    if (c <= ' ' || c == 0x7F || is_space(c)) return false;
    if (c == '<' || c == '>' || c == '"' || c == '`' || c == '\\') return false;
  }
  return hidden_characters(text).empty();
}

/// "" or ":" and a port.
bool is_port(std::string_view text) noexcept {
  if (text.empty()) return true;
  const std::string_view digits = text.substr(1);
  return text[0] == ':' && digits.size() <= 5 && is_digits(digits) &&
         number(digits) <= 65'535;
}

/// The rest of a URL whose scheme is known, e.g. "https".
IdCheck located(std::string_view scheme, std::string_view authority,
                std::string_view rest) {
  if (authority.find('@') != std::string_view::npos) return invalid("userinfo");
  std::string host;
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return invalid("domain");
    const std::string_view address = authority.substr(1, end - 1);
    if (!is_ipv6(address)) return invalid("domain");
    host = '[';
    for (const char c : address) host += lower(c);
    host += ']';
    port = authority.substr(end + 1);
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    const std::string_view name = authority.substr(0, colon);
    host = is_ipv4(name) ? std::string(name) : domain(name);
    if (host.empty()) return invalid("domain");
    port = authority.substr(colon);
  }
  if (!is_port(port) || !is_rest(rest)) return invalid("format");
  std::string normalized(scheme);
  normalized.append("://").append(host).append(port).append(rest);
  return valid(std::move(normalized));
}

}  // namespace

IdCheck email(std::string_view text) {
  if (text.find(' ') != std::string_view::npos) return invalid("format");
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return invalid("format");
  const auto composed = nfc(with_dots(text.substr(0, at)));
  if (!composed || !is_dot_atom(*composed) || !hidden_characters(*composed).empty()) {
    return invalid("local_part");
  }
  const std::string host = domain(text.substr(at + 1));
  if (host.empty()) return invalid("domain");
  std::string mailbox = *composed + '@' + host;
  if (composed->size() > max_local_part || mailbox.size() > max_mailbox) {
    return invalid("length");
  }
  return valid(std::move(mailbox));
}

IdCheck url(std::string_view typed) {
  const Split parts = split(trim(typed));
  if (parts.head.empty() || parts.head.find(' ') != std::string::npos) {
    return invalid("format");
  }
  const std::size_t colon = parts.head.find("://");
  if (colon == std::string::npos) {
    IdCheck suggestion = located("https", parts.head, parts.rest);
    return invalid("scheme", suggestion.verdict == Verdict::valid
                                 ? std::move(suggestion.normalized)
                                 : std::string());
  }
  std::string scheme;
  for (const char c : parts.head.substr(0, colon)) scheme += lower(c);
  if (scheme != "http" && scheme != "https") return invalid("scheme");
  return located(scheme, std::string_view(parts.head).substr(colon + 3), parts.rest);
}

}  // namespace hezuo::ids
