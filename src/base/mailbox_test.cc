#include "base/mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class MailboxTest : public testing::Test {
 protected:
  bool push(int item) { return mailbox.push(item); }
  std::vector<int> take() {
    std::vector<int> items{99};
    was_open = mailbox.take(items);
    return items;
  }
  Mailbox<int> mailbox{3};
  bool was_open = true;
};

TEST_F(MailboxTest, HandsOutAllThatWaitsInOrder) {
  push(1);
  push(2);
  EXPECT_EQ(mailbox.size(), 2U);
  EXPECT_THAT(take(), ElementsAre(1, 2));
  push(3);
  EXPECT_THAT(take(), ElementsAre(3));
}

TEST_F(MailboxTest, RefusesWhatIsTooManyUntilItIsTaken) {
  for (const int item : {1, 2, 3}) EXPECT_TRUE(push(item));
  EXPECT_FALSE(push(4));
  EXPECT_THAT(take(), ElementsAre(1, 2, 3));
  EXPECT_TRUE(push(4));
}

TEST_F(MailboxTest, OnceClosedItRefusesButStillGivesWhatIsThere) {
  push(1);
  mailbox.close();
  EXPECT_FALSE(push(2));
  EXPECT_THAT(take(), ElementsAre(1));
  EXPECT_TRUE(was_open);
  EXPECT_THAT(take(), IsEmpty());
  EXPECT_FALSE(was_open);
}

TEST_F(MailboxTest, WakesAReaderThatWaits) {
  std::vector<int> taken;
  std::thread reader([&] {
    while (mailbox.take(taken)) {
    }
    was_open = false;
  });
  push(1);
  mailbox.close();
  reader.join();
  EXPECT_FALSE(was_open);
}

TEST(MailboxOfOwnersTest, LeavesARefusedItemToItsOwner) {
  Mailbox<std::unique_ptr<int>> full(0);
  auto item = std::make_unique<int>(7);
  EXPECT_FALSE(full.push(item));
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(*item, 7);
}

}  // namespace
}  // namespace hubbub
