// Reads who is banned or muted. Thread: its connection's.
#pragma once

#include "store/sql/database.h"
#include "wire/restrictions.h"

namespace hubbub::sql {

class RestrictionsReader {
 public:
  // Borrows: the database.
  explicit RestrictionsReader(Database& database);

  // Those that hold at `now`. REQUIRES: in a transaction, so that all is as of one instant.
  Result<Restrictions> read(Time now);

 private:
  Statement select_bans_;
  Statement select_mutes_;
};

}  // namespace hubbub::sql
