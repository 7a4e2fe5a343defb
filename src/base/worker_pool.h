// Threads for what blocks: store reads, password hashing, key fetches. A reactor never blocks; it
// posts the work here and gets the result posted back.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/reactor.h"

namespace hubbub {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t jobs_max);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool() { stop(); }

  // Thread: any. Errors: false, and nothing done, when jobs_max are waiting or the pool is stopped;
  // the caller answers `overloaded`.
  [[nodiscard]] bool submit(std::function<void()> job);

  // Runs `job` on a worker, then `done(result)` on `home`. Same errors as submit().
  template <class Job, class Done>
  [[nodiscard]] bool run(Reactor& home, Job job, Done done) {
    return submit([&home, job = std::move(job), done = std::move(done)]() mutable {
      home.post([done = std::move(done), result = job()]() mutable { done(std::move(result)); });
    });
  }

  // Forgets what no worker has begun: nobody is left to answer.
  void drop_waiting();
  // Finishes what is waiting, then joins. Idempotent.
  void stop();
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work();

  const std::size_t jobs_max_;
  mutable std::mutex mutex_;
  std::condition_variable wakeup_;
  std::deque<std::function<void()>> jobs_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hubbub
