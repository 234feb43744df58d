// Keeps a server running: the work is done by a child process, which is started again when it crashes.
#pragma once

#include <cstdint>
#include <functional>

namespace octavo {

enum class ServerRun : std::uint8_t { First, Again };

// Forks, lets the child do `run`, and returns what it returned. A child that a signal has ended is replaced, at once the first
// time and after at most a second when it happens again and again. SIGINT and SIGTERM are passed on to the child; it must end
// then. Precondition: both are blocked, and this process has one thread.
int supervise(const std::function<int(ServerRun)>& run);

}  // namespace octavo
