#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "app/commands.h"
#include "app/server.h"
#include "app/service_notices.h"
#include "base/log_line.h"

namespace hubbub {
namespace {

// A connection is a file descriptor: as many as the system allows us.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) {
    LogLine(Level::kWarning, "descriptor_limit_stays").with("limit", limit.rlim_cur);
  }
}

// Greetings of a large community are hundreds of KiB each and short-lived: as mappings of their own
// they go back to the system at once. glibc would raise this bound with the first one that is
// freed.
void keep_greetings_out_of_the_heap() {
  ::mallopt(M_MMAP_THRESHOLD, 64 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

sigset_t stop_signals() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGINT);
  ::sigaddset(&signals, SIGTERM);
  return signals;
}

// Until one of the signals comes. Meanwhile tells the service manager that the reactors run, and
// gives memory back that a burst of connections left free: glibc keeps what lies below the top of
// its heaps, which are greetings of hundreds of KiB each.
int wait_for(const sigset_t& signals, Server& server, ServiceNotices& notices) {
  constexpr std::chrono::nanoseconds kInterval = std::chrono::seconds(10);
  constexpr std::size_t kFreeBytesMax = 16 * 1024 * 1024;
  const auto interval = std::min(kInterval, notices.alive_interval().value_or(kInterval));
  const timespec patience{interval / std::chrono::seconds(1),
                          (interval % std::chrono::seconds(1)).count()};
  for (;;) {
    const int signal = ::sigtimedwait(&signals, nullptr, &patience);
    if (signal > 0) return signal;
    if (notices.alive_interval() && server.is_alive()) notices.alive();
    if (::mallinfo2().fordblks > kFreeBytesMax) ::malloc_trim(0);
  }
}

// While the server stops: a second signal leaves at once, and so does the end of the time that a
// stop has, where a disk or a database does not return. Everything acknowledged is on disk already.
void leave_anyway(const sigset_t& signals) {
  // Of the 10 s that service managers are told.
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(9'500);
  constexpr timespec kSlice{0, 100'000'000};
  while (std::chrono::steady_clock::now() < end) {
    if (::sigtimedwait(&signals, nullptr, &kSlice) > 0) ::_exit(130);
  }
  LogLine(Level::kError, "stop_forced")
      .with("reason", "a call to the store or a service does not return");
  ::_exit(1);
}

}  // namespace

int serve_command(const Settings& settings) {
  set_log_level(settings.log_level);
  raise_descriptor_limit();
  keep_greetings_out_of_the_heap();
  ::signal(SIGPIPE, SIG_IGN);
  // A file that may not grow any further is a full disk (EFBIG), not the end.
  ::signal(SIGXFSZ, SIG_IGN);
  // Before any thread is started, so that all inherit it and only sigwait sees these signals.
  const auto signals = stop_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto server = Server::open(settings);
  if (!server) {
    std::fprintf(stderr, "hubbub: %s\n", server.error().detail.c_str());
    return 1;
  }
  (*server)->start();
  ServiceNotices notices([](const char* name) { return std::getenv(name); });
  notices.ready();
  std::printf("\nHubbub is running.\n  Open  %s\n%sCtrl-C stops it.\n\n",
              (*server)->public_url().c_str(), (*server)->first_steps().c_str());
  std::fflush(stdout);

  const int signal = wait_for(signals, **server, notices);
  notices.stopping();
  LogLine(Level::kInfo, "stopping").with("signal", signal == SIGINT ? "SIGINT" : "SIGTERM");
  std::thread([signals] { leave_anyway(signals); }).detach();
  (*server)->stop();
  return 0;
}

}  // namespace hubbub
