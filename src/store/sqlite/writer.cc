#include "store/sqlite/writer.h"

namespace hubbub::sqlite {

class Writer::Batch {
 public:
  Batch(Writer& writer, CommitOutcome& outcome) : writer_(writer), outcome_(outcome) {}

  // Status of the transaction; what concerns one entry only goes to the outcome.
  Status store(std::span<const PendingEntry> entries);

  Result<Committed> operator()(const PendingMessage& message) {
    return writer_.messages_.add(message);
  }
  Result<Committed> operator()(const PendingPrivateMessage& message) {
    return writer_.messages_.add(message);
  }
  Result<Committed> operator()(const RemoveMessages& removal) {
    return finish(removal, writer_.removals_.remove(removal));
  }
  Result<Committed> operator()(const CreateChannel& change) {
    return finish(change, writer_.channels_.create(change));
  }
  Result<Committed> operator()(const UpdateChannel& change) {
    return finish(change, writer_.channels_.update(change));
  }
  Result<Committed> operator()(const ReorderChannel& change) {
    return finish(change, writer_.channels_.reorder(change));
  }
  Result<Committed> operator()(const DeleteChannel& change) {
    return finish(change, writer_.channels_.remove(change));
  }
  Result<Committed> operator()(const RestoreChannel& change) {
    return finish(change, writer_.channels_.restore(change));
  }
  Result<Committed> operator()(const UpdateLimits& change) {
    return finish(change, writer_.channels_.set_limits(change));
  }
  Result<Committed> operator()(const RememberUser& user) {
    return finish(writer_.people_.remember(user));
  }
  Result<Committed> operator()(const BanUser& ban) {
    return finish(ban, writer_.moderation_.ban(ban));
  }
  Result<Committed> operator()(const PardonBan& pardon) {
    return finish(pardon, writer_.moderation_.pardon(pardon));
  }
  Result<Committed> operator()(const MuteUser& mute) {
    return finish(mute, writer_.moderation_.mute(mute));
  }
  Result<Committed> operator()(const UnmuteUser& unmute) {
    return finish(unmute, writer_.moderation_.unmute(unmute));
  }
  Result<Committed> operator()(const RecordAccountChange& change) {
    if (change.role || change.is_disabled) {
      outcome_.account_changes.push_back({change.user, change.role, change.is_disabled});
    }
    return finish(change, writer_.people_.record(change));
  }
  Result<Committed> operator()(const RecordSessions& sessions) {
    return finish(writer_.sessions_.record(sessions));
  }

 private:
  static Result<Committed> finish(const Status& done) {
    if (!done) return done.error();
    return Committed{};
  }
  // What an Actor did: told to the audit log, if it changed anything.
  template <class Entry>
  Result<Committed> finish(const Entry& entry, Result<Act> act);
  Status read_what_changed();

  Writer& writer_;
  CommitOutcome& outcome_;
  bool is_directory_changed_ = false;
  std::optional<Time> restrictions_changed_at_;
};

Status Writer::Batch::store(std::span<const PendingEntry> entries) {
  outcome_.results.reserve(entries.size());
  for (const PendingEntry& entry : entries) {
    Result<Committed> result = std::visit(*this, entry);
    if (!result && result.error().code == Code::kUnavailable) return result.error();
    outcome_.results.push_back(std::move(result));
  }
  if (Status done = writer_.heads_.flush(); !done) return done;
  return read_what_changed();
}

template <class Entry>
Result<Committed> Writer::Batch::finish(const Entry& entry, Result<Act> act) {
  if (!act) return act.error();
  if (act->note) {
    Status done = writer_.audit_.add(entry.by, entry.at, *act->note);
    if (!done) return done.error();
  }
  is_directory_changed_ |= act->is_directory_changed;
  if (act->are_restrictions_changed) restrictions_changed_at_ = entry.at;
  return std::move(act->committed);
}

Status Writer::Batch::read_what_changed() {
  if (is_directory_changed_) {
    auto directory = writer_.directory_.read();
    if (!directory) return directory.error();
    outcome_.directory = std::move(*directory);
  }
  if (restrictions_changed_at_) {
    auto restrictions = writer_.restrictions_.read(*restrictions_changed_at_);
    if (!restrictions) return restrictions.error();
    outcome_.restrictions = std::move(*restrictions);
  }
  return {};
}

Writer::Writer(Database& database)
    : database_(database),
      heads_(database),
      channels_(database, heads_),
      messages_(database, heads_, channels_),
      removals_(database, heads_),
      people_(database, heads_),
      moderation_(database, people_, channels_),
      sessions_(database),
      audit_(database),
      directory_(database),
      restrictions_(database),
      data_version_(database, "PRAGMA data_version") {}

Result<CommitOutcome> Writer::commit(std::span<const PendingEntry> batch) {
  CommitOutcome outcome;
  Status done = transact([&] { return Batch(*this, outcome).store(batch); });
  if (!done) return done.error();
  return outcome;
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
