// The audit log, as Records has it. Thread: the connection's.
#pragma once

#include "store/records.h"
#include "store/sql/database.h"

namespace hubbub::sql {

Result<RecordPage<AuditRecord>> read_audit(Database& database, const AuditQuery& query);

}  // namespace hubbub::sql
