#include "load/swarm.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace hubbub::bench {
namespace {

using namespace std::chrono_literals;

// Stays in the processor's second-level cache.
constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr std::size_t kFailuresMax = 10;
// Nothing at all for that long is a hang.
constexpr auto kPatience = 20s;
constexpr auto kQuiet = 500ms;
// With thousands of connections some heartbeat is always due.
constexpr auto kSettleMax = 5s;
constexpr auto kOpeningMax = 120s;

Instant clock_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Swarm::Swarm(const Options& options, const Tokens* tokens, Script& script, Ledger& ledger)
    : options_(options), script_(script), ledger_(ledger), buffer_(kBufferBytes) {
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  for (std::size_t i = 0; i < options.connections; ++i) {
    clients_.emplace_back(i, options.protocol, script.upgrade(tokens, i));
  }
}

Swarm::~Swarm() { ::close(epoll_); }

void Swarm::complain(std::string what) {
  if (failures_.size() < kFailuresMax) failures_.push_back(std::move(what));
}

void Swarm::open_all() {
  const Instant begin = now_ = last_bytes_at_ = clock_now();
  while (ready_count_ < clients_.size() && !is_failed()) {
    open_more();
    turn(100ms);
    if (now_ - last_bytes_at_ > kPatience || now_ - begin > kOpeningMax) {
      complain("only " + std::to_string(ready_count_) + " connections were greeted");
    }
  }
}

void Swarm::open_more() {
  while (opened_count_ < clients_.size() && opened_count_ - ready_count_ < options_.opening_max) {
    Client& client = clients_[opened_count_++];
    client.open(options_.host, options_.port);
    if (client.state() == Client::State::kFailed) {
      complain("connection " + std::to_string(client.index()) + ": " + client.failure());
      return;
    }
    epoll_event event{.events = EPOLLIN | EPOLLOUT, .data = {.ptr = &client}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket(), &event);
  }
}

void Swarm::settle() {
  const Instant begin = now_;
  while (!is_failed() && now_ - last_bytes_at_ < kQuiet && now_ - begin < kSettleMax) turn(50ms);
}

void Swarm::converse() {
  const Instant begin = now_ = last_bytes_at_ = last_delivery_at_ = clock_now();
  const auto is_all_received = [&] { return least_received() == ledger_.booked_count(); };
  while (!is_failed() && (now_ - begin < options_.duration || !is_all_received())) {
    std::chrono::nanoseconds wait = 10ms;
    if (now_ - begin < options_.duration) {
      if (options_.rate > 0) {
        send_at_rate(begin, now_);
        const auto booked = static_cast<double>(ledger_.booked_count());
        const std::chrono::duration<double> next_at(booked / options_.rate);
        wait = std::chrono::duration_cast<std::chrono::nanoseconds>(begin + next_at - now_);
      } else {
        send_in_window();
      }
    }
    turn(std::clamp<std::chrono::nanoseconds>(wait, 0ns, 100ms));
    if (now_ - last_bytes_at_ > kPatience) {
      complain("messages did not arrive: sent " + std::to_string(ledger_.booked_count()) +
               ", the slowest connection received " + std::to_string(least_received()));
    }
  }
}

// Keeps to the timetable whatever the server does: a message's latency counts from when it was due.
void Swarm::send_at_rate(Instant begin, Instant now) {
  for (;;) {
    const std::size_t number = ledger_.booked_count();
    const std::chrono::duration<double> offset(static_cast<double>(number) / options_.rate);
    const auto due = begin + std::chrono::duration_cast<std::chrono::nanoseconds>(offset);
    if (due > now) return;
    Client& client = clients_[number % options_.senders];
    send_one(client.index(), due);
    client.flush();
    watch(client);
  }
}

void Swarm::send_in_window() {
  const std::size_t end = least_received() + options_.window;
  if (ledger_.booked_count() >= end) return;
  while (ledger_.booked_count() < end) {
    send_one(ledger_.booked_count() % options_.senders, now_);
  }
  // One send for all that a sender has to say.
  for (std::size_t i = 0; i < options_.senders; ++i) {
    clients_[i].flush();
    watch(clients_[i]);
  }
}

void Swarm::send_one(std::size_t sender, Instant at) {
  clients_[sender].push_text(script_.message(sender, ledger_.book(sender, at)));
}

std::size_t Swarm::least_received() const {
  std::size_t least = ledger_.booked_count();
  for (const Client& client : clients_) least = std::min(least, client.received_count);
  return least;
}

void Swarm::turn(std::chrono::nanoseconds wait) {
  std::array<epoll_event, 1024> events;
  const timespec limit{.tv_sec = wait / 1s, .tv_nsec = (wait % 1s).count()};
  const int count = ::epoll_pwait2(epoll_, events.data(), events.size(), &limit, nullptr);
  now_ = clock_now();
  for (int i = 0; i < count; ++i) {
    on_events(*static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr),
              events[static_cast<std::size_t>(i)].events);
  }
}

void Swarm::on_events(Client& client, std::uint32_t events) {
  if (client.state() == Client::State::kFailed) return;
  if ((events & EPOLLOUT) != 0) client.on_writable();
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && client.state() != Client::State::kFailed) {
    now_ = last_bytes_at_ = clock_now();
    client.on_readable(buffer_, [&](std::string_view payload, std::size_t frame_bytes) {
      on_frame(client, payload, frame_bytes);
    });
  }
  if (client.state() == Client::State::kFailed) {
    drop_failed(client);
  } else {
    watch(client);
  }
}

void Swarm::watch(Client& client) {
  if (client.is_waiting_to_write() == client.watches_writable) return;
  client.watches_writable = !client.watches_writable;
  epoll_event event{.events = EPOLLIN | (client.watches_writable ? EPOLLOUT : 0U),
                    .data = {.ptr = &client}};
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, client.socket(), &event);
}

void Swarm::drop_failed(Client& client) {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, client.socket(), nullptr);
  complain("connection " + std::to_string(client.index()) + ": " + client.failure());
}

void Swarm::on_frame(Client& client, std::string_view payload, std::size_t frame_bytes) {
  if (const auto name = script_.find_name(payload); !name.empty()) {
    return on_message(client, name, frame_bytes);
  }
  switch (script_.meaning(payload)) {
    case Script::Meaning::kHello:
      client.push_text(script_.subscribe());
      client.flush();
      break;
    case Script::Meaning::kGreeted:
      if (client.state() == Client::State::kReady) break;
      client.set_ready();
      ++ready_count_;
      break;
    case Script::Meaning::kRefused:
      client.fail("refused: " + std::string(payload.substr(0, 300)));
      break;
    case Script::Meaning::kNothing:
      break;
  }
}

void Swarm::on_message(Client& client, std::string_view name, std::size_t frame_bytes) {
  const Instant* sent_at = ledger_.receive(client.received_count, name);
  if (sent_at == nullptr) {
    const auto expected = ledger_.expected(client.received_count);
    return client.fail("message " + std::to_string(client.received_count) + " is " +
                       std::string(name) + ", not " +
                       (expected.empty() ? "its sender's next" : expected));
  }
  ++client.received_count;
  ++delivery_count_;
  delivery_bytes_ += frame_bytes;
  last_delivery_at_ = now_;
  latency_.record(now_ - *sent_at);
}

}  // namespace hubbub::bench
