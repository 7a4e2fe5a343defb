#include "auth/key_source.h"

#include <boost/asio/steady_timer.hpp>

#include "base/log_line.h"

namespace hubbub {
namespace {

constexpr std::chrono::seconds kSpacingMin{10};
constexpr std::chrono::minutes kRefreshInterval{10};
// Sign-ins that wait for one fetch; further ones are answered with the keys at hand.
constexpr std::size_t kWaitersMax = 10'000;

}  // namespace

KeySource::KeySource(Fetch fetch, Reactor& home, WorkerPool& workers, const Clock& clock)
    : fetch_(std::move(fetch)), home_(&home), workers_(&workers), clock_(&clock) {}

void KeySource::start() {
  if (home_ == nullptr) return;
  fetch();
  arm_timer();
}

void KeySource::refresh(Reactor& caller, Refreshed done) {
  Waiter waiter{&caller, std::move(done)};
  if (home_ == nullptr) {
    return caller.post([this, done = std::move(waiter.done)] { done(keys_.load() != nullptr); });
  }
  home_->post([this, waiter = std::move(waiter)]() mutable { refresh_at_home(std::move(waiter)); });
}

void KeySource::refresh_at_home(Waiter waiter) {
  const bool is_too_soon = !is_fetching_ && clock_->steady_now() < next_fetch_;
  if (is_too_soon || waiters_.size() >= kWaitersMax) {
    return answer(std::move(waiter));
  }
  waiters_.push_back(std::move(waiter));
  fetch();
}

void KeySource::fetch() {
  if (is_fetching_) return;
  is_fetching_ = true;
  next_fetch_ = clock_->steady_now() + kSpacingMin;
  const bool is_taken = workers_->run(
      *home_, fetch_, [this](Result<Shared<KeySet>> fetched) { on_fetched(std::move(fetched)); });
  if (!is_taken) on_fetched(Error{Code::kOverloaded, "no worker is free"});
}

void KeySource::on_fetched(Result<Shared<KeySet>> fetched) {
  is_fetching_ = false;
  is_current_ = fetched.has_value();
  if (fetched) {
    if (!keys_.load())
      LogLine(Level::kInfo, "issuer_keys_fetched").with("keys", (*fetched)->size());
    keys_.store(std::move(*fetched));
  } else {
    // What was fetched before stays good.
    LogLine(Level::kWarning, "issuer_keys_not_fetched").with("reason", fetched.error().detail);
  }
  auto waiters = std::exchange(waiters_, {});
  for (auto& waiter : waiters) answer(std::move(waiter));
}

void KeySource::answer(Waiter waiter) const {
  waiter.caller->post(
      [done = std::move(waiter.done), is_current = is_current_] { done(is_current); });
}

void KeySource::arm_timer() {
  // Owned by its own handler: it ends with the reactor's loop, whatever the order of destruction.
  auto timer = std::make_shared<boost::asio::steady_timer>(home_->context());
  timer->expires_after(keys_.load() ? std::chrono::seconds(kRefreshInterval) : kSpacingMin);
  timer->async_wait([this, timer](const boost::system::error_code& error) {
    if (error) return;
    fetch();
    arm_timer();
  });
}

}  // namespace hubbub
