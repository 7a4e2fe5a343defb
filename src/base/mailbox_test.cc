#include "base/mailbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <semaphore>
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

TEST_F(MailboxTest, AReaderMayWaitForAWhileOnly) {
  std::vector<int> items = {9};
  EXPECT_TRUE(mailbox.take_within(items, std::chrono::milliseconds(1)));
  EXPECT_THAT(items, IsEmpty());
  push(1);
  EXPECT_TRUE(mailbox.take_within(items, std::chrono::hours(1)));
  EXPECT_THAT(items, ElementsAre(1));
  push(2);
  mailbox.close();
  EXPECT_TRUE(mailbox.take_within(items, std::chrono::hours(1)));
  EXPECT_THAT(items, ElementsAre(2));
  EXPECT_FALSE(mailbox.take_within(items, std::chrono::hours(1)));
}

TEST_F(MailboxTest, WakesAReaderThatWaits) {
  std::counting_semaphore<> taken(0);
  std::thread reader([&] {
    std::vector<int> items;
    while (mailbox.take(items)) taken.release();
  });
  // The reader waits again between most of them.
  for (int i = 0; i < 100; ++i) {
    push(i);
    if (!taken.try_acquire_for(std::chrono::seconds(5))) {
      ADD_FAILURE() << "still asleep";
      break;
    }
  }
  mailbox.close();
  reader.join();
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
