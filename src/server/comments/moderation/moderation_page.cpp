// Serving the page.
#include "server/comments/moderation/moderation_page.h"

#include <string_view>

namespace octavo {

// Made by cmake/embed.cmake.
extern const std::string_view kModerationPageHtml;
extern const std::string_view kModerationPageCss;
extern const std::string_view kModerationPageJs;

std::optional<HttpResponse> moderation_page(const HttpRequest& request) {
  std::string_view path = request.path;
  const std::string_view folder = kModerationPath;
  if (!path.starts_with(folder.substr(0, folder.size() - 1)) || (request.method != "GET" && request.method != "HEAD")) {
    return std::nullopt;
  }
  HttpResponse response;
  response.set("Cache-Control", "no-cache");
  if (path.size() < folder.size()) {
    response.status = 308;
    response.set("Location", kModerationPath);
    return response;
  }
  path.remove_prefix(folder.size());
  if (path.empty()) {
    response.content_type = "text/html; charset=utf-8";
    response.body = kModerationPageHtml;
  } else if (path == "page.css") {
    response.content_type = "text/css; charset=utf-8";
    response.body = kModerationPageCss;
  } else if (path == "page.js") {
    response.content_type = "text/javascript; charset=utf-8";
    response.body = kModerationPageJs;
  } else {
    return std::nullopt;
  }
  return response;
}

}  // namespace octavo
