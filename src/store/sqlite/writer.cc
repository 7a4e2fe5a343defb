#include "store/sqlite/writer.h"

namespace hubbub::sqlite {
namespace {

bool changes_directory(const PendingEntry& entry) {
  return !std::holds_alternative<PendingMessage>(entry) &&
         !std::holds_alternative<PendingPrivateMessage>(entry) &&
         !std::holds_alternative<RememberUser>(entry);
}

Result<Committed> without_entries(const Status& done) {
  if (!done) return done.error();
  return Committed{};
}

}  // namespace

Writer::Writer(Database& database)
    : database_(database),
      heads_(database),
      channels_(database, heads_),
      messages_(database, heads_, channels_),
      directory_(database),
      data_version_(database, "PRAGMA data_version"),
      upsert_user_(database,
                   "INSERT INTO users(id, username, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3)"
                   " ON CONFLICT(id) DO UPDATE SET username = excluded.username,"
                   " last_seen = excluded.last_seen") {}

Result<CommitOutcome> Writer::commit(std::span<const PendingEntry> batch) {
  CommitOutcome outcome;
  outcome.results.reserve(batch.size());
  Status done = transact([&] { return store(batch, outcome); });
  if (!done) return done.error();
  return outcome;
}

Status Writer::store(std::span<const PendingEntry> batch, CommitOutcome& outcome) {
  bool is_directory_changed = false;
  for (const PendingEntry& entry : batch) {
    Result<Committed> result = store(entry);
    if (!result && result.error().code == Code::kUnavailable) return result.error();
    is_directory_changed |= result.has_value() && changes_directory(entry);
    outcome.results.push_back(std::move(result));
  }
  if (Status done = heads_.flush(); !done) return done;
  if (!is_directory_changed) return {};
  auto directory = directory_.read();
  if (!directory) return directory.error();
  outcome.directory = std::move(*directory);
  return {};
}

Result<Committed> Writer::store(const PendingEntry& entry) {
  struct Visitor {
    Writer& writer;
    Result<Committed> operator()(const PendingMessage& message) {
      return writer.messages_.add(message);
    }
    Result<Committed> operator()(const PendingPrivateMessage& message) {
      return writer.messages_.add(message);
    }
    Result<Committed> operator()(const CreateChannel& change) {
      auto id = writer.channels_.create(change);
      if (!id) return id.error();
      Committed committed;
      committed.channel = *id;
      return committed;
    }
    Result<Committed> operator()(const UpdateChannel& change) {
      return without_entries(writer.channels_.update(change));
    }
    Result<Committed> operator()(const ReorderChannel& change) {
      return without_entries(writer.channels_.reorder(change));
    }
    Result<Committed> operator()(const DeleteChannel& change) {
      return without_entries(writer.channels_.remove(change));
    }
    Result<Committed> operator()(const UpdateLimits& change) {
      return without_entries(writer.channels_.set_limits(change));
    }
    Result<Committed> operator()(const RemoveMessages&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const RestoreChannel&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const BanUser&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const PardonBan&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const MuteUser&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const UnmuteUser&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const RecordAccountChange&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const RecordSessions&) { return Error{Code::kInternal}; }
    Result<Committed> operator()(const RememberUser& user) {
      return without_entries(writer.remember(user));
    }
  };
  return std::visit(Visitor{*this}, entry);
}

Status Writer::remember(const RememberUser& user) {
  Status done = upsert_user_.run(user.user.id, user.user.username, user.at);
  if (!done) return done;
  auto inbox = heads_.find_or_make_inbox(user.user.id);
  if (!inbox) return inbox.error();
  return {};
}

Status Writer::transact(const std::function<Status()>& body) {
  Status done = database_.transact([&]() -> Status {
    // Changes when another connection has committed since: what is known may then be old.
    Rows version = data_version_.query();
    if (!version.next()) return version.status();
    if (version.integer(0) != known_data_version_) forget();
    known_data_version_ = version.integer(0);
    return body();
  });
  if (!done) forget();
  return done;
}

void Writer::forget() {
  heads_.forget();
  channels_.forget();
}

}  // namespace hubbub::sqlite
