#include "session/sign_in_queue.h"

namespace hubbub {

SignInQueue::SignInQueue(Reactor& reactor, Limits limits, Metrics& metrics)
    : reactor_(reactor),
      limits_(limits),
      all_waiting_(metrics.gauge("hubbub_sign_ins_waiting",
                                 "Connections that wait for their turn to sign in.")) {}

bool SignInQueue::enter(Work work) {
  if (waiting_.empty() && under_way_ < limits_.at_once) {
    ++under_way_;
    work(Turn(shared_from_this()));
    return true;
  }
  if (all_waiting_.value() >= static_cast<std::int64_t>(limits_.waiting_max)) return false;
  all_waiting_.add(1);
  waiting_.push_back(std::move(work));
  return true;
}

// One ends, one begins; by a post, so that whatever became ready meanwhile comes in between.
void SignInQueue::leave() {
  --under_way_;
  if (is_closed_ || waiting_.empty()) return;
  reactor_.post([self = shared_from_this()] { self->call_next(); });
}

void SignInQueue::call_next() {
  if (waiting_.empty() || under_way_ >= limits_.at_once) return;
  auto work = std::move(waiting_.front());
  waiting_.pop_front();
  all_waiting_.add(-1);
  ++under_way_;
  work(Turn(shared_from_this()));
}

void SignInQueue::close() {
  is_closed_ = true;
  all_waiting_.add(-static_cast<std::int64_t>(waiting_.size()));
  waiting_.clear();
}

}  // namespace hubbub
