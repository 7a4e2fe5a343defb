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

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
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
  // Texts and keys of what waits and of what is being committed: a slow store meets the bound above
  // with short messages, this one with long ones.
  std::size_t waiting_bytes_max = 64 * 1024 * 1024;
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
  // As stop(), for a store that may be slow: false when it took longer. From then on what waits is
  // answered kUnavailable unseen, and stop() waits only for the commit that is under way.
  bool stop_within(std::chrono::milliseconds patience);

  // Thread: any. Errors: kOverloaded, with retry_after_ms, when waiting_max or waiting_bytes_max
  // are waiting; kUnavailable once stopped. `done` is not called then.
  [[nodiscard]] Status submit(Submission submission);

  // False from a commit that failed until the store was found to take commits again. Thread: any.
  [[nodiscard]] bool is_available() const { return !is_uncertain_; }

  // Submissions that the writer has not taken. Thread: any.
  [[nodiscard]] std::size_t waiting() const { return mailbox_.size(); }

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
  void report(std::size_t entries, const Error& error);
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
  // Of what was submitted and is not answered.
  std::atomic<std::size_t> waiting_bytes_{0};
  std::promise<void> ending_;
  std::future<void> ended_ = ending_.get_future();
  std::atomic<bool> is_giving_up_{false};
  // The outcome of the last commit is not known. Written by the writer's thread.
  std::atomic<bool> is_uncertain_{false};
  // When a failure was last written to the log: a store that fails with every other batch does not
  // fill the disk with lines.
  SteadyTime reported_at_;
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
