// What the dashboard reads: people, bans, mutes, activity, the audit log. Part of the Store; both
// twins pass one suite.
//
// Thread: any worker. All calls block. Errors: kUnavailable; other codes as each call says. Lists
// come newest first, or as the call says; `limit` is at least 1 and bounded by the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "wire/entry.h"
#include "wire/role.h"

namespace hubbub {

struct Ban {
  std::int64_t id = 0;
  Actor by;  // without an address
  UserId user;
  std::string username;  // "[Unknown]" for someone never seen
  std::string reason;
  bool has_reason = false;
  Time start;
  std::optional<Time> end;  // as it was given; nothing: permanent
  bool is_pardoned = false;
};
struct Mute {
  std::int64_t id = 0;
  Actor by;
  UserId user;
  std::string username;
  ChannelId channel;                      // 0: everywhere
  std::string channel_name;               // "" then, and for a purged one
  Role channel_audience = Role::kMember;  // the least role that sees it
  std::string reason;
  bool has_reason = false;
  Time start;
  std::optional<Time> end;
  bool is_lifted = false;
};
struct BanQuery {
  UserId user;                  // empty: everyone's
  bool is_active_only = false;  // neither pardoned nor ended at `now`
  Time now;
  std::int64_t limit = 50;
  std::int64_t offset = 0;
};
template <class T>
struct RecordPage {
  std::vector<T> records;
  bool has_more = false;
};

struct Person {
  Author user;
  Role role = Role::kMember;  // as last seen
  Time first_seen;
  Time last_seen;
  bool is_banned = false;  // at `now`
};
struct PeopleQuery {
  std::string username;  // exactly; empty: anyone
  std::string part;      // somewhere in the username, without regard to case; empty: anyone
  Time now;
  std::int64_t limit = 50;
  std::int64_t offset = 0;
  bool is_by_id = false;  // the order; else by username (without regard to case), then id
};
struct PersonProfile {
  Person person;
  std::int64_t message_count = 0;  // in channels, without removed ones
  std::vector<Ban> bans;           // the newest 50
  std::vector<Mute> mutes;         // the newest 50
};

// Sessions that started on one day (UTC). An open one counts up to `now`.
struct SessionDay {
  std::string date;  // YYYY-MM-DD
  std::int64_t session_count = 0;
  std::chrono::microseconds total{};
};
struct UserActivity {
  Author user;
  std::int64_t session_count = 0;
  std::chrono::microseconds total{};
};
struct ChannelMessageCount {
  std::string channel;             // by present name; those of archived channels too
  Role audience = Role::kMember;   // the least role that sees it
  std::int64_t message_count = 0;  // without removed ones
};
struct ConnectionDay {
  std::string date;
  std::int64_t peak = 0;
};

struct AuditRecord {
  std::int64_t id = 0;
  Time at;
  Actor by;
  std::string action;  // docs/api.md, Audit log
  std::string target;  // who or what, readable
  std::string before;  // a JSON object; empty: nothing to say
  std::string after;
};
struct AuditQuery {
  std::optional<std::int64_t> before_id;
  UserId actor;        // empty: anyone's
  std::string action;  // empty: any; "channel." with the dot: all that start so
  std::int64_t limit = 50;
};

struct ArchivedChannel {
  ChannelId id;
  std::string name;
  std::string description;
  Time archived_at;
  std::int64_t message_count = 0;
};

class Records {
 public:
  virtual ~Records() = default;

  virtual Result<RecordPage<Ban>> bans(const BanQuery& query) = 0;
  virtual Result<RecordPage<Mute>> mutes(const BanQuery& query) = 0;
  virtual Result<RecordPage<Person>> people(const PeopleQuery& query) = 0;
  virtual Result<std::optional<PersonProfile>> profile(const UserId& user, Time now) = 0;

  // Days with a session since `since`, ascending. `user`: empty for everyone.
  virtual Result<std::vector<SessionDay>> session_days(const UserId& user, Time since,
                                                       Time now) = 0;
  // The people with the most time in sessions that started since `since`, most first.
  virtual Result<std::vector<UserActivity>> user_activity(Time since, Time now,
                                                          std::int64_t limit) = 0;
  // By count, most first.
  virtual Result<std::vector<ChannelMessageCount>> message_counts() = 0;
  // Days since `since` on which anyone was connected, ascending.
  virtual Result<std::vector<ConnectionDay>> connection_peaks(Time since) = 0;

  virtual Result<RecordPage<AuditRecord>> audit(const AuditQuery& query) = 0;
  virtual Result<std::vector<ArchivedChannel>> archived_channels() = 0;
};

}  // namespace hubbub
