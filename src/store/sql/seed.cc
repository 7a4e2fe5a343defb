// What a new database starts with, and each start of the server.
#include "base/random.h"
#include "store/sql/writer.h"

namespace hubbub::sql {
namespace {

constexpr const char* kServerName = "Hubbub";
// No token has this `sub`: identity providers give UUIDs.
constexpr const char* kSystemUser = "hubbub";
constexpr const char* kWelcome =
    "Welcome to Hubbub! Say hello to everyone here in #general, or pick a person on the side to "
    "talk "
    "in private.";

Result<bool> is_seeded(Database& database) {
  Statement statement(database, "SELECT 1 FROM server_instances");
  Rows rows = statement.query();
  const bool found = rows.next();
  if (!rows.status()) return rows.status().error();
  return found;
}

Status insert_server(Database& database, Time now) {
  Statement server(database,
                   "INSERT INTO server_instances(server_id, server_name, created_at)"
                   " VALUES (" +
                       database.dialect().uuid("?1") + ", ?2, ?3)");
  if (Status done = server.run(random_uuid(), kServerName, now); !done) return done;
  const MessageLimits limits;
  Statement limiter(
      database,
      "INSERT INTO rate_limiter(id, owner_id, message_limit, window_seconds, updated_at)"
      " VALUES (1, 'default', ?1, ?2, ?3)");
  return limiter.run(limits.message_limit, limits.window_seconds, now);
}

}  // namespace

Status Writer::seed(Time now) {
  return transact([&]() -> Status {
    auto seeded = is_seeded(database_);
    if (!seeded) return seeded.error();
    if (*seeded) return {};
    if (Status done = insert_server(database_, now); !done) return done;
    const Author system{UserId{kSystemUser}, kServerName};
    auto general =
        channels_.create({"general", "Everything that has no channel of its own", system, now});
    if (!general) return general.error();
    const ChannelId channel = general->committed.channel;
    const PendingEntry welcome = PendingMessage{channel, system, kWelcome, "", now};
    std::vector<Result<Committed>> results;
    if (Status done = messages_->add({&welcome, 1}, results); !done) return done;
    return heads_.flush();
  });
}

Status Writer::begin_run(Time now) {
  Result<std::int64_t> run = 0;
  Status done = transact([&]() -> Status {
    run = sessions_.begin_run(now);
    return run ? Status() : run.error();
  });
  if (done) sessions_.set_run(*run);
  return done;
}

}  // namespace hubbub::sql
