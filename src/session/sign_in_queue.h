// Who is signing in on this reactor: so many at once, the others in line for their turn, and
// whoever finds the line full is sent away to come back.
//
// To let somebody in costs a signature, a read and a greeting that lists everyone who is here. When
// thousands come back at once it is done for a few at a time, between all else that the reactor has
// to do: those who are in already are held up for milliseconds, not until the last one is in.
//
// Lives on its reactor.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

#include "base/metrics.h"
#include "base/reactor.h"

namespace hubbub {

class SignInQueue : public std::enable_shared_from_this<SignInQueue> {
 public:
  struct Limits {
    // Of this reactor: to greet one takes up to a millisecond, and nothing else runs meanwhile.
    std::size_t at_once = 16;
    // Of this reactor, until their sockets have taken the greeting: hundreds of KiB where thousands
    // are here.
    std::size_t greeted_max = 128;
    std::size_t waiting_max = 20'000;  // of all reactors together
  };

  // A place among those who sign in. greeted() leaves it for one among those whose greeting is on
  // its way; free for the next when this goes.
  class Turn {
   public:
    Turn() = default;
    Turn(Turn&& other) noexcept = default;
    Turn& operator=(Turn&& other) noexcept {
      end();
      queue_ = std::move(other.queue_);
      is_greeted_ = other.is_greeted_;
      return *this;
    }
    ~Turn() { end(); }
    void greeted() {
      if (queue_ && !std::exchange(is_greeted_, true)) queue_->on_greeted();
    }
    void end() {
      if (const auto queue = std::exchange(queue_, nullptr)) queue->leave(is_greeted_);
    }

   private:
    friend class SignInQueue;
    explicit Turn(std::shared_ptr<SignInQueue> queue) : queue_(std::move(queue)) {}
    std::shared_ptr<SignInQueue> queue_;
    bool is_greeted_ = false;
  };
  using Work = std::function<void(Turn)>;

  // Borrows the reactor until close(). `metrics` counts for all reactors.
  SignInQueue(Reactor& reactor, Limits limits, Metrics& metrics);

  // Calls `work` with a turn: at once if a place is free, else later, in the order of the calls.
  // Errors: false, and `work` is not called, when waiting_max are waiting.
  [[nodiscard]] bool enter(Work work);
  // Forgets who waits. A Turn may outlive it.
  void close();

 private:
  void on_greeted();
  void leave(bool was_greeted);
  [[nodiscard]] bool has_place() const {
    return under_way_ < limits_.at_once && greeted_ < limits_.greeted_max;
  }
  void begin(const Work& work);
  void call_next_later();
  void call_next();

  Reactor& reactor_;
  const Limits limits_;
  Gauge& all_waiting_;
  std::deque<Work> waiting_;
  std::size_t under_way_ = 0;
  std::size_t greeted_ = 0;
  bool is_closed_ = false;
};

}  // namespace hubbub
