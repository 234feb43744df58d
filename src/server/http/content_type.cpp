// The table of content types.
#include "server/http/content_type.h"

#include <algorithm>
#include <array>
#include <string>

namespace octavo {

namespace {

struct Row {
  std::string_view extension;
  ContentType type;
};

constexpr auto kTypes = std::to_array<Row>({
    {"html", {"text/html; charset=utf-8", true}},
    {"js", {"text/javascript; charset=utf-8", true}},
    {"mjs", {"text/javascript; charset=utf-8", true}},
    {"css", {"text/css; charset=utf-8", true}},
    {"json", {"application/json", true}},
    {"map", {"application/json", true}},
    {"webmanifest", {"application/manifest+json", true}},
    {"wasm", {"application/wasm", true}},
    {"svg", {"image/svg+xml", true}},
    {"xml", {"application/xml", true}},
    {"txt", {"text/plain; charset=utf-8", true}},
    {"md", {"text/markdown; charset=utf-8", true}},
    {"bin", {"application/octet-stream", true}},  // the search index
    {"ico", {"image/x-icon", true}},
    {"png", {"image/png", false}},
    {"jpg", {"image/jpeg", false}},
    {"jpeg", {"image/jpeg", false}},
    {"gif", {"image/gif", false}},
    {"webp", {"image/webp", false}},
    {"avif", {"image/avif", false}},
    {"pdf", {"application/pdf", false}},
    {"woff2", {"font/woff2", false}},
    {"mp4", {"video/mp4", false}},
    {"webm", {"video/webm", false}},
    {"mp3", {"audio/mpeg", false}},
});

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

ContentType content_type_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  std::string extension(name.substr(name.rfind('.') + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const Row& row) { return row.extension == extension; });
  return found == kTypes.end() ? ContentType{"application/octet-stream", false} : found->type;
}

bool is_immutable_path(std::string_view path) {
  if (!path.starts_with("assets/") && !path.starts_with("bundle/") && !path.starts_with("media/")) return false;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (std::size_t begin = name.find('.'); begin != std::string_view::npos;) {
    const std::size_t end = std::min(name.find('.', begin + 1), name.size());
    const std::string_view part = name.substr(begin + 1, end - begin - 1);
    if ((part.size() == 8 || part.size() == 12) && is_hex(part)) return true;
    begin = end == name.size() ? std::string_view::npos : end;
  }
  return false;
}

}  // namespace octavo
