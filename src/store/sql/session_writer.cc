#include "store/sql/session_writer.h"

#include "base/check.h"

namespace hubbub::sql {

SessionWriter::SessionWriter(Database& database)
    : end_open_sessions_(database,
                         "UPDATE chat_sessions SET end_time = r.alive_at"
                         " FROM server_runs r WHERE r.id = chat_sessions.run_id"
                         " AND chat_sessions.end_time IS NULL"),
      see_open_(database,
                std::string("UPDATE users SET last_seen = ") + database.dialect().greatest +
                    "(last_seen, seen.at) FROM"
                    " (SELECT s.owner_id AS id, max(r.alive_at) AS at FROM chat_sessions s"
                    " JOIN server_runs r ON r.id = s.run_id WHERE s.end_time IS NULL"
                    " GROUP BY s.owner_id) AS seen WHERE users.id = seen.id"),
      insert_run_(database,
                  "INSERT INTO server_runs(started_at, alive_at) VALUES (?1, ?1)"
                  " RETURNING id"),
      update_alive_(database, "UPDATE server_runs SET alive_at = ?2 WHERE id = ?1"),
      upsert_session_(database,
                      "INSERT INTO chat_sessions(run_id, number, owner_id, start_time, end_time)"
                      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT(run_id, number) DO UPDATE"
                      " SET end_time = excluded.end_time WHERE chat_sessions.end_time IS NULL"),
      see_(database, "UPDATE users SET last_seen = ?2 WHERE id = ?1 AND last_seen < ?2"),
      upsert_peak_(database,
                   std::string("INSERT INTO connection_peaks(day, peak) VALUES (?1, ?2)") +
                       " ON CONFLICT(day) DO UPDATE SET peak = " + database.dialect().greatest +
                       "(connection_peaks.peak, excluded.peak)") {}

Result<std::int64_t> SessionWriter::begin_run(Time now) {
  if (Status done = see_open_.run(); !done) return done.error();
  if (Status done = end_open_sessions_.run(); !done) return done.error();
  return insert_run_.number(now);
}

Status SessionWriter::record(const RecordSessions& sessions) {
  HUBBUB_CHECK(run_ != 0);
  for (const SessionRecord& session : sessions.sessions) {
    Status done =
        upsert_session_.run(run_, session.number, session.user, session.start, session.end);
    if (!done) return done;
    done = see_.run(session.user, session.end.value_or(session.start));
    if (!done) return done;
  }
  if (sessions.connections_peak > 0) {
    const auto day = std::chrono::floor<std::chrono::days>(sessions.at).time_since_epoch();
    if (Status done = upsert_peak_.run(day.count(), sessions.connections_peak); !done) return done;
  }
  return update_alive_.run(run_, sessions.at);
}

}  // namespace hubbub::sql
