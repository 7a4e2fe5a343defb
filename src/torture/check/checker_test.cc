// What is lost, doubled, or complained of.
#include "torture/check/checker.h"

#include "torture/check/small_run.h"

namespace hubbub::torture {
namespace {

using CheckerTest = SmallRunTest;

TEST_F(CheckerTest, ARightRunIsClean) {
  EXPECT_TRUE(world.judge().is_clean());
  EXPECT_EQ(world.findings(), "");
}

TEST_F(CheckerTest, TheVerdictCountsWhatItProved) {
  world.repeat({patient, 2});
  world.abandon(fickle, lobby);
  const Verdict verdict = world.judge();
  EXPECT_TRUE(verdict.is_clean());
  EXPECT_EQ(verdict.sent, 25U);
  EXPECT_EQ(verdict.acknowledged, 18U);
  EXPECT_EQ(verdict.acked_again, 1U);
  EXPECT_EQ(verdict.unanswered, 1U);
  EXPECT_EQ(verdict.stored, 24U);
  EXPECT_EQ(verdict.entries, 28U);
  EXPECT_EQ(verdict.seen, 20U);
  EXPECT_EQ(verdict.shown_old, 20U);
}

// --- lost, doubled ---

TEST_F(CheckerTest, AnAcknowledgedMessageThatIsNotStoredIsLost) {
  without_readers();
  const MessageName message = world.say(patient, 0);
  world.forget_last(lobby);
  EXPECT_EQ(world.findings(), "lost");
  EXPECT_EQ(first_sentence(),
            "lost: message 7 of writer 0 (torture-0) was acknowledged, and is not in channel "
            "channel-0");
  EXPECT_EQ(message.number, 7U);
}

TEST_F(CheckerTest, AnAcknowledgedPrivateMessageThatItsRecipientDoesNotHaveIsLost) {
  without_readers();
  world.tell(hasty, 3);
  world.forget_last(inbox(3));
  EXPECT_EQ(world.findings(), "lost");
}

TEST_F(CheckerTest, AnAcknowledgedPrivateMessageThatItsSenderDoesNotHaveIsLost) {
  without_readers();
  world.tell(hasty, 3);
  world.forget_last(inbox(1));
  EXPECT_EQ(world.findings(), "lost");
}

TEST_F(CheckerTest, AnAcknowledgedMessageToOneselfThatIsNotStoredIsLost) {
  without_readers();
  world.tell(hasty, 1);
  world.forget_last(inbox(1));
  EXPECT_EQ(world.findings(), "lost");
}

TEST_F(CheckerTest, APrivateMessageThatNobodyAcknowledgedIsInBothInboxesOrInNone) {
  without_readers();
  const MessageName message = world.abandon(fickle, inbox(2), 3);
  EXPECT_EQ(world.findings(), "");
  world.store(message);
  EXPECT_EQ(world.findings(), "");
  world.forget_last(inbox(3));
  EXPECT_EQ(world.findings(), "half_stored");
}

TEST_F(CheckerTest, AMessageThatIsStoredTwiceIsDoubled) {
  without_readers();
  const MessageName message = world.say(patient, 0);
  world.store(message);
  EXPECT_EQ(world.findings(), "doubled");
  EXPECT_EQ(first_sentence(),
            "doubled: entry 14 of channel channel-0: message 7 of writer 0 (torture-0) is also "
            "entry 13");
}

TEST_F(CheckerTest, SoIsOneThatWasNeverAcknowledged) {
  without_readers();
  for (const std::uint32_t writer : {fickle, old}) {
    const MessageName message = world.abandon(writer, lobby);
    world.store(message);
    EXPECT_EQ(world.findings(), "");
    world.store(message);
    EXPECT_EQ(world.findings(), "doubled");
    world.forget_last(lobby);
  }
}

TEST_F(CheckerTest, APrivateMessageToOneselfIsStoredOnce) {
  without_readers();
  const MessageName message = world.tell(patient, 0);
  world.store(message);
  EXPECT_EQ(world.findings(), "doubled");
}

// --- the rest ---

TEST_F(CheckerTest, MemoryHasABound) {
  world.history.memory_bytes_max = 200;
  EXPECT_EQ(world.findings(), "");
  world.history.memory_bytes_max = 201;
  EXPECT_EQ(world.findings(), "memory");
  world.history.memory_bytes_max = 0;
  EXPECT_EQ(world.findings(), "memory");
}

TEST_F(CheckerTest, ComplaintsAreFindings) {
  world.history.readers[0].complaints.emplace_back("a gap");
  world.history.old_readers[0].complaints.emplace_back("a frame of no type");
  EXPECT_EQ(world.findings(), "complaint");
  EXPECT_EQ(world.judge().findings.count(Kind::kComplaint), 2U);
  world.stored.complaints.emplace_back("integrity_check: row 3 missing");
  EXPECT_EQ(world.findings(), "complaint unsound");
}

TEST_F(CheckerTest, OfManyFindingsTheFirstAreToldAndAllAreCounted) {
  world.history.readers[0].complaints.assign(500, "a gap");
  EXPECT_EQ(world.judge().findings.count(Kind::kComplaint), 500U);
  EXPECT_EQ(world.judge().findings.sentences().size(), Findings::kSentencesMax);
}

}  // namespace
}  // namespace hubbub::torture
