// Small steps that reading and sending share.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/comments/engine_table.h"

namespace octavo {

// Answers beyond this are not read: it bounds memory, and no page of a thread needs more.
inline constexpr std::size_t kMaxReplyBytes = 4 * 1024 * 1024;

struct UrlParts {
  std::string cursor;
  std::string_view order;
  std::string key;
  std::string since;
};
std::string fill_url(std::string_view pattern, const ThreadRef& place, const UrlParts& parts = {});

// "author.name"; the value itself where the path is empty.
Json at_path(Json json, std::string_view path);
// Text as it is, whole numbers in digits (ids are opaque), anything else empty.
std::string text_at(const Json& json, std::string_view path);

HttpCall make_call(const EngineTable& table, std::string_view method, std::string url);

// One comment of an answer. `type` says what its body is.
Comment read_comment(const EngineTable& table, const Json& json, HtmlParser& parser);
CommentState read_state(const EngineTable& table, const Json& json);

// The answer's JSON, or null where there is none.
Json reply_json(const HttpReply& reply);

}  // namespace octavo
