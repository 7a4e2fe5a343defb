#include "state/valkey/connection.h"

#include <gmock/gmock.h>

#include <array>

#include "state/valkey/test_valkey.h"

namespace hubbub {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

class ValkeyConnectionTest : public ValkeyTest {};

TEST_F(ValkeyConnectionTest, BringsRepliesInOrder) {
  const std::array<ValkeyCommand, 4> commands = {
      {{"RPUSH", "list", "a", "b"}, {"LRANGE", "list", "0", "-1"}, {"GET", "none"}, {"NONSENSE"}}};
  const auto replies = connection->exchange(commands, kPatience).value();
  using Kind = ValkeyReply::Kind;
  EXPECT_EQ(replies[0].integer, 2);
  ASSERT_EQ(replies[1].kind, Kind::kList);
  EXPECT_EQ(replies[1].items[1].text, "b");
  EXPECT_EQ(replies[2].kind, Kind::kNothing);
  ASSERT_EQ(replies[3].kind, Kind::kError);
  EXPECT_THAT(replies[3].text, HasSubstr("unknown command"));
}

TEST_F(ValkeyConnectionTest, CarriesAnyBytes) {
  const std::string bytes("\0\r\n\xff$3", 6);
  ask({"SET", "key", bytes});
  EXPECT_EQ(text({"GET", "key"}), bytes);
  EXPECT_EQ(text({"ECHO", ""}), "");
}

TEST_F(ValkeyConnectionTest, MoreThanTheSocketHoldsGoesAndComes) {
  const std::string large(8 * 1024 * 1024, 'x');
  ask({"SET", "key", large});
  EXPECT_EQ(text({"GET", "key"}).size(), large.size());
}

TEST_F(ValkeyConnectionTest, AnErrorInAnyReplyFailsTheRun) {
  ask({"SET", "text", "x"});
  const std::array<ValkeyCommand, 3> commands = {{{"MULTI"}, {"RPUSH", "text", "y"}, {"EXEC"}}};
  const auto replies = connection->run(commands, kPatience);
  ASSERT_FALSE(replies);
  EXPECT_EQ(replies.error().code, Code::kUnavailable);
  EXPECT_THAT(replies.error().detail, HasSubstr("WRONGTYPE"));
}

TEST_F(ValkeyConnectionTest, WaitsNoLongerThanItWasTold) {
  const auto started = std::chrono::steady_clock::now();
  // Answers in ten seconds.
  ValkeyCommand command = {"BLPOP", "nothing", "10"};
  const auto replies = connection->exchange({&command, 1}, milliseconds(50));
  ASSERT_FALSE(replies);
  EXPECT_EQ(replies.error().detail, "no answer in time");
  EXPECT_LT(std::chrono::steady_clock::now() - started, kPatience);
}

TEST_F(ValkeyConnectionTest, ALostConnectionIsAnError) {
  const auto id = integer({"CLIENT", "ID"});
  auto other = ValkeyConnection::open(address, kPatience).value();
  ValkeyCommand kill = {"CLIENT", "KILL", "ID", std::to_string(id)};
  ASSERT_TRUE(other->run({&kill, 1}, kPatience));
  ValkeyCommand ping = {"PING"};
  EXPECT_FALSE(connection->exchange({&ping, 1}, kPatience));
}

TEST_F(ValkeyConnectionTest, ChoosesTheDatabase) {
  ask({"SET", "here", "1"});
  EXPECT_EQ(integer({"EXISTS", "here"}), 1);
  address.database = kDatabase + 1;
  connection = ValkeyConnection::open(address, kPatience).value();
  EXPECT_EQ(integer({"EXISTS", "here"}), 0);
}

TEST_F(ValkeyConnectionTest, SaysWhyThereIsNone) {
  address.user = "nobody";
  address.password = "sesame";
  const auto refused = ValkeyConnection::open(address, kPatience);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("WRONGPASS"));
  address.port = 1;
  const auto missing = ValkeyConnection::open(address, kPatience);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kUnavailable);
  EXPECT_THAT(missing.error().detail, HasSubstr("refused"));
}

}  // namespace
}  // namespace hubbub
