#include "net/flush_schedule.h"

namespace hubbub {

FlushSchedule::FlushSchedule(Reactor& reactor, const Clock& clock,
                             std::chrono::milliseconds interval, Counter& flushes)
    : reactor_(reactor),
      clock_(clock),
      interval_(interval),
      flushes_(flushes),
      timer_(reactor.context()),
      last_start_(clock.steady_now() - interval) {}

void FlushSchedule::arm() {
  stage_ = Stage::kArmed;
  const auto since = clock_.steady_now() - last_start_;
  if (since >= interval_) {
    reactor_.post([this] { start(); });
    return;
  }
  timer_.expires_after(interval_ - since);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) start();
  });
}

void FlushSchedule::start() {
  stage_ = Stage::kFlushing;
  last_start_ = clock_.steady_now();
  flushes_.add();
  flushing_.splice(flushing_.end(), dirty_);
  run_slice();
}

void FlushSchedule::run_slice() {
  for (std::size_t i = 0; i < kSliceCount && !flushing_.empty(); ++i) {
    auto& item = flushing_.front();
    flushing_.pop_front();
    item.flush();
  }
  if (!flushing_.empty()) {
    reactor_.post([this] { run_slice(); });
    return;
  }
  stage_ = Stage::kIdle;
  if (!dirty_.empty()) arm();
}

}  // namespace hubbub
