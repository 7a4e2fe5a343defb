// Entries of the old server's lists into its tables, as that server would have stored them, to be
// placed like the rest. Each stands on its own: a bad one is set aside and stops no other.
//
// Again and again with the same entries is harmless: what is there already is left alone.
//
// Thread: its database's. REQUIRES of all: a transaction is open.
#pragma once

#include "store/migrate_store.h"
#include "store/postgres/bulk_statement.h"
#include "store/postgres/old_entry.h"

namespace hubbub::postgres {

// One list with its counter.
struct OldList {
  OldQueue queue = OldQueue::kMessages;
  std::vector<std::string> entries;
  std::int64_t counter = 0;
};

class OldEntriesIntake {
 public:
  // Borrows: both.
  OldEntriesIntake(Database& database, AdoptionReport& report)
      : database_(database), report_(report) {}

  // Borrows: the list, until store(). Only reads it: what cannot be stored is noted.
  void read(const OldList& list);
  // The highest number among those that can be stored.
  [[nodiscard]] std::int64_t highest_cache_id(OldQueue queue) const;
  // REQUIRES: new rows get ids that are free.
  Status store(Time now);

 private:
  struct Readable {
    OldEntry entry;
    const std::string* text;
  };
  using Page = std::span<const Readable>;

  Status store(OldQueue queue, Page page);
  Status insert_messages(const std::vector<const OldEntry*>& entries);
  Status insert_private_messages(const std::vector<const OldEntry*>& entries);
  Status keep_set_aside(Time now);
  void set_aside(OldQueue queue, const std::string& entry, std::string reason);

  Database& database_;
  AdoptionReport& report_;
  std::vector<Readable> messages_;
  std::vector<Readable> private_messages_;
  std::vector<AdoptionReport::SetAside> set_aside_;
};

}  // namespace hubbub::postgres
