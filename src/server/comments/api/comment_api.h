// The comments server: its contract over HTTP as a RequestHandler. assets/comments/openapi.json says what each address does.
//
// One request, whatever it holds, cannot end the process:
// - Its size is bounded before anything reads it, so memory and recursion are bounded, too (kMaxCommentBody, the limits of JSON's
//   and HTML's depth in core, and page_size_max for answers).
// - What it says is data: it is parsed into a Result or an enum and refused as a Problem. Assertions are for what this program
//   itself has promised, never for what a request contains.
// - No element of a container is taken where the container could be empty; native builds check that (_GLIBCXX_ASSERTIONS).
// - Failures of the database and of identity providers are Errors, which become the answer 503; no exception leaves their files.
// comment_api_robustness_test.cpp sends mutated requests to every address, also under the sanitizers; each gets an answer.
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
  // Whether the site has a post that takes comments under this key, asked where the settings say ThreadRule::Site. From several
  // threads at once. Without the function there is no site, and so no post.
  std::function<bool(std::string_view)> has_post;
};

// Makes what the database needs. The parts that are references must outlive the handler.
Result<std::unique_ptr<RequestHandler>> open_comment_api(CommentApiParts parts);

// Unix milliseconds by the system's clock.
std::int64_t system_milliseconds();

}  // namespace octavo
