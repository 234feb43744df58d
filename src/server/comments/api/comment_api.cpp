// From a request to the function of its address: names of the server, origins, limits, methods.
#include "server/comments/api/comment_api.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iterator>
#include <optional>
#include <utility>

#include "core/base/ascii_text.h"
#include "core/base/assert.h"
#include "core/base/url.h"
#include "server/comments/api/api_call.h"
#include "server/comments/api/client_network.h"
#include "server/comments/api/rate_limit.h"
#include "server/comments/api/submission_request.h"
#include "server/comments/moderation/moderation_page.h"
#include "server/comments/store/sign_in_store.h"
#include "server/http/request_headers.h"
#include "server/secrets.h"

namespace octavo {

namespace {

using Function = Outcome<HttpResponse> (*)(const ApiCall&);

struct Route {
  std::string_view method;
  std::string_view path;  // "{thread}" takes all it can, '/' included; "{id}" and "{name}" one segment
  Function function;
};

constexpr Route kRoutes[] = {
    {"GET", "capabilities", get_capabilities},
    {"GET", "threads/{thread}/comments", get_comments},
    {"POST", "threads/{thread}/comments", post_comment},
    {"PUT", "threads/{thread}/reactions/{name}", put_reaction},
    {"GET", "submissions/{id}", get_submission},
    {"GET", "comments/{id}", get_comment},
    {"PATCH", "comments/{id}", patch_comment},
    {"DELETE", "comments/{id}", delete_comment},
    {"PUT", "comments/{id}/reactions/{name}", put_reaction},
    {"POST", "preview", post_preview},
    {"POST", "counts", post_counts},
    {"GET", "threads/{thread}/feed.atom", get_atom_feed},
    {"GET", "threads/{thread}/feed.json", get_json_feed},
    {"GET", "me", get_me},
    {"POST", "me/export", post_own_export},
    {"POST", "me/delete", post_own_delete},
    {"POST", "auth/begin", post_sign_in_begin},
    {"GET", "auth/callback", get_sign_in_callback},
    {"POST", "auth/redeem", post_sign_in_redeem},
    {"DELETE", "session", delete_session},
    {"GET", "moderation/comments", get_moderation_list},
    {"PUT", "moderation/comments/{id}", put_moderation_status},
    {"PUT", "moderation/threads/{thread}", put_moderation_thread},
};

constexpr std::string_view kAllowedHeaders =
    "Authorization, Comment-Key, Reader-Key, Content-Type, Idempotency-Key, If-Match, If-None-Match, Accept-Language";
constexpr std::string_view kExposedHeaders = "ETag, Location, Retry-After, Date, Idempotent-Replay";

// What a route's pattern has in braces. A thread's key may contain '/'.
struct RouteParameter {
  std::string_view name;
  std::string ApiCall::*value;
  bool may_have_slashes;
};
constexpr RouteParameter kRouteParameters[] = {
    {"thread", &ApiCall::thread, true},
    {"id", &ApiCall::id, false},
    {"name", &ApiCall::name, false},
};

// Matches `path` against a route's pattern from both ends, for the keys of threads.
bool matches(std::string_view pattern, std::string_view path, ApiCall& call) {
  const std::size_t open = pattern.find('{');
  if (open == std::string_view::npos) return pattern == path;
  if (path.substr(0, open) != pattern.substr(0, open)) return false;
  const std::size_t close = pattern.find('}', open);
  const auto* const found =
      std::ranges::find(kRouteParameters, pattern.substr(open + 1, close - open - 1), &RouteParameter::name);
  OCTAVO_ASSERT(found != std::end(kRouteParameters));
  const RouteParameter& parameter = *found;
  const std::string_view after = pattern.substr(close + 1);
  path.remove_prefix(open);
  const std::string_view fixed = after.substr(0, after.find('{'));  // what separates this parameter from the next one
  const std::size_t end = fixed.empty() ? path.size() : parameter.may_have_slashes ? path.rfind(fixed) : path.find(fixed);
  if (end == std::string_view::npos || end == 0) return false;
  const std::string_view value = path.substr(0, end);
  if (!parameter.may_have_slashes && value.find('/') != std::string_view::npos) return false;
  call.*parameter.value = decode_percent(value);
  return after.empty() ? true : matches(after, path.substr(end), call);
}

bool changes_something(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

class CommentApi final : public RequestHandler {
 public:
  CommentApi(CommentApiParts parts, std::string old_secret)
      : parts_(std::move(parts)),
        old_secret_(std::move(old_secret)),
        identity_(parts_.http),
        limit_(parts_.settings.requests_per_minute) {}

  bool handles(std::string_view path) const override { return path.starts_with(kCommentsPath); }
  HttpResponse respond(const HttpRequest& request) override;
  HttpResponse unavailable(const HttpRequest& request) const override;

 private:
  using Answering = std::function<Outcome<HttpResponse>()>;
  bool knows_host(std::string_view host) const;
  HttpResponse respond_by(const HttpRequest& request, const Answering& answering) const;
  HttpResponse preflight(bool is_allowed) const;
  Outcome<HttpResponse> answer(const HttpRequest& request);
  Outcome<HttpResponse> dispatch(ApiCall& call);
  ApiCall call_of(const HttpRequest& request);
  Status find_person(ApiCall& call) const;
  void forget_old(std::int64_t now);

  CommentApiParts parts_;
  const std::string old_secret_;
  IdentityProviders identity_;
  RateLimit limit_;
  std::atomic<std::int64_t> forgotten_at_ = 0;
};

bool CommentApi::knows_host(std::string_view host) const {
  const auto& hosts = parts_.settings.hosts;
  return is_local_host(host) || std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

HttpResponse CommentApi::preflight(bool is_allowed) const {
  if (!is_allowed) return problem_response({ProblemKind::NotAllowed, "Pages of this origin may not use these comments."});
  HttpResponse response;
  response.status = 204;
  response.set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
  response.set("Access-Control-Allow-Headers", std::string(kAllowedHeaders));
  return response.set("Access-Control-Max-Age", "86400");
}

// Without the host and origin rules no page could read an answer, so they are part of each.
HttpResponse CommentApi::respond_by(const HttpRequest& request, const Answering& answering) const {
  if (!knows_host(request.header("Host"))) {
    return problem_response({ProblemKind::WrongHost, "Name this host in the settings of the comments: hosts."});
  }
  const std::string_view origin = request.header("Origin");
  const bool is_allowed = origin.empty() || is_known_origin(parts_.settings, request, origin);
  HttpResponse response;
  if (request.method == "OPTIONS") {
    response = preflight(is_allowed);
  } else if (!is_allowed && changes_something(request.method)) {
    response = problem_response({ProblemKind::NotAllowed, "Pages of this origin may not use these comments."});
  } else {
    Outcome<HttpResponse> answered = answering();
    response = answered ? std::move(*answered) : problem_response(answered.error());
  }
  response.set("Vary", "Origin, Authorization, Comment-Key, Reader-Key");
  if (!origin.empty() && is_allowed) {
    response.set("Access-Control-Allow-Origin", std::string(origin));
    response.set("Access-Control-Expose-Headers", std::string(kExposedHeaders));
  }
  return response;
}

HttpResponse CommentApi::respond(const HttpRequest& request) {
  return respond_by(request, [&] { return answer(request); });
}

HttpResponse CommentApi::unavailable(const HttpRequest& request) const {
  return respond_by(request, []() -> Outcome<HttpResponse> {
    Problem problem{ProblemKind::EngineError, "The server has too much to do. Try again in a moment."};
    problem.retry_after = 1;
    return problem;
  });
}

ApiCall CommentApi::call_of(const HttpRequest& request) {
  ApiCall call{request,   parts_.settings, parts_.database, parts_.html_parser,
               identity_, old_secret_,     parts_.has_post, parts_.clock()};
  call.network = client_network(request, parts_.settings.trusted_proxies);
  if (const std::string_view key = request.header("Comment-Key"); !key.empty()) call.key_hash = secret_hash(key);
  if (const std::string key = idempotency_key(request.header("Reader-Key")); !key.empty()) call.reader = secret_hash(key);
  return call;
}

// The owner's token looks the same in the header and is nobody's session.
Status CommentApi::find_person(ApiCall& call) const {
  const std::string_view token = bearer_token(call.request);
  if (token.empty()) return Unit();
  call.has_ended_session = true;
  if (call.settings.providers.empty()) return Unit();
  OCTAVO_TRY(auto person, read_from(call.database, [&](SqlSession& session) {
               return SignInStore(session).person_of(secret_hash(token), call.now);
             }));
  if (!person) return Unit();
  call.has_ended_session = false;
  call.person = std::move(*person);
  call.reader = secret_hash("person " + call.person.id);
  return Unit();
}

// Only scripts can send JSON to another site, and only after a preflight; forms cannot.
Outcome<Unit> check_body(const HttpRequest& request) {
  if (request.body_state == HttpRequest::Body::TooLarge || request.body.size() > kMaxCommentBody) {
    return Problem{ProblemKind::TooLarge, "The request has more than " + std::to_string(kMaxCommentBody) + " bytes."};
  }
  // With two types, who reads the request decides which one it has.
  const std::vector<std::string_view> types = request.headers_of("Content-Type");
  const std::string_view type = types.size() == 1 ? types.front() : std::string_view();
  const std::string_view media_type = trimmed(type.substr(0, type.find(';')));
  if (!request.body.empty() && !same_ignoring_case(media_type, "application/json")) {
    return Problem{ProblemKind::WrongMediaType, "Send Content-Type: application/json."};
  }
  return Unit();
}

Outcome<HttpResponse> CommentApi::answer(const HttpRequest& request) {
  OCTAVO_CHECK(check_body(request));
  ApiCall call = call_of(request);
  if (const std::int64_t wait = limit_.take(call.network, call.now); wait > 0) {
    Problem problem{ProblemKind::RateLimited, "Too many requests from your network."};
    problem.retry_after = wait;
    return problem;
  }
  forget_old(call.now);
  OCTAVO_CHECK(find_person(call));
  return dispatch(call);
}

Outcome<HttpResponse> CommentApi::dispatch(ApiCall& call) {
  std::string_view path = call.request.path;
  if (std::optional<HttpResponse> page = moderation_page(call.request)) return std::move(*page);
  if (!path.starts_with(kCommentsApiPath)) return Problem{ProblemKind::NotFound, "The contract is below /_comments/v1/."};
  path.remove_prefix(kCommentsApiPath.size());
  const std::string_view method = call.request.method == "HEAD" ? std::string_view("GET") : std::string_view(call.request.method);
  std::string allowed;
  for (const Route& route : kRoutes) {
    call.thread.clear(), call.id.clear(), call.name.clear();
    if (!matches(route.path, path, call)) continue;
    if (route.method != method) {
      allowed.append(allowed.empty() ? "" : ", ").append(route.method);
      continue;
    }
    if (route.path.find("{thread}") != std::string_view::npos && !is_thread_key(call.thread)) {
      return Problem{ProblemKind::ThreadUnknown, "A thread's key has 1 to 256 bytes without control characters."};
    }
    return route.function(call);
  }
  if (allowed.empty()) return Problem{ProblemKind::NotFound, "There is nothing at this address."};
  HttpResponse response = problem_response({ProblemKind::WrongMethod, "Allowed: " + allowed + "."});
  return response.set("Allow", allowed);
}

// A request makes the server forget addresses and sessions that have expired, once an hour. Without requests there is nothing new
// to forget.
void CommentApi::forget_old(std::int64_t now) {
  constexpr std::int64_t kHour = 3'600'000;
  std::int64_t last = forgotten_at_;
  if (now - last < kHour || !forgotten_at_.compare_exchange_strong(last, now)) return;
  const std::int64_t before = now - parts_.settings.keep_network_days * 24 * kHour;
  const Status done = parts_.database.write([&](SqlSession& session) -> Status {
    OCTAVO_CHECK(CommentStore(session).forget_networks(before));
    return SignInStore(session).forget_expired(now);
  });
  if (!done) forgotten_at_ = 0;
}

}  // namespace

std::int64_t system_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<std::unique_ptr<RequestHandler>> open_comment_api(CommentApiParts parts) {
  OCTAVO_CHECK(prepare_comment_tables(parts.database));
  OCTAVO_TRY(std::string old_secret,
             read_from(parts.database, [](SqlSession& session) { return CommentStore(session).setting("secret"); }));
  return std::unique_ptr<RequestHandler>(std::make_unique<CommentApi>(std::move(parts), std::move(old_secret)));
}

}  // namespace octavo
