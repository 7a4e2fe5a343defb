#include "torture/cast/writer.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace hubbub::torture {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kHastyWindow = 8;
// A person would long have pressed "send again"; the longest freeze of the nemesis is shorter.
constexpr std::chrono::seconds kAnswerWithin{10};
constexpr double kGivesUpShare = 0.3;
constexpr std::uint32_t kRetryMax = 200;  // unit: milliseconds

}  // namespace

Writer::Writer(Stage& stage, std::uint32_t person, std::uint32_t index, Manner manner,
               std::chrono::microseconds pace, std::uint64_t seed)
    : Participant(stage, person, seed),
      index_(index),
      window_(manner == Manner::kHasty ? kHastyWindow : 1),
      pace_(pace) {
  history_.person = person;
  history_.manner = manner;
}

void Writer::say(std::vector<Destination> script) {
  is_scripted_ = true;
  script_.assign(script.begin(), script.end());
}

void Writer::start() { asio::co_spawn(stage_.context, run(), asio::detached); }

std::string Writer::name() const { return "writer " + std::to_string(index_); }

bool Writer::may_begin() const { return is_scripted_ ? !script_.empty() : !stage_.is_over; }

asio::awaitable<void> Writer::run() {
  while (!underway_.empty() || may_begin()) {
    const bool is_open = co_await open_v1(0);
    if (!is_open) continue;
    co_await talk();
    expect_no_answer();
  }
  set_done();
}

asio::awaitable<void> Writer::talk() {
  channel_ids_.clear();
  for (auto& one : underway_) one.is_sent = false;
  expect_answer_within(kAnswerWithin);
  while (channel_ids_.empty()) {
    const bool is_answered = co_await read_answer();
    if (!is_answered) co_return;
  }
  for (;;) {
    if (underway_.empty() && may_begin()) begin();
    if (underway_.empty()) break;
    const bool is_sent = co_await send_what_waits();
    if (!is_sent) co_return;
    const bool is_answered = co_await read_answer();
    if (!is_answered) co_return;
    co_await pause(std::exchange(retry_after_, milliseconds(0)));
    if (underway_.empty()) {
      expect_no_answer();
      const auto spread = static_cast<std::uint32_t>(2 * pace_.count() * window_);
      co_await pause(milliseconds(any_below(spread) / 1000));
    }
  }
  co_await connection_.close();
}

asio::awaitable<bool> Writer::send_what_waits() {
  // By index: what is underway changes only between two answers.
  for (std::size_t i = 0; i < underway_.size(); ++i) {
    if (underway_[i].is_sent) continue;
    auto& sent = history_.sent[underway_[i].sent_index];
    if (sent.tries == 0) sent.first_connection = connections_;
    ++sent.tries;
    underway_[i].is_sent = true;
    expect_answer_within(kAnswerWithin);
    std::string command = command_of(sent);
    const bool is_written = co_await connection_.write(std::move(command));
    if (!is_written) {
      give_up_some();
      co_return false;
    }
  }
  co_return true;
}

asio::awaitable<bool> Writer::read_answer() {
  co_await wait_until_reading();
  const bool is_there = co_await connection_.read();
  if (!is_there) {
    give_up_some();
    co_return false;
  }
  const auto frame = decode_v1(connection_.message());
  if (!frame) co_return true;
  if (frame->type == V1Frame::Type::kHello) learn_channels(*frame);
  if (frame->type == V1Frame::Type::kAck) on_ack(*frame);
  if (frame->type == V1Frame::Type::kError) on_error(*frame);
  co_return true;
}

void Writer::begin() {
  while (underway_.size() < window_ && may_begin()) {
    const auto number = static_cast<std::uint32_t>(history_.sent.size()) + 1;
    const auto to = next_destination();
    Sent sent;
    sent.message = {index_, number};
    sent.log = to.kind == Log::Kind::kChannel ? Log{to.kind, to.index} : Log{to.kind, person_};
    sent.recipient = to.index;
    underway_.push_back({history_.sent.size(), false});
    history_.sent.push_back(sent);
    destinations_.push_back(to);
  }
}

Destination Writer::next_destination() {
  if (is_scripted_) {
    const auto to = script_.front();
    script_.pop_front();
    return to;
  }
  if (is_likely(kPrivateShare)) return {Log::Kind::kInbox, any_below(stage_.people)};
  return {Log::Kind::kChannel, any_below(static_cast<std::uint32_t>(stage_.channels.size()))};
}

void Writer::learn_channels(const V1Frame& hello) {
  channel_ids_.assign(stage_.channels.size(), 0);
  for (const auto& channel : hello.channels) {
    const auto at = std::find(stage_.channels.begin(), stage_.channels.end(), channel.name);
    if (at != stage_.channels.end()) {
      channel_ids_[static_cast<std::size_t>(at - stage_.channels.begin())] = channel.channel_id;
    }
  }
}

std::deque<Writer::Underway>::iterator Writer::find(const std::string& send_key) {
  return std::find_if(underway_.begin(), underway_.end(), [&](const Underway& one) {
    return send_key_of(history_.sent[one.sent_index].message) == send_key;
  });
}

void Writer::on_ack(const V1Frame& ack) {
  const auto one = find(ack.send_key);
  if (one == underway_.end()) return;
  Log log{Log::Kind::kInbox, person_};
  if (ack.channel_id) {
    const auto channel = std::find(channel_ids_.begin(), channel_ids_.end(), *ack.channel_id);
    log = {Log::Kind::kChannel, static_cast<std::uint32_t>(channel - channel_ids_.begin())};
  }
  history_.acks.push_back({history_.sent[one->sent_index].message, log, ack.position,
                           ack.message_id, connections_, ack.is_repeated});
  underway_.erase(one);
}

void Writer::on_error(const V1Frame& error) {
  const auto one = find(error.send_key);
  if (one == underway_.end()) return;
  ++history_.sent[one->sent_index].refusals;
  one->is_sent = false;
  retry_after_ = std::clamp(error.retry_after, milliseconds(1), milliseconds(kRetryMax));
  give_up_some();
}

// A fickle one forgets what went wrong, now and then, and never asks what became of it.
void Writer::give_up_some() {
  if (history_.manner != Manner::kFickle || !is_likely(kGivesUpShare)) return;
  underway_.clear();
}

std::string Writer::command_of(const Sent& sent) const {
  const auto& to = destinations_[sent.message.number - 1];
  std::string command =
      to.kind == Log::Kind::kChannel
          ? R"({"type":"chat_message","channel_id":)" + std::to_string(channel_ids_[to.index])
          : R"({"type":"private_chat_message","recipient_id":")" + person_id(to.index) + '"';
  command += R"(,"send_key":")" + send_key_of(sent.message) + R"(","message":")" +
             text_of(sent.message) + R"("})";
  return command;
}

}  // namespace hubbub::torture
