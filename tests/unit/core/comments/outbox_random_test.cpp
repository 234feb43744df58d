// The promise itself: 500 submissions, with cuts and crashes wherever there can be one, are each stored exactly once by engines
// of every way of recognizing a resend.
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>

#include "core/base/json.h"
#include "core/comments/outbox.h"
#include "press/base/gumbo_parser.h"

namespace octavo {
namespace {

constexpr int kSubmissions = 500;

// A comments server that keeps what it is given, with the recognition that the real one has.
class ModelEngine {
 public:
  explicit ModelEngine(CommentEngine engine) : engine_(engine) {}

  HttpReply handle(const HttpCall& call, std::int64_t now) { return call.method == "POST" ? create(call, now) : list(call); }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  static std::string header(const HttpCall& call, std::string_view name) {
    for (const auto& [key, value] : call.headers) {
      if (key == name) return value;
    }
    return {};
  }

  std::string answer(std::size_t index) const {
    const std::string id = std::to_string(index + 1);
    if (engine_ == CommentEngine::Octavo) {
      return R"({"status":"published","state":"published","key":"author-key","comment":{"id":")" + id +
             R"(","status":"published"}})";
    }
    return R"({"id":)" + id + R"(,"mode":1,"status":"approved"})";
  }

  HttpReply create(const HttpCall& call, std::int64_t now) {
    const Json body = Json::parse(call.body, "body").value();
    const char* member = engine_ == CommentEngine::Octavo ? "body_source" : engine_ == CommentEngine::Isso ? "text" : "content";
    const std::string text(body.get(member).string());
    const std::string key = header(call, "Idempotency-Key");
    if (engine_ == CommentEngine::Octavo) {
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (keys_[i] == key) return {201, answer(i), 0};
      }
    }
    if (engine_ == CommentEngine::WordPress && std::find(texts_.begin(), texts_.end(), text) != texts_.end()) {
      return {409, R"({"code":"comment_duplicate","data":{"status":409}})", 0};
    }
    texts_.push_back(text);
    keys_.push_back(key);
    times_.push_back(now);
    return {201, answer(texts_.size() - 1), 0};
  }

  HttpReply list(const HttpCall& call) const {
    if (engine_ == CommentEngine::Octavo) {
      for (std::size_t i = 0; i < keys_.size(); ++i) {
        if (call.url.ends_with("/submissions/" + keys_[i])) return {200, answer(i), 0};
      }
      return {200, R"({"state":"unknown"})", 0};
    }
    JsonWriter json;
    json.begin_object().key("replies").begin_array();
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      json.begin_object().key("id").value(static_cast<std::int64_t>(i + 1)).key("text").value(texts_[i]);
      json.key("author").value("Ann").key("created").value(times_[i]).end_object();
    }
    json.end_array().end_object();
    return {200, json.take(), 0};
  }

  CommentEngine engine_;
  std::vector<std::string> texts_;
  std::vector<std::string> keys_;
  std::vector<std::int64_t> times_;
};

enum class StoreKind { Sound, Refusing };

// A browser: a store that lasts, and a page that does not.
class World {
 public:
  World(CommentEngine engine, StoreKind store_kind, unsigned seed) : engine_(engine), store_kind_(store_kind), random_(seed) {
    place_ = {engine, "https://comments.example", "", "5", "Tea"};
    open_page();
  }

  void run() {
    int steps = 0;
    while (written_ < kSubmissions || !drafts_.empty() || !is_quiet()) {
      ASSERT_LT(++steps, 200000) << "the outbox does not come to an end: " << dump();
      if (written_ < kSubmissions && chance(3)) write();
      if (effects_.empty()) {
        now_ += chance(20) ? -100 : 1;  // a clock that is set back as well
        engine_now_ = std::max(engine_now_, now_);
        if (chance(5)) take(outbox_->timer_fired(now_));
        if (chance(20)) take(outbox_->online(now_));
        submit_drafts();
        take(outbox_->seen(place_, thread(), Outbox::Extent::Part, now_));
      } else {
        perform_first();
      }
    }
  }

  // A comment that a refusing store and then a crash have thrown back to its draft has lost its place in the order.
  void expect_each_once_in_order() const {
    std::vector<std::string> once = model_.texts();
    std::sort(once.begin(), once.end());
    EXPECT_EQ(std::unique(once.begin(), once.end()), once.end());
    ASSERT_EQ(once.size(), static_cast<std::size_t>(kSubmissions));
    std::map<std::uint64_t, std::string> by_order;
    for (const auto& [key, json] : store_) {
      const OutboxRecord record = parse_outbox_record(json).value();
      EXPECT_EQ(record.state, OutboxState::Published) << key;
      EXPECT_TRUE(record.submission.text.empty());
      EXPECT_TRUE(by_order.emplace(record.order, text_of(std::stoi(key.substr(key.size() - 11)))).second);
    }
    std::vector<std::string> ordered;
    for (const auto& [order, text] : by_order) ordered.push_back(text);
    if (store_kind_ == StoreKind::Sound) {
      EXPECT_EQ(ordered, model_.texts());
    }
  }
  int crashes() const { return crashes_; }
  int faults() const { return faults_; }

 private:
  static std::string text_of(int number) { return "Comment number " + std::to_string(number); }
  bool chance(int of) { return std::uniform_int_distribution<int>(1, of)(random_) == 1; }
  void take(Outbox::Effects effects) {
    for (OutboxEffect& effect : effects) effects_.push_back(std::move(effect));
  }

  void open_page() {
    outbox_ = std::make_unique<Outbox>(parser_);
    effects_.clear();
    submitted_.clear();
    std::vector<OutboxRecord> records;
    for (const auto& [key, json] : store_) records.push_back(parse_outbox_record(json).value());
    take(outbox_->load(std::move(records), now_));
    take(outbox_->begin_sending(now_));
  }
  void crash() {
    ++crashes_;
    open_page();
  }

  // The person types and presses the button; the draft goes in the transaction that stores the record.
  void write() {
    Submission submission;
    submission.key = "00000000-0000-4000-8000-" + std::to_string(100000000000 + written_);
    submission.text = text_of(written_++);
    submission.name = "Ann";
    submission.written_at = now_;
    drafts_.push_back(std::move(submission));
  }
  void submit_drafts() {
    for (const Submission& draft : drafts_) {
      if (submitted_.insert(draft.key).second) take(outbox_->submit(place_, draft, now_));
    }
  }

  // What the page sees of its comments in the engine's thread.
  std::vector<Comment> thread() const {
    const std::vector<std::string> texts = model_.texts();
    std::vector<Comment> thread;
    for (const auto& [key, record] : outbox_->records()) {
      const auto found = std::find(texts.begin(), texts.end(), record.submission.text);
      if (found == texts.end()) continue;
      Comment comment;
      comment.id = std::to_string(found - texts.begin() + 1);
      comment.author = "Ann";
      comment.body = "<p>" + *found + "</p>";
      comment.created = DateTime{record.submission.written_at, 0};
      thread.push_back(std::move(comment));
    }
    return thread;
  }

  std::string dump() const {
    std::string out = std::to_string(written_) + " written, " + std::to_string(drafts_.size()) + " drafts, " +
                      std::to_string(effects_.size()) + " effects\n";
    for (const auto& [key, record] : outbox_->records()) {
      if (record.state != OutboxState::Published) out += write_outbox_record(record) + "\n";
    }
    return out;
  }
  bool is_quiet() const {
    if (!effects_.empty() || !outbox_->is_kept()) return false;
    for (const auto& [key, record] : outbox_->records()) {
      if (record.state != OutboxState::Published || !record.submission.text.empty()) return false;
    }
    return true;
  }

  void perform_first() {
    const OutboxEffect effect = effects_.front();
    effects_.pop_front();
    if (chance(40)) return crash();  // before it is performed
    if (const auto* store = std::get_if<StoreRecord>(&effect)) {
      if (store_kind_ == StoreKind::Refusing && chance(25)) {
        ++faults_;
        return take(outbox_->record_stored(store->ticket, Stored::No, now_));
      }
      store_[store->key] = store->record;
      std::erase_if(drafts_, [&](const Submission& draft) { return draft.key == store->key; });
      if (chance(40)) return crash();  // after it, before anyone is told
      take(outbox_->record_stored(store->ticket, Stored::Yes, now_));
    } else if (const auto* call = std::get_if<CallEngine>(&effect)) {
      perform(*call);
    } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
      now_ += timer->seconds;
      engine_now_ = std::max(engine_now_, now_);
      take(outbox_->timer_fired(now_));
    } else {
      FAIL() << "nothing was taken back";
    }
  }

  void perform(const CallEngine& call) {
    const int fault = std::uniform_int_distribution<int>(0, 19)(random_);
    if (fault < 12) ++faults_;
    // Everything that keeps the engine from storing, or the page from learning that it has.
    const bool never_arrives = fault == 0 || fault == 1 || fault == 2 || fault == 3;
    const HttpReply real = never_arrives ? HttpReply{} : model_.handle(call.call, engine_now_);
    if (fault == 4 || chance(40)) return crash();
    HttpReply reply = real;
    switch (fault) {
      case 0:
        reply = {0, "", 0};
        break;
      case 1:
        reply = {503, "", 7};
        break;
      case 2:
        reply = {429, "", 3};
        break;
      case 3:
        reply = {200, "<html>Sign in to the Wi-Fi</html>", 0};
        break;
      case 5:
        reply = {0, "", 0};
        break;
      case 6:
        reply = {502, "<html>Bad gateway</html>", 0};
        break;
      case 7:
        reply = {504, "", 0};
        break;
      case 8:
        reply.body = real.body.substr(0, real.body.size() / 2);
        break;
      case 9:
        reply = {204, "", 0};
        break;
      case 10:
        reply = {200, R"({"success":false})", 0};
        break;
      case 11:
        model_.handle(call.call.method == "POST" && engine_ == CommentEngine::Octavo ? call.call : HttpCall{}, engine_now_);
        break;
    }
    take(outbox_->call_answered(call.key, reply, now_));
  }

  CommentEngine engine_;
  StoreKind store_kind_;
  std::mt19937 random_;
  GumboParser parser_;
  ModelEngine model_{engine_};
  ThreadRef place_;
  std::unique_ptr<Outbox> outbox_;
  std::map<std::string, std::string> store_;  // key -> JSON
  std::deque<OutboxEffect> effects_;
  std::deque<Submission> drafts_;
  std::set<std::string> submitted_;  // by this page
  std::int64_t now_ = 1000;
  std::int64_t engine_now_ = 1000;
  int written_ = 0;
  int crashes_ = 0;
  int faults_ = 0;
};

// Engine and seed.
class OutboxRandom : public testing::TestWithParam<std::tuple<CommentEngine, unsigned>> {};

TEST_P(OutboxRandom, EachIsStoredExactlyOnceAndInOrder) {
  const auto [engine, seed] = GetParam();
  // Without a store and without a key nobody can know whether a comment was sent before the crash.
  const bool is_refusing = seed % 2 == 0 && engine != CommentEngine::Isso;
  World world(engine, is_refusing ? StoreKind::Refusing : StoreKind::Sound, seed);
  world.run();
  if (HasFatalFailure()) return;
  world.expect_each_once_in_order();
  EXPECT_GT(world.crashes(), 50);
  EXPECT_GT(world.faults(), 300);
}

const char* way_of(CommentEngine engine) {
  if (engine == CommentEngine::Octavo) return "ByKey";
  return engine == CommentEngine::WordPress ? "ByDuplicate" : "ByList";
}

INSTANTIATE_TEST_SUITE_P(Engines, OutboxRandom,
                         testing::Combine(testing::Values(CommentEngine::Octavo, CommentEngine::WordPress, CommentEngine::Isso),
                                          testing::Values(1u, 2u)),
                         [](const auto& each) {
                           return way_of(std::get<0>(each.param)) + std::to_string(std::get<1>(each.param));
                         });

}  // namespace
}  // namespace octavo
