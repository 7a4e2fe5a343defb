#include "store/postgres/old_people.h"

#include <libpq-fe.h>

#include "store/case_folding.h"

namespace hubbub::postgres {
namespace {

// Keycloak's own table; a failed SELECT would end the transaction, so all is asked before.
constexpr const char* kHasKeycloak =
    "SELECT CASE WHEN to_regclass('public.user_entity') IS NULL THEN false"
    " ELSE has_schema_privilege('public', 'USAGE')"
    " AND has_table_privilege(to_regclass('public.user_entity'), 'SELECT')"
    " AND (SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('public.user_entity')"
    " AND attname IN ('id', 'username') AND attnum > 0 AND NOT attisdropped) = 2 END";

constexpr const char* kKeycloakPeople =
    "SELECT CAST(e.id AS text), CAST(e.username AS text) FROM public.user_entity e"
    " WHERE CAST(e.id AS text) > ?1 AND e.username <> ''"
    " AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = CAST(e.id AS text))"
    " ORDER BY CAST(e.id AS text) LIMIT 5000";

// The newest name counts.
constexpr const char* kPrivatePeople =
    "SELECT id, (array_agg(name ORDER BY message DESC))[1] FROM"
    " (SELECT owner_id AS id, username AS name, id AS message FROM private_messages"
    " WHERE sender_seq IS NULL UNION ALL"
    " SELECT recipient_id, recipient, id FROM private_messages WHERE sender_seq IS NULL) named"
    " WHERE id > ?1 AND name <> '' AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = named.id)"
    " GROUP BY id ORDER BY id LIMIT 5000";
constexpr const char* kQueuedPeople =
    "SELECT owner_id, (array_agg(username ORDER BY id DESC))[1] FROM chat_messages m"
    " WHERE seq IS NULL AND username <> '' AND owner_id > ?1"
    " AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = m.owner_id)"
    " GROUP BY owner_id ORDER BY owner_id LIMIT 5000";

constexpr const char* kInsert =
    "INSERT INTO users(id, username, username_folded, first_seen, last_seen)"
    " SELECT id, username, folded, $4, $4"
    " FROM unnest($1::text[], $2::text[], $3::text[]) AS g(id, username, folded)"
    " ON CONFLICT DO NOTHING RETURNING id";

constexpr const char* kMakeTheirInboxes =
    "INSERT INTO logs(kind, owner_id, epoch)"
    " SELECT 2, id, replace(gen_random_uuid()::text, '-', '') FROM unnest($1::text[]) AS g(id)"
    " ON CONFLICT DO NOTHING";

constexpr const char* kDate =
    "UPDATE users SET first_seen = seen.first, last_seen = seen.last FROM"
    " (SELECT id, min(at) AS first, max(at) AS last FROM"
    " (SELECT owner_id AS id, authored_at AS at FROM chat_messages WHERE owner_id = ANY($1)"
    " UNION ALL SELECT owner_id, authored_at FROM private_messages WHERE owner_id = ANY($1)"
    " UNION ALL SELECT owner_id, start_time FROM chat_sessions WHERE owner_id = ANY($1)"
    " UNION ALL SELECT owner_id, end_time FROM chat_sessions"
    " WHERE owner_id = ANY($1) AND end_time IS NOT NULL) moments GROUP BY id) seen"
    " WHERE users.id = seen.id";

constexpr const char* kCountUnknown =
    "SELECT count(*) FROM (SELECT owner_id AS id FROM chat_messages WHERE username IS NULL"
    " UNION SELECT banished_id FROM bans UNION SELECT owner_id FROM chat_sessions) mentioned"
    " WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = mentioned.id)";

Texts views_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

}  // namespace

Status OldPeople::add_all() {
  auto has = has_keycloak();
  if (!has) return has.error();
  if (*has) {
    if (Status done = add_from(kKeycloakPeople); !done) return done;
  }
  for (const char* select : {kPrivatePeople, kQueuedPeople}) {
    if (Status done = add_from(select); !done) return done;
  }
  if (ids_.empty()) return {};
  if (Status done = make_inboxes(); !done) return done;
  return date();
}

Result<std::int64_t> OldPeople::unknown_count() {
  return sql::Statement(database_, kCountUnknown).number();
}

Result<bool> OldPeople::has_keycloak() {
  auto has = sql::Statement(database_, kHasKeycloak).number();
  if (!has) return has.error();
  return *has != 0;
}

Status OldPeople::add_from(const std::string& select) {
  sql::Statement page(database_, select);
  for (std::string after;;) {
    std::vector<std::string> ids;
    std::vector<std::string> names;
    {
      sql::Rows rows = page.query(after);
      while (rows.next()) {
        ids.push_back(rows.text(0));
        names.push_back(rows.text(1));
      }
      if (!rows.status()) return rows.status();
    }
    if (ids.empty()) return {};
    if (Status done = add(ids, names); !done) return done;
    after = ids.back();
  }
}

Status OldPeople::add(const std::vector<std::string>& ids, const std::vector<std::string>& names) {
  std::vector<std::string> folded;
  for (const std::string& name : names) folded.push_back(case_folded(name));
  auto added =
      BulkStatement(database_, kInsert).run(views_of(ids), views_of(names), views_of(folded), now_);
  if (!added) return added.error();
  for (int row = 0; row < PQntuples(added->get()); ++row) {
    ids_.push_back(read_text(added->get(), row, 0));
  }
  return {};
}

Status OldPeople::make_inboxes() {
  return BulkStatement(database_, kMakeTheirInboxes).change(views_of(ids_));
}

Status OldPeople::date() { return BulkStatement(database_, kDate).change(views_of(ids_)); }

}  // namespace hubbub::postgres
