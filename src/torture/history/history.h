// What everybody did and saw in one run, as they noted it themselves: what the checker judges
// (check/checker.h). Plain values; nothing in here is known from the server's inside.
//
// A run has people, channels, writers and readers, each known by its index. Person i has the id
// person_id(i). All logs are made before the run begins and are there to its end.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "torture/history/message_text.h"

namespace hubbub::torture {

using Seq = std::int64_t;

// "id-torture-7", the `sub` of this person's tokens; the username is "torture-7".
inline std::string username_of(std::uint32_t person) { return "torture-" + std::to_string(person); }
inline std::string person_id(std::uint32_t person) { return "id-" + username_of(person); }

struct Log {
  enum class Kind : std::uint8_t { kChannel, kInbox };
  Kind kind = Kind::kChannel;
  std::uint32_t index = 0;  // of the channel, or of the person whose inbox it is
  auto operator<=>(const Log&) const = default;
};

struct Position {
  std::string epoch;
  Seq seq = 0;
  bool operator==(const Position&) const = default;
};

// --- writers ---

// How a writer goes about it.
enum class Manner : std::uint8_t {
  kPatient,  // hubbub.v1: one message at a time, repeated under its key until it is acknowledged
  kHasty,    // hubbub.v1: many underway; what was unanswered or refused is repeated, in order
  kFickle,   // hubbub.v1: as kPatient, but gives up now and then, and never repeats that message
  kOld,      // the old protocol: no key, no answer, never repeated
};

struct Sent {
  MessageName message;
  Log log;  // where the writer's acknowledgement says it is: the channel, or the writer's own inbox
  std::uint32_t recipient = 0;         // of a private message: the person
  std::uint32_t first_connection = 0;  // the writer's connections are numbered 1, 2, 3 …
  std::uint32_t tries = 0;
  std::uint32_t refusals = 0;  // error frames
};

struct Ack {
  MessageName message;
  Log log;  // as the acknowledgement itself names it
  Position position;
  std::int64_t message_id = 0;
  std::uint32_t connection = 0;  // on which it came
  bool is_repeated = false;
};

struct WriterHistory {
  std::uint32_t person = 0;
  Manner manner = Manner::kPatient;
  std::vector<Sent> sent;  // in the order in which they were sent for the first time
  // Every one that came, so a message that was acknowledged twice has two.
  std::vector<Ack> acks;
};

// --- readers ---

// One entry of a log that a reader was shown.
struct Seen {
  Log log;
  std::uint32_t epoch = 0;  // index in ReaderHistory::epochs
  Seq seq = 0;
  std::int64_t message_id = 0;
  MessageName message;
};

// Readers of hubbub.v1 follow every channel and their own inbox, each log from `since`, and come
// back with the position that they reached. At the end of the run they have read on to the end.
struct ReaderHistory {
  std::uint32_t person = 0;
  struct Start {
    Log log;
    Position since;
  };
  std::vector<Start> starts;  // of each log, when it was followed for the first time
  std::vector<Seen> seen;     // in the order in which it came, over all connections
  std::vector<std::string> epochs;
  // In words: a gap, an epoch that changed, an entry that is nobody's text, a frame that was wrong.
  std::vector<std::string> complaints;
};

// Readers of the old protocol are shown what is said while they are connected, of every channel,
// and their own private messages; nothing is repeated to them.
struct OldReaderHistory {
  std::uint32_t person = 0;
  struct Shown {
    std::uint32_t connection = 0;
    Log log;
    std::int64_t cache_id = 0;  // ascending among channels, and among private messages
    MessageName message;
  };
  std::vector<Shown> shown;
  std::vector<std::string> complaints;
};

// --- the whole run ---

struct History {
  std::uint32_t people = 0;
  std::vector<std::string> channels;  // names
  std::vector<WriterHistory> writers;
  std::vector<ReaderHistory> readers;
  std::vector<OldReaderHistory> old_readers;
  // Resident memory of the server, the highest of all samples, and what it must not exceed.
  std::int64_t memory_bytes_max = 0;
  std::int64_t memory_bytes_bound = 0;
};

// --- what the database has afterwards ---

// A message's text is known by its name; whose text is nobody's has none, and its text is kept.
struct StoredEntry {
  Seq seq = 0;
  std::int64_t message_id = 0;
  std::string owner_id;
  std::string send_key;                // empty: none
  std::optional<MessageName> message;  // message_of() its text
  std::string foreign_text;            // empty where `message` is there
};
struct StoredLog {
  Log log;
  std::string epoch;
  Seq first = 1;
  Seq head = 0;
  std::vector<StoredEntry> entries;  // ascending by seq
};

// check/stored_logs.h reads it.
struct Stored {
  std::vector<StoredLog> logs;
  // In words: what else was found that should not be there, or is damaged.
  std::vector<std::string> complaints;
};

}  // namespace hubbub::torture
