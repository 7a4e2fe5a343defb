// Bans and mutes, as Records has them. Thread: the connection's.
#pragma once

#include "store/records.h"
#include "store/sql/database.h"

namespace hubbub::sql {

Result<RecordPage<Ban>> read_bans(Database& database, const BanQuery& query);
Result<RecordPage<Mute>> read_mutes(Database& database, const BanQuery& query);

}  // namespace hubbub::sql
