// What the dashboard reads: each list's order, pages and filters.
#include "store/store_suite.h"

namespace hubbub {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using Ids = std::vector<std::int64_t>;

class RecordsTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    one(RememberUser{root.user, now, Role::kAdmin}).value();
  }

  std::int64_t ban(const UserId& user, std::optional<microseconds> duration = {}) {
    return one(BanUser{user, "rude", duration, root, Role::kAdmin, now}).value().id;
  }
  std::int64_t mute(const UserId& user, ChannelId where = {},
                    std::optional<microseconds> duration = {}) {
    return one(MuteUser{user, where, "", duration, root, Role::kAdmin, now}).value().id;
  }
  void remove(const Entry& entry) { one(RemoveMessages{{entry.message_id}, root, now}).value(); }
  void record(const std::vector<SessionRecord>& sessions) {
    one(RecordSessions{sessions, 1, now}).value();
  }
  static SessionRecord session(const Author& person, Time start, microseconds length) {
    static std::int64_t number = 0;
    return {++number, person.id, start, start + length};
  }

  template <class Record>
  static Ids ids(const RecordPage<Record>& page) {
    Ids ids;
    for (const Record& record : page.records) ids.push_back(record.id);
    return ids;
  }
  RecordPage<Ban> bans(const BanQuery& query) { return store->records().bans(query).value(); }
  RecordPage<Mute> mutes(const BanQuery& query) { return store->records().mutes(query).value(); }
  Texts usernames(const PeopleQuery& query) {
    Texts names;
    const auto page = store->records().people(query).value();
    for (const Person& person : page.records) names.push_back(person.user.username);
    return names;
  }
  Texts with_part(const std::string& part) {
    PeopleQuery query;
    query.part = part;
    return usernames(query);
  }
  Texts targets(const AuditQuery& query) {
    Texts targets;
    for (const AuditRecord& record : audit(query).records) targets.push_back(record.target);
    return targets;
  }
  RecordPage<AuditRecord> audit(const AuditQuery& query) {
    return store->records().audit(query).value();
  }
  Texts counts() {
    Texts counts;
    for (const ChannelMessageCount& count : store->records().message_counts().value()) {
      counts.push_back(count.channel + std::string(static_cast<std::size_t>(count.audience), '*') +
                       " " + std::to_string(count.message_count));
    }
    return counts;
  }

  const Actor root{{UserId{"id-of-root"}, "root"}, "192.0.2.7"};
  const UserId stranger{"id-of-stranger"};
};
INSTANTIATE_TEST_SUITE_P(Twins, RecordsTest, ::testing::ValuesIn(twins()), twin_name);

// --- bans and mutes ---

TEST_P(RecordsTest, BansComeNewestFirstInPages) {
  const Ids made{ban(alice.id), ban(bob.id), ban(alice.id)};
  EXPECT_EQ(ids(bans({})), (Ids{made[2], made[1], made[0]}));
  BanQuery query;
  query.limit = 2;
  EXPECT_EQ(ids(bans(query)), (Ids{made[2], made[1]}));
  EXPECT_TRUE(bans(query).has_more);
  query.offset = 1;
  EXPECT_EQ(ids(bans(query)), (Ids{made[1], made[0]}));
  EXPECT_FALSE(bans(query).has_more);
  query.user = alice.id;
  EXPECT_EQ(ids(bans(query)), Ids{made[0]});
}

TEST_P(RecordsTest, ActiveBansAreNeitherPardonedNorEnded) {
  const std::int64_t pardoned = ban(alice.id);
  const std::int64_t short_one = ban(bob.id, hours(1));
  const std::int64_t permanent = ban(carol.id);
  one(PardonBan{pardoned, root, now}).value();
  BanQuery query;
  query.is_active_only = true;
  query.now = now + hours(1) - microseconds(1);
  EXPECT_EQ(ids(bans(query)), (Ids{permanent, short_one}));
  query.now = now + hours(1);
  EXPECT_EQ(ids(bans(query)), Ids{permanent});
  query.user = bob.id;
  EXPECT_TRUE(bans(query).records.empty());
  query.is_active_only = false;
  EXPECT_EQ(bans(query).records.at(0).end, now + hours(1));
}

TEST_P(RecordsTest, ABannedPersonNeverSeenIsUnknown) {
  ban(stranger);
  EXPECT_EQ(bans({}).records.at(0).username, "[Unknown]");
  one(RememberUser{{stranger, "late"}, now}).value();
  EXPECT_EQ(bans({}).records.at(0).username, "late");
}

TEST_P(RecordsTest, MutesComeNewestFirstInPages) {
  const Ids made{mute(alice.id), mute(bob.id, general, hours(1)), mute(alice.id, general)};
  EXPECT_EQ(ids(mutes({})), (Ids{made[2], made[1], made[0]}));
  BanQuery query;
  query.limit = 1;
  query.user = alice.id;
  EXPECT_EQ(ids(mutes(query)), Ids{made[2]});
  EXPECT_TRUE(mutes(query).has_more);
  one(UnmuteUser{made[2], root, now}).value();
  query.is_active_only = true;
  EXPECT_EQ(ids(mutes(query)), Ids{made[0]});
  query.user = bob.id;
  query.now = now + hours(1);
  EXPECT_TRUE(mutes(query).records.empty());
}

TEST_P(RecordsTest, AMuteNamesItsChannelAsItIsNow) {
  mute(alice.id);
  const ChannelId news = make_channel("news");
  mute(alice.id, news);
  one(UpdateChannel{news, "olds", std::nullopt, alice, now}).value();
  EXPECT_EQ(mutes({}).records.at(0).channel_name, "olds");
  EXPECT_EQ(mutes({}).records.at(1).channel_name, "");
  EXPECT_EQ(mutes({}).records.at(1).channel, ChannelId{});
  one(DeleteChannel{news, true, alice, now}).value();
  EXPECT_EQ(mutes({}).records.at(0).channel_name, "");
  EXPECT_EQ(mutes({}).records.at(0).channel, news);
}

TEST_P(RecordsTest, AMuteTellsWhoSeesItsChannel) {
  const auto audience = [this] { return mutes({}).records.at(0).channel_audience; };
  mute(alice.id);
  EXPECT_EQ(audience(), Role::kMember);
  const ChannelId board = make_channel("board");
  mute(alice.id, board);
  EXPECT_EQ(audience(), Role::kMember);
  one(UpdateChannel{board, {}, {}, alice, now, {.is_staff_only = true}}).value();
  EXPECT_EQ(audience(), Role::kModerator);
  one(UpdateChannel{board, {}, {}, alice, now, {.is_private = true}}).value();
  one(DeleteChannel{board, false, alice, now}).value();
  EXPECT_EQ(audience(), Role::kAdmin);
}

// --- people ---

TEST_P(RecordsTest, PeopleComeByUsernameWithoutRegardToCase) {
  one(RememberUser{{UserId{"1"}, "Bert"}, now}).value();
  one(RememberUser{{UserId{"2"}, "alice"}, now}).value();
  EXPECT_EQ(usernames({}), (Texts{"alice", "alice", "Bert", "bob", "carol", "root"}));
  EXPECT_EQ(store->records().people({}).value().records.at(0).user.id, UserId{"2"});
  PeopleQuery query;
  query.limit = 2;
  query.offset = 3;
  EXPECT_EQ(usernames(query), (Texts{"bob", "carol"}));
  EXPECT_TRUE(store->records().people(query).value().has_more);
  query.offset = 4;
  EXPECT_FALSE(store->records().people(query).value().has_more);
  query.is_by_id = true;
  EXPECT_EQ(usernames(query), (Texts{"carol", "root"}));
}

TEST_P(RecordsTest, AUsernameIsMatchedExactly) {
  PeopleQuery query;
  query.username = "alice";
  EXPECT_EQ(usernames(query), Texts{"alice"});
  query.username = "Alice";
  EXPECT_EQ(usernames(query), Texts{});
  query.username = "alic";
  EXPECT_EQ(usernames(query), Texts{});
}

TEST_P(RecordsTest, APartIsFoundAnywhereInAnyCase) {
  int id = 0;
  for (const char* name : {"50%off", "under_score", "Jürgen", "back\\slash", "Ольга"}) {
    one(RememberUser{{UserId{std::to_string(++id)}, name}, now}).value();
  }
  EXPECT_EQ(with_part("O"), (Texts{"50%off", "bob", "carol", "root", "under_score"}));
  EXPECT_EQ(with_part("LIC"), Texts{"alice"});
  EXPECT_EQ(with_part("%"), Texts{"50%off"});
  EXPECT_EQ(with_part("_"), Texts{"under_score"});
  EXPECT_EQ(with_part("\\"), Texts{"back\\slash"});
  EXPECT_EQ(with_part("JÜRG"), Texts{"Jürgen"});
  EXPECT_EQ(with_part("оль"), Texts{"Ольга"});
  EXPECT_EQ(with_part("nobody"), Texts{});
}

TEST_P(RecordsTest, APersonIsBannedAsLongAsAnyBanHolds) {
  ban(bob.id, hours(1));
  const std::int64_t permanent = ban(bob.id);
  const auto is_banned_at = [&](Time time) {
    PeopleQuery query;
    query.username = "bob";
    query.now = time;
    return store->records().people(query).value().records.at(0).is_banned;
  };
  EXPECT_TRUE(is_banned_at(now + hours(2)));
  one(PardonBan{permanent, root, now}).value();
  EXPECT_TRUE(is_banned_at(now));
  EXPECT_FALSE(is_banned_at(now + hours(1)));
}

TEST_P(RecordsTest, AProfileSaysWhatIsKnown) {
  say(general, bob, "one");
  remove(say(general, bob, "two"));
  one(to(alice, bob, "in private")).value();
  one(RememberUser{{bob.id, "robert"}, now + hours(1), Role::kModerator}).value();
  ban(bob.id);
  mute(bob.id);
  const auto profile = store->records().profile(bob.id, now).value();
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->person.user, (Author{bob.id, "robert"}));
  EXPECT_EQ(profile->person.role, Role::kModerator);
  EXPECT_EQ(profile->person.first_seen, now);
  EXPECT_EQ(profile->person.last_seen, now + hours(1));
  EXPECT_TRUE(profile->person.is_banned);
  EXPECT_EQ(profile->message_count, 1);
  EXPECT_EQ(profile->bans.size(), 1U);
  EXPECT_EQ(profile->bans.at(0).username, "robert");
  EXPECT_EQ(profile->mutes.size(), 1U);
}

TEST_P(RecordsTest, AProfileHasTheNewestFiftyBansAndMutes) {
  for (int i = 0; i < 51; ++i) {
    ban(bob.id);
    mute(bob.id);
  }
  const auto profile = store->records().profile(bob.id, now).value();
  EXPECT_EQ(profile->bans.size(), 50U);
  EXPECT_EQ(profile->mutes.size(), 50U);
  EXPECT_EQ(profile->bans.front().id, bans({}).records.front().id);
}

TEST_P(RecordsTest, SomeoneNeverSeenHasNoProfile) {
  ban(stranger);
  EXPECT_FALSE(store->records().profile(stranger, now).value());
}

// --- activity ---

// now: 2026-01-02 03:04:05
TEST_P(RecordsTest, ASessionBelongsToTheDayOfItsStart) {
  record({session(alice, now, minutes(10)), session(bob, now, minutes(5)),
          session(alice, now - hours(3) - minutes(5), hours(1)),
          session(alice, now - days(3), hours(1))});
  record({{1000, bob.id, now, std::nullopt}});
  const auto all = store->records().session_days({}, now - days(2), now + hours(2)).value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].date, "2026-01-01");
  EXPECT_EQ(all[0].session_count, 1);
  EXPECT_EQ(all[0].total, hours(1));
  EXPECT_EQ(all[1].date, "2026-01-02");
  EXPECT_EQ(all[1].session_count, 3);
  EXPECT_EQ(all[1].total, minutes(15) + hours(2));
  const auto own = store->records().session_days(alice.id, now - days(3), now).value();
  ASSERT_EQ(own.size(), 3U);
  EXPECT_EQ(own[0].date, "2025-12-30");
  EXPECT_EQ(own[2].total, minutes(10));
  EXPECT_TRUE(store->records().session_days(carol.id, now - days(3), now).value().empty());
}

TEST_P(RecordsTest, ThoseWithTheMostTimeComeFirst) {
  record({session(alice, now, minutes(10)), session(bob, now, minutes(15)),
          session(alice, now, minutes(6)), session({stranger, ""}, now, minutes(1)),
          session(carol, now - days(1), hours(9))});
  const auto users = store->records().user_activity(now, now, 50).value();
  ASSERT_EQ(users.size(), 3U);
  EXPECT_EQ(users[0].user, alice);
  EXPECT_EQ(users[0].session_count, 2);
  EXPECT_EQ(users[0].total, minutes(16));
  EXPECT_EQ(users[1].user, bob);
  EXPECT_EQ(users[2].user, (Author{stranger, "[Unknown]"}));
  const auto first = store->records().user_activity(now, now, 1).value();
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].user, alice);
}

TEST_P(RecordsTest, MessagesAreCountedByPresentName) {
  const ChannelId staff = make_channel("staff");
  const ChannelId old = make_channel("old");
  make_channel("empty");
  one(UpdateChannel{staff, "board", std::nullopt, alice, now, {{}, true, {}}}).value();
  for (int i = 0; i < 3; ++i) say(staff, alice, "x");
  for (int i = 0; i < 4; ++i) say(old, alice, "x");
  remove(say(staff, alice, "y"));
  one(to(bob, alice, "in private")).value();
  one(DeleteChannel{old, false, alice, now}).value();
  EXPECT_EQ(counts(), (Texts{"old 4", "board* 3", "general 1"}));
  say(make_channel("old"), alice, "x");
  EXPECT_EQ(counts(), (Texts{"old 5", "board* 3", "general 1"}));
  one(UpdateChannel{staff, std::nullopt, std::nullopt, alice, now, {.is_private = true}}).value();
  EXPECT_EQ(counts(), (Texts{"old 5", "board** 3", "general 1"}));
}

TEST_P(RecordsTest, PeaksAreOfTheDaysSince) {
  for (int day = 0; day < 3; ++day) {
    one(RecordSessions{{}, day + 1, now + days(day)}).value();
  }
  const auto peaks = store->records().connection_peaks(now + days(1) + hours(1)).value();
  ASSERT_EQ(peaks.size(), 2U);
  EXPECT_EQ(peaks[0].date, "2026-01-03");
  EXPECT_EQ(peaks[0].peak, 2);
  EXPECT_EQ(peaks[1].date, "2026-01-04");
}

TEST_P(RecordsTest, ArchivedChannelsComeNewestFirst) {
  const ChannelId first = make_channel("first");
  const ChannelId second = make_channel("second");
  say(first, alice, "x");
  remove(say(first, alice, "y"));
  one(DeleteChannel{second, false, alice, now}).value();
  one(DeleteChannel{first, false, alice, now + hours(1)}).value();
  const auto archived = store->records().archived_channels().value();
  ASSERT_EQ(archived.size(), 2U);
  EXPECT_EQ(archived[0].id, first);
  EXPECT_EQ(archived[0].name, "first");
  EXPECT_EQ(archived[0].description, "about first");
  EXPECT_EQ(archived[0].archived_at, now + hours(1));
  EXPECT_EQ(archived[0].message_count, 1);
  EXPECT_EQ(archived[1].id, second);
  EXPECT_EQ(archived[1].message_count, 0);
}

// --- the audit log ---

TEST_P(RecordsTest, TheAuditLogIsPagedByIdAndNarrowedByActorAndAction) {
  const Actor mod{{UserId{"id-of-mod"}, "mod"}, ""};
  for (const char* name : {"a", "b", "c"}) one(CreateChannel{name, {}, root, now}).value();
  one(DeleteChannel{channel("b").id, false, mod, now}).value();
  ban(alice.id);
  EXPECT_EQ(targets({}), (Texts{"alice", "#b", "#c", "#b", "#a"}));
  AuditQuery query;
  query.limit = 2;
  EXPECT_EQ(targets(query), (Texts{"alice", "#b"}));
  EXPECT_TRUE(audit(query).has_more);
  query.before_id = audit(query).records.at(1).id;
  EXPECT_EQ(targets(query), (Texts{"#c", "#b"}));
  query.before_id = audit(query).records.at(1).id;
  EXPECT_EQ(targets(query), Texts{"#a"});
  EXPECT_FALSE(audit(query).has_more);
  AuditQuery of_mod;
  of_mod.actor = mod.user.id;
  EXPECT_EQ(targets(of_mod), Texts{"#b"});
  AuditQuery by_action;
  by_action.action = "channel.create";
  EXPECT_EQ(targets(by_action), (Texts{"#c", "#b", "#a"}));
  by_action.action = "channel.";
  EXPECT_EQ(targets(by_action), (Texts{"#b", "#c", "#b", "#a"}));
  by_action.actor = mod.user.id;
  EXPECT_EQ(targets(by_action), Texts{"#b"});
  by_action.action = "channel";
  EXPECT_EQ(targets(by_action), Texts{});
}

}  // namespace
}  // namespace hubbub
