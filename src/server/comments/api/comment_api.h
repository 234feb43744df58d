// The comments server: its contract over HTTP as a RequestHandler. assets/comments/openapi.json says what each address does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "core/base/result.h"
#include "core/content/html/html_parser.h"
#include "server/comments/store/comment_settings.h"
#include "server/comments/store/database.h"
#include "server/http/http_client.h"
#include "server/http/http_message.h"

namespace octavo {

// No page of a site can have this address: slugs have no underscore.
inline constexpr std::string_view kCommentsPath = "/_comments/";
inline constexpr std::string_view kCommentsApiPath = "/_comments/v1/";

// Bodies beyond this are refused: the longest text, escaped as JSON, and its author.
inline constexpr std::size_t kMaxCommentBody = 64 * 1024;

struct CommentApiParts {
  Database& database;
  CommentSettings settings;
  HtmlParser& html_parser;              // used from several threads at once
  std::function<std::int64_t()> clock;  // Unix milliseconds
  HttpClient& http;                     // asks identity providers
};

// Makes what the database needs. The parts that are references must outlive the handler.
Result<std::unique_ptr<RequestHandler>> open_comment_api(CommentApiParts parts);

// Unix milliseconds by the system's clock.
std::int64_t system_milliseconds();

}  // namespace octavo
