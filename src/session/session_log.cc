#include "session/session_log.h"

#include <utility>

#include "base/log_line.h"

namespace hubbub {
namespace {

Status status_of(const Result<Committed>& committed) {
  if (!committed) return committed.error();
  return {};
}

}  // namespace

SessionLog::SessionLog(Reactor& home, LogWriter& writer, SessionCensus& census, const Clock& clock,
                       Metrics& metrics, std::chrono::seconds interval, std::size_t untold_max)
    : home_(home),
      writer_(writer),
      census_(census),
      clock_(clock),
      interval_(interval),
      untold_max_(untold_max),
      lost_(metrics.counter("hubbub_session_records_lost_total",
                            "Beginnings and ends of sessions that could not be recorded.")) {}

void SessionLog::note(SessionRecord record) {
  const auto number = record.number;
  untold_.insert_or_assign(number, std::move(record));
  keep_bound();
}

void SessionLog::tick(bool is_anyone_here) {
  const auto now = clock_.steady_now();
  if (is_finished_ || is_waiting_ || now < due_at_) return;
  if (!is_anyone_here && untold_.empty()) return;
  due_at_ = now + interval_;
  submit();
}

void SessionLog::finish() {
  if (std::exchange(is_finished_, true)) return;
  if (!untold_.empty()) submit();
}

void SessionLog::submit() {
  RecordSessions entry;
  entry.sessions.reserve(untold_.size());
  for (const auto& [number, record] : untold_) entry.sessions.push_back(record);
  entry.connections_peak = told_peak_ = census_.take_peak();
  told_ = std::exchange(untold_, {});
  is_waiting_ = true;
  Submission submission{std::move(entry), &home_, [this](const Result<Committed>& committed) {
                          on_answer(status_of(committed));
                        }};
  if (auto accepted = writer_.submit(std::move(submission)); !accepted) on_answer(accepted);
}

void SessionLog::on_answer(const Status& status) {
  is_waiting_ = false;
  auto told = std::exchange(told_, {});
  if (status) return;
  LogLine(Level::kWarning, "sessions_not_recorded")
      .with("sessions", told.size())
      .with("reason", status.error().detail);
  census_.raise_peak(told_peak_);
  const auto code = status.error().code;
  const bool may_succeed = code == Code::kUnavailable || code == Code::kOverloaded;
  if (!may_succeed || is_finished_) return lost_.add(told.size());
  // What was noted meanwhile is newer.
  untold_.merge(told);
  keep_bound();
}

void SessionLog::keep_bound() {
  while (untold_.size() > untold_max_) {
    untold_.erase(untold_.begin());
    lost_.add();
  }
}

}  // namespace hubbub
