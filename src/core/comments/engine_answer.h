// Small steps that reading and sending share.
#pragma once

#include <cstdint>
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
// A query parameter whose value is empty is left out. Precondition: another parameter is before it.
std::string fill_url(std::string_view pattern, const ThreadRef& thread_ref, const UrlParts& parts = {});

// "author.name"; the value itself where the path is empty.
Json at_path(Json json, std::string_view path);
// Text as it is, whole numbers in digits (ids are opaque), anything else empty.
std::string text_at(const Json& json, std::string_view path);

// A count that is not there, or is not one, is 0.
std::uint32_t count_at(const Json& json, std::string_view path);
// Whether "like" is among the names of reactions.
bool has_like(const Json& names);

HttpCall make_call(const EngineTable& table, std::string_view method, std::string url);

// One comment of an answer. `type` says what its body is.
Comment read_comment(const EngineTable& table, const Json& json, HtmlParser& parser);
CommentState read_state(const EngineTable& table, const Json& json);

// The answer's JSON, or null when the answer is not JSON.
Json reply_json(const HttpReply& reply);

// Adds the header that says who is signed in, unless nobody is.
void add_identity(const ThreadRef& thread_ref, const std::string& token, HttpCall& call);

// ---- Outcomes (submission_outcome.cpp) -----------------------------------------------------------------------------------
SendOutcome refused(Refusal reason, FormField field = FormField::None);
SendOutcome unknown(Refusal reason, std::int64_t wait_s);
SendOutcome retry(Refusal reason, std::int64_t wait_s);
// Statuses that mean the same everywhere.
SendOutcome outcome_of_status(const HttpReply& reply);
// The comment in `json` was taken, and is in this state. Only an id proves that: a captive portal may answer with status 200,
// too.
SendOutcome taken_outcome(const EngineTable& table, const Json& json, CommentState state);

}  // namespace octavo
