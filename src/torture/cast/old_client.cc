#include "torture/cast/old_client.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace hubbub::torture {

namespace asio = boost::asio;
using std::chrono::milliseconds;

OldClient::OldClient(Stage& stage, std::uint32_t person, std::uint32_t reader, std::uint32_t writer,
                     std::chrono::microseconds pace, std::uint64_t seed)
    : Participant(stage, person, seed), reader_(reader), writer_(writer), pace_(pace) {
  read_.person = person;
  written_.person = person;
  written_.manner = Manner::kOld;
}

void OldClient::start() {
  asio::co_spawn(stage_.context, run(), asio::detached);
  asio::co_spawn(stage_.context, talk(), asio::detached);
}

std::string OldClient::name() const { return "old client " + std::to_string(reader_); }

asio::awaitable<void> OldClient::run() {
  while (!has_read_all()) {
    const bool is_open = co_await open_old();
    if (!is_open) continue;
    is_connected_ = true;
    co_await read_on();
    is_connected_ = false;
  }
  cut();
  set_done();
}

asio::awaitable<void> OldClient::read_on() {
  while (!has_read_all()) {
    co_await wait_until_reading();
    const bool is_there = co_await connection_.read();
    if (!is_there) co_return;
    const auto frame = decode_old(connection_.message());
    if (!frame) {
      complain("a frame that is not as described: " + std::string(connection_.message()));
      continue;
    }
    for (const auto& message : frame->messages) on_message(message);
  }
}

asio::awaitable<void> OldClient::talk() {
  while (!stage_.is_over) {
    const auto spread = static_cast<std::uint32_t>(2 * pace_.count());
    co_await pause(milliseconds(any_below(spread) / 1000));
    const bool may_speak = is_connected_ && !stage_.is_over;
    if (may_speak) co_await say_something();
  }
  // Once the server has answered the close frame it has read all that was said; where the
  // connection was lost there is nothing more to be read. run() comes back to read on.
  if (is_connected_) co_await connection_.close();
  has_said_all_ = true;
}

asio::awaitable<void> OldClient::say_something() {
  Sent sent;
  sent.message = {writer_, static_cast<std::uint32_t>(written_.sent.size()) + 1};
  sent.first_connection = connections_;
  sent.tries = 1;
  std::string command;
  if (is_likely(kPrivateShare)) {
    sent.log = {Log::Kind::kInbox, person_};
    sent.recipient = any_below(stage_.people);
    command = R"({"type":"private_chat_message","recipient_id":")" + person_id(sent.recipient);
  } else {
    const auto channel = any_below(static_cast<std::uint32_t>(stage_.channels.size()));
    sent.log = {Log::Kind::kChannel, channel};
    command = R"({"type":"chat_message","channel":")" + stage_.channels[channel];
  }
  command += R"(","message":")" + text_of(sent.message) + R"("})";
  written_.sent.push_back(sent);
  co_await connection_.write(std::move(command));
}

void OldClient::on_message(const OldMessage& message) {
  Log log{Log::Kind::kInbox, person_};
  if (message.recipient_id.empty()) {
    const auto& channels = stage_.channels;
    const auto channel = std::find(channels.begin(), channels.end(), message.channel);
    // The server's own first channel, with its welcome.
    if (channel == channels.end()) return;
    log = {Log::Kind::kChannel, static_cast<std::uint32_t>(channel - channels.begin())};
  }
  const auto name = message_of(message.text);
  if (!name) return complain("a message that nobody wrote: " + message.text);
  read_.shown.push_back({connections_, log, message.cache_id, *name});
  if (name->writer == stage_.closing_writer) ended_.insert(log);
}

bool OldClient::has_read_all() const { return ended_.size() == stage_.channels.size() + 1; }

void OldClient::complain(const std::string& what) {
  if (read_.complaints.size() < kComplaintsMax) {
    read_.complaints.push_back("connection " + std::to_string(connections_) + ": " + what);
  }
}

}  // namespace hubbub::torture
