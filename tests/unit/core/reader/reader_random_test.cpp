// The reader under a long random sequence of events: whatever happens, there is a page.
#include <gtest/gtest.h>

#include <random>

#include "support/reader_session.h"

namespace octavo {
namespace {

constexpr char kSmallFeed[] = R"({"version": "https://jsonfeed.org/version/1.1", "title": "Foreign", "items": [
  {"id": "2", "title": "Second", "content_text": "Text of two.", "tags": ["red"]}]})";

class RandomSession {
 public:
  RandomSession() : files_(make_bundle(300)) {
    for (const auto& [url, bytes] : files_) bytes_.push_back(bytes);
    bytes_.push_back(kSmallFeed);
    bytes_.push_back("");
    bytes_.push_back("{\"version\":2}");
  }

  // One event, and what must hold after it.
  void step() {
    const std::vector<Effect> effects = reader_.update(random_event());
    for (const Effect& effect : effects) {
      if (const Fetch* fetch = std::get_if<Fetch>(&effect)) fetches_.emplace_back(fetch->request, fetch->url);
      if (std::get_if<ShowPage>(&effect) != nullptr) ++pages_shown_;
    }
    ASSERT_GE(reader_.page().document.root.children.size(), 3U);
    ASSERT_FALSE(reader_.page().title.empty());
    ASSERT_FALSE(plain_text(reader_.page().document).empty());
  }
  std::size_t pages_shown() const { return pages_shown_; }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  std::string random_path() {
    static const std::vector<std::string> kPaths = {"",
                                                    "page/2/",
                                                    "page/5/",
                                                    "page/9/",
                                                    "tags/third/",
                                                    "tags/third/page/2/",
                                                    "tags/no/",
                                                    "about/",
                                                    "posts/nowhere/",
                                                    "#x",
                                                    "%",
                                                    "posts/%ff/",
                                                    "posts/second/",
                                                    "\xFF\xFE",
                                                    "javascript:x"};
    if (below(2) == 0) return kPaths[below(static_cast<std::uint32_t>(kPaths.size()))];
    return "posts/p" + std::to_string(below(110)) + (below(4) == 0 ? "/#part" : "/");
  }

  Event random_event() {
    const std::uint32_t kind = below(100);
    if (kind < 1 || !is_started_) return random_start();
    if (kind < 20) return LinkFollowed{random_path()};
    if (kind < 28) return HistoryMoved{random_path(), static_cast<double>(below(5000)) - 100};
    if (kind < 32) return ActionInvoked{below(2) == 0 ? "like" : "retry"};
    if (fetches_.empty()) return Fetched{below(1000), "late"};
    const std::size_t which = below(static_cast<std::uint32_t>(fetches_.size()));
    const auto [request, url] = fetches_[which];
    if (below(20) != 0) fetches_.erase(fetches_.begin() + static_cast<std::ptrdiff_t>(which));  // some are answered twice
    if (kind < 37) return FetchFailed{request, static_cast<FetchFailure>(below(4)), static_cast<int>(below(600))};
    if (kind < 41) return Fetched{request, bytes_[below(static_cast<std::uint32_t>(bytes_.size()))]};
    const auto file = files_.find(url);
    if (file == files_.end()) return FetchFailed{request, FetchFailure::NotFound, 404};
    if (kind < 43) return Fetched{request, file->second.substr(0, below(static_cast<std::uint32_t>(file->second.size())))};
    return Fetched{request, file->second};
  }

  Event random_start() {
    is_started_ = true;
    Started started = ReaderSession::started(random_path());
    if (below(8) == 0) started.bundle_url = "elsewhere.json";
    if (below(2) == 0) started.post_url = "bundle/posts/p" + std::to_string(below(110)) + ".1.json";
    started.local_store["like:p" + std::to_string(below(100))] = "1";
    return started;
  }

  Files files_;
  std::vector<std::string> bytes_;
  std::mt19937 random_{20261123};
  Reader reader_{nullptr};
  std::vector<std::pair<std::uint32_t, std::string>> fetches_;
  bool is_started_ = false;
  std::size_t pages_shown_ = 0;
};

TEST(ReaderRandom, TwentyThousandRandomEventsAlwaysLeaveAPage) {
  RandomSession session;
  for (int i = 0; i < 20'000; ++i) {
    session.step();
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(session.pages_shown(), 1000U);  // otherwise the sequence tests nothing
}

}  // namespace
}  // namespace octavo
