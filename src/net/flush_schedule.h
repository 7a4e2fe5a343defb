// When the connections of one reactor send what waits in their outboxes.
//
// However much is put in line, a connection sends once a flush. The first flush after quiet runs at
// once, that is behind the handlers that are ready now; after that at most one starts in each
// interval. A flush of many connections lets other handlers run in between.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstddef>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/reactor.h"

namespace hubbub {

// What is linked into the schedule by mark(). Destroying it takes it out.
class Flushable : public boost::intrusive::list_base_hook<
                      boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  // Called by the schedule only, with no mark left on it. May mark itself or others, and may
  // destroy itself.
  virtual void flush() = 0;

 protected:
  ~Flushable() = default;
};

// Thread: its reactor's. REQUIRES: outlives the running of the reactor's loop. Allocates nothing.
class FlushSchedule {
 public:
  FlushSchedule(Reactor& reactor, const Clock& clock, std::chrono::milliseconds interval,
                Counter& flushes);
  FlushSchedule(const FlushSchedule&) = delete;
  FlushSchedule& operator=(const FlushSchedule&) = delete;

  // `item` will be flushed, once. Nothing happens if it is marked already.
  void mark(Flushable& item) {
    if (item.is_linked()) return;
    dirty_.push_back(item);
    if (stage_ == Stage::kIdle) arm();
  }
  // As mark(), before all that are marked.
  void mark_first(Flushable& item) {
    item.unlink();
    (stage_ == Stage::kFlushing ? flushing_ : dirty_).push_front(item);
    if (stage_ == Stage::kIdle) arm();
  }

 private:
  using List = boost::intrusive::list<Flushable, boost::intrusive::constant_time_size<false>>;
  enum class Stage { kIdle, kArmed, kFlushing };
  // Between two slices, whatever else is ready runs: 512 sends take about a millisecond.
  static constexpr std::size_t kSliceCount = 512;

  void arm();
  void start();
  void run_slice();

  Reactor& reactor_;
  const Clock& clock_;
  const std::chrono::milliseconds interval_;
  Counter& flushes_;
  boost::asio::steady_timer timer_;
  SteadyTime last_start_{};
  Stage stage_ = Stage::kIdle;
  List dirty_;
  List flushing_;  // what the flush under way has still to do
};

}  // namespace hubbub
