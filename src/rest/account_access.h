// The built-in accounts for reactors, which never block: each call runs on a worker, its result
// comes back by a post.
#pragma once

#include <utility>

#include "auth/accounts.h"
#include "base/error.h"
#include "base/reactor.h"
#include "base/worker_pool.h"

namespace hubbub {

class AccountAccess {
 public:
  // Borrows both.
  AccountAccess(Accounts& accounts, WorkerPool& workers) : accounts_(accounts), workers_(workers) {}

  // call(Accounts&) -> Result<T> on a worker, then done(Result<T>) on `home`, never from inside
  // this call. Errors: those of the call; kOverloaded when too many wait.
  template <class Call, class Done>
  void ask(Reactor& home, Call call, Done done) {
    const bool is_accepted = workers_.run(
        home, [this, call = std::move(call)]() mutable { return call(accounts_); }, done);
    using Outcome = decltype(call(accounts_));
    if (!is_accepted) {
      home.post([done = std::move(done)]() mutable {
        done(Outcome(Error{Code::kOverloaded, "too many calls of accounts wait", {}, 1'000}));
      });
    }
  }

 private:
  Accounts& accounts_;
  WorkerPool& workers_;
};

}  // namespace hubbub
