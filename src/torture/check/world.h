// Tests: a small run in which everything went right, until a test changes something.
//
// Everything is stored in the moment it is sent. settle() then lets every reader see all of it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "torture/check/checker.h"

namespace hubbub::torture {

inline Log channel(std::uint32_t index) { return {Log::Kind::kChannel, index}; }
inline Log inbox(std::uint32_t person) { return {Log::Kind::kInbox, person}; }

class World {
 public:
  World(std::uint32_t people, std::uint32_t channels) {
    history.people = people;
    history.memory_bytes_max = 100;
    history.memory_bytes_bound = 200;
    for (std::uint32_t i = 0; i < channels; ++i) {
      history.channels.push_back("channel-" + std::to_string(i));
      stored.logs.push_back({channel(i), "epoch-of-" + history.channels.back(), 1, 0, {}});
    }
    for (std::uint32_t i = 0; i < people; ++i) {
      stored.logs.push_back({inbox(i), "epoch-of-inbox-" + std::to_string(i), 1, 0, {}});
    }
  }

  // --- who is there ---

  std::uint32_t writer(std::uint32_t person, Manner manner) {
    WriterHistory writer;
    writer.person = person;
    writer.manner = manner;
    history.writers.push_back(writer);
    connections_.push_back(1);
    return static_cast<std::uint32_t>(history.writers.size() - 1);
  }
  // Follows everything from where it is now.
  std::size_t reader(std::uint32_t person) {
    ReaderHistory reader;
    reader.person = person;
    for (const StoredLog& log : stored.logs) {
      if (log.log.kind == Log::Kind::kInbox && log.log.index != person) continue;
      reader.starts.push_back({log.log, {log.epoch, log.head}});
      reader.epochs.push_back(log.epoch);
    }
    history.readers.push_back(reader);
    return history.readers.size() - 1;
  }
  // Is connected from now on.
  std::size_t old_reader(std::uint32_t person) {
    OldReaderHistory reader;
    reader.person = person;
    history.old_readers.push_back(reader);
    old_since_.push_back({{1, order_.size()}});
    return history.old_readers.size() - 1;
  }

  // --- what happens ---

  // Acknowledged at once, but to those of the old protocol.
  MessageName say(std::uint32_t writer, std::uint32_t to_channel) {
    const MessageName message = abandon(writer, channel(to_channel));
    return store(message), acknowledge(message), message;
  }
  MessageName tell(std::uint32_t writer, std::uint32_t recipient) {
    const MessageName message = abandon(writer, inbox(history.writers[writer].person), recipient);
    return store(message), acknowledge(message), message;
  }
  // Sent, and neither stored nor acknowledged.
  MessageName abandon(std::uint32_t writer, Log log, std::uint32_t recipient = 0) {
    auto& sent = history.writers[writer].sent;
    const MessageName message{writer, static_cast<std::uint32_t>(sent.size() + 1)};
    sent.push_back({message, log, recipient, connections_[writer], 1, 0});
    return message;
  }
  void store(MessageName message) {
    const Sent& sent = sent_of(message);
    const std::int64_t id = sent.log.kind == Log::Kind::kInbox ? ++private_id_ : ++chat_id_;
    append(sent.log, message, id);
    const bool is_private = sent.log.kind == Log::Kind::kInbox;
    if (is_private && sent.recipient != sent.log.index) append(inbox(sent.recipient), message, id);
  }
  // Once more each time. REQUIRES: it is stored.
  void acknowledge(MessageName message, bool is_repeated = false) {
    WriterHistory& writer = history.writers[message.writer];
    if (writer.manner == Manner::kOld) return;
    const StoredLog& log = log_of(sent_of(message).log);
    const auto entry = std::ranges::find(log.entries, message, &StoredEntry::message);
    writer.acks.push_back({message,
                           log.log,
                           {log.epoch, entry->seq},
                           entry->message_id,
                           connections_[message.writer],
                           is_repeated});
  }
  // Sends it again on a new connection, and is answered.
  void repeat(MessageName message) {
    reconnect(message.writer);
    ++sent_of(message).tries;
    acknowledge(message, true);
  }
  void reconnect(std::uint32_t writer) { ++connections_[writer]; }
  // Misses nothing: what is said from now on comes on the new connection.
  void reconnect_old_reader(std::size_t reader) {
    auto& since = old_since_[reader];
    since.push_back({since.back().first + 1, order_.size()});
  }

  void settle() {
    for (ReaderHistory& reader : history.readers) show(reader);
    for (std::size_t i = 0; i < history.old_readers.size(); ++i) show_old(i);
  }

  // --- what came of it ---

  Sent& sent_of(MessageName message) {
    return history.writers[message.writer].sent[message.number - 1];
  }
  StoredLog& log_of(Log log) { return *std::ranges::find(stored.logs, log, &StoredLog::log); }
  std::vector<StoredEntry>& entries_of(Log log) { return log_of(log).entries; }
  // As if the last entry had never been stored, nor shown.
  void forget_last(Log log) {
    StoredLog& stored_log = log_of(log);
    stored_log.entries.pop_back();
    --stored_log.head;
  }
  // Exchanges what stands in two places; the places stay.
  void exchange(Log log, std::size_t one, std::size_t other) {
    auto& entries = entries_of(log);
    std::swap(entries[one], entries[other]);
    std::swap(entries[one].seq, entries[other].seq);
  }

  [[nodiscard]] Verdict judge() const { return check(history, stored); }
  // The words of all kinds that were found, "lost not_shown".
  [[nodiscard]] std::string findings() const {
    const Verdict verdict = judge();
    std::string words;
    for (std::size_t i = 0; i < kKinds; ++i) {
      const auto kind = static_cast<Kind>(i);
      if (verdict.findings.count(kind) == 0) continue;
      words += (words.empty() ? "" : " ") + std::string(word_of(kind));
    }
    return words;
  }

  History history;
  Stored stored;

 private:
  void append(Log log, MessageName message, std::int64_t id) {
    const WriterHistory& writer = history.writers[message.writer];
    StoredLog& to = log_of(log);
    StoredEntry entry;
    entry.seq = ++to.head;
    entry.message_id = id;
    entry.owner_id = person_id(writer.person);
    if (writer.manner != Manner::kOld) entry.send_key = send_key_of(message);
    entry.message = message;
    to.entries.push_back(entry);
    order_.emplace_back(log, entry);
  }

  void show(ReaderHistory& reader) const {
    for (const auto& [log, entry] : order_) {
      const auto start = std::ranges::find(reader.starts, log, &ReaderHistory::Start::log);
      if (start == reader.starts.end() || entry.seq <= start->since.seq) continue;
      const auto epoch = std::ranges::find(reader.epochs, start->since.epoch);
      reader.seen.push_back({log, static_cast<std::uint32_t>(epoch - reader.epochs.begin()),
                             entry.seq, entry.message_id, *entry.message});
    }
  }

  void show_old(std::size_t index) {
    OldReaderHistory& reader = history.old_readers[index];
    std::uint32_t connection = 0;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      for (const auto& [number, since] : old_since_[index]) {
        if (at >= since) connection = number;
      }
      const auto& [log, entry] = order_[at];
      const bool is_theirs = log.kind == Log::Kind::kChannel || log.index == reader.person;
      if (connection == 0 || !is_theirs) continue;
      reader.shown.push_back({connection, log, entry.message_id, *entry.message});
    }
  }

  std::vector<std::uint32_t> connections_;  // by writer: the present one
  // By old reader: each of its connections, and how much had been stored when it began.
  std::vector<std::vector<std::pair<std::uint32_t, std::size_t>>> old_since_;
  std::vector<std::pair<Log, StoredEntry>> order_;  // all that was stored, in its order
  std::int64_t chat_id_ = 0;
  std::int64_t private_id_ = 0;
};

}  // namespace hubbub::torture
