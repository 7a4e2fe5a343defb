#include "store/sql/audit_writer.h"

namespace hubbub::sql {
namespace {

std::optional<std::string_view> stored(const std::string& json) {
  if (json.empty()) return std::nullopt;
  return json;
}

}  // namespace

AuditWriter::AuditWriter(Database& database)
    : insert_record_(database,
                     "INSERT INTO audit_log(at, actor_id, actor_username, address, action, target,"
                     " before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") {}

Status AuditWriter::add(const Actor& by, Time at, const AuditNote& note) {
  return insert_record_.run(at, by.user.id, by.user.username, by.address, note.action, note.target,
                            stored(note.before), stored(note.after));
}

}  // namespace hubbub::sql
