#include "torture/cast/participant.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace hubbub::torture {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

// Short, as a run is: a server that was killed is back within a tenth of a second.
constexpr std::uint32_t kBackOffFirst = 20;  // unit: milliseconds
constexpr std::uint32_t kBackOffMax = 500;

}  // namespace

Participant::Participant(Stage& stage, std::uint32_t person, std::uint64_t seed)
    : stage_(stage),
      person_(person),
      connection_(stage.context.get_executor()),
      random_(seed),
      waiting_(stage.context) {}

void Participant::stop_reading(milliseconds time) {
  reads_from_ = std::chrono::steady_clock::now() + time;
}

void Participant::leave(milliseconds time) {
  comes_back_at_ = std::chrono::steady_clock::now() + time;
  cut();
}

void Participant::be_there() {
  reads_from_ = comes_back_at_ = {};
  waiting_.cancel();
}

void Participant::check_deadline(Instant now) {
  if (now < answer_due_at_) return;
  expect_no_answer();
  cut();
}

void Participant::expect_answer_within(milliseconds time) {
  answer_due_at_ = std::chrono::steady_clock::now() + time;
}

asio::awaitable<bool> Participant::open_v1(int receive_buffer) {
  co_await stay_away();
  std::string subprotocols = "hubbub.v1, bearer.";
  subprotocols += stage_.tokens->make(person_id(person_), username_of(person_), "");
  const bool is_open =
      co_await connection_.open(stage_.port, "/ws", std::move(subprotocols), receive_buffer);
  co_return co_await count_in(is_open);
}

asio::awaitable<bool> Participant::open_old() {
  co_await stay_away();
  std::string target = "/ws?token=";
  target += stage_.tokens->make(person_id(person_), username_of(person_), "");
  const bool is_open = co_await connection_.open(stage_.port, std::move(target), "", 0);
  co_return co_await count_in(is_open);
}

asio::awaitable<bool> Participant::count_in(bool is_open) {
  reads_from_ = {};
  if (is_open) {
    ++connections_;
    failures_ = 0;
  } else {
    co_await back_off();
  }
  co_return is_open;
}

asio::awaitable<void> Participant::back_off() {
  const auto bound = std::min(kBackOffFirst << std::min(failures_, 10U), kBackOffMax);
  ++failures_;
  co_await pause(milliseconds(any_below(bound)));
}

asio::awaitable<void> Participant::stay_away() { co_await wait_until(comes_back_at_); }

asio::awaitable<void> Participant::wait_until_reading() { co_await wait_until(reads_from_); }

// `end` may change meanwhile; be_there() wakes who waits.
asio::awaitable<void> Participant::wait_until(const Instant& end) {
  boost::system::error_code error;
  while (std::chrono::steady_clock::now() < end) {
    waiting_.expires_at(end);
    co_await waiting_.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

asio::awaitable<void> Participant::pause(milliseconds time) {
  if (time.count() <= 0) co_return;
  asio::steady_timer timer(stage_.context, time);
  co_await timer.async_wait(asio::use_awaitable);
}

std::uint32_t Participant::any_below(std::uint32_t end) {
  return std::uniform_int_distribution<std::uint32_t>(0, std::max(end, 1U) - 1)(random_);
}

bool Participant::is_likely(double share) {
  return std::uniform_real_distribution<double>(0, 1)(random_) < share;
}

}  // namespace hubbub::torture
