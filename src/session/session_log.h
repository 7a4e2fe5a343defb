// When the sessions of one reactor began and ended, on the way to the store: gathered, and handed
// to the log writer now and then, as long as there is something to say or anyone is here. A crash
// so loses no more of a session than what follows the last of these records.
//
// Lives on its reactor. What could not be stored is kept and told again with the next record, up to
// a bound; past it the oldest is lost, and counted.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/reactor.h"
#include "log/log_writer.h"
#include "session/session_census.h"

namespace hubbub {

class SessionLog {
 public:
  // Borrows all but the numbers.
  SessionLog(Reactor& home, LogWriter& writer, SessionCensus& census, const Clock& clock,
             Metrics& metrics, std::chrono::seconds interval, std::size_t untold_max = 200'000);

  // A session began (without an end) or ended: told with the next record.
  void note(SessionRecord record);
  // Hands over a record if one is due. `is_anyone_here`: sessions are open.
  void tick(bool is_anyone_here);
  // Hands over the last record, due or not; what is noted later is not told.
  void finish();

 private:
  using ByNumber = std::map<std::int64_t, SessionRecord>;

  void submit();
  void on_answer(const Status& status);
  void keep_bound();

  Reactor& home_;
  LogWriter& writer_;
  SessionCensus& census_;
  const Clock& clock_;
  const std::chrono::seconds interval_;
  const std::size_t untold_max_;
  Counter& lost_;
  ByNumber untold_;
  // What the log writer has and did not answer yet.
  ByNumber told_;
  std::int64_t told_peak_ = 0;
  SteadyTime due_at_{};
  bool is_waiting_ = false;  // for the log writer's answer
  bool is_finished_ = false;
};

}  // namespace hubbub
