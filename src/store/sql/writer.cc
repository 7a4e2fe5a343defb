#include "store/sql/writer.h"

#include <algorithm>

namespace hubbub::sql {
namespace {

// A failure of the database, which takes the transaction with it; anything else refuses one entry.
bool is_lost(const Error& error) {
  return error.code == Code::kUnavailable || error.code == Code::kInternal;
}

}  // namespace

class Writer::Batch {
 public:
  Batch(Writer& writer, CommitOutcome& outcome) : writer_(writer), outcome_(outcome) {}

  // Status of the transaction; what concerns one entry only goes to the outcome.
  Status store(std::span<const PendingEntry> entries);

  // Go by store_messages().
  Result<Committed> operator()(const PendingMessage&) { return Error{Code::kInternal}; }
  Result<Committed> operator()(const PendingPrivateMessage&) { return Error{Code::kInternal}; }
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
  while (!entries.empty()) {
    const auto end = std::ranges::find_if_not(entries, is_message);
    const auto messages = entries.first(static_cast<std::size_t>(end - entries.begin()));
    if (!messages.empty()) {
      Status done = writer_.messages_->add(messages, outcome_.results);
      if (!done) return done;
      entries = entries.subspan(messages.size());
      continue;
    }
    Result<Committed> result = std::visit(*this, entries.front());
    if (!result && is_lost(result.error())) return result.error();
    outcome_.results.push_back(std::move(result));
    entries = entries.subspan(1);
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

Writer::Writer(Database& database, const MakeMessageWriter& make_message_writer)
    : database_(database),
      heads_(database),
      channels_(database, heads_),
      messages_(make_message_writer(heads_, channels_)),
      removals_(database, heads_),
      people_(database, heads_),
      moderation_(database, people_, channels_),
      sessions_(database),
      audit_(database),
      directory_(database),
      restrictions_(database),
      negate_limit_(database, "UPDATE rate_limiter SET message_limit = -message_limit") {}

Result<CommitOutcome> Writer::commit(std::span<const PendingEntry> batch) {
  CommitOutcome outcome;
  if (std::ranges::all_of(batch, is_message) && messages_->is_whole(batch)) {
    if (Status done = messages_->add(batch, outcome.results); !done) return done.error();
    return outcome;
  }
  Status done = transact([&] { return Batch(*this, outcome).store(batch); });
  if (!done) return done.error();
  return outcome;
}

// An UPDATE to the value that is there would be skipped, and nothing written: so to another and
// back.
Status Writer::probe() {
  return transact([&] {
    Status done = negate_limit_.run();
    return done ? negate_limit_.run() : done;
  });
}

Status Writer::transact(const std::function<Status()>& body) {
  Status done = database_.transact([&]() -> Status {
    auto version = database_.version();
    if (!version) return version.error();
    if (*version != known_version_) forget();
    known_version_ = *version;
    return body();
  });
  if (!done) forget();
  return done;
}

void Writer::forget() {
  heads_.forget();
  channels_.forget();
}

}  // namespace hubbub::sql
