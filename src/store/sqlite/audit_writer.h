// Writes the audit log, in the transaction of what it tells. Thread: its writer's.
#pragma once

#include "store/sqlite/act.h"
#include "store/sqlite/database.h"

namespace hubbub::sqlite {

class AuditWriter {
 public:
  // Borrows: the database.
  explicit AuditWriter(Database& database);

  Status add(const Actor& by, Time at, const AuditNote& note);

 private:
  Statement insert_record_;
};

}  // namespace hubbub::sqlite
