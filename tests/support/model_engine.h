// A comments server as a model: it recognizes what it has as the real one does, and remembers what it was told.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/json.h"
#include "core/comments/comment_adapter.h"

namespace octavo {

class ModelEngine {
 public:
  explicit ModelEngine(CommentEngine engine) : engine_(engine) {}

  HttpReply handle(const HttpCall& call, std::int64_t now) {
    if (call.method == "POST") return create(call, now);
    if (call.url.ends_with("/info")) return {200, R"({"moderation":false})"};
    if (call.url.ends_with("/config")) return {200, R"({"config":{"require-author":true}})"};
    if (call.url.find("/posts/") != std::string::npos) return {200, R"({"comment_status":"open"})"};
    if (call.url.ends_with("/capabilities")) return {200, std::string(kCapabilities)};
    if (const std::size_t at = call.url.find("/submissions/"); at != std::string::npos) return find(call.url.substr(at + 13));
    if (const std::size_t at = call.url.find("/comments/"); at != std::string::npos && engine_ == CommentEngine::Octavo) {
      return handle_own(call, call.url.substr(at + 10));
    }
    return {200, list()};
  }

  // How many comments have had this text, whatever has become of them.
  int count(std::string_view part) const {
    return static_cast<int>(std::count_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.has(part); }));
  }
  // The place of the comment with this text; -1 = there is none.
  int place_of(std::string_view part) const {
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.has(part); });
    return found == kept_.end() ? -1 : static_cast<int>(found - kept_.begin());
  }
  // Its author has changed or deleted it.
  bool was_replaced(std::string_view part) const {
    return std::any_of(kept_.begin(), kept_.end(), [&](const Kept& kept) {
      return kept.has(part) && (kept.is_deleted || kept.text.find(part) == std::string::npos);
    });
  }

  bool has_sessions() const { return engine_ == CommentEngine::Octavo; }
  std::string sign_in() {
    valid_tokens_.insert("Bearer t" + std::to_string(++tokens_));
    return "t" + std::to_string(tokens_);
  }
  bool is_valid(const std::string& token) const { return valid_tokens_.contains("Bearer " + token); }
  void end_sessions() { valid_tokens_.clear(); }
  // From now on every comment waits for the owner, or none does.
  void set_holding(bool is_holding) { is_holding_ = is_holding && engine_ == CommentEngine::Octavo; }
  void approve_all() {
    for (Kept& kept : kept_) kept.is_held = false;
  }

 private:
  static constexpr std::string_view kCapabilities =
      R"({"version":1,"anonymous":true,"text":{"min":1,"max":9000},"author":{"name":"required","name_max":64}})";
  struct Kept {
    std::string text;
    std::string all_texts;  // with those of earlier edits
    std::string key;
    std::int64_t created = 0;
    bool is_held = false;
    bool is_deleted = false;

    bool has(std::string_view part) const { return all_texts.find(part) != std::string::npos; }
  };

  static std::string header_of(const HttpCall& call, std::string_view name) {
    for (const auto& [key, value] : call.headers) {
      if (key == name) return value;
    }
    return {};
  }
  static std::string_view state_of(const Kept& kept) { return kept.is_deleted ? "deleted" : kept.is_held ? "held" : "published"; }
  bool has_ended_session(const HttpCall& call) const {
    const std::string token = header_of(call, "Authorization");
    return !token.empty() && !valid_tokens_.contains(token);
  }

  std::string answer(std::size_t index) const {
    const std::string id = std::to_string(index + 1);
    if (engine_ != CommentEngine::Octavo) return R"({"id":)" + id + R"(,"mode":1,"status":"approved"})";
    const Kept& kept = kept_[index];
    const std::string_view state = state_of(kept);
    JsonWriter json;
    json.begin_object().key("status").value(state).key("state").value(state).key("key").value("author of " + kept.key);
    json.key("comment").begin_object().key("id").value(id).key("status").value(state).end_object();
    return json.end_object().take();
  }
  // Whoever has the key may ask, with or without a session.
  HttpReply find(const std::string& key) const {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (kept_[i].key == key) return {200, answer(i)};
    }
    return {200, R"({"state":"unknown"})"};
  }
  HttpReply create(const HttpCall& call, std::int64_t now) {
    if (has_ended_session(call)) return {401, R"({"code":"session-expired"})"};
    const Json body = Json::parse(call.body, "body").value();
    const char* member = engine_ == CommentEngine::Octavo ? "body_source" : engine_ == CommentEngine::Isso ? "text" : "content";
    const std::string text(body.get(member).string());
    const std::string key = header_of(call, "Idempotency-Key");
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (engine_ == CommentEngine::Octavo && kept_[i].key == key) return {201, answer(i)};
      if (engine_ == CommentEngine::WordPress && kept_[i].text == text) return {409, R"({"code":"comment_duplicate"})"};
    }
    kept_.push_back({text, text, key, now, is_holding_, false});
    return {201, answer(kept_.size() - 1)};
  }
  // Its author reads, changes or deletes a comment.
  HttpReply handle_own(const HttpCall& call, const std::string& id) {
    const std::size_t index = static_cast<std::size_t>(std::stoul(id)) - 1;
    if (index >= kept_.size() || kept_[index].is_deleted) return {404, R"({"code":"comment-unknown"})"};
    Kept& kept = kept_[index];
    if (header_of(call, "Comment-Key") != "author of " + kept.key) return {403, R"({"code":"not-allowed"})"};
    if (call.method == "DELETE") kept.is_deleted = true;
    if (call.method == "PATCH") {
      kept.text = Json::parse(call.body, "body").value().get("body_source").string();
      kept.all_texts += "\n" + kept.text;
    }
    JsonWriter json;
    json.begin_object().key("id").value(id).key("status").value(state_of(kept)).key("body_source").value(kept.text);
    return {200, json.end_object().take()};
  }

  std::string list() const {
    JsonWriter json;
    const char* member = engine_ == CommentEngine::Octavo ? "comments" : "replies";
    if (engine_ != CommentEngine::WordPress) json.begin_object().key(member);
    json.begin_array();
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!kept_[i].is_held && !kept_[i].is_deleted) write_comment(json, i);
    }
    json.end_array();
    if (engine_ != CommentEngine::WordPress) json.end_object();
    return json.take();
  }
  void write_comment(JsonWriter& json, std::size_t i) const {
    const std::string html = "<p>" + kept_[i].text + "</p>";
    json.begin_object().key("id").value(static_cast<std::int64_t>(i + 1));
    switch (engine_) {
      case CommentEngine::Octavo:
        json.key("status").value("published").key("body_html").value(html);
        json.key("author").begin_object().key("name").value("Ann").end_object();
        json.key("created").value(format_rfc3339({kept_[i].created, 0}));
        break;
      case CommentEngine::WordPress:
        json.key("status").value("approved").key("author_name").value("Ann");
        json.key("content").begin_object().key("rendered").value(html).end_object();
        json.key("date_gmt").value(format_rfc3339({kept_[i].created, 0}));
        break;
      default:
        json.key("text").value(kept_[i].text).key("author").value("Ann").key("mode").value(1);
        json.key("created").value(kept_[i].created);
    }
    json.end_object();
  }

  CommentEngine engine_;
  std::vector<Kept> kept_;
  std::set<std::string> valid_tokens_;
  int tokens_ = 0;
  bool is_holding_ = false;
};

}  // namespace octavo
