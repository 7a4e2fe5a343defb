// Reads of the store for reactors, which never block: the read runs on a worker, its result comes
// back by a post.
#pragma once

#include <functional>
#include <utility>

#include "base/error.h"
#include "base/reactor.h"
#include "base/worker_pool.h"
#include "store/store.h"

namespace hubbub {

class StoreReader {
 public:
  // Borrows both.
  StoreReader(Store& store, WorkerPool& workers) : store_(store), workers_(workers) {}

  // read(Store&) -> Result<T> on a worker, then done(Result<T>) on `home`, never from inside this
  // call. Errors: those of the read; kOverloaded when too many reads wait.
  template <class Read, class Done>
  void ask(Reactor& home, Read read, Done done) {
    const bool is_accepted = workers_.run(
        home, [this, read = std::move(read)]() mutable { return read(store_); }, done);
    using Outcome = decltype(read(store_));
    if (!is_accepted) {
      home.post([done = std::move(done)]() mutable {
        done(Outcome(Error{Code::kOverloaded, "too many reads wait", {}, 1'000}));
      });
    }
  }

 private:
  Store& store_;
  WorkerPool& workers_;
};

}  // namespace hubbub
