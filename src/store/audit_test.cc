// What the audit log says of each administrative act.
#include "store/store_suite.h"

namespace hubbub {
namespace {

using std::chrono::hours;

class AuditTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    one(RememberUser{root.user, now, Role::kAdmin}).value();
  }

  std::vector<AuditRecord> records() { return store->records().audit({}).value().records; }
  // The record of an act that must succeed and be told once.
  AuditRecord told(const PendingEntry& entry) {
    const std::size_t before = records().size();
    EXPECT_TRUE(one(entry));
    const auto after = records();
    EXPECT_EQ(after.size(), before + 1);
    return after.size() > before ? after.front() : AuditRecord{};
  }
  void expect_told(const PendingEntry& entry, const std::string& action, const std::string& target,
                   const std::string& before, const std::string& after) {
    const AuditRecord record = told(entry);
    EXPECT_EQ(record.action, action);
    EXPECT_EQ(record.target, target);
    EXPECT_EQ(record.before, before);
    EXPECT_EQ(record.after, after);
  }
  void expect_untold(const std::vector<PendingEntry>& batch) {
    const std::size_t before = records().size();
    const auto outcome = store->commit(batch).value();
    EXPECT_FALSE(outcome.directory);
    EXPECT_FALSE(outcome.restrictions);
    EXPECT_EQ(records().size(), before);
  }

  const Actor root{{UserId{"id-of-root"}, "root"}, "192.0.2.7"};
};
INSTANTIATE_TEST_SUITE_P(Twins, AuditTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(AuditTest, ANewServersAuditLogIsEmpty) { EXPECT_TRUE(records().empty()); }

TEST_P(AuditTest, ARecordSaysWhoAndWhenAndFromWhere) {
  const AuditRecord record = told(UpdateLimits{{5, 60}, root, now});
  EXPECT_EQ(record.by, root);
  EXPECT_EQ(record.at, now);
  EXPECT_GT(record.id, 0);
}

TEST_P(AuditTest, NewerRecordsHaveHigherIds) {
  const auto results = all({UpdateLimits{{5, 60}, root, now}, UpdateLimits{{6, 60}, root, now}});
  EXPECT_TRUE(results.at(1));
  EXPECT_GT(records().at(0).id, records().at(1).id);
  EXPECT_EQ(records().at(0).after, R"({"message_limit":6,"window_seconds":60})");
}

TEST_P(AuditTest, LimitsAreTold) {
  expect_told(UpdateLimits{{5, 60}, root, now}, "limits.update", "limits",
              R"({"message_limit":20,"window_seconds":10})",
              R"({"message_limit":5,"window_seconds":60})");
}

TEST_P(AuditTest, ChangesOfAChannelAreTold) {
  expect_told(CreateChannel{"news", "dry", root, now}, "channel.create", "#news", "",
              R"({"name":"news","description":"dry"})");
  const ChannelId news = channel("news").id;
  expect_told(UpdateChannel{news, "olds", std::nullopt, root, now, {true, true, 30, true}},
              "channel.update", "#news",
              R"({"name":"news","read_only":false,"staff_only":false,"private":false,)"
              R"("slow_mode_seconds":0})",
              R"({"name":"olds","read_only":true,"staff_only":true,"private":true,)"
              R"("slow_mode_seconds":30})");
  expect_told(UpdateChannel{news, "olds", "wet", root, now, {true, {}, 30}}, "channel.update",
              "#olds", R"({"description":"dry"})", R"({"description":"wet"})");
  expect_told(ReorderChannel{news, general, root, now}, "channel.reorder", "#olds",
              R"({"sort_order":2})", R"({"sort_order":1})");
  expect_told(DeleteChannel{news, false, root, now}, "channel.archive", "#olds",
              R"({"archived":false})", R"({"archived":true})");
  expect_told(RestoreChannel{news, root, now}, "channel.restore", "#olds", R"({"archived":true})",
              R"({"archived":false})");
  say(news, alice, "one");
  say(news, alice, "two");
  expect_told(DeleteChannel{news, true, root, now}, "channel.purge", "#olds",
              R"({"archived":false,"message_count":2})", "");
}

TEST_P(AuditTest, ADescriptionThatWasNeverGivenIsNull) {
  one(CreateChannel{"news", std::nullopt, root, now}).value();
  expect_told(UpdateChannel{channel("news").id, std::nullopt, "", root, now}, "channel.update",
              "#news", R"({"description":null})", R"({"description":""})");
}

TEST_P(AuditTest, ARemovalNamesTheMessagesButNotTheirText) {
  const Entry first = say(general, alice, "secret");
  const Entry second = say(general, bob, "secret");
  const auto member = [](const Entry& entry) {
    return R"({"id":)" + std::to_string(entry.message_id.value) + R"(,"author_id":")" +
           entry.author.id.value + R"(","author":")" + entry.author.username +
           R"(","channel":"general"})";
  };
  expect_told(RemoveMessages{{first.message_id, MessageId{99}, second.message_id}, root, now},
              "message.remove", "#general",
              R"({"messages":[)" + member(first) + "," + member(second) + "]}", "");
}

TEST_P(AuditTest, ARemovalFromSeveralChannelsIsCounted) {
  const Entry first = say(general, alice, "secret");
  const Entry second = say(make_channel("news"), bob, "secret");
  const Entry third = say(general, bob, "secret");
  const AuditRecord record =
      told(RemoveMessages{{first.message_id, second.message_id, third.message_id}, root, now});
  EXPECT_EQ(record.target, "3 messages");
}

TEST_P(AuditTest, ABanAndItsPardonAreTold) {
  const BanUser ban{alice.id, "rude", hours(1), root, Role::kAdmin, now};
  const std::string json = R"({"ban_id":1,"user_id":"id-of-alice","reason":"rude","end":")" +
                           format_time(now + hours(1)) + R"("})";
  expect_told(ban, "user.ban", "alice", "", json);
  expect_told(PardonBan{1, root, now}, "user.pardon", "alice", json, "");
}

TEST_P(AuditTest, SomeoneNeverSeenIsNamedById) {
  const UserId stranger{"id-of-stranger"};
  const std::string json = R"({"ban_id":1,"user_id":"id-of-stranger"})";
  expect_told(BanUser{stranger, "", {}, root, Role::kAdmin, now}, "user.ban", "id-of-stranger", "",
              json);
  expect_told(PardonBan{1, root, now}, "user.pardon", "id-of-stranger", json, "");
}

TEST_P(AuditTest, AMuteAndItsEndAreTold) {
  const std::string json =
      R"({"mute_id":1,"user_id":"id-of-alice","channel":"general","reason":"loud","end":")" +
      format_time(now + hours(1)) + R"("})";
  expect_told(MuteUser{alice.id, general, "loud", hours(1), root, Role::kAdmin, now}, "user.mute",
              "alice", "", json);
  expect_told(UnmuteUser{1, root, now}, "user.unmute", "alice", json, "");
}

TEST_P(AuditTest, AnAccountsChangeIsToldAsGiven) {
  expect_told(RecordAccountChange{alice.id, "account.role", "alice", R"({"role":"member"})",
                                  R"({"role":"admin"})", Role::kAdmin, false, root, now},
              "account.role", "alice", R"({"role":"member"})", R"({"role":"admin"})");
  expect_told(RecordAccountChange{{}, "account.invite", "invitation", "", "", {}, false, root, now},
              "account.invite", "invitation", "", "");
}

TEST_P(AuditTest, WhatChangesNothingIsNotTold) {
  const std::int64_t ban = one(BanUser{alice.id, "", {}, root, Role::kAdmin, now}).value().id;
  one(PardonBan{ban, root, now}).value();
  const std::int64_t mute =
      one(MuteUser{alice.id, general, "", {}, root, Role::kAdmin, now}).value().id;
  one(UnmuteUser{mute, root, now}).value();
  expect_untold({PardonBan{ban, root, now}, UnmuteUser{mute, root, now},
                 UpdateLimits{{20, 10}, root, now},
                 UpdateChannel{general, "general", std::nullopt, root, now, {false, false, 0}},
                 ReorderChannel{general, ChannelId{99}, root, now}, RememberUser{alice, now},
                 message(general, alice, "hello")});
}

TEST_P(AuditTest, WhatIsRefusedIsNotTold) {
  make_channel("news");
  const ChannelId none{99};
  expect_untold({CreateChannel{"news", "", root, now},
                 UpdateChannel{general, "news", std::nullopt, root, now},
                 ReorderChannel{none, general, root, now}, DeleteChannel{none, true, root, now},
                 RestoreChannel{general, root, now}, RemoveMessages{{MessageId{99}}, root, now},
                 BanUser{root.user.id, "", {}, root, Role::kAdmin, now}, PardonBan{99, root, now},
                 MuteUser{alice.id, none, "", {}, root, Role::kAdmin, now},
                 UnmuteUser{99, root, now}});
}

}  // namespace
}  // namespace hubbub
