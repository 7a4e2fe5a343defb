// Bans, mutes and what becomes of people's roles.
#include "store/store_suite.h"

namespace hubbub {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

class ModerationTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    one(RememberUser{root, now, Role::kAdmin}).value();
    one(RememberUser{mod, now, Role::kModerator}).value();
  }

  BanUser ban(const Author& person, std::optional<microseconds> duration = {}) {
    return {person.id, "rude", duration, root, Role::kAdmin, now};
  }
  MuteUser mute(const Author& person, ChannelId where = {},
                std::optional<microseconds> duration = {}) {
    return {person.id, where, "loud", duration, root, Role::kAdmin, now};
  }
  static BanQuery query(const UserId& user) {
    BanQuery query;
    query.user = user;
    query.now = now;
    return query;
  }
  std::vector<Ban> bans(const UserId& user = {}) {
    return store->records().bans(query(user)).value().records;
  }
  std::vector<Mute> mutes(const UserId& user = {}) {
    return store->records().mutes(query(user)).value().records;
  }
  // As everybody learns of them; nothing when nothing changed.
  std::optional<Restrictions> restrictions_after(const std::vector<PendingEntry>& batch) {
    auto outcome = store->commit(batch).value();
    for (const auto& result : outcome.results) EXPECT_TRUE(result) << result.error().detail;
    return outcome.restrictions;
  }
  std::optional<Error> refusal(const PendingEntry& entry) {
    auto outcome = store->commit(std::vector<PendingEntry>{entry}).value();
    if (outcome.results.at(0)) return std::nullopt;
    EXPECT_FALSE(outcome.restrictions);
    EXPECT_FALSE(outcome.results[0].error().detail.empty());
    return outcome.results[0].error();
  }
  void expect_refused(const PendingEntry& entry, Code code, const std::string& field) {
    const auto error = refusal(entry);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, code);
    EXPECT_EQ(error->field, field);
  }

  const Author root{UserId{"id-of-root"}, "root"};
  const Author mod{UserId{"id-of-mod"}, "mod"};
  const Author stranger{UserId{"id-of-stranger"}, "stranger"};
};
INSTANTIATE_TEST_SUITE_P(Twins, ModerationTest, ::testing::ValuesIn(twins()), twin_name);

// --- bans ---

TEST_P(ModerationTest, ABanHoldsUntilItsEnd) {
  const auto restrictions = restrictions_after({ban(alice, hours(1)), ban(bob)});
  ASSERT_TRUE(restrictions);
  EXPECT_EQ(restrictions->ban_of(alice.id, now), Term{now + hours(1)});
  EXPECT_FALSE(restrictions->ban_of(alice.id, now + hours(1)));
  EXPECT_EQ(restrictions->ban_of(bob.id, now + hours(1'000'000)), Term{});
  EXPECT_FALSE(restrictions->ban_of(carol.id, now));
}

TEST_P(ModerationTest, WhatEndedIsNotCarriedOn) {
  restrictions_after({ban(alice, hours(1)), mute(bob, {}, hours(1)), ban(carol, hours(3))});
  BanUser later = ban(stranger);
  later.at = now + hours(2);
  Restrictions expected;
  expected.ban(carol.id, {now + hours(3)});
  expected.ban(stranger.id, {});
  EXPECT_EQ(restrictions_after({later}), expected);
}

TEST_P(ModerationTest, TheLongestOfSeveralBansCounts) {
  const auto restrictions =
      restrictions_after({ban(alice, hours(1)), ban(alice, hours(5)), ban(alice, hours(2))});
  EXPECT_EQ(restrictions->ban_of(alice.id, now), Term{now + hours(5)});
}

TEST_P(ModerationTest, ABanIsRecordedWithWhoAndWhy) {
  const std::int64_t id = one(ban(alice, hours(1))).value().id;
  ASSERT_EQ(bans().size(), 1U);
  const Ban record = bans().front();
  EXPECT_EQ(record.id, id);
  EXPECT_EQ(record.by.user, root);
  EXPECT_EQ(record.user, alice.id);
  EXPECT_EQ(record.reason, "rude");
  EXPECT_EQ(record.start, now);
  EXPECT_EQ(record.end, now + hours(1));
  EXPECT_FALSE(record.is_pardoned);
}

TEST_P(ModerationTest, ABanNeedsNoReason) {
  BanUser without = ban(alice);
  without.reason.clear();
  one(without).value();
  EXPECT_FALSE(bans().at(0).has_reason);
}

TEST_P(ModerationTest, SomeoneNeverSeenCanBeBanned) {
  EXPECT_TRUE(restrictions_after({ban(stranger)})->ban_of(stranger.id, now));
}

TEST_P(ModerationTest, APardonEndsABanAndKeepsItsRow) {
  const std::int64_t id = one(ban(alice)).value().id;
  EXPECT_EQ(restrictions_after({PardonBan{id, root, now}}), Restrictions{});
  EXPECT_TRUE(bans().at(0).is_pardoned);
}

TEST_P(ModerationTest, APardonOfOneBanLeavesTheOther) {
  const std::int64_t id = one(ban(alice)).value().id;
  one(ban(alice, hours(1))).value();
  EXPECT_EQ(restrictions_after({PardonBan{id, root, now}})->ban_of(alice.id, now),
            Term{now + hours(1)});
}

TEST_P(ModerationTest, WhatEndedCannotBePardoned) {
  const std::int64_t pardoned = one(ban(alice)).value().id;
  const std::int64_t ended = one(ban(bob, hours(1))).value().id;
  one(PardonBan{pardoned, root, now}).value();
  EXPECT_FALSE(
      restrictions_after({PardonBan{pardoned, root, now}, PardonBan{ended, root, now + hours(1)}}));
  EXPECT_FALSE(bans(bob.id).at(0).is_pardoned);
}

TEST_P(ModerationTest, AnUnknownBanCannotBePardoned) {
  expect_refused(PardonBan{99, root, now}, Code::kNotFound, "ban_id");
}

TEST_P(ModerationTest, NobodyBansThemselves) {
  one(RememberUser{alice, now, Role::kAdmin}).value();
  expect_refused(ban(root), Code::kConflict, "banished_id");
  EXPECT_TRUE(bans().empty());
}

TEST_P(ModerationTest, AModeratorBansMembersOnly) {
  one(RememberUser{carol, now, Role::kModerator}).value();
  const auto by_mod = [&](const Author& person) {
    BanUser entry = ban(person);
    entry.by = mod;
    entry.by_role = Role::kModerator;
    return entry;
  };
  expect_refused(by_mod(root), Code::kForbidden, "banished_id");
  expect_refused(by_mod(carol), Code::kForbidden, "banished_id");
  EXPECT_FALSE(refusal(by_mod(alice)));
  EXPECT_FALSE(refusal(by_mod(stranger)));
}

TEST_P(ModerationTest, AnAdministratorBansAnyone) {
  one(RememberUser{alice, now, Role::kAdmin}).value();
  EXPECT_FALSE(refusal(ban(mod)));
  EXPECT_FALSE(refusal(ban(alice)));
}

TEST_P(ModerationTest, TheLastAdministratorCannotBeBanned) {
  const Author system{UserId{"open-admin"}, "open-admin"};
  const auto by_system = [&](const Author& person) {
    BanUser entry = ban(person, hours(1));
    entry.by = system;
    return entry;
  };
  expect_refused(by_system(root), Code::kConflict, "banished_id");
  one(RememberUser{alice, now, Role::kAdmin}).value();
  EXPECT_FALSE(refusal(by_system(root)));
  expect_refused(by_system(alice), Code::kConflict, "banished_id");
  // Who is banned already is not the one whom a ban would take away.
  EXPECT_FALSE(refusal(by_system(root)));

  BanUser later = by_system(alice);
  later.at = now + hours(1);  // root is back
  EXPECT_FALSE(refusal(later));
}

TEST_P(ModerationTest, TheLastAdministratorIsKnownWithinABatch) {
  one(RememberUser{alice, now, Role::kAdmin}).value();
  BanUser back = ban(root);
  back.by = alice;
  const auto results = all({ban(alice), back});
  EXPECT_TRUE(results.at(0));
  EXPECT_EQ(code_of(results.at(1)), Code::kConflict);
}

// --- mutes ---

TEST_P(ModerationTest, AMuteHoldsInItsChannelUntilItsEnd) {
  const ChannelId other = make_channel("other");
  const auto restrictions = restrictions_after({mute(alice, general, hours(1)), mute(bob)});
  ASSERT_TRUE(restrictions);
  EXPECT_EQ(restrictions->mute_of(alice.id, general, now), Term{now + hours(1)});
  EXPECT_FALSE(restrictions->mute_of(alice.id, other, now));
  EXPECT_FALSE(restrictions->mute_of(alice.id, general, now + hours(1)));
  EXPECT_EQ(restrictions->mute_of(bob.id, other, now), Term{});
}

TEST_P(ModerationTest, AMuteIsRecordedWithWhoAndWhy) {
  const std::int64_t id = one(mute(alice, general, hours(1))).value().id;
  ASSERT_EQ(mutes().size(), 1U);
  const Mute record = mutes().front();
  EXPECT_EQ(record.id, id);
  EXPECT_EQ(record.by.user, root);
  EXPECT_EQ(record.user, alice.id);
  EXPECT_EQ(record.channel, general);
  EXPECT_EQ(record.reason, "loud");
  EXPECT_EQ(record.start, now);
  EXPECT_EQ(record.end, now + hours(1));
  EXPECT_FALSE(record.is_lifted);
}

TEST_P(ModerationTest, AMuteIsLiftedOnceAndItsRowStays) {
  const std::int64_t id = one(mute(alice)).value().id;
  const std::int64_t ended = one(mute(bob, general, hours(1))).value().id;
  EXPECT_FALSE(restrictions_after({UnmuteUser{id, root, now}})->mute_of(alice.id, general, now));
  EXPECT_FALSE(
      restrictions_after({UnmuteUser{id, root, now}, UnmuteUser{ended, root, now + hours(1)}}));
  EXPECT_TRUE(mutes(alice.id).at(0).is_lifted);
}

TEST_P(ModerationTest, AMuteNeedsAPersonAndAChannel) {
  expect_refused(mute(stranger), Code::kUnknownUser, "user_id");
  expect_refused(mute(alice, ChannelId{99}), Code::kUnknownChannel, "channel_id");
  const ChannelId gone = make_channel("gone");
  one(DeleteChannel{gone, false, root, now}).value();
  expect_refused(mute(alice, gone), Code::kUnknownChannel, "channel_id");
  expect_refused(UnmuteUser{99, root, now}, Code::kNotFound, "mute_id");
}

TEST_P(ModerationTest, AMuteFollowsTheRolesAsABanDoes) {
  expect_refused(mute(root), Code::kConflict, "user_id");
  MuteUser by_mod = mute(root);
  by_mod.by = mod;
  by_mod.by_role = Role::kModerator;
  expect_refused(by_mod, Code::kForbidden, "user_id");
  EXPECT_FALSE(refusal(mute(mod)));
}

// --- from one start to the next ---

TEST_P(ModerationTest, WhatHoldsNowIsThereAfterAnotherStart) {
  const Time present = system_clock().now();
  std::vector<PendingEntry> batch{ban(alice, hours(1)), ban(bob), mute(carol, general),
                                  mute(alice, {}, hours(1))};
  for (PendingEntry& entry : batch) {
    std::visit(
        [&](auto& each) {
          if constexpr (requires { each.at; }) each.at = present;
        },
        entry);
  }
  const auto restrictions = restrictions_after(batch);
  ASSERT_TRUE(restrictions);
  EXPECT_EQ(store->restrictions().value(), restrictions);
  reopen();
  EXPECT_EQ(store->restrictions().value(), restrictions);
  EXPECT_FALSE(restrictions->ban_of(alice.id, present + hours(1)));
}

TEST_P(ModerationTest, WhatEndedLongAgoIsNotReadAtTheStart) {
  one(ban(alice, hours(1))).value();
  EXPECT_EQ(store->restrictions().value(), Restrictions{});
}

TEST_P(ModerationTest, OnlyBansAndMutesShowTheRestrictions) {
  EXPECT_FALSE(
      restrictions_after({message(general, alice, "a"), CreateChannel{"news", "", root, now},
                          RememberUser{alice, now}}));
  EXPECT_FALSE(directory_after(ban(alice)));
  EXPECT_FALSE(directory_after(mute(alice)));
}

// --- roles and accounts ---

TEST_P(ModerationTest, ARoleIsKnownAsLastSeen) {
  EXPECT_EQ(store->find_user(mod.id).value()->role, Role::kModerator);
  EXPECT_EQ(store->find_user(alice.id).value()->role, Role::kMember);
  one(RememberUser{mod, now, Role::kMember}).value();
  EXPECT_EQ(store->find_user(mod.id).value()->role, Role::kMember);
}

TEST_P(ModerationTest, AnAccountsRoleActsAtOnce) {
  const std::vector<PendingEntry> batch{RecordAccountChange{
      alice.id, "account.role", "alice", "", "", Role::kModerator, false, root, now}};
  const auto outcome = store->commit(batch).value();
  ASSERT_EQ(outcome.account_changes.size(), 1U);
  EXPECT_EQ(outcome.account_changes[0].user, alice.id);
  EXPECT_EQ(outcome.account_changes[0].role, Role::kModerator);
  EXPECT_FALSE(outcome.account_changes[0].is_disabled);
  EXPECT_FALSE(outcome.directory);
  EXPECT_EQ(store->find_user(alice.id).value()->role, Role::kModerator);
}

TEST_P(ModerationTest, ADisabledAccountIsTold) {
  const std::vector<PendingEntry> batch{
      RecordAccountChange{mod.id, "account.disable", "mod", "", "", std::nullopt, true, root, now}};
  const auto outcome = store->commit(batch).value();
  ASSERT_EQ(outcome.account_changes.size(), 1U);
  EXPECT_TRUE(outcome.account_changes[0].is_disabled);
  EXPECT_EQ(store->find_user(mod.id).value()->role, Role::kModerator);
}

TEST_P(ModerationTest, WhatConcernsNoConnectionIsRecordedOnly) {
  const std::vector<PendingEntry> batch{
      RecordAccountChange{stranger.id, "account.role", "stranger", "", "", Role::kAdmin, false,
                          root, now},
      RecordAccountChange{alice.id, "account.reset_link", "alice", "", "", std::nullopt, false,
                          root, now}};
  const auto outcome = store->commit(batch).value();
  EXPECT_EQ(outcome.account_changes.size(), 1U);  // the stranger may come any moment
  EXPECT_FALSE(store->find_user(stranger.id).value());
  EXPECT_EQ(store->records().audit({}).value().records.size(), 2U);
}

}  // namespace
}  // namespace hubbub
