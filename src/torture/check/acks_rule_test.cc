// One test for each way in which an acknowledgement can be wrong.
#include "torture/check/small_run.h"

namespace hubbub::torture {
namespace {

using AcksTest = SmallRunTest;

TEST_F(AcksTest, AnAcknowledgementWithAnotherSeqIsAConflict) {
  ++ack_of(patient, 2).position.seq;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, AnAcknowledgementWithAnotherEpochIsAConflict) {
  ack_of(patient, 2).position.epoch = "another";
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, AnAcknowledgementWithAnotherIdIsAConflict) {
  ack_of(hasty, 2).message_id += 1000;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, AnAcknowledgementInAnotherLogIsAConflict) {
  ack_of(patient, 5).log = inbox(3);
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, ARepeatedMessageHasOnePlace) {
  world.repeat({hasty, 1});
  world.repeat({hasty, 1});
  EXPECT_EQ(world.findings(), "");
  ++world.history.writers[hasty].acks.back().position.seq;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, NoMessageIsNewTwice) {
  world.repeat({patient, 1});
  world.history.writers[patient].acks.back().is_repeated = false;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, NoMessageIsRepeatedThatWasSentOnce) {
  ack_of(patient, 1).is_repeated = true;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, TheFirstAnswerMayBeThatItIsRepeated) {
  ack_of(patient, 1).is_repeated = true;
  world.sent_of({patient, 1}).tries = 2;
  EXPECT_EQ(world.findings(), "");
}

TEST_F(AcksTest, NoTwoMessagesAreGivenOnePlaceEvenWhereBothAreLost) {
  without_readers();
  world.say(patient, 0);
  const Ack ack = world.history.writers[patient].acks.back();
  world.forget_last(lobby);
  world.say(hasty, 0);
  world.forget_last(lobby);
  EXPECT_EQ(world.history.writers[hasty].acks.back().position, ack.position);
  EXPECT_EQ(world.findings(), "lost conflicting_ack");
  EXPECT_EQ(world.judge().findings.count(Kind::kConflictingAck), 1U);
}

TEST_F(AcksTest, ALostMessageHadOnePlaceToo) {
  without_readers();
  const MessageName message = world.say(patient, 0);
  world.repeat(message);
  world.forget_last(lobby);
  EXPECT_EQ(world.findings(), "lost");
  world.history.writers[patient].acks.back().position.seq += 1;
  EXPECT_EQ(world.findings(), "lost conflicting_ack");
}

TEST_F(AcksTest, NobodyIsToldOfWhatTheyDidNotSend) {
  Ack ack = ack_of(patient, 1);
  ack.message.number = 99;
  ++ack.position.seq;
  world.history.writers[patient].acks.push_back(ack);
  EXPECT_EQ(world.findings(), "conflicting_ack");
  world.history.writers[patient].acks.pop_back();
  world.history.writers[hasty].acks.push_back(ack_of(patient, 1));
  EXPECT_EQ(first_sentence(),
            "conflicting_ack: message 1 of writer 0 (torture-0) was acknowledged to writer 1, who "
            "never sent it");
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

TEST_F(AcksTest, TheOldProtocolHasNoAcknowledgements) {
  world.history.writers[old].manner = Manner::kPatient;
  world.acknowledge({old, 1});
  world.history.writers[old].manner = Manner::kOld;
  EXPECT_EQ(world.findings(), "conflicting_ack");
}

}  // namespace
}  // namespace hubbub::torture
