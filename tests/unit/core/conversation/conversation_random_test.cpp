// Tabs, their store and the network between them and an engine, with faults and crashes wherever there can be one: whatever was
// saved once is in the engine or still on the device at the end, and nothing is in the engine twice.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.h"
#include "core/conversation/conversation.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr std::size_t kTabs = 3;
constexpr int kSteps = 120;
constexpr int kTexts = 6;
constexpr int kLastSteps = 4000;
constexpr unsigned kSchedules = 100;

// A comments server that recognizes what it has as the real one does.
class ModelServer {
 public:
  explicit ModelServer(CommentEngine engine) : engine_(engine) {}

  HttpReply handle(const HttpCall& call, std::int64_t now) {
    if (call.method == "POST") return create(call, now);
    if (call.url.ends_with("/info")) return {200, R"({"moderation":false})"};
    if (call.url.ends_with("/config")) return {200, R"({"config":{"require-author":true}})"};
    if (call.url.find("/posts/") != std::string::npos) return {200, R"({"comment_status":"open"})"};
    if (call.url.ends_with("/capabilities")) return {200, std::string(kCapabilities)};
    if (const std::size_t at = call.url.find("/submissions/"); at != std::string::npos) return find(call.url.substr(at + 13));
    return {200, list()};
  }
  int count(const std::string& part) const {
    int count = 0;
    for (const Kept& kept : kept_) count += kept.text.find(part) != std::string::npos ? 1 : 0;
    return count;
  }

 private:
  static constexpr std::string_view kCapabilities =
      R"({"version":1,"anonymous":true,"text":{"min":1,"max":9000},"author":{"name":"required","name_max":64}})";
  struct Kept {
    std::string text;
    std::string key;
    std::int64_t created = 0;
  };

  std::string answer(std::size_t index) const {
    const std::string id = std::to_string(index + 1);
    if (engine_ != CommentEngine::Octavo) return R"({"id":)" + id + R"(,"mode":1,"status":"approved"})";
    return R"({"status":"published","state":"published","key":"k","comment":{"id":")" + id + R"(","status":"published"}})";
  }
  HttpReply find(const std::string& key) const {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (kept_[i].key == key) return {200, answer(i)};
    }
    return {200, R"({"state":"unknown"})"};
  }
  HttpReply create(const HttpCall& call, std::int64_t now) {
    const Json body = Json::parse(call.body, "body").value();
    const char* member = engine_ == CommentEngine::Octavo ? "body_source" : engine_ == CommentEngine::Isso ? "text" : "content";
    Kept kept{std::string(body.get(member).string()), {}, now};
    for (const auto& [name, value] : call.headers) {
      if (name == "Idempotency-Key") kept.key = value;
    }
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (engine_ == CommentEngine::Octavo && kept_[i].key == kept.key) return {201, answer(i)};
      if (engine_ == CommentEngine::WordPress && kept_[i].text == kept.text) return {409, R"({"code":"comment_duplicate"})"};
    }
    kept_.push_back(std::move(kept));
    return {201, answer(kept_.size() - 1)};
  }
  std::string list() const {
    JsonWriter json;
    const char* member = engine_ == CommentEngine::Octavo ? "comments" : "replies";
    if (engine_ != CommentEngine::WordPress) json.begin_object().key(member);
    json.begin_array();
    for (std::size_t i = 0; i < kept_.size(); ++i) write_comment(json, i);
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
};

// What all tabs of a browser share. It outlives them.
struct Device {
  std::map<std::string, std::string> drafts;   // slot -> JSON
  std::map<std::string, std::string> records;  // key -> JSON
  std::set<std::string> saved;                 // texts that have been here once

  std::vector<OutboxRecord> all_records() const {
    std::vector<OutboxRecord> all;
    for (const auto& [key, json] : records) all.push_back(parse_outbox_record(json).value());
    return all;
  }
  bool has(const std::string& part) const {
    const auto is_in = [&](const auto& entry) { return entry.second.find(part) != std::string::npos; };
    return std::any_of(drafts.begin(), drafts.end(), is_in) || std::any_of(records.begin(), records.end(), is_in);
  }
};

class Browser {
 public:
  Browser(CommentEngine engine, unsigned seed) : engine_(engine), random_(seed), server_(engine) {
    for (std::size_t i = 0; i < kTabs; ++i) open(i);
  }

  // Ends when all that was sent has arrived.
  void run() {
    for (int i = 0; i < kSteps; ++i) step();
    has_faults_ = false;
    for (int i = 0; i < kLastSteps && !is_done(); ++i) last_step();
    ASSERT_TRUE(is_done()) << dump();
  }

  void expect_nothing_lost_or_doubled() const {
    for (int i = 0; i < written_; ++i) {
      const std::string text = text_of(i);
      const int count = server_.count(text);
      EXPECT_LE(count, 1) << text << dump();
      if (device_.saved.contains(text)) {
        EXPECT_TRUE(count == 1 || device_.has(text)) << text << dump();
      }
    }
  }
  int arrived() const {
    int count = 0;
    for (int i = 0; i < written_; ++i) count += server_.count(text_of(i));
    return count;
  }
  int crashes() const { return crashes_; }
  int faults() const { return faults_; }

 private:
  using Task = std::variant<ConversationEffect, ConversationEvent>;
  struct Tab {
    std::unique_ptr<Conversation> conversation;
    std::deque<Task> tasks;
    std::string form;  // the text as it is in the field
    std::int64_t alarm = 0;
    bool is_behind = false;  // others have changed the records
  };

  static std::string text_of(int number) { return "Text number " + std::to_string(100 + number) + "."; }
  int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  bool chance(int of) { return number(of) == 0; }
  bool is_fault(int of) {
    if (!has_faults_ || !chance(of)) return false;
    ++faults_;
    return true;
  }

  // ---- Tabs ----------------------------------------------------------------------------------------------------------------
  void open(std::size_t i) {
    Tab& tab = tabs_[i];
    tab = {};
    tab.conversation = std::make_unique<Conversation>(parser_);
    ConversationOpened opened;
    opened.place = {engine_, "https://c.example/", "", "5", "Tea"};
    opened.page = "posts/" + std::to_string(i) + "/";
    opened.page_key = "tab" + std::to_string(i);
    opened.person = RememberedPerson{"Ann", "ann@blog.example", ""};
    for (const auto& [slot, json] : device_.drafts) opened.drafts.push_back(parse_draft(json).value());
    opened.records = device_.all_records();
    tell(tab, opened);
  }
  void crash(std::size_t i) {
    ++crashes_;
    if (holder_ == i) holder_ = kTabs;
    open(i);
  }
  // What concerns the page happens at once, what concerns store and network takes its time.
  void tell(Tab& tab, const ConversationEvent& event) {
    for (ConversationEffect& effect : tab.conversation->update(event, now_ + skew_)) {
      if (const auto* fill = std::get_if<FillForm>(&effect)) {
        tab.form = fill->text;
      } else if (const auto* wake = std::get_if<WakeAfter>(&effect)) {
        tab.alarm = now_ + wake->seconds;
      } else {
        tab.tasks.emplace_back(std::move(effect));
      }
    }
  }
  void acquire(std::size_t i) {
    holder_ = i;
    tell(tabs_[i], RecordsChanged{device_.all_records()});
    tell(tabs_[i], LockAcquired{});
  }

  // ---- Steps ---------------------------------------------------------------------------------------------------------------
  void step() {
    const std::size_t i = static_cast<std::size_t>(number(kTabs));
    Tab& tab = tabs_[i];
    switch (number(12)) {
      case 0:
        return type(tab);
      case 1:
        return send(tab);
      case 2:
        return chance(6) ? crash(i) : catch_up(tab);
      case 3:
        return pass_time(number(30));
      case 4:
        if (holder_ == kTabs) acquire(i);
        return;
      default:
        return work(i);
    }
  }
  void last_step() {
    if (holder_ == kTabs) acquire(0);
    bool is_idle = true;
    for (std::size_t i = 0; i < kTabs; ++i) {
      catch_up(tabs_[i]);
      is_idle = is_idle && tabs_[i].tasks.empty();
      work(i);
    }
    if (!is_idle) return;
    decide(tabs_[holder_]);
    pass_time(60);
    for (Tab& tab : tabs_) tell(tab, ButtonPressed{{ActionKind::Reload, ""}, ""});
  }
  void pass_time(int seconds) {
    now_ += seconds;
    if (has_faults_ && chance(10)) skew_ = -number(100);
    for (Tab& tab : tabs_) {
      if (tab.alarm == 0 || now_ < tab.alarm) continue;
      tab.alarm = 0;
      tell(tab, Woken{});
    }
    if (chance(5)) tell(tabs_[static_cast<std::size_t>(number(kTabs))], NetworkReturned{});
  }
  void catch_up(Tab& tab) {
    if (!tab.is_behind) return;
    tab.is_behind = false;
    tell(tab, RecordsChanged{device_.all_records()});
  }

  // ---- The person ----------------------------------------------------------------------------------------------------------
  void type(Tab& tab) {
    if (written_ == kTexts) return;
    tab.form += (tab.form.empty() ? "" : " ") + text_of(written_++);
    FormTyped typed;
    typed.text = tab.form;
    typed.name = "Ann";
    typed.email = "ann@blog.example";
    tell(tab, typed);
  }
  void send(Tab& tab) {
    if (!tab.form.empty()) tell(tab, ButtonPressed{{ActionKind::Send, ""}, "key-" + std::to_string(++keys_)});
  }
  // Whoever is asked looks at the thread.
  void decide(Tab& tab) {
    for (const OutboxRecord& record : device_.all_records()) {
      if (record.state != OutboxState::Asking) continue;
      const bool is_there = server_.count(record.submission.text) > 0;
      tell(tab, ButtonPressed{{is_there ? ActionKind::DiscardRecord : ActionKind::RetryRecord, record.key()}, ""});
    }
  }

  // ---- Effects -------------------------------------------------------------------------------------------------------------
  void work(std::size_t i) {
    Tab& tab = tabs_[i];
    if (tab.tasks.empty()) return;
    const Task task = std::move(tab.tasks.front());
    tab.tasks.pop_front();
    if (is_fault(150)) return crash(i);
    if (const auto* event = std::get_if<ConversationEvent>(&task)) return tell(tab, *event);
    const auto& effect = std::get<ConversationEffect>(task);
    if (const auto* save = std::get_if<SaveDraft>(&effect)) save_draft(tab, *save);
    if (const auto* drop = std::get_if<DropDraft>(&effect)) device_.drafts.erase(drop->slot);
    if (const auto* store = std::get_if<StoreRecord>(&effect)) store_record(i, *store);
    if (const auto* forget = std::get_if<ForgetRecord>(&effect)) forget_record(tab, forget->key);
    if (const auto* call = std::get_if<CallServer>(&effect)) tab.tasks.emplace_back(ConversationEvent(answer(*call)));
  }
  void remember(const std::string& json) {
    for (int i = 0; i < written_; ++i) {
      if (json.find(text_of(i)) != std::string::npos) device_.saved.insert(text_of(i));
    }
  }
  void save_draft(Tab& tab, const SaveDraft& save) {
    if (is_fault(20)) return tell(tab, DraftFailed{});
    const auto stored = device_.drafts.find(save.draft.slot);
    if (stored != device_.drafts.end()) {
      const Draft there = parse_draft(stored->second).value();
      if (there.revision != save.expected_revision) return tell(tab, DraftConflict{there});
    }
    device_.drafts[save.draft.slot] = write_draft(save.draft);
    remember(write_draft(save.draft));
    tell(tab, DraftSaved{});
  }
  void store_record(std::size_t i, const StoreRecord& store) {
    device_.records[store.key] = store.record;
    remember(store.record);
    if (!store.slot.empty()) device_.drafts.erase(store.slot);
    tell_others(tabs_[i]);
    if (is_fault(30)) return crash(i);  // before the tab is told
    tell(tabs_[i], RecordStored{store.ticket, true});
  }
  void forget_record(Tab& tab, const std::string& key) {
    const auto stored = device_.records.find(key);
    if (stored == device_.records.end()) return;
    if (parse_outbox_record(stored->second)->state != OutboxState::Sending) device_.records.erase(stored);
    tell_others(tab);
  }
  void tell_others(const Tab& tab) {
    for (Tab& other : tabs_) other.is_behind = other.is_behind || &other != &tab;
  }

  ServerAnswered answer(const CallServer& call) {
    const HttpReply nothing{0, ""};
    if (is_fault(8)) return {call.call, chance(2) ? nothing : HttpReply{503, "", 3}};  // it does not arrive
    HttpReply reply = server_.handle(call.http, now_);
    if (!is_fault(5)) return {call.call, reply};
    switch (number(5)) {
      case 0:
        return {call.call, nothing};
      case 1:
        return {call.call, {502, "<html>Bad gateway</html>"}};
      case 2:
        return {call.call, {200, "<html>Sign in to the Wi-Fi</html>"}};
      case 3:
        return {call.call, {204, ""}};
      default:
        reply.body.resize(reply.body.size() / 2);
        return {call.call, reply};
    }
  }

  bool is_done() const {
    for (const Tab& tab : tabs_) {
      if (!tab.tasks.empty() || tab.is_behind) return false;
    }
    for (const OutboxRecord& record : device_.all_records()) {
      if (record.state != OutboxState::Published) return false;
    }
    return true;
  }
  std::string dump() const {
    std::string out = "\n";
    for (const auto& [slot, json] : device_.drafts) out += "draft " + json + "\n";
    for (const auto& [key, json] : device_.records) out += "record " + json + "\n";
    return out;
  }

  CommentEngine engine_;
  std::mt19937 random_;
  GumboParser parser_;
  ModelServer server_;
  Device device_;
  Tab tabs_[kTabs];
  std::size_t holder_ = kTabs;  // of the outbox lock; kTabs = nobody
  std::int64_t now_ = 1'795'000'000;
  std::int64_t skew_ = 0;  // of the reader's clock
  bool has_faults_ = true;
  int written_ = 0;
  int keys_ = 0;
  int crashes_ = 0;
  int faults_ = 0;
};

// OCTAVO_SCHEDULES=10000 for a long run, OCTAVO_SEED for one schedule.
unsigned number_from(const char* variable, unsigned otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(value, nullptr, 10));
}

class ConversationRandom : public testing::TestWithParam<CommentEngine> {};

TEST_P(ConversationRandom, NothingIsLostAndNothingComesTwice) {
  const unsigned first = number_from("OCTAVO_SEED", 1);
  const unsigned count = number_from("OCTAVO_SCHEDULES", std::getenv("OCTAVO_SEED") != nullptr ? 1 : kSchedules);
  int arrived = 0;
  int crashes = 0;
  int faults = 0;
  for (unsigned seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("OCTAVO_SEED=" + std::to_string(seed));
    Browser browser(GetParam(), seed);
    browser.run();
    browser.expect_nothing_lost_or_doubled();
    arrived += browser.arrived();
    crashes += browser.crashes();
    faults += browser.faults();
  }
  std::printf("seeds %u to %u: %d texts arrived, %d crashes, %d faults\n", first, first + count - 1, arrived, crashes, faults);
  if (count < kSchedules) return;
  EXPECT_GT(arrived, static_cast<int>(count));
  EXPECT_GT(crashes, static_cast<int>(count) / 2);
  EXPECT_GT(faults, static_cast<int>(count));
}

INSTANTIATE_TEST_SUITE_P(Engines, ConversationRandom,
                         testing::Values(CommentEngine::Octavo, CommentEngine::WordPress, CommentEngine::Isso),
                         [](const auto& each) {
                           return std::string(each.param == CommentEngine::Octavo      ? "ByKey"
                                              : each.param == CommentEngine::WordPress ? "ByDuplicate"
                                                                                       : "ByList");
                         });

}  // namespace
}  // namespace octavo
