#include "store/sqlite/sqlite_records.h"

#include "store/sqlite/activity_reader.h"
#include "store/sqlite/audit_reader.h"
#include "store/sqlite/bans_reader.h"
#include "store/sqlite/people_reader.h"

namespace hubbub::sqlite {

Result<RecordPage<Ban>> SqliteRecords::bans(const BanQuery& query) {
  return readers_.read([&](Reader& reader) { return read_bans(reader.database(), query); });
}

Result<RecordPage<Mute>> SqliteRecords::mutes(const BanQuery& query) {
  return readers_.read([&](Reader& reader) { return read_mutes(reader.database(), query); });
}

Result<RecordPage<Person>> SqliteRecords::people(const PeopleQuery& query) {
  return readers_.read([&](Reader& reader) { return read_people(reader.database(), query); });
}

Result<std::optional<PersonProfile>> SqliteRecords::profile(const UserId& user, Time now) {
  return readers_.read([&](Reader& reader) { return read_profile(reader.database(), user, now); });
}

Result<std::vector<SessionDay>> SqliteRecords::session_days(const UserId& user, Time since,
                                                            Time now) {
  return readers_.read(
      [&](Reader& reader) { return read_session_days(reader.database(), user, since, now); });
}

Result<std::vector<UserActivity>> SqliteRecords::user_activity(Time since, Time now,
                                                               std::int64_t limit) {
  return readers_.read(
      [&](Reader& reader) { return read_user_activity(reader.database(), since, now, limit); });
}

Result<std::vector<ChannelMessageCount>> SqliteRecords::message_counts() {
  return readers_.read([](Reader& reader) { return read_message_counts(reader.database()); });
}

Result<std::vector<ConnectionDay>> SqliteRecords::connection_peaks(Time since) {
  return readers_.read(
      [&](Reader& reader) { return read_connection_peaks(reader.database(), since); });
}

Result<RecordPage<AuditRecord>> SqliteRecords::audit(const AuditQuery& query) {
  return readers_.read([&](Reader& reader) { return read_audit(reader.database(), query); });
}

Result<std::vector<ArchivedChannel>> SqliteRecords::archived_channels() {
  return readers_.read([](Reader& reader) { return read_archived_channels(reader.database()); });
}

}  // namespace hubbub::sqlite
