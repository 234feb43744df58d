// A browser as a model: tabs and a service worker, the store and the lock that they share, the network to an engine, and a person
// who writes in all of them. Everything can be late, fail or end at any moment.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/conversation/conversation.h"
#include "press/base/gumbo_parser.h"
#include "support/model_engine.h"
#include "support/model_store.h"

namespace octavo {

class ModelBrowser {
 public:
  ModelBrowser(CommentEngine engine, unsigned seed);

  // Faults for a while, and then none until everything that was sent has arrived. Failed assertions are the caller's to see.
  void run();
  // What was saved once is in the engine or on the device, and nothing is in the engine twice or in another order.
  void expect_nothing_lost_or_doubled() const;

  int arrived() const;
  // What has happened, by name.
  const std::map<std::string, int>& happened() const { return happened_; }

 private:
  static constexpr std::size_t kTabs = 3;
  static constexpr std::size_t kWorker = kTabs;  // the service worker is the last of the programs
  static constexpr std::size_t kNobody = kTabs + 1;
  static constexpr int kTexts = 8;

  // A tab or the worker. Its store answers in order; answers of the network come in any order.
  struct Program {
    std::unique_ptr<Conversation> conversation;
    unsigned life = 0;  // counts the starts
    int page = 0;
    std::deque<ConversationEffect> store_calls;
    std::deque<ConversationEvent> store_answers;
    std::vector<ConversationEvent> network_answers;
    std::string form;                             // the text as it is in the field
    std::int64_t alarm = 0;                       // 0 = none
    bool is_behind = false;                       // others have changed the records
    bool was_filled = false;                      // the form, by the program
    std::set<std::string> discarding;             // keys of records that the person has discarded here
    std::string token;                            // of the session; empty = a guest
    std::map<std::string, std::string> unstored;  // key -> text: in memory alone
    std::set<std::string> refused;                // keys that the store would not take
    std::set<std::string> taken_back;             // keys of records that go back into this form
    std::vector<int> sent;                        // texts, in the order of sending
  };
  struct Request {
    std::size_t program = 0;
    unsigned life = 0;
    CallServer call;
  };

  static std::string text_of(int number) { return "Text number " + std::to_string(100 + number) + "."; }
  int number(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  bool chance(int of) { return number(of) == 0; }
  bool happens(const char* fault, int of);
  std::vector<int> texts_in(std::string_view text) const;
  void note(const char* what);
  // For whoever reads about a failure.
  void log(std::size_t i, const std::string& what);

  // Programs
  void start(std::size_t i);
  ConversationOpened opening(std::size_t i);
  std::string page_key(std::size_t i) const { return "tab" + std::to_string(i) + "." + std::to_string(programs_[i].life); }
  void crash(std::size_t i);
  void stop_worker();
  void tell(std::size_t i, const ConversationEvent& event);
  void take(std::size_t i, ConversationEffect effect);
  void check_request(const HttpCall& call);
  void acquire(std::size_t i);
  void catch_up(std::size_t i);
  void tell_others(std::size_t i);

  // Time and machines
  void step();
  // True when nothing is left to do.
  bool last_step();
  void work(std::size_t i);
  void pass_time(int seconds);
  void change_conditions();

  // The store
  void perform_store_call(std::size_t i);
  void answer_from_store(std::size_t i, ConversationEvent answer);
  void store_record(std::size_t i, const StoreRecord& store);

  // The network
  bool can_be_late() const { return engine_kind_ != CommentEngine::Isso; }
  void deliver_request();
  void answer(const Request& request, const HttpReply& reply);
  HttpReply damaged(HttpReply reply);

  // The person
  void act(std::size_t i);
  bool is_known_to_be_sent(int text) const;
  bool has_arrived(std::string_view text) const;
  bool is_on_its_way(int text) const;
  // Keys of records that go back into a form.
  std::set<std::string> taken_back() const;
  void set_form(std::size_t i, std::string text);
  void type(std::size_t i);
  void send(std::size_t i);
  void act_on_record(std::size_t i);
  void act_on_own(std::size_t i);
  void sign_in(std::size_t i);
  void decide(std::size_t i, const OutboxRecord& record);
  void press(std::size_t i, ActionKind kind, const std::string& object);

  bool is_idle() const;
  bool is_done() const;
  std::string dump() const;
  void expect_order(const std::vector<int>& sent) const;

  CommentEngine engine_kind_;
  std::mt19937 random_;
  GumboParser parser_;
  ModelEngine engine_;
  ModelStore store_;
  std::array<Program, kTabs + 1> programs_;
  std::deque<Request> requests_;  // on their way
  std::size_t holder_ = kNobody;  // of the outbox lock
  bool has_locks_ = true;         // otherwise every tab sends
  bool can_refuse_records_ = true;
  bool is_offline_ = false;
  bool has_faults_ = true;
  std::int64_t now_ = 1'795'000'000;
  std::int64_t skew_ = 0;  // of the reader's clock
  int written_ = 0;
  int keys_ = 0;
  std::set<std::string> saved_;         // texts that have been in the store
  std::set<int> discarded_;             // by the person: nothing may send them any more
  std::set<int> disturbed_;             // their order is not promised
  std::set<int> hidden_;                // texts that the store did not learn to be on their way
  std::map<int, int> unprovable_;       // text -> how often a record was lost that the store had refused
  std::vector<std::vector<int>> sent_;  // of all lives
  std::map<std::string, int> happened_;
  std::deque<std::string> log_;  // the last steps
};

}  // namespace octavo
