// Requests to the comments server, several after one another on a new database: each gets an answer that keeps the contract's
// form.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "core/base/assert.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "fuzz/fuzz_input.h"
#include "press/base/gumbo_parser.h"
#include "server/comments/api/client_network.h"
#include "server/comments/api/comment_api.h"
#include "server/comments/store/sqlite_database.h"
#include "server/http/content_type.h"
#include "server/http/header_rules.h"
#include "server/http/network_address.h"
#include "server/http/request_headers.h"
#include "support/fake_http_client.h"

namespace octavo {
namespace {

constexpr std::size_t kMaxRequests = 6;

std::string_view take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + end.size(), text.size()));
  return part;
}

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text;
}

// "GET /path?query", lines of headers, an empty line, the body.
HttpRequest request_of(std::string_view text) {
  HttpRequest request;
  std::string_view head = take_until(text, "\n\n");
  request.body = text;
  std::string_view line = take_until(head, "\n");
  request.method = take_until(line, " ");
  request.path = take_until(line, "?");
  request.query = line;
  request.peer = "127.0.0.1";
  request.headers.emplace_back("Host", "localhost:8000");
  while (!head.empty()) {
    std::string_view header = take_until(head, "\n");
    const std::string_view name = take_until(header, ":");
    request.headers.emplace_back(name, without_blanks(header));
  }
  return request;
}

// A database on a disk of memory, where there is one, is a hundred times faster.
std::filesystem::path new_database() {
  const std::filesystem::path memory = "/dev/shm";
  const std::filesystem::path folder = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  const std::string name = "octavo_fuzz_" + std::to_string(getpid()) + ".db";
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder / (name + end));
  return folder / name;
}

void check_headers(const HttpRequest& request) {
  const std::string network = client_network(request, {"127.0.0.1", "10.0.0.1"});
  OCTAVO_ASSERT(network == kUnknownNetwork || network.find('/') != std::string::npos);
  accepted_encoding(request.header("Accept-Encoding"));
  is_local_host(request.header("Host"));
  matches_any_etag(request.header("If-None-Match"), "\"a\"");
  constexpr std::uint64_t kSize = 1000;
  const RangeRequest range = parse_range(request.header("Range"), kSize);
  if (range.kind == RangeRequest::Kind::Part) {
    OCTAVO_ASSERT(range.range.length > 0 && range.range.begin < kSize && range.range.length <= kSize - range.range.begin);
  }
  for (const auto& [name, value] : request.headers) {
    if (is_public_address(value)) OCTAVO_ASSERT(!network_of(value).empty());
  }
  for (const HeaderRule& rule : parse_header_rules(request.body)) headers_for({rule}, request.path);
  OCTAVO_ASSERT(!content_type_of(request.path).name.empty());
}

void check_response(const HttpResponse& response) {
  OCTAVO_ASSERT(response.status >= 200 && response.status < 600);
  for (const auto& [name, value] : response.headers) {
    OCTAVO_ASSERT(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  if (response.body.empty() || response.content_type.find("json") == std::string::npos) return;
  const Result<Json> json = Json::parse(response.body, "answer");
  OCTAVO_ASSERT(json.ok());
  if (response.content_type == "application/problem+json") OCTAVO_ASSERT(json->get("status").integer() == response.status);
}

}  // namespace
}  // namespace octavo

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace octavo;
  FuzzInput input(data, size);
  const bool is_moderated = input.flag();
  std::string_view rest = input.text();
  Result<std::unique_ptr<Database>> database = open_sqlite_database(new_database());
  OCTAVO_ASSERT(database.ok());
  CommentSettings settings;
  settings.moderation = is_moderated ? Moderation::All : Moderation::Links;
  settings.moderation_token = "a-token-of-the-owner-of-the-blog";
  settings.trusted_proxies = {"127.0.0.1"};
  GumboParser parser;
  FakeHttpClient http;
  std::int64_t now = 1'790'000'000'000;
  Result<std::unique_ptr<RequestHandler>> api = open_comment_api({**database, settings, parser, [&now] { return now; }, http});
  OCTAVO_ASSERT(api.ok());
  for (std::size_t count = 0; count < kMaxRequests && !rest.empty(); ++count) {
    const HttpRequest request = request_of(take_until(rest, "\n====\n"));
    check_headers(request);
    now += 3'600'000;
    if ((*api)->handles(request.path)) check_response((*api)->respond(request));
  }
  return 0;
}
