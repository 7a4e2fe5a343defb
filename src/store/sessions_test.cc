// Who was here when: what is recorded of connections, and what a crash leaves of it.
#include "store/store_suite.h"

namespace hubbub {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

class SessionsTest : public StoreTest {
 protected:
  void record(Time at, std::vector<SessionRecord> sessions, std::int64_t peak = 1) {
    one(RecordSessions{std::move(sessions), peak, at}).value();
  }
  // All sessions of the first day, an open one up to `at`.
  SessionDay day(Time at) {
    const auto found = store->records().session_days({}, now - days(1), at).value();
    return found.empty() ? SessionDay{} : found.front();
  }
  microseconds total(Time at) { return day(at).total; }
  Time last_seen(const Author& person) {
    return store->records().profile(person.id, now).value().value().person.last_seen;
  }
};
INSTANTIATE_TEST_SUITE_P(Twins, SessionsTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(SessionsTest, AnOpenSessionGoesOn) {
  record(now, {{1, alice.id, now, std::nullopt}});
  EXPECT_EQ(total(now + hours(1)), hours(1));
  EXPECT_EQ(total(now + hours(2)), hours(2));
}

TEST_P(SessionsTest, ASessionEndsOnce) {
  record(now, {{1, alice.id, now, std::nullopt}, {2, bob.id, now, std::nullopt}});
  record(now + hours(1), {{1, alice.id, now, now + minutes(10)}});
  // Repeated after a commit whose outcome was unknown.
  record(now + hours(1), {{1, alice.id, now, now + minutes(10)}});
  record(now + hours(1), {{1, alice.id, now, std::nullopt}});
  record(now + hours(1), {{1, alice.id, now, now + minutes(40)}});
  record(now + hours(1), {{2, bob.id, now, now + minutes(5)}});
  EXPECT_EQ(total(now + hours(2)), minutes(15));
  EXPECT_EQ(day(now).session_count, 2);
}

TEST_P(SessionsTest, AShortSessionIsRecordedWhole) {
  record(now + minutes(1), {{1, alice.id, now, now + minutes(1)}});
  EXPECT_EQ(total(now + hours(1)), minutes(1));
  EXPECT_EQ(day(now).session_count, 1);
}

TEST_P(SessionsTest, ACrashLosesWhatFollowedTheLastRecord) {
  record(now, {{1, alice.id, now, std::nullopt}, {2, bob.id, now, now + minutes(1)}});
  record(now + minutes(30), {});
  reopen();
  EXPECT_EQ(total(now + hours(5)), minutes(31));
}

TEST_P(SessionsTest, EachStartCountsItsSessionsAnew) {
  record(now, {{1, alice.id, now, now + minutes(1)}});
  reopen();
  record(now, {{1, alice.id, now, now + minutes(1)}});
  EXPECT_EQ(day(now).session_count, 2);
  EXPECT_EQ(total(now), minutes(2));
}

TEST_P(SessionsTest, TheHighestPeakOfADayStays) {
  const Time next_day = now + days(1);
  record(now, {}, 3);
  record(now + minutes(1), {}, 7);
  record(now + minutes(2), {}, 5);
  record(next_day, {}, 2);
  record(next_day + days(1), {}, 0);
  const auto peaks = store->records().connection_peaks(now).value();
  ASSERT_EQ(peaks.size(), 2U);
  EXPECT_EQ(peaks[0].date, "2026-01-02");
  EXPECT_EQ(peaks[0].peak, 7);
  EXPECT_EQ(peaks[1].date, "2026-01-03");
  EXPECT_EQ(peaks[1].peak, 2);
}

TEST_P(SessionsTest, SomebodyIsSeenWhenTheyComeAndWhenTheyGo) {
  record(now + hours(1), {{1, alice.id, now + hours(1), std::nullopt}});
  EXPECT_EQ(last_seen(alice), now + hours(1));
  record(now + hours(3), {{1, alice.id, now + hours(1), now + hours(2)}});
  EXPECT_EQ(last_seen(alice), now + hours(2));
  record(now + hours(4), {{2, alice.id, now + minutes(1), now + minutes(2)}});
  EXPECT_EQ(last_seen(alice), now + hours(2)) << "told late";
  EXPECT_EQ(last_seen(bob), now);
}

TEST_P(SessionsTest, WhoWasHereInACrashWasSeenUntilTheLastRecord) {
  record(now, {{1, alice.id, now, std::nullopt}});
  record(now + minutes(30), {});
  reopen();
  EXPECT_EQ(last_seen(alice), now + minutes(30));
}

TEST_P(SessionsTest, RecordingChangesNothingElse) {
  const std::vector<PendingEntry> batch{RecordSessions{{{1, alice.id, now, {}}}, 1, now}};
  const auto outcome = store->commit(batch).value();
  EXPECT_FALSE(outcome.directory);
  EXPECT_FALSE(outcome.restrictions);
  EXPECT_TRUE(store->records().audit({}).value().records.empty());
}

}  // namespace
}  // namespace hubbub
