// Tells open pages that the site was built anew, while an author writes: the name of the build, and news of
// another one.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace octavo {

// Served at these addresses by the local server only; nothing of it is in the published site.
inline constexpr const char* kChangesPath = "/_octavo/changes";
inline constexpr const char* kLiveScriptPath = "/_octavo/live.js";

class ChangeFeed {
 public:
  // `run` tells the builds of one run of the server from those of another.
  explicit ChangeFeed(std::string run) : run_(std::move(run)) {}

  struct State {
    std::string build;
    std::string problem;  // why the newest sources, or some of them, are not shown; empty when all are
    bool operator==(const State&) const = default;
  };
  State state() const;
  // From any thread:
  void announce(std::string problems);        // the site was built anew, as far as it could be
  void announce_failure(std::string reason);  // it was not; the former one is still served

  // Called after each change, on the thread that made it; must be quick. Once this has returned, the former listener is not
  // called any more.
  void set_listener(std::function<void()> listener);

  // What is added to every page: a script that knows which build the page is from.
  std::string page_addition() const;

 private:
  State current() const { return {run_ + "-" + std::to_string(build_), problem_}; }

  const std::string run_;
  mutable std::mutex mutex_;
  std::function<void()> listener_;
  std::uint64_t build_ = 0;
  std::string problem_;
};

// One message of the stream (text/event-stream): the state as JSON.
std::string change_event(const ChangeFeed::State& state);

// The script itself: reloads the page when the server names another build (the browser keeps the place), shows problems.
std::string live_script();

}  // namespace octavo
