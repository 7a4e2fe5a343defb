// Who was here when, and what was written where, as Records has it. Thread: the connection's.
#pragma once

#include "store/records.h"
#include "store/sql/database.h"

namespace hubbub::sql {

Result<std::vector<SessionDay>> read_session_days(Database& database, const UserId& user,
                                                  Time since, Time now);
Result<std::vector<UserActivity>> read_user_activity(Database& database, Time since, Time now,
                                                     std::int64_t limit);
Result<std::vector<ConnectionDay>> read_connection_peaks(Database& database, Time since);

// Channels in which nothing is left to read are left out. Live and archived ones of one name count
// together, unless only one of them is staff-only.
Result<std::vector<ChannelMessageCount>> read_message_counts(Database& database);
Result<std::vector<ArchivedChannel>> read_archived_channels(Database& database);

}  // namespace hubbub::sql
