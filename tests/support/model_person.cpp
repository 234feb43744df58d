// What the person does in the model of a browser, and what is true in the end.
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core/comments/outbox_record.h"
#include "support/model_browser.h"

namespace octavo {

// ---- The person ------------------------------------------------------------------------------------------------------------

void ModelBrowser::act(std::size_t i) {
  switch (number(10)) {
    case 0:
      return act_on_record(i);
    case 1:
      return act_on_own(i);
    case 2:
      if (engine_.has_sessions() && chance(2)) sign_in(i);
      return;
    case 3:
      if (!chance(3) || !programs_[i].store_calls.empty() || !programs_[i].store_answers.empty()) return;
      programs_[i].page = number(2);
      note("other page");
      return tell(i, opening(i));
    case 4:
      return press(i, ActionKind::AddOtherText, "");
    case 5:
    case 6:
      return send(i);
    default:
      return type(i);
  }
}

std::set<std::string> ModelBrowser::taken_back() const {
  std::set<std::string> keys;
  for (const Program& program : programs_) keys.insert(program.taken_back.begin(), program.taken_back.end());
  return keys;
}

// Engines may trim a text.
bool ModelBrowser::has_arrived(std::string_view text) const {
  const std::vector<int> texts = texts_in(text);
  return std::all_of(texts.begin(), texts.end(), [&](int each) { return engine_.count(text_of(each)) > 0; });
}

bool ModelBrowser::is_on_its_way(int text) const {
  for (const std::string& key : taken_back()) {
    const auto record = store_.records.find(key);
    if (record != store_.records.end() && record->second.find(text_of(text)) != std::string::npos) return true;
  }
  for (const Program& program : programs_) {
    for (const auto& [key, submitted] : program.unstored) {
      if (submitted.find(text_of(text)) != std::string::npos) return true;
    }
  }
  return false;
}

bool ModelBrowser::is_known_to_be_sent(int text) const {
  return engine_.count(text_of(text)) > 0 || store_.has_record(text_of(text), taken_back()) || discarded_.contains(text);
}

void ModelBrowser::set_form(std::size_t i, std::string text) {
  log(i, "types \"" + text + "\"");
  programs_[i].form = std::move(text);
  FormTyped typed;
  typed.text = programs_[i].form;
  typed.name = "Ann";
  typed.email = "ann@blog.example";
  tell(i, typed);
}

void ModelBrowser::type(std::size_t i) {
  if (written_ == kTexts) return;
  const std::string& form = programs_[i].form;
  const std::string text = form + (form.empty() ? "" : " ") + text_of(written_++);
  set_form(i, text);
}

// Nobody sends what can be seen to have been sent, in this tab or another.
void ModelBrowser::send(std::size_t i) {
  Program& tab = programs_[i];
  if (tab.form.empty()) return;
  std::string fresh;
  const std::vector<int> texts = texts_in(tab.form);
  for (const int text : texts) {
    if (is_on_its_way(text)) return;
    if (!is_known_to_be_sent(text)) fresh += (fresh.empty() ? "" : " ") + text_of(text);
  }
  if (texts_in(fresh).size() != texts.size()) return set_form(i, fresh);
  const std::size_t calls = tab.store_calls.size();
  const std::string key = "key-" + std::to_string(++keys_);
  log(i, "sends \"" + tab.form + "\" as " + key);
  tell(i, ButtonPressed{{ActionKind::Send, ""}, key});
  const bool was_sent =
      std::any_of(tab.store_calls.begin() + static_cast<std::ptrdiff_t>(calls), tab.store_calls.end(), [&](const auto& effect) {
        const auto* store = std::get_if<StoreRecord>(&effect);
        return store != nullptr && store->key == key;
      });
  if (was_sent) tab.sent.insert(tab.sent.end(), texts.begin(), texts.end());
}

void ModelBrowser::press(std::size_t i, ActionKind kind, const std::string& object) {
  if (kind != ActionKind::Reload) log(i, "presses " + action_name({kind, object}));
  tell(i, ButtonPressed{{kind, object}, ""});
}

void ModelBrowser::act_on_record(std::size_t i) {
  const std::vector<OutboxRecord> records = store_.all_records();
  if (records.empty()) return;
  const OutboxRecord& record = records[static_cast<std::size_t>(number(static_cast<int>(records.size())))];
  if (record.state == OutboxState::Published || record.state == OutboxState::Held) return;
  if (record.state == OutboxState::Asking) return decide(i, record);
  for (const int text : texts_in(record.submission.text)) disturbed_.insert(text);
  switch (number(3)) {
    case 0:
      note("record discarded");
      programs_[i].discarding.insert(record.key());
      return press(i, ActionKind::DiscardRecord, record.key());
    case 1:
      note("record edited");
      programs_[i].was_filled = false;
      press(i, ActionKind::EditRecord, record.key());
      if (programs_[i].was_filled) {
        programs_[i].taken_back.insert(record.key());
      }
      return;
    default:
      return press(i, ActionKind::RetryRecord, record.key());
  }
}

// A published comment is changed or deleted.
void ModelBrowser::act_on_own(std::size_t i) {
  if (engine_kind_ != CommentEngine::Octavo || written_ == kTexts) return;
  for (const OutboxRecord& record : store_.all_records()) {
    if (record.state != OutboxState::Published || record.comment_id.empty() || !chance(2)) continue;
    if (chance(4)) {
      note("own comment deleted");
      return press(i, ActionKind::Delete, record.comment_id);
    }
    note("own comment changed");
    programs_[i].was_filled = false;
    press(i, ActionKind::EditComment, record.comment_id);
    if (!programs_[i].was_filled) return;
    set_form(i, text_of(written_++));
    return press(i, ActionKind::Send, "");
  }
}

void ModelBrowser::sign_in(std::size_t i) {
  programs_[i].token = engine_.sign_in();
  tell(i, SignedIn{programs_[i].token, "Ann", "Example", ""});
}

// What the outbox cannot know, the person does by looking at the thread.
void ModelBrowser::decide(std::size_t i, const OutboxRecord& record) {
  if (record.state != OutboxState::Asking && record.state != OutboxState::Refused) return;
  if (has_arrived(record.submission.text)) {
    return press(i, ActionKind::DiscardRecord, record.key());
  }
  const bool needs_session = record.reason == Refusal::SessionExpired || record.reason == Refusal::Unclear;
  if (needs_session && engine_.has_sessions() && !engine_.is_valid(programs_[i].token)) sign_in(i);
  press(i, ActionKind::RetryRecord, record.key());
}

// ---- At the end ------------------------------------------------------------------------------------------------------------

bool ModelBrowser::is_idle() const {
  if (!requests_.empty() || programs_[kWorker].conversation != nullptr) return false;
  return std::all_of(programs_.begin(), programs_.end(), [](const Program& program) {
    return program.store_calls.empty() && program.store_answers.empty() && program.network_answers.empty() && !program.is_behind;
  });
}

bool ModelBrowser::is_done() const {
  for (const OutboxRecord& record : store_.all_records()) {
    // Such an engine tells nobody that it has approved a comment.
    const bool is_hidden =
        record.state == OutboxState::Held && !can_follow_up(record.thread_ref) && has_arrived(record.submission.text);
    if (record.state != OutboxState::Published && !is_hidden) return false;
  }
  return std::all_of(programs_.begin(), programs_.end(), [](const Program& program) { return program.unstored.empty(); });
}

std::string ModelBrowser::dump() const {
  std::string out = "\n";
  for (const std::string& line : log_) out += line + "\n";
  for (const auto& [slot, json] : store_.drafts) out += "draft " + json + "\n";
  for (const auto& [key, json] : store_.records) out += "record " + json + "\n";
  for (const Program& program : programs_) {
    out += "form \"" + program.form + "\", " + std::to_string(program.store_calls.size()) + " calls to the store, " +
           std::to_string(program.unstored.size()) + " records in memory alone\n";
  }
  return out;
}

void ModelBrowser::expect_nothing_lost_or_doubled() const {
  for (int i = 0; i < written_; ++i) {
    const std::string text = text_of(i);
    const int count = engine_.count(text);
    const auto allowance = unprovable_.find(i);
    EXPECT_LE(count, 1 + (allowance == unprovable_.end() ? 0 : allowance->second)) << text << dump();
    if (!saved_.contains(text) || discarded_.contains(i)) continue;
    EXPECT_TRUE(count > 0 || store_.has(text)) << text << " is lost" << dump();
  }
  if (!has_locks_) return;
  for (const std::vector<int>& sent : sent_) expect_order(sent);
  for (const Program& program : programs_) expect_order(program.sent);
}

void ModelBrowser::expect_order(const std::vector<int>& sent) const {
  int last = -1;
  for (const int text : sent) {
    if (disturbed_.contains(text) || unprovable_.contains(text)) continue;
    const int place = engine_.place_of(text_of(text));
    if (place < 0) continue;
    EXPECT_GE(place, last) << text_of(text) << " is out of order" << dump();
    last = place;
  }
}

int ModelBrowser::arrived() const {
  int count = 0;
  for (int i = 0; i < written_; ++i) count += engine_.count(text_of(i));
  return count;
}

}  // namespace octavo
