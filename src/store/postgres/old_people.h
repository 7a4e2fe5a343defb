// Names of people of an old installation: from Keycloak's table, where it is in the same database
// and may be read, from private messages, and from entries of the old server's lists.
//
// Thread: its database's. REQUIRES of all: a transaction is open.
#pragma once

#include "store/postgres/bulk_statement.h"

namespace hubbub::postgres {

class OldPeople {
 public:
  // Borrows: the database. `now`: for those who left no trace of when they were here.
  OldPeople(Database& database, Time now) : database_(database), now_(now) {}

  // Adds those who are not known; a name that is there stays. REQUIRES: before messages are placed.
  Status add_all();
  [[nodiscard]] std::int64_t added_count() const { return std::ssize(ids_); }
  // Who wrote, came or was banned, and nobody knows a name.
  Result<std::int64_t> unknown_count();

 private:
  Result<bool> has_keycloak();
  // From a query of id and name with id > ?1 in the order of ids.
  Status add_from(const std::string& select);
  Status add(const std::vector<std::string>& ids, const std::vector<std::string>& names);
  Status make_inboxes();
  // When they were first and last here, as far as it is known.
  Status date();

  Database& database_;
  const Time now_;
  std::vector<std::string> ids_;  // of those added
};

}  // namespace hubbub::postgres
