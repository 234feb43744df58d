// Processes and signals. The parent only waits, so what ends the child does not end it.
#include "press/command/supervisor.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "press/command/report.h"

namespace octavo {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kLongestPause{200};  // with the time to start, up again within a second
constexpr std::chrono::seconds kSteady{10};              // a child that lived this long was healthy

sigset_t awaited_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM, SIGCHLD}) sigaddset(&signals, each);
  return signals;
}

// In the child: does not return.
[[noreturn]] void run_child(const std::function<int()>& run, pid_t parent) {
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  pthread_sigmask(SIG_UNBLOCK, &child_ended, nullptr);
  // Whoever kills the parent wants to stop the server. The parent may be dead already.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) std::_Exit(kExitProblems);
  std::exit(run());
}

struct Ending {
  bool is_wanted = false;  // a signal asked for it
  int status = 0;          // as waitpid() tells it
};

// Until the child has ended. Passes signals on.
void wait_for_child(pid_t child, Ending& ending) {
  const sigset_t signals = awaited_signals();
  while (true) {
    const pid_t ended = waitpid(child, &ending.status, WNOHANG);
    if (ended == child || ended < 0) return;
    int signal = 0;
    if (sigwait(&signals, &signal) != 0 || signal == SIGCHLD) continue;
    ending.is_wanted = true;
    kill(child, signal);
  }
}

// False when a signal ended the pause.
bool pause_for(std::chrono::milliseconds pause) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int each : {SIGINT, SIGTERM}) sigaddset(&signals, each);
  const timespec time{pause.count() / 1000, pause.count() % 1000 * 1'000'000};
  return sigtimedwait(&signals, nullptr, &time) < 0;
}

}  // namespace

int supervise(const std::function<int()>& run) {
  const sigset_t signals = awaited_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const pid_t parent = getpid();
  std::chrono::milliseconds pause{0};
  while (true) {
    std::fflush(nullptr);  // otherwise the child would write it again
    const Clock::time_point began = Clock::now();
    const pid_t child = fork();
    if (child == 0) run_child(run, parent);
    if (child < 0) {
      print_error({ErrorCode::Unreadable, "The system allows no more processes. Use --no-supervisor to serve in this one.", ""});
      return kExitProblems;
    }
    Ending ending;
    wait_for_child(child, ending);
    if (WIFEXITED(ending.status)) return WEXITSTATUS(ending.status);
    if (ending.is_wanted) return kExitProblems;
    std::fprintf(stderr, "octavo: the server was ended by signal %d (%s); it is started again.\n", WTERMSIG(ending.status),
                 strsignal(WTERMSIG(ending.status)));
    if (Clock::now() - began > kSteady) pause = std::chrono::milliseconds(0);
    if (pause.count() > 0 && !pause_for(pause)) return kExitOk;
    pause = std::min(std::max(pause * 2, kFirstPause), kLongestPause);
  }
}

ProcessOnce::ProcessOnce() {
  static_assert(std::atomic<bool>::is_always_lock_free);
  void* memory = mmap(nullptr, sizeof(std::atomic<bool>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) is_done_ = new (memory) std::atomic<bool>(false);
}

ProcessOnce::~ProcessOnce() {
  if (is_done_ != nullptr) munmap(is_done_, sizeof *is_done_);
}

bool ProcessOnce::is_first() {
  return is_done_ == nullptr || !is_done_->exchange(true);
}

}  // namespace octavo
