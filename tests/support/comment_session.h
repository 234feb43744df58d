// Requests to the comments server without a socket: tests set the clock and may reopen the database.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "core/base/json.h"
#include "press/base/gumbo_parser.h"
#include "server/comments/api/comment_api.h"
#include "support/fake_http_client.h"
#include "support/test_database.h"

namespace octavo {

class CommentSession {
 public:
  using Headers = std::vector<std::pair<std::string, std::string>>;

  explicit CommentSession(CommentSettings settings = {}) : settings_(std::move(settings)) { start(); }

  // On data that `prepare` writes before the server starts.
  explicit CommentSession(const std::function<void(Database&)>& prepare) {
    prepare(*database_);
    start();
  }

  // Ends the server and starts another on the same data.
  void start() {
    api_.reset();
    database_.open();
    Result<std::unique_ptr<RequestHandler>> api =
        open_comment_api({*database_, settings_, parser_, [this] { return now_; }, http_,
                          [this](std::string_view thread) { return !missing_posts_.contains(thread); }});
    EXPECT_TRUE(api.ok()) << (api.ok() ? "" : api.error().text());
    api_ = std::move(*api);
  }

  HttpResponse send(const std::string& method, const std::string& path, const std::string& body = "", Headers headers = {}) {
    return api_->respond(request_of(method, path, body, std::move(headers)));
  }
  // The answer where there is no room for a request.
  HttpResponse unavailable(const std::string& method, const std::string& path, Headers headers = {}) {
    return api_->unavailable(request_of(method, path, "", std::move(headers)));
  }

  HttpRequest request_of(const std::string& method, const std::string& path, const std::string& body, Headers headers) const {
    HttpRequest request;
    request.method = method;
    const std::string whole = path.starts_with('/') ? path : std::string(kCommentsApiPath) + path;
    const std::size_t query = std::min(whole.find('?'), whole.size());
    request.path = whole.substr(0, query);
    request.query = whole.substr(std::min(query + 1, whole.size()));
    request.headers = std::move(headers);
    if (request.header("Host").empty()) request.headers.emplace_back("Host", "localhost:8000");
    if (!body.empty() && request.header("Content-Type").empty()) request.headers.emplace_back("Content-Type", "application/json");
    request.body = body;
    request.peer = peer_;
    return request;
  }

  Json get(const std::string& path, Headers headers = {}) { return json_of(send("GET", path, "", std::move(headers))); }

  static Json json_of(const HttpResponse& response) {
    const Result<Json> json = Json::parse(response.body, "answer");
    EXPECT_TRUE(json.ok()) << response.status << " " << response.body;
    return json ? *json : Json();
  }

  // A new comment by Ann; `members` are appended to the request's object.
  HttpResponse post(const std::string& thread, const std::string& text, const std::string& key, const std::string& members = "") {
    JsonWriter json;
    json.begin_object().key("body_source").value(text);
    json.key("author").begin_object().key("name").value("Ann").end_object();
    std::string body = json.take();
    if (!members.empty()) body += "," + members;
    return send("POST", "threads/" + thread + "/comments", body + "}", {{"Idempotency-Key", key}});
  }
  // The same with a new key, and past the limits of a network; returns the whole answer.
  Json posted(const std::string& thread, const std::string& text, const std::string& members = "") {
    now_ += 3'600'000;
    const HttpResponse response = post(thread, text, next_key(), members);
    EXPECT_TRUE(response.status == 201 || response.status == 202) << response.body;
    return json_of(response);
  }
  static std::string id_of(const Json& answer) { return std::string(answer.get("comment").get("id").string()); }
  static std::string key_of(const Json& answer) { return std::string(answer.get("key").string()); }
  std::string next_key() {
    ++keys_;
    return last_key();
  }
  std::string last_key() const { return "key-for-a-comment-" + std::to_string(keys_); }

  static std::string header(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  void pass_seconds(std::int64_t seconds) { now_ += seconds * 1000; }
  // The site has every post but these.
  void remove_post(std::string thread) { missing_posts_.insert(std::move(thread)); }
  void set_peer(std::string peer) { peer_ = std::move(peer); }
  Database& database() { return *database_; }
  FakeHttpClient& http() { return http_; }
  CommentSettings& settings() { return settings_; }  // for the next start()

 private:
  CommentSettings settings_;
  std::int64_t now_ = 1'790'000'000'000;
  std::string peer_ = "127.0.0.1";
  int keys_ = 0;
  std::set<std::string, std::less<>> missing_posts_;
  GumboParser parser_;
  FakeHttpClient http_;
  TestDatabase database_;
  std::unique_ptr<RequestHandler> api_;
};

inline std::string code_of(const HttpResponse& response) {
  EXPECT_EQ(response.content_type, "application/problem+json") << response.body;
  const Result<Json> json = Json::parse(response.body, "problem");
  if (!json) return "no JSON";
  EXPECT_EQ(json->get("status").integer(), response.status);
  return std::string(json->get("code").string());
}

}  // namespace octavo
