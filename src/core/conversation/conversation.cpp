// The conversation's state machine: opening, answers, buttons, and what is shown.
#include "core/conversation/conversation.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/content/document/block_codec.h"
#include "core/conversation/conversation_state.h"
#include "core/page/conversation_strings.h"
#include "core/page/page_frame.h"
#include "core/page/strings.h"

namespace octavo {

namespace {

using Text = ConversationStrings;

std::vector<OutboxRecord> records_of(const Json& json) {
  std::vector<OutboxRecord> records;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (std::optional<OutboxRecord> record = parse_outbox_record(json.at(i).string())) records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace

// ---- Opening ---------------------------------------------------------------------------------------------------------------

void Conversation::State::open(const Json& event) {
  place = {};
  place.engine = comment_engine(event.get("engine").string()).value_or(CommentEngine::Octavo);
  place.endpoint = text_of(event, "endpoint");
  place.site = text_of(event, "site");
  place.thread = text_of(event, "thread");
  place.title = text_of(event, "title");
  follows_known = event.get("followsKnown").boolean();
  page = text_of(event, "page");
  page_key = text_of(event, "pageKey");
  zone_minutes = static_cast<std::int32_t>(event.get("zone").integer());
  opened_at = now;
  reader_key = text_of(event, "readerKey");
  is_liked = event.get("liked").boolean();
  store_works = event.get("isKept").boolean(true);
  was_lost = was_lost || event.get("wasLost").boolean();

  form = default_form(place);
  discussion = {};
  thread = ConversationView::Thread::Loading;
  failure.clear();
  problem.clear();
  import_result.clear();
  as_of.reset();
  calls.clear();
  query = {};
  reply_to.clear();
  change = {};
  deleting.clear();
  own_problem_id.clear();
  is_loading_more = false;
  storing = {};

  read_session(event.get("session"));
  connecting.clear();
  is_choosing = false;

  const Json fields = event.get("fields");
  typed = {};
  typed.name = text_of(fields, "name");
  typed.email = text_of(fields, "email");
  typed.website = text_of(fields, "website");
  wants_remembering = fields.size() > 0;
  drafts.clear();
  const Json kept = event.get("drafts");
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (std::optional<Draft> draft = parse_draft(kept.at(i).string())) drafts.push_back(std::move(*draft));
  }
  apply(outbox.load(records_of(event.get("records")), now));

  if (const std::string_view cached = event.get("cached").string(); !cached.empty()) {
    if (Result<Discussion> earlier = parse_discussion(place, {}, {200, std::string(cached)}, parser)) {
      discussion = std::move(*earlier);
      as_of = DateTime{event.get("cachedAt").integer(), 0};
    }
  }
  if (place.endpoint.empty()) return;
  load_thread();
  for (const HttpCall& http : form_calls(place)) call(http, {Asked::Form});
  if (is_liked != event.get("likeSent").boolean()) like(is_liked);
  open_slot(text_of(event, "parent"));
  fill();
  show();
}

void Conversation::State::load_thread() {
  query = {};
  query.newest_first = newest_first;
  query.reader_key = reader_key;
  call(list_call(place, query), {Asked::Thread});
}

void Conversation::State::call(const HttpCall& http, Call what) {
  calls.emplace(++last_call, std::move(what));
  begin("call").key("call").value(last_call).key("method").value(http.method).key("url").value(http.url);
  effects.key("headers").begin_array();
  for (const auto& [name, value] : http.headers) effects.begin_array().value(name).value(value).end_array();
  effects.end_array().key("body").value(http.body).key("cookies").value(http.with_cookies).end_object();
}

// ---- Answers ---------------------------------------------------------------------------------------------------------------

void Conversation::State::answered(const Json& event) {
  const auto found = calls.find(count_of(event, "call"));
  if (found == calls.end()) return;
  const Call what = std::move(found->second);
  calls.erase(found);
  HttpReply reply;
  reply.status = static_cast<int>(event.get("status").integer());
  reply.body = text_of(event, "body");
  reply.retry_after_s = event.get("retryAfter").integer();
  reply.was_sent = !event.get("unsent").boolean();
  switch (what.asked) {
    case Asked::Thread:
    case Asked::MoreOfThread:
      take_thread(reply, what.asked == Asked::MoreOfThread);
      break;
    case Asked::Form:
      read_form(place, reply, form);
      if (form.server_time) server_ahead_s = form.server_time->unix_seconds - now;
      break;
    case Asked::Outbox:
      apply(outbox.call_answered(what.key, reply, now));
      break;
    case Asked::Like:
      if (reply.status >= 200 && reply.status < 300) begin("like_sent").key("on").value(what.on).end_object();
      break;
    case Asked::Change:
    case Asked::ChangeLook:
      return take_change(reply, what.asked);
  }
  show();
}

void Conversation::State::take_thread(const HttpReply& reply, bool is_more) {
  is_loading_more = false;
  Result<Discussion> page_of_thread = parse_discussion(place, query, reply, parser);
  if (!page_of_thread) {
    failure = page_of_thread.error().message;
    thread = ConversationView::Thread::Failed;
    if (is_more) announce(failure);
    return;
  }
  const bool is_plain_first = !is_more && !newest_first;
  thread = ConversationView::Thread::Shown;
  as_of.reset();
  if (!is_more) discussion = {};
  merge_discussion(discussion, std::move(*page_of_thread));
  if (is_plain_first) begin("cache").key("body").value(reply.body).end_object();
  apply(outbox.seen(place, discussion.comments, now));
}

// ---- Likes -----------------------------------------------------------------------------------------------------------------

void Conversation::State::like(bool on) {
  is_liked = on;
  if (std::optional<HttpCall> http = like_call(place, on, reader_key, {})) call(*http, {Asked::Like, {}, on});
}

// ---- Signing in ------------------------------------------------------------------------------------------------------------

// A person who is signed in has told all about themselves.
CommentForm Conversation::State::form_left() const {
  CommentForm left = form;
  if (session.token.empty()) return left;
  left.can_write = true;
  left.name = left.email = left.website = FieldUse::Hidden;
  return left;
}

void Conversation::State::read_session(const Json& json) {
  session = {text_of(json, "token"), clean_text(json.get("name").string()), clean_text(json.get("label").string()),
             text_of(json, "image")};
}

bool Conversation::State::act_on_session(std::string_view verb, const std::string& object) {
  if (verb == "sign-in") {
    for (const SignInChoice& choice : form.providers) {
      if (choice.id != object) continue;
      connecting = choice.label;
      problem.clear();
      begin("sign_in").key("provider").value(choice.id).key("label").value(choice.label);
      effects.key("endpoint").value(place.endpoint).end_object();
      announce(fill_in(Text::kConnecting, {connecting}));
    }
  } else if (verb == "cancel-sign-in") {
    connecting.clear();
    begin("cancel_sign_in").end_object();
  } else if (verb == "change") {
    is_choosing = !is_choosing;
  } else if (verb == "log-out") {
    drop_session();
    announce(Text::kLoggedOut);
  } else {
    return false;
  }
  return true;
}

void Conversation::State::drop_session() {
  session = {};
  is_choosing = false;
  begin("sign_out").key("endpoint").value(place.endpoint).end_object();
}

// ---- Buttons ---------------------------------------------------------------------------------------------------------------

void Conversation::State::act(std::string_view action, const std::string& key) {
  const std::size_t colon = action.find(':');
  const std::string_view verb = action.substr(0, colon);
  const std::string object(colon == std::string_view::npos ? std::string_view() : action.substr(colon + 1));
  import_result.clear();
  if (verb == "send") return edited_comment().empty() ? send(key) : save_edit();
  if (act_on_own(verb, object)) return;
  if (verb == "edit" || verb == "discard") return take_back(object, verb == "edit");
  if (act_on_session(verb, object)) return show();
  if (verb == "reload") {
    thread = ConversationView::Thread::Loading;
    load_thread();
    for (const HttpCall& http : form_calls(place)) call(http, {Asked::Form});
  } else if (verb == "sort") {
    newest_first = !newest_first;
    load_thread();
  } else if (verb == "more" && !is_loading_more && !discussion.cursor.empty()) {
    is_loading_more = true;
    query.cursor = discussion.cursor;
    call(list_call(place, query), {Asked::MoreOfThread});
  } else if (verb == "reply" || verb == "cancel-reply") {
    if (verb == "cancel-reply" && typed.text == original) drop_edit();
    open_slot(object);
    fill();
    show();
    focus("text");
    return;
  } else if (verb == "preview") {
    has_preview = !has_preview;
  } else if (verb == "kept") {
    shows_kept = !shows_kept;
  } else if (verb == "retry") {
    apply(outbox.send_again(object, now));
  } else if (verb == "copy") {
    if (const OutboxRecord* record = outbox.find(object)) copy(record->submission.text);
  } else if (verb == "copy-draft") {
    if (const Draft* draft = find_draft(object)) copy(draft->text);
  } else if (verb == "open") {
    if (const Draft* draft = find_draft(object); draft != nullptr && draft->page != page) {
      begin("open_page").key("path").value(draft->page).key("parent").value(draft->parent).end_object();
    } else if (draft != nullptr) {
      return open_kept(*draft);
    }
  } else if (verb == "discard-draft") {
    const bool is_open = object == keeper.draft().slot;
    std::erase_if(drafts, [&](const Draft& draft) { return draft.slot == object; });
    begin("drop_draft").key("slot").value(object).end_object();
    if (is_open) {
      open_slot(reply_to);
      fill();
    }
    announce(Text::kDiscarded);
  } else if (verb == "add-other" && keeper.other()) {
    const std::string other = keeper.other()->text;
    const Draft mine = keeper.draft();
    keeper = DraftKeeper(page_key);
    keeper.open(mine, mine);
    replace_text(typed.text + "\n\n" + other);
  }
  show();
}

// ---- Outbox ----------------------------------------------------------------------------------------------------------------

// `slot` names the draft that goes in the transaction that stores a new record.
void Conversation::State::apply(const Outbox::Effects& outbox_effects, std::string_view slot) {
  for (const OutboxEffect& effect : outbox_effects) {
    if (const auto* store = std::get_if<StoreRecord>(&effect)) {
      if (store->key == storing.key && storing.ticket == 0) storing.ticket = store->ticket;
      begin("store").key("ticket").value(static_cast<std::int64_t>(store->ticket)).key("key").value(store->key);
      effects.key("record").value(store->record).key("slot").value(std::exchange(slot, {})).end_object();
    } else if (const auto* forget = std::get_if<ForgetRecord>(&effect)) {
      begin("forget").key("key").value(forget->key).end_object();
    } else if (const auto* engine = std::get_if<CallEngine>(&effect)) {
      call(engine->call, {Asked::Outbox, engine->key});
    } else if (const auto* wake = std::get_if<WakeAfter>(&effect)) {
      begin("wake").key("seconds").value(wake->seconds).end_object();
    }
  }
  announce_changes();
}

// Screen readers hear what becomes of the comments of this post, and the thread is asked for a comment that has just come in.
void Conversation::State::announce_changes() {
  std::string states;
  std::string last;
  bool has_arrived = false;
  std::uint32_t unfinished = 0;
  for (const auto& [key, record] : outbox.records()) {
    if (record.state != OutboxState::Published && record.state != OutboxState::Refused) ++unfinished;
    if (!is_same_thread(record.place, place)) continue;
    const std::string line = key + std::string(outbox_state_name(record.state)) + std::string(refusal_name(record.reason)) + "\n";
    states += line;
    if (shown_states.find(line) != std::string::npos) continue;
    last = record_text(record, now, zone_minutes);
    const bool has_ended = record.state == OutboxState::Refused && record.reason == Refusal::SessionExpired;
    if (has_ended && record.submission.token == "Bearer " + session.token) drop_session();
    const bool is_there_already = record.state == OutboxState::Held && record.reason == Refusal::Duplicate;
    has_arrived = has_arrived || record.state == OutboxState::Published || is_there_already;
  }
  if (states == shown_states) return;
  const bool is_first = shown_states.empty() && calls.empty();
  shown_states = states;
  begin("outbox").key("count").value(unfinished).end_object();
  if (is_first) return;
  if (!last.empty()) announce(last);
  if (has_arrived) load_thread();
}

// ---- All -------------------------------------------------------------------------------------------------------------------

void Conversation::State::show() {
  if (place.endpoint.empty()) return;
  shown_form = form_left();
  ConversationView view{place, shown_form, discussion, outbox, drafts};
  view.person = session.name;
  view.image = session.image;
  view.provider = session.label;
  view.connecting = connecting;
  view.is_choosing = is_choosing;
  view.thread = thread;
  view.failure = failure;
  view.as_of = as_of;
  view.is_loading_more = is_loading_more;
  view.newest_first = newest_first;
  view.reply_to = reply_to;
  view.edited = edited_comment();
  view.deleting = deleting;
  view.changing = change.id;
  view.own_problem = own_problem;
  view.own_problem_id = own_problem_id;
  view.server_ahead_s = server_ahead_s;
  view.text = typed.text;
  view.has_preview = has_preview;
  view.rows = rows;
  view.problem = problem;
  view.problem_field = problem_field;
  if (keeper.other()) view.other_text = keeper.other()->text;
  view.is_kept = store_works && keeper.is_kept() && outbox.is_kept();
  view.was_lost = was_lost;
  view.shows_kept = shows_kept;
  view.follows_known = follows_known;
  view.import_result = import_result;
  view.now = now;
  view.zone_minutes = zone_minutes;
  const std::uint32_t others = discussion.likes - (discussion.is_liked && discussion.likes > 0 ? 1 : 0);
  begin("show").key("page").value(page).key("likes").value(others + (is_liked ? 1U : 0U));
  effects.key("hasThread").value(view.has_thread()).key("blocks");
  encode_blocks(effects, build_conversation(view, parser));
  effects.key("textMax").value(form.text_max).end_object();
}

void Conversation::State::handle(const Json& event) {
  now = event.get("now").integer(now);
  const std::string_view type_name = event.get("type").string();
  if (type_name == "open") return open(event);
  if (type_name == "answered") return answered(event);
  if (type_name == "typed") {
    if (!storing.key.empty()) {
      storing.text_now = text_of(event, "text");
      return;
    }
    type(event);
    if (problem.empty()) return;
    problem.clear();
  } else if (type_name == "settled") {
    if (!has_preview) return;
  } else if (type_name == "rows") {
    rows = std::clamp(count_of(event, "rows"), 2U, 40U);
  } else if (type_name == "action") {
    if (place.endpoint.empty()) return;
    return act(event.get("action").string(), text_of(event, "key"));
  } else if (type_name == "signed_in") {
    read_session(event);
    connecting.clear();
    is_choosing = false;
    problem.clear();
    announce(fill_in(Text::kSignedInAs, {session.name}));
    show();
    return focus("text");
  } else if (type_name == "sign_in_ended") {
    connecting.clear();
    const bool is_denied = event.get("why").string() == "denied";
    return say_problem(fill_in(is_denied ? Text::kSignInDeclined : Text::kSignInFailed, {event.get("label").string()}), "text");
  } else if (type_name == "liked") {
    reader_key = text_of(event, "readerKey");
    like(event.get("on").boolean());
  } else if (type_name == "draft_saved") {
    const bool was_kept = keeper.is_kept();
    save(keeper.saved());
    store_works = true;
    if (was_kept) return;
  } else if (type_name == "draft_failed") {
    const bool was_kept = keeper.is_kept();
    keeper.failed();
    if (!was_kept) return;
    announce(Text::kNotKept);
  } else if (type_name == "draft_conflict") {
    if (const std::optional<Draft> stored = parse_draft(event.get("draft").string())) save(keeper.conflicted(*stored));
  } else if (type_name == "stored") {
    const auto ok = event.get("ok").boolean() ? Outbox::Stored::Yes : Outbox::Stored::No;
    const auto ticket = static_cast<std::uint64_t>(event.get("ticket").integer());
    apply(outbox.record_stored(ticket, ok, now));
    if (!storing.key.empty() && ticket == storing.ticket) return finish_sending();
  } else if (type_name == "imported") {
    import_result = Text::kNotImported;
    if (event.get("ok").boolean()) {
      import_result =
          fill_in(Text::kImported, {std::to_string(count_of(event, "drafts")), std::to_string(count_of(event, "records"))});
    }
    shows_kept = true;
    announce(import_result);
  } else if (type_name == "records") {
    apply(outbox.load(records_of(event.get("records")), now));
  } else if (type_name == "sending") {
    apply(outbox.begin_sending(now));
  } else if (type_name == "woken") {
    apply(outbox.woken(now));
  } else if (type_name == "online") {
    apply(outbox.online(now));
    if (thread == ConversationView::Thread::Failed) load_thread();
  } else {
    return;
  }
  show();
}

Conversation::Conversation(HtmlParser& parser) : state_(std::make_unique<State>(parser)) {}
Conversation::~Conversation() = default;

std::string Conversation::handle(std::string_view event) {
  state_->effects = JsonWriter();
  state_->effects.begin_array();
  if (const Result<Json> json = Json::parse(event, "event")) state_->handle(*json);
  return state_->effects.end_array().take();
}

}  // namespace octavo
