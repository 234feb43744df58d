// Records as JSON: one list of members serves both directions.
#include "core/comments/outbox_record.h"

#include <iterator>

#include "core/base/enum_names.h"
#include "core/base/json.h"

namespace octavo {

namespace {

// Of what is kept. 0 is what was kept before there was a version; it has the same members.
constexpr std::int64_t kVersion = 1;

static_assert(std::size(kOutboxStates) == static_cast<std::size_t>(OutboxState::Refused) + 1);

// Calls `text` and `number` for every member there is.
template <typename Record, typename Text, typename Number>
void each_member(Record& record, Text text, Number number) {
  text("endpoint", record.thread_ref.endpoint);
  text("site", record.thread_ref.site);
  text("thread", record.thread_ref.thread);
  text("title", record.thread_ref.title);
  text("key", record.submission.key);
  text("parent", record.submission.parent);
  text("text", record.submission.text);
  text("name", record.submission.name);
  text("email", record.submission.email);
  text("website", record.submission.website);
  text("token", record.submission.token);
  text("detail", record.detail);
  text("comment", record.comment_id);
  text("author_key", record.author_key);
  number("order", record.order);
  number("may_hold", record.thread_ref.may_hold);
  number("consent", record.submission.consent);
  number("elapsed_ms", record.submission.elapsed_ms);
  number("written_at", record.submission.written_at);
  number("attempts", record.attempts);
  number("waits_since", record.waits_since);
  number("wait_s", record.wait_s);
  number("limit", record.limit);
}

}  // namespace

std::string_view outbox_state_name(OutboxState state) {
  return kOutboxStates[static_cast<std::size_t>(state)];
}

std::string write_outbox_record(const OutboxRecord& record) {
  JsonWriter json;
  json.begin_object().key("version").value(kVersion).key("state").value(outbox_state_name(record.state));
  json.key("engine").value(comment_engine_name(record.thread_ref.engine)).key("reason").value(refusal_name(record.reason));
  json.member_unless_empty("field", form_field_name(record.field));
  each_member(
      record, [&](std::string_view name, const std::string& text) { json.member_unless_empty(name, text); },
      [&](std::string_view name, auto number) {
        if (number != 0) json.key(name).value(static_cast<std::int64_t>(number));
      });
  return json.end_object().take();
}

std::optional<OutboxRecord> parse_outbox_record(std::string_view text) {
  const Result<Json> json = Json::parse(text, "record");
  if (!json || json->get("version").integer() > kVersion) return std::nullopt;
  OutboxRecord record;
  each_member(
      record, [&](std::string_view name, std::string& value) { value = json->get(name).string(); },
      [&](std::string_view name, auto& number) {
        number = static_cast<std::remove_reference_t<decltype(number)>>(json->get(name).integer());
      });
  const auto engine = comment_engine(json->get("engine").string());
  if (!engine || record.key().empty() || record.thread_ref.endpoint.empty()) return std::nullopt;
  record.thread_ref.engine = *engine;
  record.reason = refusal_from_name(json->get("reason").string());
  record.field = form_field_from_name(json->get("field").string());
  const auto state = enum_from_name<OutboxState>(kOutboxStates, json->get("state").string());
  if (!state) return std::nullopt;
  record.state = *state;
  return record;
}

}  // namespace octavo
