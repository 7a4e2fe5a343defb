#include "store/sql/stored_records.h"

#include "store/sql/activity_reader.h"
#include "store/sql/audit_reader.h"
#include "store/sql/bans_reader.h"
#include "store/sql/people_reader.h"

namespace hubbub::sql {

Result<RecordPage<Ban>> StoredRecords::bans(const BanQuery& query) {
  return readers_.read([&](Reader& reader) { return read_bans(reader.database(), query); });
}

Result<RecordPage<Mute>> StoredRecords::mutes(const BanQuery& query) {
  return readers_.read([&](Reader& reader) { return read_mutes(reader.database(), query); });
}

Result<RecordPage<Person>> StoredRecords::people(const PeopleQuery& query) {
  return readers_.read([&](Reader& reader) { return read_people(reader.database(), query); });
}

Result<std::optional<PersonProfile>> StoredRecords::profile(const UserId& user, Time now) {
  return readers_.read([&](Reader& reader) { return read_profile(reader.database(), user, now); });
}

Result<std::vector<SessionDay>> StoredRecords::session_days(const UserId& user, Time since,
                                                            Time now) {
  return readers_.read(
      [&](Reader& reader) { return read_session_days(reader.database(), user, since, now); });
}

Result<std::vector<UserActivity>> StoredRecords::user_activity(Time since, Time now,
                                                               std::int64_t limit) {
  return readers_.read(
      [&](Reader& reader) { return read_user_activity(reader.database(), since, now, limit); });
}

Result<std::vector<ChannelMessageCount>> StoredRecords::message_counts() {
  return readers_.read([](Reader& reader) { return read_message_counts(reader.database()); });
}

Result<std::vector<ConnectionDay>> StoredRecords::connection_peaks(Time since) {
  return readers_.read(
      [&](Reader& reader) { return read_connection_peaks(reader.database(), since); });
}

Result<RecordPage<AuditRecord>> StoredRecords::audit(const AuditQuery& query) {
  return readers_.read([&](Reader& reader) { return read_audit(reader.database(), query); });
}

Result<std::vector<ArchivedChannel>> StoredRecords::archived_channels() {
  return readers_.read([](Reader& reader) { return read_archived_channels(reader.database()); });
}

}  // namespace hubbub::sql
