// The audit log, as Records has it. Thread: the connection's.
#pragma once

#include "store/records.h"
#include "store/sqlite/database.h"

namespace hubbub::sqlite {

Result<RecordPage<AuditRecord>> read_audit(Database& database, const AuditQuery& query);

}  // namespace hubbub::sqlite
