#include "state/valkey/link.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/log_line.h"
#include "base/random.h"

namespace hubbub {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPauseLeast{50};
constexpr milliseconds kPauseMost{2'000};
constexpr std::chrono::seconds kProbeInterval{1};
// Up for so long, a failure is a new one: the back-off starts anew.
constexpr std::chrono::seconds kWellAfter{10};

}  // namespace

ValkeyLink::ValkeyLink(ValkeyAddress address, milliseconds timeout, Metrics& metrics)
    : address_(std::move(address)),
      timeout_(timeout),
      errors_(metrics.counter("hubbub_valkey_errors_total",
                              "Connections to Valkey and exchanges with it that failed.")) {
  metrics.observed("hubbub_valkey_up", "1 while Valkey answers and takes writes, else 0.",
                   [this] { return static_cast<std::int64_t>(is_up()); });
}

void ValkeyLink::start() {
  Lock lock(mutex_);
  thread_ = std::thread([this] { run(); });
  changed_.wait(lock, [this] { return has_tried_; });
}

void ValkeyLink::stop() {
  {
    Lock lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  generation_ = 0;
}

std::unique_ptr<ValkeyConnection> ValkeyLink::take_ready(std::uint64_t generation) {
  Lock lock(mutex_);
  if (generation != generation_) return nullptr;
  return std::exchange(ready_, nullptr);
}

Result<std::unique_ptr<ValkeyConnection>> ValkeyLink::connect() const {
  return ValkeyConnection::open(address_, timeout_);
}

void ValkeyLink::report_failure(std::uint64_t generation, const Error& error) {
  errors_.add();
  {
    Lock lock(mutex_);
    if (generation != generation_) return;
    go_down(error);
  }
  changed_.notify_all();
}

void ValkeyLink::run() {
  Lock lock(mutex_);
  while (!is_stopping_) {
    if (is_up()) {
      changed_.wait_for(lock, kProbeInterval, [this] { return is_stopping_ || !is_up(); });
      if (!is_stopping_ && is_up()) probe(lock);
      continue;
    }
    changed_.wait_for(lock, next_pause(), [this] { return is_stopping_; });
    if (!is_stopping_) try_to_come_up(lock);
    has_tried_ = true;
    changed_.notify_all();
  }
}

void ValkeyLink::try_to_come_up(Lock& lock) {
  lock.unlock();
  Status tried;
  auto opened = connect();
  auto ready = opened ? connect() : Result<std::unique_ptr<ValkeyConnection>>(opened.error());
  if (ready) {
    tried = ask_whether_writes_are_taken(**ready);
    probe_ = std::move(*opened);
  } else {
    tried = ready.error();
  }
  lock.lock();
  if (!tried) {
    errors_.add();
    if (!has_tried_) go_down(tried.error());
    return;
  }
  ready_ = std::move(*ready);
  up_since_ = steady_clock::now();
  generation_ = ++last_generation_;
  LogLine(Level::kInfo, "valkey_up").with("address", address_.shown());
  if (!came_up_) return;
  lock.unlock();
  came_up_();
  lock.lock();
}

void ValkeyLink::probe(Lock& lock) {
  const auto generation = generation_.load();
  lock.unlock();
  const auto answered = ask_whether_writes_are_taken(*probe_);
  lock.lock();
  if (answered) return;
  errors_.add();
  if (generation == generation_) go_down(answered.error());
}

// One line each time it goes, not one for each message meanwhile.
void ValkeyLink::go_down(const Error& error) {
  LogLine(Level::kWarning, "valkey_down")
      .with("address", address_.shown())
      .with("reason", error.detail);
  if (is_up() && steady_clock::now() - up_since_ > kWellAfter) pause_ = milliseconds(0);
  generation_ = 0;
  ready_.reset();
}

// None before the first try; then 50 ms, doubling to 2 s. Half of it is chance, so that several
// nodes do not come back in step.
milliseconds ValkeyLink::next_pause() {
  if (!has_tried_) return milliseconds(0);
  pause_ = std::clamp(pause_ * 2, kPauseLeast, kPauseMost);
  const auto half = static_cast<std::uint32_t>(pause_.count() / 2);
  return milliseconds(half + random_below(half + 1));
}

// Appends nothing to a value that is never there: changes nothing, but is refused like any write
// that needs memory.
Status ValkeyLink::ask_whether_writes_are_taken(ValkeyConnection& connection) const {
  const std::array<ValkeyCommand, 1> commands = {{{"SETRANGE", "ratelimit:", "0", ""}}};
  auto answered = connection.run(commands, timeout_);
  if (!answered) return answered.error();
  return {};
}

}  // namespace hubbub
