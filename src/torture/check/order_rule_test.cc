// Which messages must be stored in the order in which they were sent, and which need not.
#include "torture/check/small_run.h"

namespace hubbub::torture {
namespace {

using OrderTest = SmallRunTest;

TEST_F(OrderTest, WhatAPatientWriterSentFirstIsStoredFirst) {
  without_readers();
  const MessageName one = world.abandon(patient, lobby);
  world.reconnect(patient);
  const MessageName other = world.abandon(patient, lobby);
  world.store(other);
  EXPECT_EQ(world.findings(), "");
  world.store(one);
  EXPECT_EQ(world.findings(), "out_of_order");
}

TEST_F(OrderTest, WhatAFickleWriterGaveUpMayComeLater) {
  without_readers();
  const MessageName one = world.abandon(fickle, lobby);
  world.reconnect(fickle);
  const MessageName other = world.abandon(fickle, lobby);
  world.store(other);
  world.acknowledge(other);
  world.store(one);
  EXPECT_EQ(world.findings(), "");
  world.acknowledge(one);
  EXPECT_EQ(world.findings(), "out_of_order");
}

TEST_F(OrderTest, InTheInboxOfTheRecipientToo) {
  without_readers();
  world.store(world.abandon(patient, inbox(0), 3));
  world.store(world.abandon(patient, inbox(0), 3));
  const std::size_t last = world.entries_of(inbox(3)).size() - 1;
  world.exchange(inbox(3), last, last - 1);
  EXPECT_EQ(world.findings(), "out_of_order");
}

TEST_F(OrderTest, OneLogSaysNothingAboutAnother) {
  without_readers();
  const MessageName one = world.abandon(patient, channel(1));
  world.store(world.abandon(patient, lobby));
  world.store(one);
  EXPECT_EQ(world.findings(), "");
}

// Of writer `hasty` and its last two messages, the second of which is stored first.
class HastyTest : public SmallRunTest {
 protected:
  HastyTest() {
    without_readers();
    one = world.abandon(hasty, lobby);
    other = world.abandon(hasty, lobby);
    world.store(other);
    world.store(one);
  }
  MessageName one;
  MessageName other;
};

TEST_F(HastyTest, WhatWasAcknowledgedAtOnceIsInOrder) {
  world.acknowledge(one);
  world.acknowledge(other);
  EXPECT_EQ(world.findings(), "out_of_order");
}

TEST_F(HastyTest, WhatWasRepeatedMayComeLater) {
  world.acknowledge(other);
  world.repeat(one);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(HastyTest, AlsoOnTheSameConnection) {
  world.acknowledge(one);
  world.acknowledge(other);
  world.sent_of(one).tries = 2;
  EXPECT_EQ(world.findings(), "");
}

TEST_F(HastyTest, WhatWasAcknowledgedOnAnotherConnectionMayComeLater) {
  world.acknowledge(other);
  world.reconnect(hasty);
  world.acknowledge(one);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(HastyTest, WhatWasRefusedMayComeLater) {
  world.acknowledge(one);
  world.acknowledge(other);
  world.sent_of(one).refusals = 1;
  EXPECT_EQ(world.findings(), "");
}

TEST_F(HastyTest, WhatWasNotAnsweredMayComeLater) {
  world.acknowledge(other);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(HastyTest, WhatWasSentOnAnotherConnectionMayComeEarlier) {
  world.sent_of(other).first_connection = 2;
  world.acknowledge(one);
  world.reconnect(hasty);
  world.acknowledge(other);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(OrderTest, OnOneConnectionTheOldProtocolIsInOrder) {
  without_readers();
  const MessageName one = world.abandon(old, lobby);
  const MessageName other = world.abandon(old, lobby);
  world.store(other);
  world.store(one);
  EXPECT_EQ(world.findings(), "out_of_order");
  world.sent_of(other).first_connection = 2;
  EXPECT_EQ(world.findings(), "");
}

}  // namespace
}  // namespace hubbub::torture
