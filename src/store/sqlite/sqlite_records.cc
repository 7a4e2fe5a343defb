#include "store/sqlite/sqlite_records.h"

namespace hubbub::sqlite {

Result<RecordPage<Ban>> SqliteRecords::bans(const BanQuery&) { return Error{Code::kInternal, "not read"}; }
Result<RecordPage<Mute>> SqliteRecords::mutes(const BanQuery&) { return Error{Code::kInternal, "not read"}; }
Result<RecordPage<Person>> SqliteRecords::people(const PeopleQuery&) { return Error{Code::kInternal, "not read"}; }
Result<std::optional<PersonProfile>> SqliteRecords::profile(const UserId&, Time) { return Error{Code::kInternal, "not read"}; }
Result<std::vector<SessionDay>> SqliteRecords::session_days(const UserId&, Time, Time) { return Error{Code::kInternal, "not read"}; }
Result<std::vector<UserActivity>> SqliteRecords::user_activity(Time, Time, std::int64_t) { return Error{Code::kInternal, "not read"}; }
Result<std::vector<ChannelMessageCount>> SqliteRecords::message_counts() { return Error{Code::kInternal, "not read"}; }
Result<std::vector<ConnectionDay>> SqliteRecords::connection_peaks(Time) { return Error{Code::kInternal, "not read"}; }
Result<RecordPage<AuditRecord>> SqliteRecords::audit(const AuditQuery&) { return Error{Code::kInternal, "not read"}; }
Result<std::vector<ArchivedChannel>> SqliteRecords::archived_channels() { return Error{Code::kInternal, "not read"}; }

}  // namespace hubbub::sqlite
