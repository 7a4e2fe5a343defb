// Writes the audit log, in the transaction of what it tells. Thread: its writer's.
#pragma once

#include "store/sql/act.h"
#include "store/sql/database.h"

namespace hubbub::sql {

class AuditWriter {
 public:
  // Borrows: the database.
  explicit AuditWriter(Database& database);

  Status add(const Actor& by, Time at, const AuditNote& note);

 private:
  Statement insert_record_;
};

}  // namespace hubbub::sql
