// Answering requests from a folder.
#include "server/site/static_site.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <system_error>

#include "core/base/url.h"
#include "server/http/content_type.h"
#include "server/http/header_rules.h"
#include "server/http/request_headers.h"

namespace octavo {

namespace fs = std::filesystem;

namespace {

constexpr const char* kNotFoundPage = "404.html";
constexpr const char* kHeadersFile = "_headers";
constexpr std::uint64_t kMaxHeadersBytes = 64 * 1024;

// The path below the folder without its slashes at both ends; nothing for paths that could mean something else than a plain
// file below it: "..", hidden names, empty names, backslashes, NUL.
std::optional<std::string> plain_path(std::string_view path) {
  if (!path.starts_with('/') || path.find('\\') != std::string_view::npos || path.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (end == 0 || rest.front() == '.' || end + 1 == rest.size()) return std::nullopt;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::string(path);
}

std::string etag_of(const FileVersion& version, Encoding encoding) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "\"%llx-%llx", static_cast<unsigned long long>(version.size),
                static_cast<unsigned long long>(version.modified));
  std::string etag = text.data();
  if (encoding != Encoding::Identity) etag.append("-").append(encoding_name(encoding));
  return etag + "\"";
}

// Narrows a whole answer to the range that was asked for.
void apply_range(const StaticRequest& request, const std::string& etag, OutgoingResponse& response) {
  if (request.range.empty() || (!request.if_range.empty() && request.if_range != etag)) return;
  const std::uint64_t size = response.length;
  const RangeRequest wanted = parse_range(request.range, size);
  if (wanted.kind == RangeRequest::Kind::Whole) return;
  if (wanted.kind == RangeRequest::Kind::Unsatisfiable) {
    response = text_response(416, "The file has " + std::to_string(size) + " bytes.\n");
    response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return;
  }
  response.status = 206;
  response.offset = wanted.range.begin;
  response.length = wanted.range.length;
  response.headers.emplace_back("Content-Range", "bytes " + std::to_string(response.offset) + "-" +
                                                     std::to_string(response.offset + response.length - 1) + "/" +
                                                     std::to_string(size));
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& security_headers() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' https: data: blob:; "
       "connect-src 'self' https:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
  };
  return headers;
}

Result<StaticSite> StaticSite::open(const fs::path& folder) {
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error || !fs::is_directory(root, error)) {
    return Error{ErrorCode::NotFound, "There is no folder of this name to serve.", folder.string()};
  }
  return StaticSite(root);
}

bool StaticSite::is_inside(const fs::path& path) const {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  return std::mismatch(root_.begin(), root_.end(), real.begin(), real.end()).first == root_.end();
}

// The site's own `_headers` win, except for the caching of a file that was not found. This server does not speak HTTPS.
void StaticSite::apply_header_rules(const std::string& path, OutgoingResponse& response) {
  const fs::path file = root_ / kHeadersFile;
  std::error_code error;
  const Result<FileVersion> version = load_file_version(file);
  if (!version || version->size > kMaxHeadersBytes || !fs::is_regular_file(file, error)) return;
  const Result<FileCache::Content> content = cache_->content(file, *version, Encoding::Identity);
  if (!content) return;
  for (const auto& [name, value] : headers_for(parse_header_rules(*content->bytes), path)) {
    const std::string& header_name = name;
    if (header_name == "Strict-Transport-Security" || (header_name == "Cache-Control" && response.status >= 400)) continue;
    std::erase_if(response.headers, [&](const auto& header) { return header.first == header_name; });
    response.headers.emplace_back(header_name, value);
  }
}

OutgoingResponse StaticSite::respond(const StaticRequest& request) {
  OutgoingResponse response = respond_without_header_rules(request);
  apply_header_rules(request.path, response);
  return response;
}

OutgoingResponse StaticSite::respond_without_header_rules(const StaticRequest& request) {
  if (!is_local_host(request.host)) return text_response(421, "This server answers to localhost only.\n");
  if (request.method != "GET" && request.method != "HEAD") {
    OutgoingResponse response = text_response(405, "Only GET and HEAD are understood here.\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const std::optional<std::string> relative = plain_path(request.path);
  if (!relative) return not_found(request);
  const fs::path path = relative->empty() ? root_ : root_ / fs::path(*relative);
  std::error_code error;
  if (!is_inside(path)) return not_found(request);
  if (fs::is_directory(path, error)) {
    if (!request.path.ends_with('/')) {
      OutgoingResponse response = text_response(301, "");
      // Composed anew from checked names: "//host" must not become an address elsewhere.
      response.headers.emplace_back("Location", "/" + encode_path(*relative) + "/" + request.query);
      return response;
    }
    return respond_with_file(request, relative->empty() ? "index.html" : *relative + "/index.html", 200);
  }
  if (request.path.ends_with('/')) return not_found(request);
  return respond_with_file(request, *relative, 200);
}

OutgoingResponse StaticSite::respond_with_file(const StaticRequest& request, const std::string& relative, int status) {
  const fs::path file = root_ / fs::path(relative);
  std::error_code error;
  const Result<FileVersion> version = load_file_version(file);
  if (!version || !fs::is_regular_file(file, error) || !is_inside(file)) {
    return status == 404 ? text_response(404, "There is nothing at this address.\n") : not_found(request);
  }
  const ContentType type = content_type_of(relative);
  const bool is_small = version->size <= kMaxCachedFileBytes;
  const bool may_compress = type.is_compressible && is_small && request.range.empty();
  OutgoingResponse response;
  response.status = status;
  response.content_type = type.name;
  response.file = file;
  response.length = version->size;
  Encoding encoding = Encoding::Identity;
  if (is_small) {
    Result<FileCache::Content> content =
        cache_->content(file, *version, may_compress ? accepted_encoding(request.accept_encoding) : Encoding::Identity);
    if (!content) return text_response(500, "The file cannot be read.\n");
    encoding = content->encoding;
    response.bytes = content->bytes;
    response.length = content->bytes->size();
  }
  const std::string etag = etag_of(*version, encoding);
  if (type.is_compressible) response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("Cache-Control",
                                is_immutable_path(relative) ? "public, max-age=31536000, immutable" : "no-cache");
  if (encoding != Encoding::Identity) response.headers.emplace_back("Content-Encoding", encoding_name(encoding));
  if (status != 200) return response;
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Accept-Ranges", "bytes");
  if (!request.if_none_match.empty() && matches_any_etag(request.if_none_match, etag)) {
    response.status = 304;
    response.length = 0;
    std::erase_if(response.headers, [](const auto& header) { return header.first == "Content-Encoding"; });
    return response;
  }
  apply_range(request, etag, response);
  return response;
}

OutgoingResponse StaticSite::not_found(const StaticRequest& request) {
  StaticRequest plain = request;
  plain.range.clear();
  return respond_with_file(plain, kNotFoundPage, 404);
}

}  // namespace octavo
