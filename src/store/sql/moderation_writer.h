// Bans and mutes, inside the writer's transaction.
//
// Thread: its writer's. A refusal has written nothing; kUnavailable ends the transaction.
#pragma once

#include "store/sql/act.h"
#include "store/sql/channel_writer.h"
#include "store/sql/people_writer.h"

namespace hubbub::sql {

class ModerationWriter {
 public:
  // Borrows: all.
  ModerationWriter(Database& database, PeopleWriter& people, ChannelWriter& channels);

  // As BanUser, PardonBan, MuteUser and UnmuteUser have it.
  Result<Act> ban(const BanUser& ban);
  Result<Act> pardon(const PardonBan& pardon);
  Result<Act> mute(const MuteUser& mute);
  Result<Act> unmute(const UnmuteUser& unmute);

 private:
  // A row of bans or mutes, as the audit log tells of it.
  struct Restriction {
    std::int64_t id = 0;
    UserId user;
    std::string channel_name = {};  // empty: everywhere
    std::string reason = {};
    std::optional<Time> end = {};
  };
  // The row that ?1 names. Nothing when it was lifted, or has ended at `now`.
  // Errors: kNotFound for `field`.
  Result<std::optional<Restriction>> find_held(Statement& select, std::int64_t id, Time now,
                                               const char* field);
  static std::string to_json(const char* id_name, const Restriction& restriction);

  Result<bool> is_last_administrator(const UserId& user, Time now);
  // What the audit log calls someone: the username, or the id of one never seen.
  Result<std::string> name_of(const UserId& user);

  PeopleWriter& people_;
  ChannelWriter& channels_;
  Statement insert_ban_;
  Statement select_ban_;
  Statement pardon_ban_;
  Statement insert_mute_;
  Statement select_mute_;
  Statement lift_mute_;
  Statement select_administrators_;
};

}  // namespace hubbub::sql
