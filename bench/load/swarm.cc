#include "load/swarm.h"

#include <algorithm>

namespace hubbub::bench {
namespace {

using namespace std::chrono_literals;

// Stays in the processor's second-level cache.
constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr std::size_t kFailuresMax = 10;
// Nothing at all for that long is a hang; later on, no message for that long: heartbeats always
// come.
constexpr auto kPatience = 20s;
constexpr auto kQuiet = 500ms;
// With thousands of connections some heartbeat is always due.
constexpr auto kSettleMax = 5s;
constexpr auto kOpeningMax = 120s;

Instant clock_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Swarm::Swarm(const Options& options, const Tokens* tokens, Script& script, Ledger& ledger)
    : options_(options), script_(script), ledger_(ledger), buffer_(kBufferBytes) {
  for (std::size_t i = 0; i < options.connections; ++i) {
    clients_.emplace_back(i, options.protocol, script.upgrade(tokens, i));
  }
}

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
    const bool will_stop = client.index() >= clients_.size() - options_.stopped;
    client.open(options_.host, options_.port,
                {.receive_buffer_bytes = will_stop ? options_.receive_buffer_bytes : 0,
                 .is_stamped = options_.is_stamped});
    if (client.state() == Client::State::kFailed) {
      complain("connection " + std::to_string(client.index()) + ": " + client.failure());
      return;
    }
    poller_.add(client, &client);
  }
}

void Swarm::settle() {
  const Instant begin = now_;
  while (!is_failed() && now_ - last_bytes_at_ < kQuiet && now_ - begin < kSettleMax) turn(50ms);
}

void Swarm::listen(const std::function<bool()>& is_over) {
  while (!is_failed() && !is_over()) turn(10ms);
}

void Swarm::converse(const std::function<bool()>& is_over) {
  latency_ = sent_late_ = read_late_ = {};
  stop_reading();
  const Instant begin = now_ = last_delivery_at_ = clock_now();
  const std::size_t booked_before = ledger_.booked_count();
  bool is_sending = true;
  while (!is_failed() && (is_sending || least_received() < ledger_.booked_count())) {
    Instant wake_at = now_ + 10ms;
    is_sending = is_sending && !is_over();
    if (is_sending && options_.rate > 0) wake_at = send_at_rate(begin, booked_before);
    if (is_sending && options_.rate == 0) send_in_window();
    turn(std::clamp<std::chrono::nanoseconds>(wake_at - now_, 0ns, 100ms));
    if (now_ - std::max(last_sent_at_, last_delivery_at_) > kPatience &&
        least_received() < ledger_.booked_count()) {
      complain("messages did not arrive: sent " + std::to_string(ledger_.booked_count()) +
               ", the slowest connection received " + std::to_string(least_received()));
    }
  }
}

void Swarm::stop_reading() {
  if (options_.stopped == 0 || is_reading_stopped_) return;
  is_reading_stopped_ = true;
  for (std::size_t i = reader_count(); i < clients_.size(); ++i) poller_.remove(clients_[i]);
}

void Swarm::read_on() {
  if (!is_reading_stopped_ || is_failed()) return;
  for (std::size_t i = reader_count(); i < clients_.size(); ++i) {
    poller_.add(clients_[i], &clients_[i]);
  }
  is_reading_stopped_ = false;
  now_ = last_delivery_at_ = clock_now();
  while (!is_failed() && least_received() < ledger_.booked_count()) {
    turn(100ms);
    if (now_ - last_delivery_at_ > kPatience) {
      complain("who had stopped reading has " + std::to_string(least_received()) + " of " +
               std::to_string(ledger_.booked_count()) + " messages, and nothing comes");
    }
  }
}

std::size_t Swarm::stopped_received_count() const {
  std::size_t least = ledger_.booked_count();
  for (std::size_t i = clients_.size() - options_.stopped; i < clients_.size(); ++i) {
    least = std::min(least, clients_[i].received_count);
  }
  return least;
}

// Keeps to the timetable whatever the server does: a message's latency counts from when it was due.
Instant Swarm::send_at_rate(Instant begin, std::size_t booked_before) {
  for (;;) {
    const std::size_t number = ledger_.booked_count() - booked_before;
    const std::chrono::duration<double> offset(static_cast<double>(number) / options_.rate);
    const auto due = begin + std::chrono::duration_cast<std::chrono::nanoseconds>(offset);
    if (due > now_) return due;
    Client& client = clients_[number % options_.senders];
    send_one(client.index(), due);
    client.flush();
    poller_.watch(client, &client);
    if (options_.is_stamped) sent_late_.record(clock_now() - due);
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
    poller_.watch(clients_[i], &clients_[i]);
  }
}

void Swarm::send_one(std::size_t sender, Instant at) {
  last_sent_at_ = now_;
  clients_[sender].push_text(script_.message(sender, ledger_.book(sender, at)));
}

std::size_t Swarm::least_received() const {
  std::size_t least = ledger_.booked_count();
  const std::size_t count = reader_count();
  for (std::size_t i = 0; i < count; ++i) least = std::min(least, clients_[i].received_count);
  return least;
}

void Swarm::turn(std::chrono::nanoseconds wait) {
  poller_.wait(wait, [this](void* owner, std::uint32_t events) {
    on_events(*static_cast<Client*>(owner), events);
  });
  now_ = clock_now();
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
    poller_.watch(client, &client);
  }
}

void Swarm::drop_failed(Client& client) {
  poller_.remove(client);
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
    case Script::Meaning::kGap:
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
  if (client.index() < clients_.size() - options_.stopped) latency_.record(now_ - *sent_at);
  if (options_.is_stamped) read_late_.record(now_ - client.arrived_at());
}

}  // namespace hubbub::bench
