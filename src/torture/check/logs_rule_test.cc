// One test for each thing that a log must not hold.
#include "torture/check/small_run.h"

namespace hubbub::torture {
namespace {

using LogsTest = SmallRunTest;

TEST_F(LogsTest, ALogHasNoGap) {
  without_readers();
  world.store(world.abandon(old, lobby));
  auto& entries = world.entries_of(lobby);
  entries.back().seq += 1;
  world.log_of(lobby).head += 1;
  EXPECT_EQ(world.findings(), "gap");
  EXPECT_EQ(first_sentence(), "gap: entry 14 is where entry 13 of channel channel-0 should be");
}

TEST_F(LogsTest, ALogEndsAtItsHead) {
  without_readers();
  world.log_of(lobby).head += 1;
  EXPECT_EQ(world.findings(), "gap");
  world.log_of(lobby).head -= 2;
  EXPECT_EQ(world.findings(), "gap");
}

TEST_F(LogsTest, ALogBeginsAtItsFirst) {
  without_readers();
  world.log_of(lobby).first = 0;
  EXPECT_EQ(world.findings(), "gap");
}

TEST_F(LogsTest, AnEntryThatIsNobodysTextIsForeign) {
  without_readers();
  StoredEntry entry;
  entry.seq = ++world.log_of(lobby).head;
  entry.owner_id = "hubbub";
  entry.foreign_text = "Welcome!";
  world.entries_of(lobby).push_back(entry);
  EXPECT_EQ(world.findings(), "foreign");
  EXPECT_EQ(first_sentence(),
            "foreign: entry 13 of channel channel-0, by hubbub, is no message of the run: "
            "\"Welcome!\"");
}

TEST_F(LogsTest, AMessageThatNobodySentIsForeign) {
  without_readers();
  world.store(world.abandon(old, lobby));
  world.history.writers[old].sent.pop_back();
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(LogsTest, AMessageInAnotherChannelIsForeign) {
  without_readers();
  const MessageName message = world.abandon(fickle, lobby);
  world.store(message);
  world.sent_of(message).log = channel(1);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(LogsTest, APrivateMessageInTheInboxOfAThirdIsForeign) {
  without_readers();
  const MessageName message = world.abandon(fickle, inbox(2), 1);
  world.store(message);
  world.sent_of(message).recipient = 3;
  EXPECT_EQ(world.findings(), "half_stored foreign");
}

TEST_F(LogsTest, AMessageBySomebodyElseIsForeign) {
  entry(lobby, {hasty, 1}).owner_id = person_id(3);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(LogsTest, AMessageHasItsOwnKey) {
  entry(lobby, {hasty, 1}).send_key = "w1-2";
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(LogsTest, AMessageOfTheOldProtocolHasNoKey) {
  entry(lobby, {old, 1}).send_key = "w3-1";
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(LogsTest, NoTwoMessagesHaveOneId) {
  without_readers();
  world.store(world.abandon(old, channel(1)));
  world.entries_of(channel(1)).back().message_id = world.entries_of(lobby)[2].message_id;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(LogsTest, APrivateMessageHasOneIdInBothInboxes) {
  without_readers();
  entry(inbox(3), {fickle, 5}).message_id += 1000;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(LogsTest, EveryLogIsThere) {
  without_readers();
  world.stored.logs.erase(world.stored.logs.begin() + 1);
  EXPECT_EQ(world.judge().findings.count(Kind::kUnsound), 1U);
  EXPECT_EQ(world.judge().findings.count(Kind::kLost), 3U);
}

TEST_F(LogsTest, NoLogIsThereTwiceAndNoneThatNobodyMade) {
  StoredLog log = world.log_of(channel(1));
  world.stored.logs.push_back(log);
  EXPECT_EQ(world.findings(), "unsound");
  world.stored.logs.back().log = channel(7);
  EXPECT_EQ(world.findings(), "unsound");
}

}  // namespace
}  // namespace hubbub::torture
