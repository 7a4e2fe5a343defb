#include "store/sql/moderation_writer.h"

#include "wire/json_writer.h"

namespace hubbub::sql {
namespace {

std::optional<std::string_view> stored(const std::string& reason) {
  if (reason.empty()) return std::nullopt;
  return reason;
}

std::optional<Time> end_of(Time start, const std::optional<std::chrono::microseconds>& duration) {
  if (!duration) return std::nullopt;
  return start + *duration;
}

bool may_restrict(Role by, Role person) { return by == Role::kAdmin || person < by; }

}  // namespace

// Two administrators are enough to know that neither is the last. role > 0: names the index.
ModerationWriter::ModerationWriter(Database& database, PeopleWriter& people,
                                   ChannelWriter& channels)
    : people_(people),
      channels_(channels),
      insert_ban_(database,
                  "INSERT INTO bans(owner_id, owner_username, banished_id, reason, start_time,"
                  " end_time) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id"),
      select_ban_(database,
                  "SELECT banished_id, NULL, reason, end_time, pardoned_at FROM bans"
                  " WHERE id = ?1"),
      pardon_ban_(database, "UPDATE bans SET pardoned_at = ?2 WHERE id = ?1"),
      insert_mute_(database,
                   "INSERT INTO mutes(owner_id, owner_username, user_id, reason, start_time,"
                   " end_time, channel_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"),
      select_mute_(database,
                   "SELECT m.user_id, c.name, m.reason, m.end_time, m.lifted_at FROM mutes m"
                   " LEFT JOIN " +
                       std::string(database.dialect().all_channels) +
                       " c ON c.id = m.channel_id WHERE m.id = ?1"),
      lift_mute_(database, "UPDATE mutes SET lifted_at = ?2 WHERE id = ?1"),
      select_administrators_(database,
                             "SELECT id FROM users WHERE role > 0 AND role = ?1 AND NOT EXISTS"
                             " (SELECT 1 FROM bans WHERE banished_id = users.id"
                             " AND pardoned_at IS NULL"
                             " AND (end_time IS NULL OR end_time > ?2)) LIMIT 2") {}

Result<Act> ModerationWriter::ban(const BanUser& ban) {
  if (ban.user == ban.by.user.id) {
    return Error{Code::kConflict, "You cannot ban yourself", "banished_id"};
  }
  auto person = people_.find(ban.user);
  if (!person) return person.error();
  if (*person && !may_restrict(ban.by_role, (*person)->role)) {
    return Error{Code::kForbidden, "This person's role is not below yours", "banished_id"};
  }
  auto is_last = is_last_administrator(ban.user, ban.at);
  if (!is_last) return is_last.error();
  if (*is_last) {
    return Error{Code::kConflict, "This is the last administrator who is not banned",
                 "banished_id"};
  }
  const auto end = end_of(ban.at, ban.duration);
  auto id = insert_ban_.number(ban.by.user.id, ban.by.user.username, ban.user, stored(ban.reason),
                               ban.at, end);
  if (!id) return id.error();
  Act act{.are_restrictions_changed = true};
  act.committed.id = *id;
  act.note = AuditNote{"user.ban", *person ? (*person)->username : ban.user.value, "",
                       to_json("ban_id", {act.committed.id, ban.user, "", ban.reason, end})};
  return act;
}

Result<Act> ModerationWriter::pardon(const PardonBan& pardon) {
  auto ban = find_held(select_ban_, pardon.ban, pardon.at, "ban_id");
  if (!ban) return ban.error();
  if (!*ban) return Act{};
  auto name = name_of((*ban)->user);
  if (!name) return name.error();
  if (Status done = pardon_ban_.run(pardon.ban, pardon.at); !done) return done.error();
  return Act{.note = AuditNote{"user.pardon", *name, to_json("ban_id", **ban)},
             .are_restrictions_changed = true};
}

Result<Act> ModerationWriter::mute(const MuteUser& mute) {
  if (mute.user == mute.by.user.id) {
    return Error{Code::kConflict, "You cannot mute yourself", "user_id"};
  }
  auto person = people_.find(mute.user);
  if (!person) return person.error();
  if (!*person) return Error{Code::kUnknownUser, "There is no such person", "user_id"};
  if (!may_restrict(mute.by_role, (*person)->role)) {
    return Error{Code::kForbidden, "This person's role is not below yours", "user_id"};
  }
  std::optional<ChannelId> channel;
  std::string channel_name;
  if (mute.channel) {
    auto found = channels_.find(mute.channel);
    if (!found) return found.error();
    if (!*found) return Error{Code::kUnknownChannel, "There is no such channel", "channel_id"};
    channel = mute.channel;
    channel_name = (*found)->name;
  }
  const auto end = end_of(mute.at, mute.duration);
  auto id = insert_mute_.number(mute.by.user.id, mute.by.user.username, mute.user,
                                stored(mute.reason), mute.at, end, channel);
  if (!id) return id.error();
  Act act{.are_restrictions_changed = true};
  act.committed.id = *id;
  act.note =
      AuditNote{"user.mute", (*person)->username, "",
                to_json("mute_id", {act.committed.id, mute.user, channel_name, mute.reason, end})};
  return act;
}

Result<Act> ModerationWriter::unmute(const UnmuteUser& unmute) {
  auto mute = find_held(select_mute_, unmute.mute, unmute.at, "mute_id");
  if (!mute) return mute.error();
  if (!*mute) return Act{};
  auto name = name_of((*mute)->user);
  if (!name) return name.error();
  if (Status done = lift_mute_.run(unmute.mute, unmute.at); !done) return done.error();
  return Act{.note = AuditNote{"user.unmute", *name, to_json("mute_id", **mute)},
             .are_restrictions_changed = true};
}

Result<std::optional<ModerationWriter::Restriction>> ModerationWriter::find_held(
    Statement& select, std::int64_t id, Time now, const char* field) {
  Rows rows = select.query(id);
  if (!rows.next()) {
    if (!rows.status()) return rows.status().error();
    return Error{Code::kNotFound, "There is none with this id", field};
  }
  Restriction restriction{id, UserId{rows.text(0)}, rows.text(1), rows.text(2)};
  if (!rows.is_null(3)) restriction.end = rows.time(3);
  const bool is_lifted = !rows.is_null(4);
  if (is_lifted || (restriction.end && *restriction.end <= now)) return std::nullopt;
  return restriction;
}

std::string ModerationWriter::to_json(const char* id_name, const Restriction& restriction) {
  JsonWriter json;
  json.object().member(id_name, restriction.id).member("user_id", restriction.user.value);
  if (!restriction.channel_name.empty()) json.member("channel", restriction.channel_name);
  if (!restriction.reason.empty()) json.member("reason", restriction.reason);
  if (restriction.end) json.member("end", format_time(*restriction.end));
  return json.end_object().take();
}

Result<bool> ModerationWriter::is_last_administrator(const UserId& user, Time now) {
  std::vector<UserId> administrators;
  Rows rows = select_administrators_.query(static_cast<std::int64_t>(Role::kAdmin), now);
  while (rows.next()) administrators.push_back(UserId{rows.text(0)});
  if (!rows.status()) return rows.status().error();
  return administrators == std::vector<UserId>{user};
}

Result<std::string> ModerationWriter::name_of(const UserId& user) {
  auto person = people_.find(user);
  if (!person) return person.error();
  return *person ? (*person)->username : user.value;
}

}  // namespace hubbub::sql
