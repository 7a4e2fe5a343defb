#include "session/sign_in_queue.h"

namespace hubbub {

SignInQueue::SignInQueue(Reactor& reactor, Limits limits, Metrics& metrics)
    : reactor_(reactor),
      limits_(limits),
      all_waiting_(metrics.gauge("hubbub_sign_ins_waiting",
                                 "Connections that wait for their turn to sign in.")) {}

bool SignInQueue::enter(Work work) {
  if (waiting_.empty() && has_place()) {
    begin(work);
    return true;
  }
  if (all_waiting_.value() >= static_cast<std::int64_t>(limits_.waiting_max)) return false;
  all_waiting_.add(1);
  waiting_.push_back(std::move(work));
  return true;
}

void SignInQueue::begin(const Work& work) {
  ++under_way_;
  work(Turn(shared_from_this()));
}

void SignInQueue::on_greeted() {
  --under_way_;
  ++greeted_;
  call_next_later();
}

void SignInQueue::leave(bool was_greeted) {
  --(was_greeted ? greeted_ : under_way_);
  call_next_later();
}

// By a post, so that whatever became ready meanwhile comes in between.
void SignInQueue::call_next_later() {
  if (is_closed_ || waiting_.empty()) return;
  reactor_.post([self = shared_from_this()] { self->call_next(); });
}

void SignInQueue::call_next() {
  if (waiting_.empty() || !has_place()) return;
  const auto work = std::move(waiting_.front());
  waiting_.pop_front();
  all_waiting_.add(-1);
  begin(work);
  // More places may have become free than there were calls.
  if (has_place()) call_next_later();
}

void SignInQueue::close() {
  is_closed_ = true;
  all_waiting_.add(-static_cast<std::int64_t>(waiting_.size()));
  waiting_.clear();
}

}  // namespace hubbub
