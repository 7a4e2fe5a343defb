// The one place where messages become durable: takes everything that waits, from all reactors, as
// one batch, commits it in one transaction, and only then answers and publishes.
//
// Lives on a thread of its own, the only one that calls Store::commit and RateLimiter. Invariants:
//  - nothing is answered or published before the store has committed it;
//  - the order of one thread's submit() calls is the order of the log;
//  - an answer is posted to its reactor before the publication is, so an acknowledgement never
//  waits
//    for a fan-out;
//  - after a commit whose outcome is not known nothing is committed before it is: what it stored
//    after all is published then, though its senders were told that nobody knows;
//  - who writes too much, or too soon in slow mode, is refused here and nowhere else.
#pragma once

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/mailbox.h"
#include "base/metrics.h"
#include "base/reactor.h"
#include "log/refusal_log.h"
#include "log/slow_mode.h"
#include "state/bus.h"
#include "state/rate_limiter.h"
#include "store/store.h"

namespace hubbub {

struct Submission {
  PendingEntry entry;
  // Borrows; outlives the log writer.
  Reactor* home = nullptr;
  // Called once, on `home`. Errors: what Store says of the entry, kRateLimited, kSlowMode, and
  // kUnavailable when it is not known whether the entry was stored.
  std::function<void(Result<Committed>)> done;
};

struct LogWriterLimits {
  std::size_t waiting_max = 65'536;  // unit: submissions
  std::size_t batch_max = 4'096;
  std::size_t slow_mode_senders_max = 1'000'000;
};

class LogWriter {
 public:
  // Borrows everything.
  LogWriter(Store& store, RateLimiter& limiter, Bus& bus, const Clock& clock, Metrics& metrics,
            MessageLimits limits, LogWriterLimits sizes = {});
  ~LogWriter() { stop(); }

  void start();
  // Refuses new submissions, finishes those that were accepted, then joins. Idempotent.
  void stop();

  // Thread: any. Errors: kOverloaded, with retry_after_ms, when waiting_max are waiting;
  // kUnavailable once stopped. `done` is not called then.
  [[nodiscard]] Status submit(Submission submission);

  // Who was refused by the rate limit or slow mode.
  [[nodiscard]] const RefusalLog& refusals() const { return refusals_; }

  // Tests: processes what waits on the calling thread. REQUIRES: not started, something submitted.
  void run_once();

 private:
  void process(std::span<Submission> batch);
  void refuse_too_many(std::span<Submission> batch, SteadyTime now,
                       std::vector<Submission*>& accepted, std::vector<Result<Committed>>& results);
  // Errors: kRateLimited, kSlowMode.
  Status may_send(const PendingEntry& entry, const RateVerdict& verdict, SteadyTime now);
  void note_stored(std::span<const PendingEntry> batch, std::span<const Result<Committed>> results,
                   SteadyTime now);
  CommitOutcome commit(std::span<const PendingEntry> batch);
  CommitOutcome fail(std::size_t count, Error error);
  // After a commit of unknown outcome: publishes what came of it. False as long as it is unknown.
  bool recover();
  void answer(std::span<Submission> batch, std::vector<Result<Committed>>& results);

  Store& store_;
  RateLimiter& limiter_;
  Bus& bus_;
  const Clock& clock_;
  MessageLimits limits_;
  const LogWriterLimits sizes_;
  Mailbox<Submission> mailbox_;
  std::vector<Submission> taken_;
  std::thread thread_;
  // The outcome of the last commit is not known.
  bool is_uncertain_ = false;
  SlowMode slow_mode_;
  RefusalLog refusals_;

  Counter& batches_;
  Counter& committed_;
  Counter& messages_;
  Counter& refused_;
  Counter& rate_limited_;
  Counter& slow_mode_refused_;
  Counter& failed_;
  Counter& recovered_;
  Counter& commit_microseconds_;
};

}  // namespace hubbub
