// What a connection of the old protocol is told, and what it is not. docs/compatibility.md
#include "session/old_session.h"

#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class OldSessionTest : public SessionWorld {
 protected:
  std::uint64_t refused(const std::string& code) {
    return metric("hubbub_old_protocol_refused_total", "code=\"" + code + "\"");
  }
  // Greeted, and nothing of it left to see.
  void meet(Peer& peer) {
    settle();
    EXPECT_THAT(peer.types(), Contains("connected_users"));
    peer.forget();
  }
};

TEST_F(OldSessionTest, GreetsInTheOldOrder) {
  Peer alice = old("alice");
  settle();
  EXPECT_THAT(alice.types(),
              ElementsAre("bulk_chat_messages", "active_channels", "connected_users"));
  alice.whisper("alice-id", "note");
  commit();
  Peer again = old("alice");
  settle();
  EXPECT_THAT(again.types(), ElementsAre("bulk_chat_messages", "active_channels",
                                         "bulk_private_messages", "connected_users"));
  EXPECT_THAT(again.seen("bulk_private_messages", "messages/0/message"), ElementsAre("note"));
}

TEST_F(OldSessionTest, EverythingComesOnceAndNothingIsAcknowledged) {
  Peer alice = old("alice");
  Peer bob = old("bob");
  meet(alice);
  meet(bob);
  alice.tell("hi");
  alice.whisper("bob-id", "psst");
  commit();
  EXPECT_THAT(alice.types(), ElementsAre("chat_message", "private_chat_message"));
  EXPECT_EQ(bob.connection.frames, alice.connection.frames);
}

TEST_F(OldSessionTest, WhatWasSaidWhileItWasGreetedIsSeenOnce) {
  Peer alice = old("alice");
  meet(alice);
  hold_worker();
  Peer bob = old("bob");
  alice.tell("meanwhile");
  writer.run_once();
  reactor.run_ready();
  release_worker();
  settle();
  EXPECT_EQ(bob.types().front(), "bulk_chat_messages");
  EXPECT_THAT(bob.seen("bulk_chat_messages", "messages/1/message"), ElementsAre("meanwhile"));
  EXPECT_THAT(bob.types(), Not(Contains("chat_message")));
}

TEST_F(OldSessionTest, RefusalsAreCountedInstead) {
  Peer bob = old("bob");
  meet(bob);
  bob.say("{");
  bob.say(R"({"type":"subscribe","log":1})");
  bob.tell("");
  bob.say(R"({"type":"chat_message","channel":"nowhere","message":"hi"})");
  EXPECT_EQ(refused("malformed"), 2U);
  EXPECT_EQ(refused("invalid"), 1U);
  EXPECT_EQ(refused("unknown_channel"), 1U);
  bob.whisper("nobody-id", "hi");
  commit();
  EXPECT_EQ(refused("unknown_user"), 1U);
  for (int i = 0; i < 4; ++i) bob.tell("flood");
  EXPECT_EQ(refused("overloaded"), 1U);
  EXPECT_THAT(bob.types(), IsEmpty());
  EXPECT_FALSE(bob.connection.closed_with);
}

TEST_F(OldSessionTest, FollowsANewChannelByItself) {
  Peer bob = old("bob");
  meet(bob);
  ASSERT_TRUE(writer.submit({CreateChannel{"new", std::nullopt, person("alice"), clock.now()},
                             &reactor, [](const Result<Committed>&) {}}));
  commit();
  EXPECT_THAT(bob.types(), IsEmpty());
  bob.say(R"({"type":"chat_message","channel":"new","message":"first"})");
  commit();
  EXPECT_THAT(bob.seen("chat_message", "message"), ElementsAre("first"));
}

TEST_F(OldSessionTest, MayOutliveItsTokenButNotForever) {
  Peer bob = old("bob");
  settle();
  clock.advance(5min + 12h - 1s);
  bob.tick(clock);
  EXPECT_FALSE(bob.connection.closed_with);
  clock.advance(1s);
  bob.tick(clock);
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kPolicyViolation);
}

TEST_F(OldSessionTest, ADashboardWatchesUnseen) {
  auto who = identity("carol", Role::kAdmin);
  who.authorized_party = "WebClient";
  Peer bob = old("bob");
  publish_presence();
  bob.forget();
  Peer dashboard = connect_old(who);
  publish_presence();
  EXPECT_THAT(bob.types(), IsEmpty());
  EXPECT_THAT(dashboard.seen("connected_users", "users/0/username"), ElementsAre("bob"));
  EXPECT_THAT(dashboard.seen("connected_users", "users/1/username"), ElementsAre("-"));
}

}  // namespace
}  // namespace hubbub
