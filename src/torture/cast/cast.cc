#include "torture/cast/cast.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <stdexcept>

namespace hubbub::torture {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds kDeadlineInterval{100};

Manner manner_of(std::uint32_t writer) {
  if (writer % 4 == 2) return Manner::kHasty;
  return writer % 8 == 7 ? Manner::kFickle : Manner::kPatient;
}

}  // namespace

Cast::Cast(const Options& options, std::vector<std::string> channels, std::uint16_t port,
           const TokenMaker& tokens) {
  const auto talkers = options.writers + options.old_clients;
  const std::chrono::microseconds pace(std::int64_t{1'000'000} * talkers / options.rate);
  const std::chrono::milliseconds half = options.duration / 2;
  std::mt19937_64 random(options.seed);
  stage_.port = port;
  stage_.tokens = &tokens;
  stage_.people = options.readers + options.old_clients;
  stage_.channels = std::move(channels);
  stage_.closing_writer = talkers;
  for (std::uint32_t i = 0; i < options.writers; ++i) {
    writers_.push_back(
        std::make_unique<Writer>(stage_, i % stage_.people, i, manner_of(i), pace, random()));
  }
  for (std::uint32_t i = 0; i < options.readers; ++i) {
    Reader::Habits habits;
    if (i % 3 == 1) habits.comes_after = half * static_cast<std::int64_t>(random() % 100) / 100;
    habits.reads_from_beginning = i % 2 == 1;
    if (i % 2 == 0) habits.receive_buffer = 4'096;
    readers_.push_back(std::make_unique<Reader>(stage_, i, i, habits, random()));
  }
  for (std::uint32_t i = 0; i < options.old_clients; ++i) {
    old_clients_.push_back(std::make_unique<OldClient>(stage_, options.readers + i, i,
                                                       options.writers + i, pace, random()));
  }
  // A person of its own, into whose inbox nobody else writes.
  closing_writer_ = std::make_unique<Writer>(stage_, stage_.people, talkers, Manner::kPatient,
                                             std::chrono::microseconds(1), random());
  for (const auto& one : writers_) all_.push_back(one.get());
  for (const auto& one : readers_) all_.push_back(one.get());
  for (const auto& one : old_clients_) all_.push_back(one.get());
}

Cast::~Cast() {
  stage_.context.stop();
  if (thread_.joinable()) thread_.join();
}

void Cast::start() {
  for (std::uint32_t person = 0; person <= stage_.people; ++person) {
    auto done = asio::co_spawn(stage_.context, introduce(person), asio::use_future);
    stage_.context.run();
    stage_.context.restart();
    done.get();
  }
  for (auto* one : all_) one->start();
  asio::co_spawn(stage_.context, watch_deadlines(), asio::detached);
  thread_ = std::thread([this] { stage_.context.run(); });
}

asio::awaitable<void> Cast::introduce(std::uint32_t person) {
  Connection connection(stage_.context.get_executor());
  std::string subprotocols = "hubbub.v1, bearer.";
  subprotocols += stage_.tokens->make(person_id(person), username_of(person), "");
  bool is_welcome = co_await connection.open(stage_.port, "/ws", std::move(subprotocols), 0);
  if (is_welcome) is_welcome = co_await connection.read();
  if (!is_welcome) throw std::runtime_error(username_of(person) + " is not let in");
  co_await connection.close();
}

asio::awaitable<void> Cast::watch_deadlines() {
  asio::steady_timer timer(stage_.context);
  for (;;) {
    timer.expires_after(kDeadlineInterval);
    co_await timer.async_wait(asio::use_awaitable);
    const auto now = std::chrono::steady_clock::now();
    for (auto* one : all_) one->check_deadline(now);
  }
}

void Cast::do_with_some(double share, std::uint64_t seed, std::function<void(Participant&)> act) {
  asio::post(stage_.context, [this, share, seed, act = std::move(act)] {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> dice(0, 1);
    for (auto* one : all_) {
      if (dice(random) < share) act(*one);
    }
  });
}

void Cast::cut_some(double share, std::uint64_t seed) {
  do_with_some(share, seed, [](Participant& one) { one.cut(); });
}

void Cast::stop_some_reading(double share, std::chrono::milliseconds time, std::uint64_t seed) {
  do_with_some(share, seed, [time](Participant& one) { one.stop_reading(time); });
}

void Cast::send_some_away(double share, std::chrono::milliseconds time, std::uint64_t seed) {
  do_with_some(share, seed, [time](Participant& one) { one.leave(time); });
}

void Cast::on_stage(const std::function<void()>& act) {
  std::promise<void> done;
  asio::post(stage_.context, [&] {
    act();
    done.set_value();
  });
  done.get_future().wait();
}

std::vector<std::string> Cast::wait_for(const std::vector<Participant*>& those,
                                        bool (Participant::*is_so)() const,
                                        std::chrono::seconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  std::vector<std::string> late;
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    on_stage([&] {
      late.clear();
      for (auto* one : those) {
        if (!(one->*is_so)()) late.push_back(one->name());
      }
    });
  } while (!late.empty() && std::chrono::steady_clock::now() < until);
  return late;
}

std::vector<std::string> Cast::finish(std::chrono::seconds patience) {
  on_stage([this] {
    stage_.is_over = true;
    for (auto* one : all_) one->be_there();
  });
  auto late = wait_for(all_, &Participant::has_said_all, patience);
  std::vector<Destination> ends;
  for (std::uint32_t i = 0; i < stage_.channels.size(); ++i) {
    ends.push_back({Log::Kind::kChannel, i});
  }
  for (std::uint32_t i = 0; i < stage_.people; ++i) ends.push_back({Log::Kind::kInbox, i});
  on_stage([&] {
    closing_writer_->say(ends);
    closing_writer_->start();
  });
  std::vector<Participant*> everybody = all_;
  everybody.push_back(closing_writer_.get());
  const auto unread = wait_for(everybody, &Participant::is_done, patience);
  late.insert(late.end(), unread.begin(), unread.end());
  stage_.context.stop();
  thread_.join();
  return late;
}

History Cast::history() const {
  History history;
  history.people = stage_.people + 1;
  history.channels = stage_.channels;
  for (const auto& one : writers_) history.writers.push_back(one->history());
  for (const auto& one : readers_) history.readers.push_back(one->history());
  for (const auto& one : old_clients_) {
    history.writers.push_back(one->writer_history());
    history.old_readers.push_back(one->reader_history());
  }
  history.writers.push_back(closing_writer_->history());
  return history;
}

}  // namespace hubbub::torture
