// What opening a store does to an existing database before anything else: its schema is brought up
// to date, and what an old server left in it is taken over. Told to the operator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/old_queues.h"

namespace hubbub {

// What was taken over from an old server, this time.
struct AdoptionReport {
  // Its tables were there, and none of Hubbub's.
  bool is_first = false;
  std::int64_t channel_count = 0;              // that got a log
  std::vector<std::string> archived_channels;  // made for messages of channels that are gone
  std::int64_t message_count = 0;
  std::int64_t private_message_count = 0;
  std::int64_t person_count = 0;          // whose names were found
  std::int64_t unknown_person_count = 0;  // who wrote, came or were banned, without a name
  std::int64_t queued_count = 0;          // entries of its lists that were taken
  std::int64_t known_queued_count = 0;    // those that were in the database already

  struct SetAside {
    std::string list;
    std::string entry;
    std::string reason;
  };
  // Entries that cannot be stored; kept in set_aside_entries.
  std::vector<SetAside> set_aside;

  [[nodiscard]] bool is_empty() const {
    return !is_first &&
           channel_count + message_count + private_message_count + person_count + queued_count +
                   known_queued_count ==
               0 &&
           set_aside.empty();
  }
};

struct MigrationReport {
  std::vector<std::string> steps;  // of the schema that were applied, by name
  std::int64_t schema = 0;         // its version afterwards
  AdoptionReport adoption;
  // Why the old server's lists could not be looked at; empty: they were.
  std::string queues_unread;
};

// Does it, without opening the store. A dry run does it too and takes it back; the lists are only
// read. `queues`: null where nobody said where they are. Errors: kUnavailable with a sentence for
// the operator, also when a server runs on the database.
Result<MigrationReport> migrate_store(const std::string& url, OldQueues* queues, bool is_dry_run);

}  // namespace hubbub
