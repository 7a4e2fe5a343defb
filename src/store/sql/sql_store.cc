#include "store/sql/sql_store.h"

namespace hubbub::sql {

Result<Directory> SqlStore::directory() {
  return readers_.read([](Reader& reader) { return reader.directory(); });
}

Result<Restrictions> SqlStore::restrictions() {
  return readers_.read([](Reader& reader) { return reader.restrictions(); });
}

Result<std::string> SqlStore::server_id() {
  return readers_.read([](Reader& reader) { return reader.server_id(); });
}

Result<std::optional<KnownUser>> SqlStore::find_user(const UserId& id) {
  return readers_.read([&](Reader& reader) { return reader.find_user(id); });
}

Result<LogPage> SqlStore::read_after(LogId log, Seq after, std::size_t count) {
  return readers_.read([&](Reader& reader) { return reader.read_after(log, after, count); });
}

Result<LogPage> SqlStore::read_before(LogId log, Seq before, std::size_t count) {
  return readers_.read([&](Reader& reader) { return reader.read_before(log, before, count); });
}

Result<std::vector<Entry>> SqlStore::find_sent(const UserId& author, const std::string& send_key) {
  return readers_.read([&](Reader& reader) { return reader.find_sent(author, send_key); });
}

Result<std::vector<Entry>> SqlStore::recent_messages(std::size_t count) {
  return readers_.read([&](Reader& reader) { return reader.recent_messages(count); });
}

Result<NewestMessages> SqlStore::newest_messages() {
  return readers_.read([](Reader& reader) { return reader.newest_messages(); });
}

Result<MessageSearchPage> SqlStore::search(const MessageSearch& search) {
  return readers_.read([&](Reader& reader) { return search_(reader.database(), search); });
}

Status SqlStore::ping() {
  auto answer = server_id();
  if (!answer) return answer.error();
  return {};
}

}  // namespace hubbub::sql
