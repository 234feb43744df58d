// One image: resolve, check, connect, follow, look at what came.
#include "press/import/media_fetch.h"

#include <algorithm>

#include "core/base/url.h"
#include "press/base/sha256.h"
#include "press/prepare/image_probe.h"

namespace octavo {

namespace {

constexpr int kMaxRedirects = 5;
constexpr std::size_t kMaxImageBytes = 32UL * 1024 * 1024;
constexpr int kMaxSeconds = 60;
constexpr std::size_t kMaxStemBytes = 80;
constexpr std::size_t kHashDigits = 8;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// What a request line may hold: the rest of it percent-encoded, no fragment.
std::string sendable(std::string_view url) {
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : url.substr(0, url.find('#'))) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos) {
      out += c;
    } else {
      ((out += '%') += kHexDigits[byte >> 4]) += kHexDigits[byte & 15];
    }
  }
  return out;
}

std::string redirected(const std::string& url, const std::string& location) {
  if (location.starts_with("http://") || location.starts_with("https://")) return location;
  if (location.starts_with("//")) return url.substr(0, url.find("//")) + location;
  if (location.find("://") != std::string::npos) return {};
  const std::string origin(origin_part(url));
  const std::string path = url.size() > origin.size() ? url.substr(origin.size() + 1) : std::string();
  return origin + "/" + resolve_path(path.substr(0, path.find('?')), location);
}

// No SVG, which can hold scripts.
std::string extension_of(ImageFormat format) {
  constexpr const char* kExtensions[] = {"", "png", "jpg", "gif", "webp", "avif"};
  return kExtensions[static_cast<std::size_t>(format)];
}

Error failure(ErrorCode code, std::string message, const std::string& url) {
  return {code, std::move(message), url};
}

}  // namespace

Result<std::string> MediaFetch::checked_address(const std::string& url) const {
  const std::string host = host_part(url);
  if (host.empty()) return failure(ErrorCode::BadValue, "not an http or https address", url);
  const std::vector<std::string> addresses = hooks_.resolve(host);
  if (addresses.empty()) return failure(ErrorCode::NotFound, "the host has no address", url);
  for (const std::string& address : addresses) {
    if (!hooks_.may_connect(address)) return failure(ErrorCode::BadValue, "the host is not on the public internet", url);
  }
  return addresses.front();
}

Result<FetchedImage> MediaFetch::fetch(const std::string& url) const {
  std::string at = sendable(url);
  for (int redirects = 0; redirects <= kMaxRedirects; ++redirects) {
    const Result<std::string> address = checked_address(at);
    if (!address) return address.error();
    OutgoingRequest request;
    request.url = at;
    request.headers = {{"Accept", "image/avif,image/webp,image/png,image/jpeg,image/gif"}};
    request.max_answer = kMaxImageBytes;
    request.connect_to = *address;
    request.transport = Transport::Any;
    request.max_seconds = kMaxSeconds;
    Result<IncomingResponse> reply = client_.send(request);
    if (!reply) return failure(reply.error().code, reply.error().message, at);
    const std::string location(reply->header("Location"));
    if (reply->status >= 300 && reply->status < 400 && !location.empty()) {
      at = sendable(redirected(at, location));
      continue;
    }
    if (reply->status != 200) return failure(ErrorCode::Unreadable, "the answer is " + std::to_string(reply->status), at);
    std::string extension = extension_of(image_format(reply->body));
    if (extension.empty()) return failure(ErrorCode::Unsupported, "the answer is not a PNG, JPEG, GIF, WebP or AVIF", at);
    return FetchedImage{std::move(reply->body), std::move(extension)};
  }
  return failure(ErrorCode::BadValue, "more than five redirects", url);
}

std::string fetched_name(const std::string& url) {
  std::string_view path = std::string_view(url).substr(0, url.find_first_of("?#"));
  path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));
  std::string stem = decode_percent(path.substr(0, path.rfind('.')));
  stem.resize(std::min(stem.size(), kMaxStemBytes));
  for (char& c : stem) {
    if (!is_letter_or_digit(c) && c != '_') c = '-';
  }
  stem.erase(0, std::min(stem.find_first_not_of('-'), stem.size()));
  return (stem.empty() ? "image" : stem) + "-" + hex_digits(sha256(url), kHashDigits);
}

}  // namespace octavo
