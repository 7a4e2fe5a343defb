// Records over SQL, by the connections that read.
//
// Thread: any.
#pragma once

#include "store/records.h"
#include "store/sql/read_pool.h"

namespace hubbub::sql {

class StoredRecords final : public Records {
 public:
  // Borrows the pool.
  explicit StoredRecords(ReadPool& readers) : readers_(readers) {}

  Result<RecordPage<Ban>> bans(const BanQuery& query) override;
  Result<RecordPage<Mute>> mutes(const BanQuery& query) override;
  Result<RecordPage<Person>> people(const PeopleQuery& query) override;
  Result<std::optional<PersonProfile>> profile(const UserId& user, Time now) override;
  Result<std::vector<SessionDay>> session_days(const UserId& user, Time since, Time now) override;
  Result<std::vector<UserActivity>> user_activity(Time since, Time now,
                                                  std::int64_t limit) override;
  Result<std::vector<ChannelMessageCount>> message_counts() override;
  Result<std::vector<ConnectionDay>> connection_peaks(Time since) override;
  Result<RecordPage<AuditRecord>> audit(const AuditQuery& query) override;
  Result<std::vector<ArchivedChannel>> archived_channels() override;

 private:
  ReadPool& readers_;
};

}  // namespace hubbub::sql
