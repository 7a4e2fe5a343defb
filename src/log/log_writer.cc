#include "log/log_writer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"
#include "base/log_line.h"
#include "log/publication.h"

namespace hubbub {
namespace {

// Unit: milliseconds. A full queue of 65,536 drains in well under a second on any disk that keeps
// up.
constexpr std::int64_t kOverloadedRetryMs = 1'000;
constexpr std::int64_t kUnavailableRetryMs = 2'000;
// Between two attempts to learn what became of a commit, while nobody sends anything.
constexpr std::chrono::milliseconds kRecoveryPause{250};
constexpr std::chrono::seconds kReportPause{1};

const Author* sender_of(const PendingEntry& entry) {
  if (const auto* message = std::get_if<PendingMessage>(&entry)) return &message->author;
  if (const auto* message = std::get_if<PendingPrivateMessage>(&entry)) return &message->author;
  return nullptr;
}

// What an entry holds beside a submission's own size. An administrator's acts and session records
// are few, and bounded where they come from.
std::size_t bytes_of(const PendingEntry& entry) {
  if (const auto* message = std::get_if<PendingMessage>(&entry)) {
    return message->text.size() + message->send_key.size();
  }
  if (const auto* message = std::get_if<PendingPrivateMessage>(&entry)) {
    return message->text.size() + message->send_key.size();
  }
  return 0;
}

// The writer's clock stamps every entry, so that the order of a log is the order of its times.
void stamp(PendingEntry& entry, Time now) {
  std::visit(
      [now](auto& pending) {
        if constexpr (requires { pending.authored_at; }) {
          pending.authored_at = now;
        } else {
          pending.at = now;
        }
      },
      entry);
}

}  // namespace

LogWriter::LogWriter(Store& store, RateLimiter& limiter, Bus& bus, const Clock& clock,
                     Metrics& metrics, MessageLimits limits, LogWriterLimits sizes)
    : store_(store),
      limiter_(limiter),
      bus_(bus),
      clock_(clock),
      limits_(limits),
      sizes_(sizes),
      mailbox_(sizes.waiting_max),
      reported_at_(clock.steady_now() - kReportPause),
      slow_mode_(sizes.slow_mode_senders_max),
      batches_(metrics.counter("hubbub_log_batches_total", "Transactions committed.")),
      committed_(metrics.counter("hubbub_log_entries_total", "Entries committed.")),
      messages_(metrics.counter("hubbub_messages_total", "Messages stored, private ones too.")),
      refused_(metrics.counter("hubbub_log_refused_total", "Entries that the store refused.")),
      rate_limited_(metrics.counter("hubbub_rate_limited_total", "Messages above the rate limit.")),
      slow_mode_refused_(metrics.counter("hubbub_slow_mode_refused_total",
                                         "Messages too soon after the last in slow mode.")),
      failed_(metrics.counter("hubbub_log_failed_total", "Entries whose commit failed.")),
      recovered_(metrics.counter("hubbub_log_recovered_total",
                                 "Entries of commits that were taken for failed.")),
      commit_microseconds_(metrics.counter("hubbub_log_commit_microseconds_total",
                                           "Time spent in commits, in microseconds.")) {
  metrics.observed("hubbub_log_waiting", "Submissions that wait for the log writer.",
                   [this] { return static_cast<std::int64_t>(mailbox_.size()); });
  metrics.observed("hubbub_store_available", "0 from a commit that failed until the store is back.",
                   [this] { return std::int64_t{is_available()}; });
}

void LogWriter::start() {
  thread_ = std::thread([this] {
    while (is_uncertain_ ? mailbox_.take_within(taken_, kRecoveryPause) : mailbox_.take(taken_)) {
      if (taken_.empty()) recover();
      for (std::span<Submission> rest(taken_); !rest.empty();) {
        const auto batch = rest.first(std::min(rest.size(), sizes_.batch_max));
        process(batch);
        rest = rest.subspan(batch.size());
      }
    }
    ending_.set_value();
  });
}

void LogWriter::stop() {
  mailbox_.close();
  if (thread_.joinable()) thread_.join();
}

bool LogWriter::stop_within(std::chrono::milliseconds patience) {
  mailbox_.close();
  if (thread_.joinable() && ended_.wait_for(patience) != std::future_status::ready) {
    is_giving_up_ = true;
    return false;
  }
  stop();
  return true;
}

Status LogWriter::submit(Submission submission) {
  const auto bytes = bytes_of(submission.entry);
  // Two at once may both pass: by as much as they have the bound is passed.
  const bool fits =
      waiting_bytes_.load(std::memory_order_relaxed) + bytes <= sizes_.waiting_bytes_max;
  if (fits) {
    waiting_bytes_.fetch_add(bytes, std::memory_order_relaxed);
    if (mailbox_.push(submission)) return {};
    waiting_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  }
  if (mailbox_.is_closed()) return Error{Code::kUnavailable, "the server is stopping"};
  return Error{Code::kOverloaded, "the log writer's queue is full", {}, kOverloadedRetryMs};
}

void LogWriter::run_once() {
  if (mailbox_.take(taken_)) process(taken_);
}

void LogWriter::process(std::span<Submission> batch) {
  std::size_t bytes = 0;
  for (const auto& submission : batch) bytes += bytes_of(submission.entry);
  std::vector<Result<Committed>> results(batch.size(), Error{Code::kInternal});
  std::vector<Submission*> accepted;
  const auto steady_now = clock_.steady_now();
  refuse_too_many(batch, steady_now, accepted, results);

  std::vector<PendingEntry> entries;
  entries.reserve(accepted.size());
  const auto now = clock_.now();
  for (auto* submission : accepted) {
    stamp(submission->entry, now);
    entries.push_back(std::move(submission->entry));
  }
  auto outcome = commit(entries);
  note_stored(entries, outcome.results, steady_now);
  if (outcome.directory) limits_ = outcome.directory->limits;
  // Whoever changed the channels finds them changed, whichever reactor they ask next; whoever
  // banned somebody finds them gone.
  const bool publishes_first =
      outcome.directory || outcome.restrictions || !outcome.account_changes.empty();
  auto publication = make_publication(outcome);
  for (std::size_t i = 0; i < accepted.size(); ++i) {
    results[static_cast<std::size_t>(accepted[i] - batch.data())] = std::move(outcome.results[i]);
  }
  if (publishes_first) bus_.publish(publication);
  answer(batch, results);
  waiting_bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  if (publication && !publishes_first) bus_.publish(std::move(publication));
}

void LogWriter::refuse_too_many(std::span<Submission> batch, SteadyTime now,
                                std::vector<Submission*>& accepted,
                                std::vector<Result<Committed>>& results) {
  std::vector<UserId> senders;
  for (const auto& submission : batch) {
    if (const auto* sender = sender_of(submission.entry)) senders.push_back(sender->id);
  }
  const auto verdicts = limiter_.admit(senders, limits_);
  auto verdict = verdicts.begin();
  accepted.reserve(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (const auto* sender = sender_of(batch[i].entry)) {
      if (auto allowed = may_send(batch[i].entry, *verdict++, now); !allowed) {
        refusals_.add(*sender, clock_.now());
        results[i] = allowed.error();
        continue;
      }
    }
    accepted.push_back(&batch[i]);
  }
  refusals_.publish();
}

Status LogWriter::may_send(const PendingEntry& entry, const RateVerdict& verdict, SteadyTime now) {
  if (!verdict.is_allowed) {
    rate_limited_.add();
    return Error{Code::kRateLimited, {}, {}, verdict.retry_after_ms};
  }
  const auto* message = std::get_if<PendingMessage>(&entry);
  if (!message) return {};
  const auto wait = slow_mode_.wait_for(*message, now);
  if (wait == wait.zero()) return {};
  slow_mode_refused_.add();
  return Error{Code::kSlowMode, {}, {}, wait.count()};
}

void LogWriter::note_stored(std::span<const PendingEntry> batch,
                            std::span<const Result<Committed>> results, SteadyTime now) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!sender_of(batch[i]) || !results[i] || results[i]->is_repeated) continue;
    messages_.add();
    const auto* message = std::get_if<PendingMessage>(&batch[i]);
    if (message) slow_mode_.on_stored(*message, now);
  }
  slow_mode_.end_batch();
}

CommitOutcome LogWriter::commit(std::span<const PendingEntry> batch) {
  if (batch.empty()) return {};
  if (is_giving_up_) return fail(batch.size(), {Code::kUnavailable, "the server is stopping"});
  if (is_uncertain_ && !recover()) {
    return fail(batch.size(), {Code::kUnavailable, "an earlier commit is uncertain"});
  }
  const auto started = clock_.steady_now();
  auto outcome = store_.commit(batch);
  commit_microseconds_.add(static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::microseconds>(clock_.steady_now() - started).count()));
  if (outcome) {
    HUBBUB_CHECK(outcome->results.size() == batch.size());
    batches_.add();
    for (const auto& result : outcome->results) (result ? committed_ : refused_).add();
    return std::move(*outcome);
  }
  const auto& error = outcome.error();
  report(batch.size(), error);
  is_uncertain_ = error.code == Code::kUnavailable;
  if (is_uncertain_ || batch.size() == 1) return fail(batch.size(), error);
  // Something in this batch cannot be stored: entry by entry, nobody's message stops another's.
  CommitOutcome all;
  for (const auto& entry : batch) {
    auto single = commit({&entry, 1});
    all.results.push_back(std::move(single.results.front()));
    if (single.directory) all.directory = std::move(single.directory);
    if (single.restrictions) all.restrictions = std::move(single.restrictions);
    std::ranges::move(single.account_changes, std::back_inserter(all.account_changes));
  }
  return all;
}

CommitOutcome LogWriter::fail(std::size_t count, Error error) {
  if (error.retry_after_ms == 0) error.retry_after_ms = kUnavailableRetryMs;
  failed_.add(count);
  CommitOutcome failed;
  failed.results.assign(count, error);
  return failed;
}

void LogWriter::report(std::size_t entries, const Error& error) {
  const auto now = clock_.steady_now();
  if (now - reported_at_ < kReportPause) return;
  reported_at_ = now;
  LogLine(Level::kError, "commit_failed").with("entries", entries).with("reason", error.detail);
}

bool LogWriter::recover() {
  auto recovered = store_.recover();
  if (!recovered) return false;
  is_uncertain_ = false;
  LogLine(Level::kInfo, "commits_go_on").with("recovered", recovered->entries.size());
  recovered_.add(recovered->entries.size());
  Committed committed;
  committed.entries = std::move(recovered->entries);
  CommitOutcome outcome;
  outcome.results.emplace_back(std::move(committed));
  outcome.directory = std::move(recovered->directory);
  outcome.restrictions = std::move(recovered->restrictions);
  if (outcome.directory) limits_ = outcome.directory->limits;
  if (auto publication = make_publication(outcome)) bus_.publish(std::move(publication));
  return true;
}

void LogWriter::answer(std::span<Submission> batch, std::vector<Result<Committed>>& results) {
  using Answer = std::pair<std::function<void(Result<Committed>)>, Result<Committed>>;
  std::map<Reactor*, std::vector<Answer>> by_reactor;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    by_reactor[batch[i].home].emplace_back(std::move(batch[i].done), std::move(results[i]));
  }
  for (auto& [reactor, answers] : by_reactor) {
    reactor->post([answers = std::move(answers)]() mutable {
      for (auto& [done, result] : answers) done(std::move(result));
    });
  }
}

}  // namespace hubbub
