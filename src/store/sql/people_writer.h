// Remembers people, inside the writer's transaction. Thread: its writer's.
#pragma once

#include "store/sql/act.h"
#include "store/sql/log_heads.h"

namespace hubbub::sql {

class PeopleWriter {
 public:
  struct KnownPerson {
    std::string username;
    Role role = Role::kMember;  // as last seen
  };

  // Borrows: both.
  PeopleWriter(Database& database, LogHeads& heads);

  Status remember(const RememberUser& user);
  Result<Act> record(const RecordAccountChange& change);
  // Nothing when never seen.
  Result<std::optional<KnownPerson>> find(const UserId& user);

 private:
  LogHeads& heads_;
  Statement upsert_user_;
  Statement update_role_;
  Statement select_user_;
};

}  // namespace hubbub::sql
