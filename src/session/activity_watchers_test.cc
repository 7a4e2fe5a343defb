// The live figures of a dashboard. docs/protocol.md, activity
#include "session/activity_watchers.h"

#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Alice and Carol are moderators, Bob is not.
class ActivityWatchersTest : public SessionWorld {
 protected:
  ActivityWatchersTest() {
    std::vector<PendingEntry> moderators;
    for (const auto* name : {"alice", "carol"}) {
      moderators.emplace_back(RememberUser{person(name), clock.now(), Role::kModerator});
    }
    EXPECT_TRUE(store.commit(moderators));
  }

  Peer moderator(const std::string& name) { return connect_v1(identity(name, Role::kModerator)); }
  void watch(Peer& peer) {
    settle();
    peer.forget();
    peer.say(R"({"type":"watch_activity"})");
  }
  void tick_after(std::chrono::milliseconds pause) {
    clock.advance(pause);
    host.on_tick();
  }
  void change_role(const std::string& name, Role role) {
    auto publication = std::make_shared<Publication>();
    publication->account_changes.push_back({.user = person(name).id, .role = role});
    bus->publish(std::move(publication));
    settle();
  }
};

TEST_F(ActivityWatchersTest, TheFirstFiguresAreTheAnswer) {
  Peer alice = moderator("alice");
  Peer bob = v1("bob");
  watch(alice);
  EXPECT_THAT(alice.types(), ElementsAre("activity"));
  EXPECT_THAT(alice.seen("activity", "at"), ElementsAre("2026-01-02T03:04:05Z"));
  EXPECT_THAT(alice.seen("activity", "connections"), ElementsAre("2"));
  EXPECT_THAT(alice.seen("activity", "users_online"), ElementsAre("2"));
  EXPECT_THAT(alice.seen("activity", "log_waiting"), ElementsAre("0"));
}

TEST_F(ActivityWatchersTest, AMemberMayNotWatch) {
  Peer bob = v1("bob");
  watch(bob);
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("forbidden"));
  EXPECT_THAT(bob.seen("error", "command"), ElementsAre("watch_activity"));
  tick_after(1s);
  EXPECT_THAT(bob.types(), ElementsAre("error"));
}

TEST_F(ActivityWatchersTest, AFrameComesOnceASecondAtMost) {
  Peer alice = moderator("alice");
  watch(alice);
  tick_after(500ms);
  EXPECT_EQ(alice.count("activity"), 1U);
  tick_after(500ms);
  EXPECT_EQ(alice.count("activity"), 2U);
  tick_after(0ms);
  EXPECT_EQ(alice.count("activity"), 2U);
  tick_after(1s);
  EXPECT_EQ(alice.count("activity"), 3U);
}

TEST_F(ActivityWatchersTest, WatchingTwiceIsAnsweredTwiceAndIsWatchingOnce) {
  Peer alice = moderator("alice");
  watch(alice);
  alice.say(R"({"type":"watch_activity"})");
  EXPECT_EQ(alice.count("activity"), 2U);
  tick_after(1s);
  EXPECT_EQ(alice.count("activity"), 3U);
}

TEST_F(ActivityWatchersTest, AllWatchersSeeTheSameFiguresGatheredOnce) {
  Peer alice = moderator("alice");
  Peer carol = moderator("carol");
  watch(alice);
  clock.advance(400ms);
  watch(carol);
  EXPECT_THAT(carol.seen("activity", "at"), ElementsAre("2026-01-02T03:04:05Z"));
  tick_after(600ms);
  EXPECT_THAT(alice.seen("activity", "at"),
              ElementsAre("2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"));
  EXPECT_THAT(carol.seen("activity", "at"),
              ElementsAre("2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"));
}

TEST_F(ActivityWatchersTest, RatesAreThoseSinceTheFiguresBefore) {
  Peer alice = moderator("alice");
  Peer bob = v1("bob");
  watch(alice);
  bob.subscribe("1");
  for (const auto* text : {"a", "b", "c"}) bob.tell(text, text);
  commit();
  tick_after(2s);
  EXPECT_THAT(alice.seen("activity", "messages_per_second"), ElementsAre("0.0", "1.5"));
  EXPECT_THAT(alice.seen("activity", "deliveries_per_second"), ElementsAre("0.0", "1.5"));
  tick_after(1s);
  EXPECT_EQ(alice.seen("activity", "messages_per_second").back(), "0.0");
}

TEST_F(ActivityWatchersTest, RefusedMessagesAreARateToo) {
  Peer alice = moderator("alice");
  watch(alice);
  PendingMessage slow{general.id, person("bob"), "a", {}, Time{}, 10};
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(writer.submit({slow, &reactor, [](auto) {}}));
  commit();
  tick_after(1s);
  EXPECT_EQ(alice.seen("activity", "refused_per_second").back(), "1.0");
}

TEST_F(ActivityWatchersTest, ASlowWatcherGetsNoneAndThenThePresentOnes) {
  Peer alice = moderator("alice");
  watch(alice);
  alice.connection.is_full = true;
  alice.connection.wants_drained = false;
  tick_after(1s);
  tick_after(1s);
  EXPECT_EQ(alice.count("activity"), 1U);
  EXPECT_FALSE(alice.connection.wants_drained);
  alice.connection.is_full = false;
  tick_after(1s);
  EXPECT_THAT(alice.seen("activity", "at"),
              ElementsAre("2026-01-02T03:04:05Z", "2026-01-02T03:04:08Z"));
}

TEST_F(ActivityWatchersTest, WhoUnwatchesIsToldAndGetsNoMore) {
  Peer alice = moderator("alice");
  watch(alice);
  alice.say(R"({"type":"unwatch_activity"})");
  tick_after(1s);
  EXPECT_THAT(alice.types(), ElementsAre("activity", "activity_unwatched"));
}

TEST_F(ActivityWatchersTest, WhoLosesTheRoleGetsNoMore) {
  Peer alice = moderator("alice");
  watch(alice);
  change_role("alice", Role::kMember);
  alice.forget();
  tick_after(1s);
  EXPECT_THAT(alice.types(), IsEmpty());
  change_role("alice", Role::kModerator);
  tick_after(1s);
  EXPECT_EQ(alice.count("activity"), 0U);
}

TEST_F(ActivityWatchersTest, WhoLeftIsForgotten) {
  Peer carol = moderator("carol");
  watch(carol);
  {
    Peer alice = moderator("alice");
    watch(alice);
  }
  tick_after(1s);
  EXPECT_THAT(carol.seen("activity", "connections"), ElementsAre("1", "1"));
}

TEST_F(ActivityWatchersTest, MayBeAskedForBeforeTheGreeting) {
  Peer alice = moderator("alice");
  alice.say(R"({"type":"watch_activity"})");
  settle();
  EXPECT_THAT(alice.types(), ElementsAre("hello", "activity"));
}

}  // namespace
}  // namespace hubbub
