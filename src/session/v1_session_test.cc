// What a connection of hubbub.v1 is told, step by step. docs/protocol.md
#include "session/v1_session.h"

#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class V1SessionTest : public SessionWorld {
 protected:
  // Greeted, and nothing of it left to see.
  void meet(Peer& peer) {
    settle();
    EXPECT_THAT(peer.types(), Contains("hello"));
    peer.forget();
  }
};

TEST_F(V1SessionTest, SaysHelloFirstAndKeepsWhatCameBefore) {
  Peer bob = v1("bob");
  bob.subscribe("1");
  bob.tell("early");
  EXPECT_THAT(bob.types(), IsEmpty());
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("hello", "subscribed"));
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("hello", "subscribed", "ack", "chat_message"));
}

TEST_F(V1SessionTest, HelloTellsWhoOneIsAndWhereTheLogsEnd) {
  Peer root = connect_v1(identity("alice", Role::kAdmin));
  settle();
  EXPECT_THAT(root.seen("hello", "user/username"), ElementsAre("alice"));
  EXPECT_THAT(root.seen("hello", "roles"), ElementsAre(R"(["member","moderator","admin"])"));
  EXPECT_THAT(root.seen("hello", "channels/0/seq"), ElementsAre("1"));
  EXPECT_THAT(root.seen("hello", "inbox/seq"), ElementsAre("0"));
  EXPECT_THAT(root.seen("hello", "token_expires_at"), ElementsAre("2026-01-02T03:09:05Z"));
}

TEST_F(V1SessionTest, TakesOnlySoMuchBeforeHello) {
  Peer bob = v1("bob");
  for (int i = 0; i < 3; ++i) bob.subscribe("1");
  EXPECT_FALSE(bob.connection.closed_with);
  bob.subscribe("1");
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kPolicyViolation);
}

TEST_F(V1SessionTest, ANewcomerIsRememberedBeforeTheyAreGreeted) {
  Peer dave = v1("dave");
  settle();
  EXPECT_THAT(dave.types(), IsEmpty());
  commit();
  EXPECT_THAT(dave.types(), ElementsAre("hello"));
}

TEST_F(V1SessionTest, WithoutAStoreANewcomerIsSentAway) {
  Peer dave = v1("dave");
  settle();
  store.fail_next_commit(Code::kUnavailable);
  commit();
  EXPECT_EQ(dave.connection.closed_with, CloseCode::kTryAgainLater);
}

TEST_F(V1SessionTest, AcknowledgesOnlyWhatIsCommitted) {
  Peer bob = v1("bob");
  meet(bob);
  bob.tell("hi", "key-1");
  settle();
  EXPECT_THAT(bob.types(), IsEmpty());
  commit();
  EXPECT_THAT(bob.seen("ack", "send_key"), ElementsAre("key-1"));
  EXPECT_THAT(bob.seen("ack", "seq"), ElementsAre("2"));
  bob.tell("hi", "key-1");
  commit();
  EXPECT_THAT(bob.seen("ack", "seq"), ElementsAre("2", "2"));
  EXPECT_THAT(bob.seen("ack", "repeated"), ElementsAre("false", "true"));
}

TEST_F(V1SessionTest, AFailedCommitIsToldWithItsKey) {
  Peer bob = v1("bob");
  meet(bob);
  store.fail_next_commit(Code::kUnavailable);
  bob.tell("hi", "key-1");
  commit();
  EXPECT_THAT(bob.seen("error", "send_key"), ElementsAre("key-1"));
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unavailable"));
  EXPECT_THAT(bob.seen("error", "retry_after_ms"), Not(ElementsAre("-")));
}

TEST_F(V1SessionTest, RefusesMoreUnansweredCommandsThanItsShare) {
  Peer bob = v1("bob");
  meet(bob);
  for (int i = 0; i < 4; ++i) bob.tell("hi", "key-" + std::to_string(i));
  EXPECT_THAT(bob.seen("error", "send_key"), ElementsAre("key-3"));
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("overloaded"));
  commit();
  bob.tell("hi", "key-3");
  commit();
  EXPECT_EQ(bob.count("ack"), 4U) << "answers make room";
}

TEST_F(V1SessionTest, ARefusalNamesWhatItIsAbout) {
  Peer bob = v1("bob");
  meet(bob);
  bob.subscribe("99");
  EXPECT_THAT(bob.seen("error", "command"), ElementsAre("subscribe"));
  EXPECT_THAT(bob.seen("error", "log"), ElementsAre("99"));
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_log"));
  bob.forget();
  bob.tell("");
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("invalid"));
  EXPECT_THAT(bob.seen("error", "field"), ElementsAre("message"));
}

TEST_F(V1SessionTest, TooManyMalformedMessagesEndIt) {
  Peer bob = v1("bob");
  meet(bob);
  for (int i = 0; i < 9; ++i) bob.say(R"({"type":"dance"})");
  for (int i = 0; i < 3; ++i) bob.say("{");
  EXPECT_FALSE(bob.connection.closed_with);
  bob.say("{");
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kMalformed);
  EXPECT_THAT(bob.seen("error", "code"), Contains("malformed").Times(4));
  EXPECT_EQ(metric("hubbub_malformed_commands_total"), 4U);
}

TEST_F(V1SessionTest, UnsubscribingEndsIt) {
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  bob.subscribe("1");
  meet(bob);
  bob.say(R"({"type":"unsubscribe","log":1})");
  alice.tell("a");
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("unsubscribed"));
  bob.say(R"({"type":"unsubscribe","log":1})");
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_log"));
}

TEST_F(V1SessionTest, AnInboxIsFollowedFromItsEnd) {
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  settle();
  alice.whisper("bob-id", "before");
  commit();
  bob.forget();
  bob.subscribe("\"inbox\"");
  settle();
  EXPECT_THAT(bob.seen("subscribed", "seq"), ElementsAre("1"));
  alice.whisper("bob-id", "after");
  commit();
  EXPECT_THAT(bob.seen("private_chat_message", "message"), ElementsAre("after"));
  EXPECT_THAT(bob.seen("private_chat_message", "send_key"), ElementsAre("-"));
}

TEST_F(V1SessionTest, AHistoryComesFromEitherSide) {
  Peer bob = v1("bob");
  settle();
  for (const auto* text : {"a", "b", "c"}) bob.tell(text, text);
  commit();
  bob.say(R"({"type":"history","log":1,"limit":2})");
  settle();
  EXPECT_THAT(bob.seen("history", "messages/0/message"), ElementsAre("b"));
  EXPECT_THAT(bob.seen("history", "messages/1/send_key"), ElementsAre("c"));
  EXPECT_THAT(bob.seen("history", "has_more"), ElementsAre("true"));
  bob.forget();
  bob.say(R"({"type":"history","log":1,"after":3})");
  settle();
  EXPECT_THAT(bob.seen("history", "messages/0/message"), ElementsAre("c"));
  EXPECT_THAT(bob.seen("history", "has_more"), ElementsAre("false"));
}

TEST_F(V1SessionTest, OneMayAskOnlyForSoMuchHistoryAtOnce) {
  Peer bob = v1("bob");
  meet(bob);
  hold_worker();
  for (int i = 0; i < 4; ++i) bob.say(R"({"type":"history","log":1})");
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("overloaded"));
  release_worker();
  settle();
  EXPECT_EQ(bob.count("history"), 3U);
  bob.connection.is_full = true;
  for (int i = 0; i < 3; ++i) bob.say(R"({"type":"history","log":1})");
  settle();
  bob.say(R"({"type":"history","log":1})");
  EXPECT_EQ(bob.count("error"), 2U) << "what the socket has not taken counts too";
}

TEST_F(V1SessionTest, AHeartbeatTellsTheHeadsOfWhatIsFollowed) {
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  bob.subscribe("1");
  settle();
  alice.tell("a");
  commit();
  clock.advance(25s);
  bob.tick(clock);
  bob.tick(clock);
  EXPECT_THAT(bob.seen("heartbeat", "heads"),
              ElementsAre(R"([{"log":1,"epoch":")" + epoch() + R"(","seq":2}])"));
  alice.tick(clock);
  EXPECT_THAT(alice.seen("heartbeat", "heads"), ElementsAre("[]"));
  clock.advance(25s);
  bob.tick(clock);
  EXPECT_EQ(bob.count("heartbeat"), 2U);
}

TEST_F(V1SessionTest, ATokensEndIsToldOnceAndThenEnforced) {
  Peer bob = v1("bob");
  meet(bob);
  clock.advance(5min - 61s);
  bob.tick(clock);
  EXPECT_THAT(bob.types(), Not(Contains("token_expiring")));
  clock.advance(1s);
  bob.tick(clock);
  bob.tick(clock);
  EXPECT_THAT(bob.seen("token_expiring", "expires_at"), ElementsAre("2026-01-02T03:09:05Z"));
  clock.advance(60s + 24s);
  bob.tick(clock);
  EXPECT_FALSE(bob.connection.closed_with);
  clock.advance(1s);
  bob.tick(clock);
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kUnauthorized);
}

TEST_F(V1SessionTest, ANewTokenKeepsTheSessionUp) {
  Peer bob = v1("bob");
  meet(bob);
  clock.advance(5min - 30s);
  bob.tick(clock);
  bob.say(R"({"type":"refresh_token","token":")" + token("bob") + "\"}");
  EXPECT_THAT(bob.types(), ElementsAre("token_expiring", "heartbeat", "token_refreshed"));
  clock.advance(4min);
  bob.tick(clock);
  EXPECT_EQ(bob.count("token_expiring"), 2U) << "the new one ends too";
  EXPECT_FALSE(bob.connection.closed_with);
}

TEST_F(V1SessionTest, AShortTokensEndIsToldAfterHalfOfIt) {
  auto who = identity("bob");
  who.expires_at = clock.now() + 60s;
  Peer bob = connect_v1(who);
  meet(bob);
  clock.advance(29s);
  bob.tick(clock);
  EXPECT_EQ(bob.count("token_expiring"), 0U);
  clock.advance(1s);
  bob.tick(clock);
  EXPECT_EQ(bob.count("token_expiring"), 1U);
  bob.say(R"({"type":"refresh_token","token":")" + token("bob", "", "ChatClient", 20s) + "\"}");
  clock.advance(9s);
  bob.tick(clock);
  EXPECT_EQ(bob.count("token_expiring"), 1U);
  clock.advance(1s);
  bob.tick(clock);
  EXPECT_EQ(bob.count("token_expiring"), 2U);
}

TEST_F(V1SessionTest, ASignOutEndsTheSessionsThatItNames) {
  auto phone = identity("bob"), desk = identity("bob");
  phone.sign_in = "phone";
  desk.sign_in = "desk";
  Peer bob = connect_v1(phone), bob_at_desk = connect_v1(desk), alice = v1("alice");
  hub.on_sign_out({phone.user, "phone", clock.now()});
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kUnauthorized);
  EXPECT_FALSE(bob_at_desk.connection.closed_with);
  EXPECT_FALSE(alice.connection.closed_with);
}

TEST_F(V1SessionTest, ASignOutThatCameAfterTheDoorsVerdictCountsToo) {
  auto who = identity("bob");
  who.issued_at = clock.now();
  hub.on_sign_out({who.user, "", clock.now()});
  EXPECT_EQ(connect_v1(who).connection.closed_with, CloseCode::kUnauthorized);
  who.issued_at = clock.now() + 1s;
  EXPECT_FALSE(connect_v1(who).connection.closed_with);
}

TEST_F(V1SessionTest, ATokenOfSomebodyElseIsRefused) {
  Peer bob = v1("bob");
  meet(bob);
  for (const auto& token : {token("alice"), token("bob", "", "WebClient"), std::string("x")}) {
    bob.say(R"({"type":"refresh_token","token":")" + token + "\"}");
  }
  EXPECT_THAT(bob.seen("error", "code"),
              ElementsAre("token_invalid", "token_invalid", "token_invalid"));
  clock.advance(5min + 25s);
  bob.tick(clock);
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kUnauthorized);
}

TEST_F(V1SessionTest, OneThatEndsWhileItsReadIsUnderWayDoesNoHarm) {
  Peer alice = v1("alice");
  settle();
  hold_worker();
  {
    Peer dave = v1("dave");
    Peer bob = v1("bob");
    alice.say(R"({"type":"history","log":1})");
    alice.subscribe("1", epoch(), 0);
    alice.leave();
  }
  release_worker();
  settle();
  EXPECT_THAT(alice.types(), ElementsAre("hello"));
}

TEST_F(V1SessionTest, OneThatEndsBeforeItsAnswerDoesNoHarm) {
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  alice.subscribe("1");
  meet(alice);
  bob.tell("last words");
  bob.leave();
  commit();
  EXPECT_THAT(alice.seen("chat_message", "message"), ElementsAre("last words"));
  EXPECT_THAT(bob.types(), Not(Contains("ack")));
}

}  // namespace
}  // namespace hubbub
