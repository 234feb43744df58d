// Programs and machines of the model. Its steps are chosen at random.
#include "support/model_browser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "core/comments/draft.h"
#include "core/comments/outbox_record.h"

namespace octavo {

namespace {

constexpr int kSteps = 300;
constexpr int kLastSteps = 4000;
constexpr std::size_t kLoggedSteps = 120;
constexpr std::int64_t kLargestSkewS = 12 * 3600;

}  // namespace

// ---- Programs --------------------------------------------------------------------------------------------------------------

ModelBrowser::ModelBrowser(CommentEngine engine, unsigned seed) : engine_kind_(engine), random_(seed), engine_(engine) {
  // Without a store and without a key nobody can know whether a comment was sent before a crash.
  can_refuse_records_ = engine != CommentEngine::Isso;
  // Old browsers have no locks. Only an engine that knows keys keeps two tabs from sending the same twice.
  has_locks_ = engine != CommentEngine::Octavo || seed % 5 != 0;
  for (std::size_t i = 0; i < kTabs; ++i) start(i);
}

bool ModelBrowser::happens(const char* fault, int of) {
  if (!has_faults_ || !chance(of)) return false;
  note(fault);
  return true;
}

void ModelBrowser::note(const char* what) {
  ++happened_[what];
  log(kNobody, what);
}

void ModelBrowser::log(std::size_t i, const std::string& what) {
  log_.push_back((i < kTabs ? "tab " + std::to_string(i) + ": " : i == kWorker ? "worker: " : "") + what);
  if (log_.size() > kLoggedSteps) log_.pop_front();
}

std::vector<int> ModelBrowser::texts_in(std::string_view text) const {
  std::vector<int> found;
  for (int i = 0; i < written_; ++i) {
    if (text.find(text_of(i)) != std::string_view::npos) found.push_back(i);
  }
  return found;
}

ConversationOpened ModelBrowser::opening(std::size_t i) {
  Program& program = programs_[i];
  ConversationOpened opened;
  opened.thread_ref = {engine_kind_, "https://c.example/", "", program.page == 0 ? "5" : "6", "Tea"};
  opened.page = program.page == 0 ? "posts/tea/" : "posts/coffee/";
  opened.page_key = page_key(i);
  opened.person = RememberedPerson{"Ann", "ann@blog.example", ""};
  if (!program.token.empty()) opened.session = SignedIn{program.token, "Ann", "Example", ""};
  opened.drafts = store_.all_drafts();
  opened.records = store_.all_records();
  return opened;
}

void ModelBrowser::start(std::size_t i) {
  log(i, "starts");
  Program& program = programs_[i];
  sent_.push_back(std::move(program.sent));
  const unsigned life = program.life + 1;
  program = {};
  program.life = life;
  program.page = number(2);
  program.conversation = std::make_unique<Conversation>(parser_);
  if (engine_.has_sessions() && chance(3)) program.token = engine_.sign_in();
  tell(i, opening(i));
  if (!has_locks_) tell(i, LockAcquired{});
}

void ModelBrowser::crash(std::size_t i) {
  note("crash");
  Program& program = programs_[i];
  for (const std::string& key : program.refused) {
    for (const int text : texts_in(program.unstored[key])) ++unprovable_[text];
  }
  // What was under way to the engine may still arrive.
  for (std::size_t at = requests_.size(); at-- > 0;) {
    if (requests_[at].program != i || (can_be_late() && requests_[at].call.http.method == "POST")) continue;
    if (chance(2)) engine_.handle(requests_[at].call.http, now_);
    requests_.erase(requests_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  if (holder_ == i) holder_ = kNobody;
  if (i == kWorker) {
    stop_worker();
  } else {
    start(i);
  }
}

void ModelBrowser::stop_worker() {
  Program& worker = programs_[kWorker];
  const unsigned life = worker.life;
  worker = {};
  worker.life = life;
  if (holder_ == kWorker) holder_ = kNobody;
}

// What concerns the page happens at once, what concerns store and network takes its time.
void ModelBrowser::tell(std::size_t i, const ConversationEvent& event) {
  for (ConversationEffect& effect : programs_[i].conversation->update(event, now_ + skew_)) take(i, std::move(effect));
}

void ModelBrowser::take(std::size_t i, ConversationEffect effect) {
  Program& program = programs_[i];
  if (const auto* call = std::get_if<CallServer>(&effect)) {
    if (call->http.method != "GET")
      log(i, call->http.method == "POST" ? "posts " + call->http.body
                                         : std::string(call->http.method) + " " + call->http.url + call->http.body);
    check_request(call->http);
    requests_.push_back({i, program.life, *call});
  } else if (const auto* fill = std::get_if<FillForm>(&effect)) {
    program.form = fill->text;
    program.was_filled = true;
  } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
    program.alarm = now_ + timer->seconds;
  } else if (std::holds_alternative<EndSession>(effect)) {
    program.token.clear();
  } else if (const auto* store = std::get_if<StoreRecord>(&effect)) {
    const OutboxRecord record = parse_outbox_record(store->record).value();
    if (store->is_new) program.unstored[store->key] = record.submission.text;
    program.store_calls.push_back(std::move(effect));
  } else if (std::holds_alternative<SaveDraft>(effect) || std::holds_alternative<DropDraft>(effect) ||
             std::holds_alternative<ForgetRecord>(effect)) {
    program.store_calls.push_back(std::move(effect));
  }
}

void ModelBrowser::check_request(const HttpCall& call) {
  // Without locks two tabs may send at once.
  if (call.method != "POST" || !has_locks_) return;
  for (const int text : texts_in(call.body))
    EXPECT_FALSE(discarded_.contains(text) && !hidden_.contains(text)) << "sent after deletion: " << text_of(text) << dump();
}

void ModelBrowser::acquire(std::size_t i) {
  if (!has_locks_) return;
  holder_ = i;
  tell(i, RecordsChanged{store_.all_records()});
  tell(i, LockAcquired{});
}

void ModelBrowser::catch_up(std::size_t i) {
  if (!programs_[i].is_behind) return;
  programs_[i].is_behind = false;
  tell(i, RecordsChanged{store_.all_records()});
}

void ModelBrowser::tell_others(std::size_t i) {
  // The worker does not listen.
  for (std::size_t other = 0; other < kTabs; ++other) programs_[other].is_behind = programs_[other].is_behind || other != i;
}

// ---- Steps -----------------------------------------------------------------------------------------------------------------

void ModelBrowser::run() {
  for (int i = 0; i < kSteps; ++i) step();
  has_faults_ = is_offline_ = false;
  engine_.set_holding(false);
  bool is_done = false;
  for (int i = 0; i < kLastSteps && !is_done; ++i) is_done = last_step();
  ASSERT_TRUE(is_done) << "it does not come to an end" << dump();
}

void ModelBrowser::step() {
  const std::size_t tab = static_cast<std::size_t>(number(kTabs));
  switch (number(16)) {
    case 0:
    case 1:
      return act(tab);
    case 2:
      return chance(8) ? crash(tab) : catch_up(tab);
    case 3:
      return pass_time(number(30));
    case 4:
      if (holder_ == kNobody && chance(2)) acquire(tab);
      return;
    case 5:
      return change_conditions();
    case 6:
      return deliver_request();
    default:
      return work(static_cast<std::size_t>(number(kTabs + 1)));
  }
}

void ModelBrowser::change_conditions() {
  switch (number(6)) {
    case 0:
      if (!requests_.empty() && happens("server restart", 2)) {
        while (!requests_.empty()) {
          const Request request = requests_.front();
          requests_.pop_front();
          if (chance(2)) engine_.handle(request.call.http, now_);
          answer(request, {0, ""});
        }
      }
      return;
    case 1:
      is_offline_ = happens("no network", 3);
      return;
    case 2:
      if (engine_.has_sessions() && happens("sessions end", 2)) engine_.end_sessions();
      return;
    case 3:
      engine_.set_holding(happens("held comments", 3));
      if (chance(2)) engine_.approve_all();
      return;
    case 4:
      if (happens("clock jump", 2)) skew_ = number(2 * kLargestSkewS) - kLargestSkewS;
      return;
    default: {
      if (holder_ != kNobody || !has_locks_ || programs_[kWorker].conversation != nullptr || !chance(2)) return;
      note("worker");
      Program& worker = programs_[kWorker];
      ++worker.life;
      worker.conversation = std::make_unique<Conversation>(parser_);
      ConversationOpened opened;
      opened.records = store_.all_records();
      holder_ = kWorker;
      tell(kWorker, opened);
      tell(kWorker, LockAcquired{});
      tell(kWorker, NetworkReturned{});
    }
  }
}

void ModelBrowser::work(std::size_t i) {
  Program& program = programs_[i];
  if (program.conversation == nullptr) return;
  const bool has_request = std::any_of(requests_.begin(), requests_.end(), [&](const Request& request) {
    return request.program == i && request.life == program.life;
  });
  const bool is_idle =
      program.store_calls.empty() && program.store_answers.empty() && program.network_answers.empty() && !has_request;
  if (is_idle) {
    if (i == kWorker) stop_worker();
    return;
  }
  if (happens("crash at work", 100)) return crash(i);
  switch (number(4)) {
    case 0:
      if (!program.store_calls.empty()) perform_store_call(i);
      return;
    case 1:
      if (program.store_answers.empty()) return;
      {
        ConversationEvent event = program.store_answers.front();
        program.store_answers.pop_front();
        if (auto* again = std::get_if<FormTyped>(&event)) again->text = program.form;
        return tell(i, event);
      }
    case 2:
      if (program.network_answers.empty()) return;
      {
        const auto at = program.network_answers.begin() + number(static_cast<int>(program.network_answers.size()));
        const ConversationEvent event = *at;
        program.network_answers.erase(at);
        return tell(i, event);
      }
    default:
      return deliver_request();
  }
}

void ModelBrowser::pass_time(int seconds) {
  now_ += seconds;
  for (std::size_t i = 0; i < kTabs; ++i) {
    Program& tab = programs_[i];
    if (tab.alarm == 0 || now_ < tab.alarm) continue;
    tab.alarm = 0;
    tell(i, TimerFired{});
  }
  if (chance(5)) tell(static_cast<std::size_t>(number(kTabs)), NetworkReturned{});
}

bool ModelBrowser::last_step() {
  if (holder_ == kNobody && has_locks_) acquire(0);
  for (std::size_t i = 0; i < kTabs; ++i) catch_up(i);
  for (std::size_t i = 0; i <= kTabs; ++i) work(i);
  deliver_request();
  if (!is_idle()) return false;
  if (is_done()) return true;
  engine_.approve_all();
  const std::size_t tab = holder_ < kTabs ? holder_ : 0;
  for (const OutboxRecord& record : store_.all_records()) decide(tab, record);
  pass_time(60);
  for (std::size_t i = 0; i < kTabs; ++i) press(i, ActionKind::Reload, "");
  return false;
}

// ---- Effects ---------------------------------------------------------------------------------------------------------------

void ModelBrowser::perform_store_call(std::size_t i) {
  Program& program = programs_[i];
  const ConversationEffect effect = std::move(program.store_calls.front());
  program.store_calls.pop_front();
  if (const auto* save = std::get_if<SaveDraft>(&effect))
    log(i, "saves draft \"" + save->draft.text + "\" in " + save->draft.slot);
  if (const auto* drop = std::get_if<DropDraft>(&effect)) log(i, "drops draft " + drop->slot);
  if (const auto* store = std::get_if<StoreRecord>(&effect))
    log(i, "stores " + store->record + (store->draft.slot.empty() ? "" : " and drops draft " + store->draft.slot));
  if (const auto* forget = std::get_if<ForgetRecord>(&effect)) log(i, "forgets " + forget->key);
  if (const auto* save = std::get_if<SaveDraft>(&effect)) {
    if (happens("draft not saved", 20)) {
      answer_from_store(i, DraftFailed{save->draft.revision});
      // The page tries once more.
      FormTyped again;
      again.text = program.form;
      again.name = "Ann";
      again.email = "ann@blog.example";
      program.store_answers.emplace_back(again);
      return;
    }
    const ConversationEvent outcome = store_.save(*save);
    if (std::holds_alternative<DraftSaved>(outcome)) {
      for (const int text : texts_in(save->draft.text)) saved_.insert(text_of(text));
    } else {
      note("draft conflict");
    }
    answer_from_store(i, outcome);
  } else if (const auto* drop = std::get_if<DropDraft>(&effect)) {
    store_.drop(*drop, page_key(i));
  } else if (const auto* store = std::get_if<StoreRecord>(&effect)) {
    store_record(i, *store);
  } else if (const auto* forget = std::get_if<ForgetRecord>(&effect)) {
    const auto before = store_.records.find(forget->key);
    const std::string text = before == store_.records.end() ? "" : parse_outbox_record(before->second)->submission.text;
    const bool is_forgotten = store_.forget(forget->key);
    program.unstored.erase(forget->key);
    program.refused.erase(forget->key);
    // Sent by another tab after all: it is in the list again.
    if (!is_forgotten) program.taken_back.erase(forget->key);
    if (is_forgotten && program.discarding.contains(forget->key) && !taken_back().contains(forget->key)) {
      for (const int each : texts_in(text)) discarded_.insert(each);
    }
    tell_others(i);
    programs_[i].is_behind = true;  // it may be there still
  }
}

void ModelBrowser::answer_from_store(std::size_t i, ConversationEvent answer) {
  programs_[i].store_answers.push_back(std::move(answer));
}

void ModelBrowser::store_record(std::size_t i, const StoreRecord& store) {
  Program& program = programs_[i];
  const OutboxRecord record = parse_outbox_record(store.record).value();
  if (record.state == OutboxState::Refused || record.state == OutboxState::Asking) {
    for (const int text : texts_in(record.submission.text)) disturbed_.insert(text);
  }
  if (can_refuse_records_ && happens("record not stored", 25)) {
    if (store.is_new) program.refused.insert(store.key);
    for (const int text : texts_in(record.submission.text)) disturbed_.insert(text);
    for (const int text : texts_in(record.submission.text)) hidden_.insert(text);
    // The page says from here on that the text is not kept.
    for (const int text : texts_in(record.submission.text)) saved_.erase(text_of(text));
    return answer_from_store(i, RecordStored{store.ticket, Stored::No});
  }
  const Stored outcome = store_.keep(store, page_key(i));
  if (outcome == Stored::Gone) {
    note("record gone");
  } else {
    for (const int text : texts_in(record.submission.text)) saved_.insert(text_of(text));
  }
  program.is_behind = program.is_behind || (i < kTabs && outcome == Stored::Yes && store_.records[store.key] != store.record);
  // One whose first save was refused has never been there.
  const bool is_in_memory = outcome == Stored::Gone && program.refused.contains(store.key);
  if (!is_in_memory) {
    program.unstored.erase(store.key);
    program.refused.erase(store.key);
  }
  tell_others(i);
  if (happens("crash before the store answers", 30)) return crash(i);
  answer_from_store(i, RecordStored{store.ticket, outcome});
}

// The oldest request reaches the engine, or does not.
void ModelBrowser::deliver_request() {
  if (requests_.empty()) return;
  const auto at = requests_.begin() + (can_be_late() ? number(static_cast<int>(requests_.size())) : 0);
  const Request request = *at;
  requests_.erase(at);
  if (is_offline_) return answer(request, {0, "", 0, false});
  if (happens("request lost", 8)) return answer(request, chance(2) ? HttpReply{0, ""} : HttpReply{503, "", 3});
  HttpReply reply = engine_.handle(request.call.http, now_);
  if (can_be_late() && happens("request doubled", 15)) engine_.handle(request.call.http, now_);
  answer(request, happens("answer lost", 5) ? damaged(std::move(reply)) : std::move(reply));
}

void ModelBrowser::answer(const Request& request, const HttpReply& reply) {
  Program& program = programs_[request.program];
  if (program.life != request.life || program.conversation == nullptr) return;
  program.network_answers.emplace_back(ServerAnswered{request.call.call, reply});
  if (happens("answer doubled", 15)) program.network_answers.emplace_back(ServerAnswered{request.call.call, reply});
}

HttpReply ModelBrowser::damaged(HttpReply reply) {
  switch (number(5)) {
    case 0:
      return {0, ""};
    case 1:
      return {502, "<html>Bad gateway</html>"};
    case 2:
      return {200, "<html>Sign in to the Wi-Fi</html>"};
    case 3:
      return {204, ""};
    default:
      reply.body.resize(reply.body.size() / 2);
      return reply;
  }
}

}  // namespace octavo
