#include "torture/cast/reader.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace hubbub::torture {

namespace asio = boost::asio;

namespace {

std::string words_of(const Log& log) {
  return log.kind == Log::Kind::kInbox ? "inbox" : "channel " + std::to_string(log.index);
}
std::string words_of(const Position& position) {
  return position.epoch + "/" + std::to_string(position.seq);
}

}  // namespace

Reader::Reader(Stage& stage, std::uint32_t person, std::uint32_t index, Habits habits,
               std::uint64_t seed)
    : Participant(stage, person, seed), index_(index), habits_(habits) {
  history_.person = person;
}

void Reader::start() { asio::co_spawn(stage_.context, run(), asio::detached); }

std::string Reader::name() const { return "reader " + std::to_string(index_); }

asio::awaitable<void> Reader::run() {
  leave(habits_.comes_after);
  while (!has_read_all()) {
    const bool is_open = co_await open_v1(habits_.receive_buffer);
    if (!is_open) continue;
    co_await read_on();
  }
  co_await connection_.close();
  set_done();
}

asio::awaitable<void> Reader::read_on() {
  while (!has_read_all()) {
    co_await wait_until_reading();
    const bool is_there = co_await connection_.read();
    if (!is_there) co_return;
    const auto frame = decode_v1(connection_.message());
    if (frame) {
      on_frame(*frame);
    } else {
      complain("a frame that is not as described: " + std::string(connection_.message()));
    }
    while (!to_say_.empty()) {
      std::string command = std::move(to_say_.front());
      to_say_.pop_front();
      const bool is_written = co_await connection_.write(std::move(command));
      if (!is_written) co_return;
    }
  }
}

void Reader::on_frame(const V1Frame& frame) {
  switch (frame.type) {
    case V1Frame::Type::kHello:
      return on_hello(frame);
    case V1Frame::Type::kMessage:
      return on_message(frame);
    case V1Frame::Type::kSubscribed:
      return on_subscribed(frame);
    case V1Frame::Type::kGap:
      return complain("gap: " + frame.text);
    case V1Frame::Type::kError:
      // A log that could not be read just now: it is asked for again on the next connection.
      if (frame.text != "unavailable" && frame.text != "overloaded") {
        complain("error: " + frame.text);
      }
      return cut();
    default:
      return;
  }
}

void Reader::on_hello(const V1Frame& hello) {
  channels_.clear();
  to_say_.clear();  // what the last connection was too short for
  for (const auto& channel : hello.channels) {
    const auto at = std::find(stage_.channels.begin(), stage_.channels.end(), channel.name);
    if (at == stage_.channels.end()) continue;
    const Log log{Log::Kind::kChannel, static_cast<std::uint32_t>(at - stage_.channels.begin())};
    channels_[channel.channel_id] = log;
    follow(log, channel.head);
    to_say_.push_back(subscribe_to(log, channel.channel_id));
  }
  if (channels_.size() != stage_.channels.size()) complain("hello without some channel");
  const Log inbox{Log::Kind::kInbox, person_};
  follow(inbox, hello.inbox);
  to_say_.push_back(subscribe_to(inbox, 0));
}

void Reader::follow(const Log& log, const Position& head) {
  const auto [one, is_new] = logs_.try_emplace(log);
  auto& position = one->second.position;
  if (is_new) {
    position = {head.epoch, habits_.reads_from_beginning ? 0 : head.seq};
    history_.starts.push_back({log, position});
  }
  one->second.replayed = 0;
  // Not the seq: another reactor may not have published yet what was shown by the last one.
  if (head.epoch != position.epoch) {
    complain(words_of(log) + " is at " + words_of(head) + " after " + words_of(position));
  }
}

std::string Reader::subscribe_to(const Log& log, std::int64_t channel_id) {
  const auto& position = logs_[log].position;
  return R"({"type":"subscribe","log":)" +
         (log.kind == Log::Kind::kInbox ? R"("inbox")" : std::to_string(channel_id)) +
         R"(,"since":{"epoch":")" + position.epoch + R"(","seq":)" + std::to_string(position.seq) +
         "}}";
}

Reader::Followed* Reader::followed(const V1Frame& frame) {
  Log log{Log::Kind::kInbox, person_};
  if (frame.channel_id) {
    const auto channel = channels_.find(*frame.channel_id);
    if (channel == channels_.end()) return nullptr;
    log = channel->second;
  }
  const auto one = logs_.find(log);
  return one == logs_.end() ? nullptr : &one->second;
}

void Reader::on_message(const V1Frame& frame) {
  auto* one = followed(frame);
  const auto message = message_of(frame.text);
  if (!one || !message) {
    return complain("an entry at " + words_of(frame.position) +
                    " that nobody wrote: " + frame.text);
  }
  const Log log = frame.channel_id ? channels_[*frame.channel_id] : Log{Log::Kind::kInbox, person_};
  history_.seen.push_back(
      {log, number_of_epoch(frame.position.epoch), frame.position.seq, frame.message_id, *message});
  one->position = frame.position;
  ++one->replayed;
  if (message->writer == stage_.closing_writer) one->has_ended = true;
}

void Reader::on_subscribed(const V1Frame& frame) {
  const auto* one = followed(frame);
  if (!one) return complain("subscribed to a log that was not asked for");
  // Everything up to there was sent before, and is counted.
  if (one->position.epoch != frame.position.epoch || one->position.seq < frame.position.seq ||
      one->replayed < frame.replayed) {
    complain("subscribed says " + words_of(frame.position) + " after " +
             std::to_string(frame.replayed) + " entries; " + words_of(one->position) + " and " +
             std::to_string(one->replayed) + " are here");
  }
}

std::uint32_t Reader::number_of_epoch(const std::string& epoch) {
  auto& epochs = history_.epochs;
  auto at = std::find(epochs.begin(), epochs.end(), epoch);
  if (at == epochs.end()) at = epochs.insert(at, epoch);
  return static_cast<std::uint32_t>(at - epochs.begin());
}

bool Reader::has_read_all() const {
  return !logs_.empty() && std::all_of(logs_.begin(), logs_.end(),
                                       [](const auto& one) { return one.second.has_ended; });
}

void Reader::complain(const std::string& what) {
  if (history_.complaints.size() < kComplaintsMax) {
    history_.complaints.push_back("connection " + std::to_string(connections_) + ": " + what);
  }
}

}  // namespace hubbub::torture
