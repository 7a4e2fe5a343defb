// Who was here, and when, as the store is told. docs/design.md, Who was here
#include "session/session_log.h"

#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class SessionLogTest : public SessionWorld {
 protected:
  // The second's tick; what is submitted by it is committed.
  void tick() {
    host.on_tick();
    // Something else that waits, so that run_once() returns where nothing was submitted.
    ASSERT_TRUE(writer.submit({RememberUser{person("alice"), Time{}}, &reactor, [](auto) {}}));
    writer.run_once();
    reactor.run_ready();
  }
  void tick_after(std::chrono::seconds pause) {
    clock.advance(pause);
    tick();
  }
  // Each of the last record: "alice 0..5", in seconds since the test began; "alice 0.." if open.
  Texts last_told() const {
    Texts told;
    for (const auto& session : store.session_records().back().sessions) {
      auto text = session.user.value + " " + seconds(session.start) + "..";
      if (session.end) text += seconds(*session.end);
      told.push_back(text);
    }
    return told;
  }
  std::size_t records() const { return store.session_records().size(); }
  std::int64_t last_peak() const { return store.session_records().back().connections_peak; }

 private:
  std::string seconds(Time at) const {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(at - began_).count());
  }
  const Time began_ = clock.now();
};

TEST_F(SessionLogTest, TellsWhoCameAndWhoWent) {
  Peer alice = v1("alice");
  tick();
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0.."));
  clock.advance(4s);
  alice.leave();
  tick_after(6s);
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0..4"));
  EXPECT_EQ(store.session_records()[0].sessions[0].number,
            store.session_records()[1].sessions[0].number);
}

TEST_F(SessionLogTest, AConnectionOfTheOldProtocolAndADashboardAreSessionsToo) {
  auto watching = identity("bob", Role::kAdmin);
  watching.authorized_party = "WebClient";
  Peer alice = old("alice");
  Peer bob = connect_v1(watching);
  tick();
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0..", "bob-id 0.."));
}

TEST_F(SessionLogTest, AShortSessionIsToldOnce) {
  {
    Peer alice = v1("alice");
    clock.advance(3s);
  }
  tick();
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0..3"));
}

TEST_F(SessionLogTest, TellsEveryTenSecondsAtMost) {
  Peer alice = v1("alice");
  tick();
  Peer bob = v1("bob");
  tick_after(9s);
  EXPECT_EQ(records(), 1U);
  tick_after(1s);
  EXPECT_EQ(records(), 2U);
}

TEST_F(SessionLogTest, TellsNothingMoreUntilTheLastRecordIsAnswered) {
  Peer alice = v1("alice");
  host.on_tick();
  clock.advance(10s);
  host.on_tick();
  commit();
  EXPECT_EQ(records(), 1U);
  tick();
  EXPECT_EQ(records(), 2U);
}

TEST_F(SessionLogTest, SaysThatTheServerLivesWhileAnyoneIsHere) {
  tick();
  EXPECT_EQ(records(), 0U);
  Peer alice = v1("alice");
  tick_after(10s);
  tick_after(10s);
  ASSERT_EQ(records(), 2U);
  EXPECT_THAT(last_told(), IsEmpty());
  EXPECT_EQ(store.session_records().back().at, clock.now());
  alice.leave();
  tick_after(10s);
  tick_after(10s);
  EXPECT_EQ(records(), 3U);
}

TEST_F(SessionLogTest, WhatCouldNotBeStoredIsToldAgainWithWhatIsNewer) {
  Peer alice = v1("alice");
  Peer bob = v1("bob");
  v1("carol").leave();
  store.fail_next_commit(Code::kUnavailable);
  tick();
  EXPECT_EQ(records(), 0U);
  alice.leave();
  tick_after(10s);
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0..0", "bob-id 0..", "carol-id 0..0"));
  EXPECT_EQ(last_peak(), 3);
}

TEST_F(SessionLogTest, WhatNoStoreCanTakeIsLostAndCounted) {
  Peer alice = v1("alice");
  store.fail_next_commit(Code::kInternal);
  store.fail_next_commit(Code::kInternal);
  tick();
  EXPECT_EQ(metric("hubbub_session_records_lost_total"), 1U);
  tick_after(10s);
  EXPECT_THAT(last_told(), IsEmpty());
}

TEST_F(SessionLogTest, PastItsBoundTheOldestIsLostAndCounted) {
  SessionLog log(reactor, writer, node.census, clock, metrics, 10s, 2);
  for (std::int64_t number = 1; number <= 3; ++number) {
    log.note({number, UserId{std::to_string(number)}, clock.now(), std::nullopt});
  }
  EXPECT_EQ(metric("hubbub_session_records_lost_total"), 1U);
  log.tick(true);
  writer.run_once();
  EXPECT_THAT(last_told(), ElementsAre("2 0..", "3 0.."));
}

TEST_F(SessionLogTest, TellsTheMostConnectionsAtOnce) {
  Peer alice = v1("alice");
  {
    Peer bob = v1("bob");
    Peer carol = v1("carol");
  }
  tick();
  EXPECT_EQ(last_peak(), 3);
  tick_after(10s);
  EXPECT_EQ(last_peak(), 1);
}

TEST_F(SessionLogTest, WhenTheServerStopsEverySessionEndsAndNoneBegins) {
  Peer alice = v1("alice");
  tick();
  Peer bob = v1("bob");
  clock.advance(2s);
  host.record_ends();
  commit();
  EXPECT_THAT(last_told(), ElementsAre("alice-id 0..2", "bob-id 0..2"));
  Peer carol = v1("carol");
  alice.leave();
  tick_after(10s);
  EXPECT_EQ(records(), 2U);
}

}  // namespace
}  // namespace hubbub
