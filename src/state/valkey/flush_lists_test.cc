#include "state/valkey/flush_lists.h"

#include <gmock/gmock.h>

#include "state/valkey/test_valkey.h"

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = FlushLists::Kind;

class ValkeyFlushListsTest : public ValkeyTest {
 protected:
  FlushLists open() { return std::move(FlushLists::open(address, kPatience).value()); }
};

TEST_F(ValkeyFlushListsTest, AreReadWholeInOrderAsBytes) {
  ask({"RPUSH", "flush_messages", "one", std::string("t\0wo", 4), "no json {"});
  ask({"RPUSH", "flush_private_messages", "private"});
  auto lists = open();
  EXPECT_THAT(lists.read(Kind::kMessages).value(),
              ElementsAre("one", std::string("t\0wo", 4), "no json {"));
  EXPECT_THAT(lists.read(Kind::kPrivateMessages).value(), ElementsAre("private"));
}

TEST_F(ValkeyFlushListsTest, MayBeLongerThanAPart) {
  for (const std::size_t count : {499U, 500U, 501U, 1'234U}) {
    ask({"DEL", "flush_messages"});
    ValkeyCommand push = {"RPUSH", "flush_messages"};
    for (std::size_t i = 0; i < count; ++i) push.push_back(std::to_string(i));
    ask(push);
    const auto read = open().read(Kind::kMessages).value();
    EXPECT_EQ(read, std::vector<std::string>(push.begin() + 2, push.end())) << count;
  }
}

TEST_F(ValkeyFlushListsTest, OnlyTheFirstAreTakenOut) {
  auto lists = open();
  ask({"RPUSH", "flush_messages", "a", "b", "c"});
  ask({"RPUSH", "flush_private_messages", "p"});
  ASSERT_TRUE(lists.remove_first(Kind::kMessages, 0));
  EXPECT_THAT(list("flush_messages"), ElementsAre("a", "b", "c"));
  ASSERT_TRUE(lists.remove_first(Kind::kMessages, 2));
  EXPECT_THAT(list("flush_messages"), ElementsAre("c"));
  ASSERT_TRUE(lists.remove_first(Kind::kMessages, 1));
  EXPECT_THAT(list("flush_messages"), IsEmpty());
  EXPECT_THAT(list("flush_private_messages"), ElementsAre("p"));
}

TEST_F(ValkeyFlushListsTest, CountersAreRaisedAndNeverLowered) {
  auto lists = open();
  EXPECT_EQ(lists.counter(Kind::kMessages).value(), 0);
  ASSERT_TRUE(lists.raise_counter(Kind::kMessages, 3'000'000'000));
  EXPECT_EQ(lists.counter(Kind::kMessages).value(), 3'000'000'000);
  ASSERT_TRUE(lists.raise_counter(Kind::kMessages, 7));
  EXPECT_EQ(text({"GET", "cache_message_id"}), "3000000000");
  EXPECT_EQ(lists.counter(Kind::kPrivateMessages).value(), 0);
  ASSERT_TRUE(lists.raise_counter(Kind::kPrivateMessages, 9));
  EXPECT_EQ(integer({"INCR", "cache_private_message_id"}), 10);
}

TEST_F(ValkeyFlushListsTest, AListOfAnotherTypeIsAnError) {
  ask({"SET", "flush_messages", "x"});
  EXPECT_EQ(open().read(Kind::kMessages).error().code, Code::kUnavailable);
}

}  // namespace
}  // namespace hubbub
