// Nothing is missed and nothing comes twice, whatever happens while a log is read. docs/catch-up.md
#include <thread>

#include "log/publication.h"
#include "session/session_world.h"
#include "store/sqlite/database.h"

namespace hubbub {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class CatchUpTest : public SessionWorld {
 protected:
  CatchUpTest() { settle(); }

  // Alice says "2", "3" … up to `last`: each text is its own seq.
  void speak_until(Seq last) {
    while (hub.head(general.log)->seq < last) {
      const auto text = std::to_string(hub.head(general.log)->seq + 1);
      alice.tell(text, "key-" + text);
      writer.run_once();
      reactor.run_ready();
    }
  }
  // Carol's next message, durable, of which no reactor has heard.
  Shared<Publication> commit_unheard(const std::string& text) {
    const std::vector<PendingEntry> batch = {
        PendingMessage{general.id, person("carol"), text, "", clock.now()}};
    return make_publication(store.commit(batch).value());
  }
  void wait_for_worker() {
    std::promise<void> reached;
    ASSERT_TRUE(workers.submit([&] { reached.set_value(); }));
    reached.get_future().wait();
  }
  static Texts texts(Seq from, Seq to) {
    Texts texts;
    for (Seq seq = from; seq <= to; ++seq) texts.push_back(std::to_string(seq));
    return texts;
  }
  static Texts heard(const Peer& peer) { return peer.seen("chat_message", "message"); }
  // What docs/operations.md tells to do after a restore, though the server runs.
  void replace_history() {
    auto database = sqlite::Database::open(folder.path() + "/hubbub.db").value();
    ASSERT_TRUE(database->execute("UPDATE logs SET epoch = hex(randomblob(6))"));
  }
  // One handler of the reactor, whatever it is, between two rounds of flushes.
  void step() {
    for (auto* peer : peers) peer->flush();
    reactor.context().restart();
    ASSERT_EQ(reactor.context().run_one_for(std::chrono::seconds(5)), 1U);
    for (auto* peer : peers) peer->flush();
  }

  Peer alice = v1("alice");
};

TEST_F(CatchUpTest, ReplaysWhatFollowedAPositionThenGoesOnLive) {
  speak_until(6);
  Peer bob = v1("bob");
  settle();
  bob.forget();
  bob.subscribe("1", epoch(), 2);
  settle();
  EXPECT_THAT(bob.types(), ElementsAre("chat_message", "chat_message", "chat_message",
                                       "chat_message", "subscribed"));
  EXPECT_THAT(bob.seen("subscribed", "seq"), ElementsAre("6"));
  EXPECT_THAT(bob.seen("subscribed", "replayed"), ElementsAre("4"));
  speak_until(8);
  EXPECT_EQ(heard(bob), texts(3, 8));
}

TEST_F(CatchUpTest, ReplaysNothingWhereNothingFollowed) {
  speak_until(3);
  Peer bob = v1("bob");
  settle();
  bob.subscribe("1", epoch(), 3);
  settle();
  EXPECT_THAT(bob.seen("subscribed", "replayed"), ElementsAre("0"));
  EXPECT_THAT(heard(bob), IsEmpty());
}

TEST_F(CatchUpTest, HasNoSeamWhileOthersGoOnTalking) {
  speak_until(20);
  Peer bob = v1("bob");
  settle();
  bob.subscribe("1", epoch(), 1);
  // A message after each step of the replay; pages of two entries, two at most between messages.
  for (Seq last = 21; last <= 24; ++last) {
    step();
    speak_until(last);
  }
  EXPECT_EQ(bob.count("subscribed"), 0U) << "still at it";
  settle();
  speak_until(26);
  EXPECT_EQ(heard(bob), texts(2, 26));
  EXPECT_EQ(bob.count("subscribed"), 1U);
}

TEST_F(CatchUpTest, HasNoSeamWhenAPublicationComesLate) {
  Peer bob = v1("bob");
  settle();
  const auto publication = commit_unheard("2");
  bob.subscribe("1", epoch(), 1);
  settle();
  EXPECT_EQ(heard(bob), texts(2, 2)) << "read from the store";
  bus->publish(publication);
  settle();
  speak_until(3);
  EXPECT_EQ(heard(bob), texts(2, 3));
}

TEST_F(CatchUpTest, HasNoSeamWhenAPublicationOvertakesThePage) {
  Peer bob = v1("bob");
  settle();
  bob.subscribe("1", epoch(), 1);
  wait_for_worker();  // it has read, the page is on its way
  hub.on_publication(*commit_unheard("2"));
  settle();
  EXPECT_EQ(heard(bob), texts(2, 2));
  EXPECT_THAT(bob.seen("subscribed", "seq"), ElementsAre("2"));
  speak_until(3);
  EXPECT_EQ(heard(bob), texts(2, 3));
}

TEST_F(CatchUpTest, APositionOfAnotherHistoryStartsFromTheBeginning) {
  speak_until(3);
  Peer bob = v1("bob");
  settle();
  bob.forget();
  bob.subscribe("1", "another", 7);
  settle();
  EXPECT_EQ(bob.types().front(), "gap");
  EXPECT_THAT(bob.seen("gap", "from"), ElementsAre("1"));
  EXPECT_THAT(bob.seen("gap", "to"), ElementsAre("7"));
  EXPECT_THAT(bob.seen("gap", "reason"), ElementsAre("epoch"));
  EXPECT_THAT(bob.seen("chat_message", "seq"), ElementsAre("1", "2", "3"));
  EXPECT_THAT(bob.seen("subscribed", "epoch"), ElementsAre(epoch()));
}

TEST_F(CatchUpTest, APositionBeyondTheEndIsOfAnotherHistory) {
  Peer bob = v1("bob");
  settle();
  bob.subscribe("1", epoch(), 5);
  settle();
  EXPECT_THAT(bob.seen("gap", "reason"), ElementsAre("epoch"));
  EXPECT_THAT(bob.seen("chat_message", "seq"), ElementsAre("1"));
}

TEST_F(CatchUpTest, AHistoryThatIsReplacedMeanwhileIsToldWhateverOneIsDoing) {
  speak_until(4);
  Peer live = v1("bob"), behind = v1("carol"), coming = v1("alice"), old_one = old("bob");
  live.subscribe("1");
  behind.subscribe("1");
  settle();
  behind.connection.is_full = true;
  speak_until(6);
  old_one.forget();
  const auto before = epoch();
  replace_history();
  alice.tell("7", "key-7");
  commit();
  behind.connection.is_full = false;
  coming.subscribe("1", before, 6);
  settle();
  for (const auto* peer : {&live, &behind, &coming}) {
    EXPECT_THAT(peer->seen("gap", "reason"), ElementsAre("epoch"));
    EXPECT_THAT(peer->seen("gap", "to"), ElementsAre(peer == &behind ? "4" : "6"));
    auto seqs = peer->seen("chat_message", "seq");
    EXPECT_EQ(Texts(seqs.end() - 7, seqs.end()), texts(1, 7)) << "whole, from its beginning";
  }
  EXPECT_NE(epoch(), before);
  EXPECT_EQ(heard(old_one), texts(7, 7));
  speak_until(8);
  settle();
  for (const auto* peer : {&live, &behind, &coming, &old_one}) EXPECT_EQ(heard(*peer).back(), "8");
}

TEST_F(CatchUpTest, APageOfAnotherHistoryIsNoticedBeforeAnythingIsPublished) {
  speak_until(4);
  Peer live = v1("bob");
  live.subscribe("1");
  settle();
  const auto before = epoch();
  replace_history();
  Peer coming = v1("carol");
  settle();
  coming.subscribe("1", before, 4);
  settle();
  for (const auto* peer : {&live, &coming}) {
    EXPECT_THAT(peer->seen("gap", "reason"), ElementsAre("epoch"));
    EXPECT_THAT(peer->seen("chat_message", "seq"), ElementsAre("1", "2", "3", "4"));
  }
}

TEST_F(CatchUpTest, TheHeartbeatOfAnInboxNamesItsOwnEpoch) {
  Peer bob = v1("bob");
  settle();
  const auto true_epoch = bob.seen("hello", "inbox/epoch").front();
  bob.subscribe(R"("inbox")", "a foreign one", 3);
  settle();
  EXPECT_THAT(bob.seen("gap", "reason"), ElementsAre("epoch"));
  clock.advance(std::chrono::seconds(60));
  bob.tick(clock);
  EXPECT_THAT(bob.seen("heartbeat", "heads").back(), testing::HasSubstr(true_epoch));
}

TEST_F(CatchUpTest, WhileAllTogetherHaveTooMuchWaitingPagesWait) {
  speak_until(9);
  Peer bob = v1("bob");
  settle();
  bob.forget();
  bob.connection.is_node_full = true;
  bob.subscribe("1", epoch(), 2);
  bob.say(R"({"type":"history","log":1})");
  settle();
  EXPECT_THAT(heard(bob), IsEmpty());
  EXPECT_THAT(bob.seen("error", "code"), ElementsAre("overloaded"));
  bob.connection.is_node_full = false;
  settle();
  EXPECT_EQ(heard(bob), texts(3, 9));
}

TEST_F(CatchUpTest, AFullOutboxTurnsToTheLogAndMissesNothing) {
  Peer bob = v1("bob");
  bob.subscribe("1");
  settle();
  speak_until(3);
  bob.connection.is_full = true;
  speak_until(9);
  settle();
  EXPECT_EQ(heard(bob), texts(2, 3));
  EXPECT_EQ(metric("hubbub_catch_ups_total"), 1U);
  bob.connection.is_full = false;
  settle();
  speak_until(10);
  EXPECT_EQ(heard(bob), texts(2, 10));
  EXPECT_EQ(bob.count("subscribed"), 1U) << "only what was asked for is announced";
}

TEST_F(CatchUpTest, ASocketThatStaysFullIsReadForOnlySoFar) {
  speak_until(20);
  Peer bob = v1("bob");
  settle();
  bob.connection.is_full = true;
  bob.subscribe("1", epoch(), 1);
  settle();
  EXPECT_EQ(heard(bob), texts(2, 3)) << "one page";
  bob.connection.is_full = false;
  settle();
  EXPECT_EQ(heard(bob), texts(2, 20));
}

TEST_F(CatchUpTest, ASecondSubscribeStartsAnew) {
  speak_until(6);
  Peer bob = v1("bob");
  settle();
  hold_worker();
  bob.subscribe("1", epoch(), 1);
  bob.subscribe("1", epoch(), 4);
  release_worker();
  settle();
  EXPECT_EQ(heard(bob), texts(5, 6));
  EXPECT_THAT(bob.seen("subscribed", "replayed"), ElementsAre("2"));
}

TEST_F(CatchUpTest, AnUnsubscribeEndsAReplayThatIsUnderWay) {
  speak_until(6);
  Peer bob = v1("bob");
  settle();
  hold_worker();
  bob.subscribe("1", epoch(), 1);
  bob.say(R"({"type":"unsubscribe","log":1})");
  release_worker();
  settle();
  EXPECT_THAT(heard(bob), IsEmpty());
  EXPECT_THAT(bob.types(), Not(Contains("subscribed")));
}

TEST_F(CatchUpTest, TheInboxCatchesUpToo) {
  Peer bob = v1("bob");
  bob.subscribe("\"inbox\"");
  settle();
  bob.connection.is_full = true;
  for (const auto* text : {"a", "b", "c"}) alice.whisper("bob-id", text);
  commit();
  EXPECT_EQ(bob.count("private_chat_message"), 0U);
  bob.connection.is_full = false;
  settle();
  EXPECT_THAT(bob.seen("private_chat_message", "message"), ElementsAre("a", "b", "c"));
}

TEST_F(CatchUpTest, MissedPresenceIsSentAfterTheDrain) {
  Peer bob = v1("bob");
  publish_presence();
  bob.forget();
  bob.connection.is_full = true;
  Peer carol = v1("carol");
  publish_presence();
  EXPECT_THAT(bob.types(), IsEmpty());
  bob.connection.is_full = false;
  settle();
  EXPECT_THAT(bob.seen("user_status", "changes/0/username"), ElementsAre("carol"));
  EXPECT_THAT(bob.seen("user_status", "changes/0/status"), ElementsAre("true"));
}

TEST_F(CatchUpTest, OfManyMissedChangesOfOnePersonTheLastIsSent) {
  Peer bob = v1("bob");
  publish_presence();
  bob.forget();
  bob.connection.is_full = true;
  {
    Peer carol = v1("carol");
    publish_presence();
  }
  settle();
  clock.advance(std::chrono::seconds(3));
  publish_presence();
  bob.connection.is_full = false;
  settle();
  EXPECT_THAT(bob.seen("user_status", "changes/0/status"), ElementsAre("false"));
}

TEST_F(CatchUpTest, MissingTooManyPeopleEndsIt) {
  Peer bob = v1("bob");
  publish_presence();
  bob.connection.is_full = true;
  for (const auto* name : {"d", "e"}) hub.on_presence({person(name), +1, false});
  publish_presence();
  EXPECT_FALSE(bob.connection.closed_with);
  hub.on_presence({person("f"), +1, false});
  publish_presence();
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kIdle);
}

TEST_F(CatchUpTest, MissingAChangeOfChannelsEndsIt) {
  Peer bob = v1("bob");
  publish_presence();
  bob.connection.is_full = true;
  hub.on_presence({person("d"), +1, false});
  publish_presence();
  ASSERT_TRUE(writer.submit({CreateChannel{"new", std::nullopt, person("alice"), clock.now()},
                             &reactor, [](const Result<Committed>&) {}}));
  commit();
  EXPECT_EQ(bob.connection.closed_with, CloseCode::kTryAgainLater);
}

TEST_F(CatchUpTest, AnOldConnectionCatchesUpToo) {
  Peer bob = old("bob");
  settle();
  bob.forget();
  bob.connection.is_full = true;
  speak_until(6);
  alice.whisper("bob-id", "psst");
  commit();
  EXPECT_THAT(bob.types(), IsEmpty());
  bob.connection.is_full = false;
  settle();
  speak_until(7);
  EXPECT_EQ(heard(bob), texts(2, 7));
  EXPECT_THAT(bob.seen("private_chat_message", "message"), ElementsAre("psst"));
}

TEST_F(CatchUpTest, AReadThatFailedIsTriedAgainWithTheClock) {
  speak_until(6);
  Peer bob = v1("bob");
  settle();
  hold_worker();
  while (workers.submit([] {})) {
  }
  bob.subscribe("1", epoch(), 4);
  reactor.run_ready();
  EXPECT_THAT(heard(bob), IsEmpty());
  release_worker();
  while (workers.waiting() > 0) std::this_thread::yield();
  bob.tick(clock);
  settle();
  EXPECT_EQ(heard(bob), texts(5, 6));
}

}  // namespace
}  // namespace hubbub
