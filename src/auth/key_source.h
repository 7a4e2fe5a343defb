// Where an issuer's keys come from: fixed ones of the built-in provider, or fetched ones that are
// kept current. The server starts, and goes on, when they cannot be fetched.
//
// What is published is a Shared<KeySet>, for any thread. The state of fetching (when last, who
// waits) belongs to one reactor, `home`; others post to it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "auth/key_set.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/reactor.h"
#include "base/shared.h"
#include "base/worker_pool.h"

namespace hubbub {

class KeySource {
 public:
  // Blocks; called on a worker.
  using Fetch = std::function<Result<Shared<KeySet>>()>;

  // Never fetches.
  explicit KeySource(Shared<KeySet> fixed) : keys_(std::move(fixed)) {}
  // Borrows all but `fetch` for its life; destroyed after `home` and `workers` stopped.
  KeySource(Fetch fetch, Reactor& home, WorkerPool& workers, const Clock& clock);
  KeySource(const KeySource&) = delete;
  KeySource& operator=(const KeySource&) = delete;

  // Fetches now, and again every 10 minutes; every 10 seconds while there is nothing yet.
  // Thread: home's, or before it runs.
  void start();

  // The newest, or null when none were ever fetched. Thread: any.
  [[nodiscard]] Shared<KeySet> keys() const { return keys_.load(); }

  // Whether keys() are those that the issuer had when it was last asked: false when it did not
  // answer, or was never asked.
  using Refreshed = std::function<void(bool is_current)>;

  // Someone showed a key id that keys() lacks. `done` is called on `caller`, once: after a fetch,
  // or soon where the last fetch began less than 10 seconds ago, so that made-up key ids cost the
  // issuer nothing. Thread: any.
  void refresh(Reactor& caller, Refreshed done);

 private:
  struct Waiter {
    Reactor* caller;
    Refreshed done;
  };
  void refresh_at_home(Waiter waiter);
  void fetch();
  void on_fetched(Result<Shared<KeySet>> fetched);
  void answer(Waiter waiter) const;
  void arm_timer();

  Published<KeySet> keys_;
  const Fetch fetch_;
  Reactor* const home_ = nullptr;  // null: the keys are fixed
  WorkerPool* const workers_ = nullptr;
  const Clock* const clock_ = nullptr;

  // Home's.
  bool is_fetching_ = false;
  bool is_current_ = false;
  SteadyTime next_fetch_{};  // not before
  std::vector<Waiter> waiters_;
};

}  // namespace hubbub
