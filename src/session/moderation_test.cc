// How bans, mutes, rules of channels, removals and roles reach people who are connected.
// docs/moderation.md
#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class ModerationTest : public SessionWorld {
 protected:
  // Greeted, and nothing of it left to see.
  void meet(Peer& peer) {
    settle();
    peer.forget();
  }
  void ban(const std::string& name, std::optional<std::chrono::seconds> duration = {}) {
    change(BanUser{person(name).id, "", duration, root, Role::kAdmin, {}});
  }
  void mute(const std::string& name, std::optional<std::chrono::seconds> duration = {}) {
    change(MuteUser{person(name).id, {}, "", duration, root, Role::kAdmin, {}});
  }
  void rule(const ChannelRulesChange& rules) {
    change(UpdateChannel{general.id, {}, {}, root, {}, rules});
  }
  void give_role(const std::string& name, Role role) {
    change(
        RecordAccountChange{person(name).id, "account.role", name, "", "", role, false, root, {}});
  }
  void remove(const std::string& message_id) {
    change(RemoveMessages{{MessageId{std::stoll(message_id)}}, root, {}});
  }
  void refresh(Peer& peer, const std::string& token) {
    peer.say(R"({"type":"refresh_token","token":")" + token + "\"}");
    settle();
  }
  std::uint64_t refused(const std::string& code) {
    return metric("hubbub_old_protocol_refused_total", "code=\"" + code + "\"");
  }

  const Author root = person("root");
  const ChannelRulesChange kStaffOnly{{}, true, {}};
  const ChannelRulesChange kOpen{{}, false, {}};
};

// --- bans

TEST_F(ModerationTest, ABanClosesEveryConnectionOfThatPersonAtOnce) {
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  Peer alice = v1("alice");
  settle();
  ban("bob");
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kBanned);
  EXPECT_EQ(bob.connection.closed_because, "banned");
  EXPECT_EQ(bob_too.connection.closed_with, CloseCode::kPolicyViolation);
  EXPECT_EQ(bob_too.connection.closed_because, "User is banned.");
  EXPECT_FALSE(alice.connection.closed_with);
}

TEST_F(ModerationTest, ABanClosesOneThatIsNotGreetedYet) {
  hold_worker();
  Peer bob = v1("bob");
  ASSERT_TRUE(writer.submit({BanUser{person("bob").id, "", {}, root, Role::kAdmin, {}}, &reactor,
                             [](const Result<Committed>&) {}}));
  writer.run_once();
  reactor.run_ready();
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kBanned);
  release_worker();
  settle();
  EXPECT_THAT(bob.types(), IsEmpty());
}

TEST_F(ModerationTest, OneWhoWasBannedSinceTheDoorIsClosedUnseen) {
  Peer alice = v1("alice");
  publish_presence();
  alice.forget();
  ban("bob");
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  publish_presence();
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kBanned);
  EXPECT_EQ(bob_too.connection.closed_with, CloseCode::kPolicyViolation);
  EXPECT_THAT(bob.types(), IsEmpty());
  bob.leave();
  bob_too.leave();
  publish_presence();
  EXPECT_THAT(alice.types(), IsEmpty());
  EXPECT_EQ(hub.connections_of(person("bob").id), 0);
}

TEST_F(ModerationTest, OneWhoIsBannedGoesOfflineForTheOthers) {
  Peer alice = v1("alice");
  Peer bob = v1("bob");
  publish_presence();
  alice.forget();
  ban("bob");
  bob.leave();
  publish_presence();
  clock.advance(2s);
  publish_presence();
  EXPECT_THAT(alice.seen("user_status", "changes/0/username"), ElementsAre("bob"));
  EXPECT_THAT(alice.seen("user_status", "changes/0/status"), ElementsAre("false"));
}

TEST_F(ModerationTest, ABanEndsByItselfForANewTokenToo) {
  Peer bob = connect_v1(identity("bob"));
  meet(bob);
  ban("bob", 1h);
  clock.advance(1h - 1s);
  bob.connection.closed_with.reset();
  refresh(bob, token("bob"));
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kBanned);
  EXPECT_THAT(bob.types(), IsEmpty());
  clock.advance(1s);
  bob.connection.closed_with.reset();
  refresh(bob, token("bob"));
  EXPECT_FALSE(bob.connection.closed_with);
  EXPECT_THAT(bob.types(), Contains("token_refreshed"));
}

// --- mutes

TEST_F(ModerationTest, OneWhoIsMutedIsToldForHowLong) {
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  meet(bob);
  mute("bob", 1h);
  bob.tell("hi", "key-1");
  bob.whisper("alice-id", "psst");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("muted", "muted"));
  EXPECT_THAT(bob.seen("error", "send_key"), ElementsAre("key-1", "wpsst"));
  EXPECT_THAT(bob.seen("error", "retry_after_ms"), ElementsAre("3600000", "3600000"));
  clock.advance(1h);
  bob.tell("hi", "key-1");
  commit();
  EXPECT_THAT(bob.seen("ack", "send_key"), ElementsAre("key-1"));
}

TEST_F(ModerationTest, AMuteWithoutEndNamesNone) {
  Peer bob = v1("bob");
  meet(bob);
  mute("bob");
  bob.tell("hi");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("muted"));
  EXPECT_THAT(bob.seen("error", "retry_after_ms"), ElementsAre("-"));
}

TEST_F(ModerationTest, ARepetitionIsAcknowledgedWhateverTheRulesSayMeanwhile) {
  Peer bob = v1("bob");
  meet(bob);
  bob.tell("hi", "k1");
  bob.whisper("alice-id", "psst");
  commit();
  const auto seqs = bob.seen("ack", "seq");
  bob.forget();
  mute("bob");
  bob.tell("hi", "k1");
  bob.whisper("alice-id", "psst");
  settle();
  EXPECT_EQ(bob.seen("ack", "seq"), seqs);
  EXPECT_THAT(bob.seen("ack", "repeated"), ElementsAre("true", "true"));
  bob.tell("new", "k2");
  bob.tell("another text", "k1");
  bob.whisper("carol-id", "psst");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("muted", "muted", "muted"));
  bob.forget();
  remove("2");
  change(DeleteChannel{general.id, false, root, {}});
  bob.say(R"({"type":"chat_message","channel_id":1,"message":"hi","send_key":"k1"})");
  bob.say(R"({"type":"chat_message","channel_id":1,"message":"hi","send_key":"k3"})");
  settle();
  EXPECT_THAT(bob.seen("ack", "seq"), ElementsAre(seqs.front()));
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_channel"));
}

TEST_F(ModerationTest, AMutedOldConnectionIsCounted) {
  Peer bob = old("bob");
  meet(bob);
  mute("bob");
  bob.tell("hi");
  bob.whisper("alice-id", "psst");
  EXPECT_EQ(refused("muted"), 2U);
  EXPECT_THAT(bob.types(), IsEmpty());
}

// --- rules of channels

TEST_F(ModerationTest, AReadOnlyChannelIsReadByMembersAndWrittenByStaff) {
  Peer bob = v1("bob");
  Peer moderator = connect_v1(identity("carol", Role::kModerator));
  settle();
  bob.subscribe("1");
  meet(bob);
  rule({true, {}, {}});
  EXPECT_THAT(bob.seen("channel_updated", "channel/read_only"), ElementsAre("true"));
  bob.tell("no");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("read_only"));
  moderator.tell("yes");
  commit();
  EXPECT_THAT(bob.seen("chat_message", "message"), ElementsAre("yes"));
}

TEST_F(ModerationTest, AStaffOnlyChannelIsNotThereForAMember) {
  rule(kStaffOnly);
  Peer bob = v1("bob");
  settle();
  EXPECT_THAT(bob.seen("hello", "channels"), ElementsAre("[]"));
  bob.subscribe("1");
  bob.subscribe("1", epoch(), 0);
  bob.say(R"({"type":"history","log":1})");
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_log", "unknown_log", "unknown_log"));
  bob.forget();
  bob.say(R"({"type":"chat_message","channel_id":1,"message":"hi","send_key":"k"})");
  bob.tell("hi");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_channel", "unknown_channel"));
  rule({{}, {}, 5});
  EXPECT_THAT(bob.types(), Each("error"));
}

TEST_F(ModerationTest, AStaffOnlyChannelIsThereForStaff) {
  rule(kStaffOnly);
  Peer moderator = connect_v1(identity("carol", Role::kModerator));
  settle();
  EXPECT_THAT(moderator.seen("hello", "channels/0/staff_only"), ElementsAre("true"));
  moderator.subscribe("1", epoch(), 0);
  moderator.say(R"({"type":"history","log":1})");
  moderator.tell("hi");
  commit();
  EXPECT_EQ(moderator.count("chat_message"), 2U);
  EXPECT_EQ(moderator.count("history"), 1U);
  EXPECT_EQ(moderator.count("ack"), 1U);
}

TEST_F(ModerationTest, AnOldConnectionOfAMemberSeesNothingOfAStaffOnlyChannel) {
  rule(kStaffOnly);
  Peer bob = old("bob");
  Peer moderator = connect_old(identity("carol", Role::kModerator));
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("active_channels", "connected_users"));
  EXPECT_THAT(bob.seen("active_channels", "channels"), ElementsAre("[]"));
  EXPECT_THAT(moderator.seen("active_channels", "channels/0/name"), ElementsAre("general"));
  EXPECT_THAT(moderator.types(), Contains("bulk_chat_messages"));
  bob.forget();
  bob.tell("hi");
  EXPECT_EQ(refused("unknown_channel"), 1U);
  moderator.tell("secret");
  commit();
  EXPECT_THAT(moderator.seen("chat_message", "message"), ElementsAre("secret"));
  EXPECT_THAT(bob.types(), IsEmpty());
}

TEST_F(ModerationTest, AChannelThatBecomesStaffOnlyEndsForMembers) {
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  Peer moderator = connect_v1(identity("carol", Role::kModerator));
  settle();
  for (auto* peer : {&bob, &moderator}) peer->subscribe("1");
  for (auto* peer : {&bob, &bob_too, &moderator}) meet(*peer);
  rule(kStaffOnly);
  moderator.tell("secret");
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("channel_removed"));
  EXPECT_THAT(bob_too.types(), IsEmpty());
  EXPECT_THAT(moderator.types(), ElementsAre("channel_updated", "ack", "chat_message"));
}

TEST_F(ModerationTest, AReplayOrHistoryUnderWayEndsWithTheChannel) {
  Peer bob = v1("bob");
  meet(bob);
  hold_worker();
  bob.subscribe("1", epoch(), 0);
  bob.say(R"({"type":"history","log":1})");
  ASSERT_TRUE(writer.submit({UpdateChannel{general.id, {}, {}, root, {}, kStaffOnly}, &reactor,
                             [](const Result<Committed>&) {}}));
  writer.run_once();
  reactor.run_ready();
  release_worker();
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("channel_removed", "error"));
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("unknown_log"));
}

TEST_F(ModerationTest, AChannelThatOpensComesToMembersAsCreated) {
  rule(kStaffOnly);
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  Peer moderator = connect_v1(identity("carol", Role::kModerator));
  settle();
  moderator.tell("2");
  commit();
  for (auto* peer : {&bob, &bob_too, &moderator}) meet(*peer);
  rule(kOpen);
  moderator.tell("3", "another");
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("channel_created"));
  EXPECT_THAT(bob.seen("channel_created", "channel/seq"), ElementsAre("2"));
  EXPECT_THAT(bob_too.seen("chat_message", "message"), ElementsAre("3"));
  Peer newcomer = old("alice");
  settle();
  EXPECT_THAT(newcomer.seen("bulk_chat_messages", "messages/1/message"), ElementsAre("2"));
}

// --- removal

TEST_F(ModerationTest, ARemovalReachesSubscribersAtOnceAndOldConnectionsNever) {
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  bob.subscribe("1");
  settle();
  bob.tell("oops");
  commit();
  const auto message_id = bob.seen("ack", "message_id").front();
  meet(bob);
  meet(bob_too);
  remove(message_id);
  EXPECT_THAT(bob.types(), ElementsAre("message_removed"));
  EXPECT_THAT(bob.seen("message_removed", "log"), ElementsAre("1"));
  EXPECT_THAT(bob.seen("message_removed", "message_id"), ElementsAre(message_id));
  EXPECT_THAT(bob.seen("message_removed", "removed_seq"), ElementsAre("2"));
  EXPECT_THAT(bob.seen("message_removed", "seq"), ElementsAre("3"));
  EXPECT_THAT(bob_too.types(), IsEmpty());
}

TEST_F(ModerationTest, ARemovalIsReplayedAfterTheBlankMessage) {
  Peer bob = v1("bob");
  settle();
  bob.tell("oops");
  commit();
  remove(bob.seen("ack", "message_id").front());
  bob.forget();
  bob.subscribe("1", epoch(), 1);
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("chat_message", "message_removed", "subscribed"));
  EXPECT_THAT(bob.seen("chat_message", "message"), ElementsAre(""));
  EXPECT_THAT(bob.seen("chat_message", "removed"), ElementsAre("true"));
  EXPECT_THAT(bob.seen("message_removed", "log"), ElementsAre("1"));
  EXPECT_THAT(bob.seen("subscribed", "seq"), ElementsAre("3"));
}

TEST_F(ModerationTest, ARemovalIsNotListedInHistory) {
  Peer bob = v1("bob");
  settle();
  bob.tell("oops");
  commit();
  remove(bob.seen("ack", "message_id").front());
  bob.say(R"({"type":"history","log":1})");
  settle();
  EXPECT_THAT(bob.seen("history", "messages/1/removed"), ElementsAre("true"));
  EXPECT_THAT(bob.seen("history", "messages/1/message"), ElementsAre(""));
  EXPECT_THAT(bob.seen("history", "messages/2"), ElementsAre("-"));
}

TEST_F(ModerationTest, ARemovedMessageGreetsNobody) {
  Peer bob = old("bob");
  settle();
  EXPECT_THAT(bob.seen("bulk_chat_messages", "messages/1"), ElementsAre("-"));
  Peer alice = v1("alice");
  settle();
  alice.tell("oops");
  commit();
  remove(alice.seen("ack", "message_id").front());
  Peer newcomer = old("carol");
  settle();
  EXPECT_THAT(newcomer.seen("bulk_chat_messages", "messages/1"), ElementsAre("-"));
  EXPECT_THAT(newcomer.types(), Contains("bulk_chat_messages"));
}

// --- roles

TEST_F(ModerationTest, ANewRoleActsOnOpenSessionsAtOnce) {
  rule({true, {}, {}});
  Peer bob = v1("bob");
  Peer alice = v1("alice");
  meet(bob);
  meet(alice);
  give_role("bob", Role::kModerator);
  EXPECT_THAT(bob.seen("roles_changed", "roles"), ElementsAre(R"(["member","moderator"])"));
  EXPECT_THAT(alice.types(), IsEmpty());
  bob.tell("announcement");
  alice.tell("announcement");
  commit();
  EXPECT_EQ(bob.count("ack"), 1U);
  EXPECT_THAT(alice.seen("error", "code"), ElementsAre("read_only"));
  give_role("bob", Role::kMember);
  EXPECT_THAT(bob.seen("roles_changed", "roles").back(), R"(["member"])");
  bob.tell("more", "k2");
  settle();
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("read_only"));
}

TEST_F(ModerationTest, AnUnchangedRoleIsNotTold) {
  Peer bob = v1("bob");
  meet(bob);
  give_role("bob", Role::kMember);
  EXPECT_THAT(bob.types(), IsEmpty());
}

TEST_F(ModerationTest, StaffOnlyChannelsComeAndGoWithTheRole) {
  rule(kStaffOnly);
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  Peer moderator = connect_v1(identity("carol", Role::kModerator));
  settle();
  for (auto* peer : {&bob, &bob_too}) meet(*peer);
  give_role("bob", Role::kAdmin);
  EXPECT_THAT(bob.types(), ElementsAre("roles_changed", "channel_created"));
  bob.subscribe("1");
  moderator.tell("for staff");
  commit();
  EXPECT_THAT(bob.seen("chat_message", "message"), ElementsAre("for staff"));
  EXPECT_THAT(bob_too.seen("chat_message", "message"), ElementsAre("for staff"));
  for (auto* peer : {&bob, &bob_too}) meet(*peer);
  give_role("bob", Role::kMember);
  moderator.tell("again", "k2");
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("roles_changed", "channel_removed"));
  EXPECT_THAT(bob_too.types(), IsEmpty());
}

TEST_F(ModerationTest, ARoleThatChangesBeforeTheGreetingIsToldWithIt) {
  rule(kStaffOnly);
  hold_worker();
  Peer bob = v1("bob");
  ASSERT_TRUE(writer.submit(
      {RecordAccountChange{
           person("bob").id, "account.role", "bob", "", "", Role::kModerator, false, root, {}},
       &reactor, [](const Result<Committed>&) {}}));
  writer.run_once();
  reactor.run_ready();
  release_worker();
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("hello"));
  EXPECT_THAT(bob.seen("hello", "roles"), ElementsAre(R"(["member","moderator"])"));
  EXPECT_THAT(bob.seen("hello", "channels/0/name"), ElementsAre("general"));
}

TEST_F(ModerationTest, ADisabledAccountIsClosed) {
  Peer bob = v1("bob");
  Peer bob_too = old("bob");
  Peer alice = v1("alice");
  settle();
  change(
      RecordAccountChange{person("bob").id, "account.disable", "bob", "", "", {}, true, root, {}});
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kUnauthorized);
  EXPECT_EQ(bob.connection.closed_because, "account disabled");
  EXPECT_EQ(bob_too.connection.closed_with, CloseCode::kPolicyViolation);
  EXPECT_FALSE(alice.connection.closed_with);
}

TEST_F(ModerationTest, ANewTokenWithAnotherRoleIsARoleChange) {
  rule(kStaffOnly);
  Peer bob = v1("bob");
  meet(bob);
  refresh(bob, token("bob", R"("moderator")"));
  EXPECT_THAT(bob.types(), ElementsAre("token_refreshed", "roles_changed", "channel_created"));
  commit();
  EXPECT_EQ(store.find_user(person("bob").id).value()->role, Role::kModerator);
  bob.forget();
  refresh(bob, token("bob", R"("moderator")"));
  EXPECT_THAT(bob.types(), ElementsAre("token_refreshed"));
}

TEST_F(ModerationTest, WhoComesWithAnotherRoleOrNameIsRememberedAnew) {
  auto chief = identity("bob");
  chief.role = Role::kAdmin;
  Peer bob = connect_v1(chief);
  settle();
  EXPECT_THAT(bob.types(), IsEmpty());
  commit();
  EXPECT_THAT(bob.types(), ElementsAre("hello"));
  EXPECT_EQ(store.find_user(person("bob").id).value()->role, Role::kAdmin);
  auto robert = chief;
  robert.username = "robert";
  Peer again = connect_v1(robert);
  settle();
  commit();
  EXPECT_EQ(store.find_user(person("bob").id).value()->user.username, "robert");
  const auto commits = store.commits();
  Peer once_more = connect_v1(robert);
  settle();
  EXPECT_THAT(once_more.types(), ElementsAre("hello"));
  EXPECT_EQ(store.commits(), commits);
}

}  // namespace
}  // namespace hubbub
