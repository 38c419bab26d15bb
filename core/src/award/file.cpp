#include <array>
#include <utility>

#include "hezuo/award.hpp"
#include "hezuo/json.hpp"
#include "hezuo/text.hpp"

namespace hezuo {
namespace {

using namespace std::string_view_literals;

/// First bytes and what they are, from the formats' own specifications.
constexpr std::array signatures = {
    std::pair{"%PDF-"sv, "application/pdf"sv},
    std::pair{"\xFF\xD8\xFF"sv, "image/jpeg"sv},
    std::pair{"\x89PNG\r\n\x1A\n"sv, "image/png"sv},
    std::pair{"GIF87a"sv, "image/gif"sv},
    std::pair{"GIF89a"sv, "image/gif"sv},
    std::pair{"II*\0"sv, "image/tiff"sv},
    std::pair{"MM\0*"sv, "image/tiff"sv},
};

/// The kind of document that a ZIP archive is, by the names of its entries.
std::string_view zip_type(std::string_view bytes) {
  constexpr auto open_document = "mimetypeapplication/vnd.oasis.opendocument."sv;
  if (bytes.substr(30).starts_with(open_document)) {
    const auto rest = bytes.substr(30 + open_document.size());
    if (rest.starts_with("text")) return "application/vnd.oasis.opendocument.text";
    if (rest.starts_with("spreadsheet")) {
      return "application/vnd.oasis.opendocument.spreadsheet";
    }
    if (rest.starts_with("presentation")) {
      return "application/vnd.oasis.opendocument.presentation";
    }
  }
  if (bytes.find("[Content_Types].xml") != std::string_view::npos) {
    if (bytes.find("word/document.xml") != std::string_view::npos) {
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    }
    if (bytes.find("xl/workbook.xml") != std::string_view::npos) {
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    if (bytes.find("ppt/presentation.xml") != std::string_view::npos) {
      return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    }
  }
  return "application/zip";
}

bool is_plain_text(std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') return false;
  }
  return !bytes.empty() && is_utf8(bytes);
}

std::string_view type_of(std::string_view bytes) {
  for (const auto& [start, type] : signatures) {
    if (bytes.starts_with(start)) return type;
  }
  if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") {
    return "image/webp";
  }
  if (bytes.starts_with("PK\x03\x04"sv) && bytes.size() > 30) return zip_type(bytes);
  return is_plain_text(bytes) ? "text/plain" : "";
}

}  // namespace

FileFacts inspect_file(std::string_view bytes) {
  return {
      .sha256 = sha256(bytes), .size = bytes.size(), .type = std::string(type_of(bytes))};
}

}  // namespace hezuo
