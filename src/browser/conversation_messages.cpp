// Reads the conversation's events and writes its effects.
#include "browser/conversation_messages.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "core/base/json.h"
#include "core/content/document/block_codec.h"

namespace octavo {
namespace {

// No time zone is further from UTC.
constexpr std::int64_t kDayMinutes = 24 * 60;

// ---- Events ----------------------------------------------------------------------------------------------------------------

std::string text_of(const Json& json, std::string_view key) {
  return std::string(json.get(key).string());
}

std::uint32_t count_of(const Json& json, std::string_view key) {
  const std::int64_t count = json.get(key).integer();
  return count > 0 && count <= UINT32_MAX ? static_cast<std::uint32_t>(count) : 0;
}

std::vector<OutboxRecord> records_of(const Json& json) {
  std::vector<OutboxRecord> records;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (std::optional<OutboxRecord> record = parse_outbox_record(json.at(i).string())) records.push_back(std::move(*record));
  }
  return records;
}

std::vector<Draft> drafts_of(const Json& json) {
  std::vector<Draft> drafts;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (std::optional<Draft> draft = parse_draft(json.at(i).string())) drafts.push_back(std::move(*draft));
  }
  return drafts;
}

SignedIn signed_in_from(const Json& json) {
  return {text_of(json, "token"), text_of(json, "name"), text_of(json, "label"), text_of(json, "image")};
}

ThreadRef thread_ref_from(const Json& json) {
  ThreadRef thread_ref;
  thread_ref.engine = comment_engine(json.get("engine").string()).value_or(CommentEngine::Octavo);
  thread_ref.endpoint = text_of(json, "endpoint");
  thread_ref.site = text_of(json, "site");
  thread_ref.thread = text_of(json, "thread");
  thread_ref.title = text_of(json, "title");
  return thread_ref;
}

ConversationEvent opened_from(const Json& json) {
  ConversationOpened opened;
  opened.thread_ref = thread_ref_from(json);
  opened.page = text_of(json, "page");
  opened.page_key = text_of(json, "pageKey");
  opened.target = compose_target_from_name(text_of(json, "parent"));
  opened.zone_minutes =
      static_cast<std::int32_t>(std::clamp<std::int64_t>(json.get("zone").integer(), -kDayMinutes, kDayMinutes));
  opened.follows_prebuilt = json.get("followsPrebuilt").boolean();
  if (const Json fields = json.get("fields"); fields.size() > 0) {
    opened.person = RememberedPerson{text_of(fields, "name"), text_of(fields, "email"), text_of(fields, "website")};
  }
  if (const Json session = json.get("session"); session.is_object()) opened.session = signed_in_from(session);
  opened.reader_key = text_of(json, "readerKey");
  opened.is_liked = json.get("liked").boolean();
  opened.is_like_sent = json.get("likeSent").boolean();
  opened.drafts = drafts_of(json.get("drafts"));
  opened.records = records_of(json.get("records"));
  opened.cached_thread = text_of(json, "cached");
  opened.cached_at = json.get("cachedAt").integer();
  opened.is_kept = json.get("isKept").boolean(true);
  opened.was_lost = json.get("wasLost").boolean();
  return opened;
}

ConversationEvent answer_from(const Json& json) {
  ServerAnswered answered;
  answered.call = count_of(json, "call");
  answered.reply.status = static_cast<int>(json.get("status").integer());
  answered.reply.body = text_of(json, "body");
  answered.reply.retry_after_s = json.get("retryAfter").integer();
  answered.reply.was_sent = !json.get("unsent").boolean();
  return answered;
}

ConversationEvent typed_from(const Json& json) {
  FormTyped typed;
  typed.text = text_of(json, "text");
  typed.name = text_of(json, "name");
  typed.email = text_of(json, "email");
  typed.website = text_of(json, "website");
  typed.consent = json.get("consent").boolean();
  typed.remember = json.get("remember").boolean();
  typed.caret_begin = count_of(json, "caretBegin");
  typed.caret_end = count_of(json, "caretEnd");
  return typed;
}

std::uint64_t revision_of(const Json& json) {
  return static_cast<std::uint64_t>(json.get("revision").integer());
}

// A draft that cannot be read, perhaps of a newer version, is in the way all the same.
ConversationEvent conflict_from(const Json& json) {
  return DraftConflict{revision_of(json), parse_draft(json.get("draft").string()).value_or(Draft{})};
}

ConversationEvent sign_in_ended_from(const Json& json) {
  const bool is_denied = json.get("why").string() == "denied";
  return SignInEnded{is_denied ? SignInFailure::Denied : SignInFailure::Failed, text_of(json, "label")};
}

Stored stored_from(std::string_view outcome) {
  return outcome == "stored" ? Stored::Yes : outcome == "gone" ? Stored::Gone : Stored::No;
}

Error unknown_event(std::string_view what) {
  return {ErrorCode::BadValue, "Unknown event \"" + std::string(what) + "\".", "event"};
}

Result<ConversationEvent> button_from(const Json& json) {
  const std::string_view name = json.get("action").string();
  std::optional<ConversationAction> action = parse_action(name);
  if (!action) return unknown_event(name);
  return ConversationEvent(ButtonPressed{std::move(*action), text_of(json, "key")});
}

using EventReader = ConversationEvent (*)(const Json&);
constexpr std::pair<std::string_view, EventReader> kReaders[] = {
    {"open", opened_from},
    {"answered", answer_from},
    {"typed", typed_from},
    {"settled", [](const Json&) -> ConversationEvent { return TypingPaused{}; }},
    {"rows", [](const Json& json) -> ConversationEvent { return RowsNeeded{count_of(json, "rows")}; }},
    {"liked",
     [](const Json& json) -> ConversationEvent {
       return PostLiked{json.get("on").boolean(), text_of(json, "readerKey")};
     }},
    {"draft_saved", [](const Json& json) -> ConversationEvent { return DraftSaved{revision_of(json)}; }},
    {"draft_failed", [](const Json& json) -> ConversationEvent { return DraftFailed{revision_of(json)}; }},
    {"draft_conflict", conflict_from},
    {"imported",
     [](const Json& json) -> ConversationEvent {
       return FileImported{json.get("ok").boolean(), count_of(json, "drafts"), count_of(json, "records")};
     }},
    {"stored",
     [](const Json& json) -> ConversationEvent {
       return RecordStored{static_cast<std::uint64_t>(json.get("ticket").integer()), stored_from(json.get("outcome").string())};
     }},
    {"records", [](const Json& json) -> ConversationEvent { return RecordsChanged{records_of(json.get("records"))}; }},
    {"sending", [](const Json&) -> ConversationEvent { return LockAcquired{}; }},
    {"timer_fired", [](const Json&) -> ConversationEvent { return TimerFired{}; }},
    {"online", [](const Json&) -> ConversationEvent { return NetworkReturned{}; }},
    {"signed_in", [](const Json& json) -> ConversationEvent { return signed_in_from(json); }},
    {"sign_in_ended", sign_in_ended_from},
};

Result<ConversationEvent> event_from(const Json& json) {
  const std::string_view type = json.get("type").string();
  if (type == "action") return button_from(json);
  for (const auto& [name, read] : kReaders) {
    if (name == type) return read(json);
  }
  return unknown_event(type);
}

// ---- Effects ---------------------------------------------------------------------------------------------------------------

struct EffectWriter {
  JsonWriter& out;

  JsonWriter& begin(const char* type) { return out.begin_object().key("type").value(type); }

  // A slot, and what it is expected to hold.
  JsonWriter& draft_slot_members(const std::string& slot, const DraftVersion& expected) {
    out.key("slot").value(slot).key("revision").value(static_cast<std::int64_t>(expected.revision));
    return out.key("window").value(expected.window);
  }

  void operator()(const ShowConversation& effect) {
    begin("show").key("page").value(effect.page).key("likes").value(effect.likes);
    out.key("hasThread").value(effect.has_thread).key("blocks");
    encode_blocks(out, effect.blocks);
    out.key("textMax").value(effect.text_max).end_object();
  }
  void operator()(const CallServer& effect) {
    const HttpCall& http = effect.http;
    begin("call").key("call").value(effect.call).key("method").value(http.method).key("url").value(http.url);
    out.key("headers").begin_array();
    for (const auto& [name, value] : http.headers) out.begin_array().value(name).value(value).end_array();
    out.end_array().key("body").value(http.body).key("cookies").value(http.with_cookies).end_object();
  }
  void operator()(const StoreRecord& effect) {
    begin("store").key("ticket").value(static_cast<std::int64_t>(effect.ticket)).key("key").value(effect.key);
    out.key("record").value(effect.record).key("isNew").value(effect.is_new);
    out.key("expected").value(effect.expected ? outbox_state_name(*effect.expected) : std::string_view());
    draft_slot_members(effect.draft.slot, effect.draft.expected).end_object();
  }
  void operator()(const ForgetRecord& effect) { begin("forget").key("key").value(effect.key).end_object(); }
  void operator()(const SetTimer& effect) { begin("set_timer").key("seconds").value(effect.seconds).end_object(); }
  void operator()(const SaveDraft& effect) {
    begin("save_draft");
    draft_slot_members(effect.draft.slot, effect.expected).key("newRevision");
    out.value(static_cast<std::int64_t>(effect.draft.revision)).key("draft").value(write_draft(effect.draft)).end_object();
  }
  void operator()(const DropDraft& effect) {
    begin("drop_draft");
    draft_slot_members(effect.slot, effect.expected).end_object();
  }
  void operator()(const FillForm& effect) {
    begin("fill").key("text").value(effect.text).key("name").value(effect.name).key("email").value(effect.email);
    out.key("website").value(effect.website).key("remember").value(effect.remember);
    out.key("caretBegin").value(effect.caret_begin).key("caretEnd").value(effect.caret_end).end_object();
  }
  void operator()(const FocusField& effect) { begin("focus").key("field").value(form_field_name(effect.field)).end_object(); }
  void operator()(const FocusElement& effect) { begin("focus").key("id").value(effect.id).end_object(); }
  void operator()(const AnnounceChange& effect) { begin("announce").key("text").value(effect.text).end_object(); }
  void operator()(const BeginSignIn& effect) {
    begin("sign_in").key("provider").value(effect.provider).key("label").value(effect.label);
    out.key("endpoint").value(effect.endpoint).end_object();
  }
  void operator()(const CancelSignIn&) { begin("cancel_sign_in").end_object(); }
  void operator()(const EndSession& effect) { begin("sign_out").key("endpoint").value(effect.endpoint).end_object(); }
  void operator()(const RememberFields& effect) {
    begin("remember").key("name").value(effect.name).key("email").value(effect.email);
    out.key("website").value(effect.website).end_object();
  }
  void operator()(const LikeSent& effect) { begin("like_sent").key("on").value(effect.on).end_object(); }
  void operator()(const CacheThread& effect) { begin("cache").key("body").value(effect.body).end_object(); }
  void operator()(const CopyText& effect) { begin("copy").key("text").value(effect.text).end_object(); }
  void operator()(const OpenPage& effect) {
    begin("open_page").key("path").value(effect.path).key("parent").value(compose_target_name(effect.target)).end_object();
  }
  void operator()(const CountUnfinished& effect) { begin("outbox").key("count").value(effect.count).end_object(); }
};

}  // namespace

Result<ConversationMessage> parse_conversation_message(std::string_view json) {
  Result<Json> parsed = Json::parse(json, "event");
  if (!parsed.ok()) return parsed.error();
  Result<ConversationEvent> event = event_from(*parsed);
  if (!event.ok()) return event.error();
  return ConversationMessage{parsed->get("now").integer(), std::move(*event)};
}

std::string write_conversation_effects(const ConversationEffects& effects) {
  JsonWriter out;
  out.begin_array();
  for (const ConversationEffect& effect : effects) std::visit(EffectWriter{out}, effect);
  return out.end_array().take();
}

}  // namespace octavo
