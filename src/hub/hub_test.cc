#include "hub/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/old_frames.h"

namespace hubbub {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using Texts = std::vector<std::string>;

constexpr LogId kLog{7};
constexpr LogId kInbox{9};
const LogName kGeneral{false, ChannelId{1}};
const LogName kMine{true, {}};

// A subscriber that keeps what it was handed, until told to refuse.
class Listener final : public Subscriber {
 public:
  explicit Listener(WireForm form = WireForm::kV1) : Subscriber(form) {}

  bool deliver(const Shared<Frame>& frame) override {
    if (refuses) return false;
    seen.emplace_back(frame->payload());
    return true;
  }
  void on_fell_behind(Subscription& subscription) override {
    behind.push_back(subscription.position);
  }
  void on_missed_presence(const v1::PresenceChange& change) override {
    missed.push_back(change.user.username);
  }
  void on_missed_directory() override { missed.emplace_back("directory"); }
  void on_history_replaced(Subscription& subscription, Seq head) override {
    EXPECT_EQ(subscription.state, Subscription::State::kIdle);
    replaced.emplace_back(subscription.position, head);
  }
  void on_channel_created(const Channel& channel) override { created.push_back(channel.name); }
  void on_log_ended(const LogName& name) override { ended.push_back(name); }
  void on_banned() override { is_banned = true; }
  void on_account_change(const AccountChange& change) override { changes.push_back(change); }
  void on_sign_out(const SignOut& sign_out) override { signed_out.push_back(sign_out.user); }

  bool refuses = false;
  bool is_banned = false;
  std::vector<AccountChange> changes;
  std::vector<UserId> signed_out;
  Texts seen, missed, created;
  std::vector<Seq> behind;
  std::vector<std::pair<Seq, Seq>> replaced;  // position before, new head
  std::vector<LogName> ended;
};

class HubTest : public testing::Test {
 protected:
  HubTest() { join(bob, "bob"); }
  ~HubTest() override { hub.leave(bob, UserId{"bob"}); }

  void join(Listener& listener, const std::string& name, Role role = Role::kMember) {
    hub.enter(listener, UserId{name}, role);
    hub.join(listener);
  }
  static Channel channel(std::int64_t id, LogId log, const std::string& name) {
    return {ChannelId{id}, log, name, "", true, id, UserId{"root"}, {"epoch", 0}};
  }
  static Shared<Directory> directory(std::vector<Channel> channels) {
    return std::make_shared<const Directory>(Directory{std::move(channels), {}});
  }
  // Publishes "m<seq>" as it would look to old, hubbub.v1 and its author.
  void publish(Seq seq, LogId log = kLog, const std::string& author = "alice") {
    Entry entry;
    entry.log = log;
    entry.epoch = epoch;
    entry.seq = seq;
    entry.message_id = MessageId{static_cast<std::int64_t>(seq)};
    entry.kind = log == kInbox ? EntryKind::kPrivateMessage : EntryKind::kMessage;
    entry.channel = log == kInbox ? ChannelId{} : ChannelId{1};
    entry.author = {UserId{author}, author};
    const auto text = "m" + std::to_string(seq);
    Publication publication;
    publication.entries.push_back(
        {entry, Frame::text(text + "-old"), Frame::text(text), Frame::text(text + "-mine")});
    hub.on_publication(publication);
  }
  void change_channels(std::vector<Channel> channels) {
    Publication publication;
    publication.directory = directory(std::move(channels));
    hub.on_publication(publication);
  }
  static Channel private_to_admins(Channel channel) {
    channel.rules.is_private = true;
    return channel;
  }
  static Channel staff_only(Channel channel) {
    channel.rules.is_staff_only = true;
    return channel;
  }
  void publish_restrictions(Restrictions restrictions) {
    Publication publication;
    publication.restrictions = std::make_shared<const Restrictions>(std::move(restrictions));
    hub.on_publication(publication);
  }
  void come_or_go(const std::string& name, int by) {
    hub.on_presence({{UserId{name}, name}, by, false});
  }

  std::string epoch = "epoch";
  ManualClock clock;
  Metrics metrics;
  Hub hub{directory({channel(1, kLog, "general")}), {}, clock, metrics};
  Listener bob;
};

TEST_F(HubTest, HandsOutWhatFollowsTheHead) {
  hub.follow(bob, kGeneral, kLog);
  publish(1);
  publish(2);
  EXPECT_THAT(bob.seen, ElementsAre("m1", "m2"));
}

TEST_F(HubTest, SpeaksToEachInItsOwnForm) {
  Listener old(WireForm::kOld);
  Listener author;
  join(old, "carol");
  join(author, "alice");
  for (auto* one : {&bob, &old, &author}) hub.follow(*one, kGeneral, kLog);
  publish(1);
  EXPECT_THAT(bob.seen, ElementsAre("m1"));
  EXPECT_THAT(old.seen, ElementsAre("m1-old"));
  EXPECT_THAT(author.seen, ElementsAre("m1-mine"));
  hub.leave(old, UserId{"carol"});
  hub.leave(author, UserId{"alice"});
}

TEST_F(HubTest, IgnoresWhatWasPublishedBefore) {
  hub.follow(bob, kGeneral, kLog);
  publish(1);
  publish(1);
  EXPECT_THAT(bob.seen, ElementsAre("m1"));
}

TEST_F(HubTest, AGapInPublicationsSendsFollowersToTheStore) {
  hub.follow(bob, kGeneral, kLog);
  publish(1);
  publish(3);
  EXPECT_THAT(bob.seen, ElementsAre("m1"));
  EXPECT_THAT(bob.behind, ElementsAre(1));
}

TEST_F(HubTest, AFullOutboxTurnsTheSubscriptionIdleAtTheRightPosition) {
  hub.follow(bob, kGeneral, kLog);
  publish(1);
  bob.refuses = true;
  publish(2);
  publish(3);
  EXPECT_THAT(bob.behind, ElementsAre(1));
  bob.refuses = false;
  auto* subscription = hub.find(bob, kGeneral);
  subscription->position = 2;
  EXPECT_FALSE(hub.resume(bob, *subscription));  // 3 was published meanwhile
  subscription->position = 3;
  EXPECT_TRUE(hub.resume(bob, *subscription));
  publish(4);
  EXPECT_THAT(bob.seen, ElementsAre("m1", "m4"));
}

TEST_F(HubTest, AnotherHistoryIsToldToAllWhoFollowInWhateverState) {
  Listener idle, unconcerned;
  join(idle, "carol");
  join(unconcerned, "dave");
  hub.follow(bob, kGeneral, kLog);
  publish(1);
  hub.follow_idle(idle, kGeneral, kLog, {"epoch", 0});
  epoch = "restored";
  publish(5);
  EXPECT_THAT(bob.replaced, ElementsAre(Pair(1, 4)));
  EXPECT_THAT(idle.replaced, ElementsAre(Pair(0, 4)));
  EXPECT_THAT(unconcerned.replaced, IsEmpty());
  EXPECT_THAT(bob.seen, ElementsAre("m1")) << "it reads the rest";
  EXPECT_EQ(hub.head(kLog), (Position{"restored", 5}));
  // A page may know before any publication does.
  hub.note_history(kLog, "restored", 5);
  EXPECT_EQ(bob.replaced.size(), 1U);
  hub.note_history(kLog, "again", 3);
  EXPECT_THAT(bob.replaced.back(), Pair(1, 3));
  EXPECT_EQ(hub.head(kLog), (Position{"again", 3}));
  hub.leave(idle, UserId{"carol"});
  hub.leave(unconcerned, UserId{"dave"});
}

TEST_F(HubTest, AnInboxHasNoEpochBeforeItsFirstPage) {
  auto& subscription = hub.follow_idle(bob, kMine, kInbox, {"what a client says", 5});
  EXPECT_EQ(hub.head(subscription).epoch, "");
  hub.note_history(kInbox, "epoch", 5);
  EXPECT_EQ(hub.head(subscription).epoch, "epoch");
  EXPECT_THAT(bob.replaced, IsEmpty());
}

TEST_F(HubTest, AThousandWhoComeBackTogetherAreOneFrame) {
  constexpr int kCrowd = 5'000;
  for (int i = 0; i < kCrowd; ++i) come_or_go("person" + std::to_string(i), +1);
  hub.flush_presence();
  ASSERT_EQ(bob.seen.size(), 1U);
  EXPECT_THAT(bob.seen.front(), AllOf(HasSubstr("person0"), HasSubstr("person4999")));
  bob.seen.clear();
  for (int i = 0; i < kCrowd; ++i) come_or_go("person" + std::to_string(i), -1);
  clock.advance(std::chrono::milliseconds(1'900));
  hub.flush_presence();
  for (int i = 1; i < kCrowd; ++i) come_or_go("person" + std::to_string(i), +1);
  clock.advance(std::chrono::seconds(2));
  EXPECT_FALSE(hub.flush_presence());
  EXPECT_THAT(bob.seen, ElementsAre(AllOf(HasSubstr("person0"), Not(HasSubstr("person1")))));
}

TEST_F(HubTest, OneWhoReadAheadOfThePublicationsGetsNothingTwice) {
  auto& subscription = hub.follow_idle(bob, kGeneral, kLog, {"epoch", 2});
  EXPECT_TRUE(hub.resume(bob, subscription));
  publish(1);
  publish(2);
  publish(3);
  publish(4);
  EXPECT_THAT(bob.seen, ElementsAre("m3", "m4"));
}

TEST_F(HubTest, AnInboxCountsWhatIsPublishedWhileItIsRead) {
  auto& subscription = hub.follow_idle(bob, kMine, kInbox, {"epoch", 5});
  publish(6, kInbox);
  EXPECT_FALSE(hub.resume(bob, subscription));
  subscription.position = 6;
  EXPECT_TRUE(hub.resume(bob, subscription));
  publish(7, kInbox);
  EXPECT_THAT(bob.seen, ElementsAre("m7"));
}

TEST_F(HubTest, AnInboxReadAheadMissesNothing) {
  auto& subscription = hub.follow_idle(bob, kMine, kInbox, {"epoch", 5});
  EXPECT_TRUE(hub.resume(bob, subscription));
  publish(5, kInbox);
  publish(6, kInbox);
  EXPECT_THAT(bob.seen, ElementsAre("m6"));
}

TEST_F(HubTest, UnfollowingOneLogKeepsTheOthers) {
  hub.follow(bob, kGeneral, kLog);
  auto& inbox = hub.follow_idle(bob, kMine, kInbox, {"epoch", 0});
  EXPECT_TRUE(hub.resume(bob, inbox));
  hub.unfollow(bob, kGeneral);
  publish(1);
  publish(1, kInbox);
  EXPECT_THAT(bob.seen, ElementsAre("m1"));
}

TEST_F(HubTest, ANewChannelIsToldAndStartsEmpty) {
  Listener old(WireForm::kOld);
  join(old, "carol");
  change_channels({channel(1, kLog, "general"), channel(2, LogId{8}, "new")});
  EXPECT_THAT(bob.seen, ElementsAre(HasSubstr("channel_created")));
  EXPECT_THAT(old.seen, IsEmpty());
  EXPECT_THAT(old.created, ElementsAre("new"));
  EXPECT_EQ(hub.head(LogId{8})->seq, 0U);
  hub.leave(old, UserId{"carol"});
}

TEST_F(HubTest, ARemovedChannelEndsItsSubscriptions) {
  hub.follow(bob, kGeneral, kLog);
  change_channels({});
  EXPECT_THAT(bob.ended, ElementsAre(kGeneral));
  EXPECT_THAT(bob.seen, ElementsAre(HasSubstr("channel_removed")));
  EXPECT_FALSE(hub.head(kLog));
}

TEST_F(HubTest, ARestoredChannelGoesOnWhereItEnded) {
  auto restored = channel(2, LogId{8}, "restored");
  restored.head.seq = 5;  // as of the batch, of which entry 5 is part
  Publication publication;
  publication.directory = directory({channel(1, kLog, "general"), restored});
  Entry entry;
  entry.log = LogId{8};
  entry.seq = 5;
  publication.entries.push_back({entry, nullptr, nullptr, nullptr});
  hub.on_publication(publication);
  EXPECT_THAT(bob.seen, ElementsAre(HasSubstr("\"seq\":4")));
  EXPECT_EQ(hub.head(LogId{8})->seq, 5U);
}

TEST_F(HubTest, AStaffOnlyChannelIsNotThereForMembers) {
  change_channels({staff_only(channel(1, kLog, "general"))});
  EXPECT_THAT(hub.channels(Role::kMember), IsEmpty());
  EXPECT_EQ(hub.channels(Role::kModerator).size(), 1U);
  EXPECT_EQ(hub.find_channel(ChannelId{1}, Role::kMember), nullptr);
  EXPECT_EQ(hub.find_channel("general", Role::kMember), nullptr);
  EXPECT_NE(hub.find_channel(ChannelId{1}, Role::kModerator), nullptr);
  EXPECT_THAT(std::string(hub.channels_frame(Role::kMember)->payload()), Not(HasSubstr("general")));
  EXPECT_THAT(std::string(hub.channels_frame(Role::kModerator)->payload()), HasSubstr("general"));
}

TEST_F(HubTest, AChannelThatBecomesStaffOnlyIsRemovedForMembersAlone) {
  Listener root;
  join(root, "root", Role::kModerator);
  for (auto* one : {&bob, &root}) hub.follow(*one, kGeneral, kLog);
  change_channels({staff_only(channel(1, kLog, "general"))});
  EXPECT_THAT(bob.seen, ElementsAre(HasSubstr("channel_removed")));
  EXPECT_THAT(bob.ended, ElementsAre(kGeneral));
  EXPECT_THAT(root.seen, ElementsAre(HasSubstr("channel_updated")));
  publish(1);
  EXPECT_EQ(bob.seen.size(), 1U);
  EXPECT_EQ(root.seen.back(), "m1");
  EXPECT_THAT(hub.recent().frame(Role::kMember), nullptr);
  EXPECT_NE(hub.recent().frame(Role::kModerator), nullptr);
  hub.leave(root, UserId{"root"});
}

TEST_F(HubTest, AChannelThatOpensIsCreatedForMembersWithItsHead) {
  change_channels({staff_only(channel(1, kLog, "general"))});
  publish(1);
  bob.seen.clear();
  change_channels({channel(1, kLog, "general")});
  EXPECT_THAT(bob.seen, ElementsAre(AllOf(HasSubstr("channel_created"), HasSubstr("\"seq\":1"))));
  EXPECT_THAT(bob.created, ElementsAre("general"));
  EXPECT_NE(hub.recent().frame(Role::kMember), nullptr);
}

TEST_F(HubTest, ANewRoleOpensAndClosesWhatIsForStaff) {
  change_channels({channel(1, kLog, "general"), staff_only(channel(2, LogId{8}, "office"))});
  EXPECT_THAT(bob.seen, IsEmpty());
  hub.set_audience(bob, Role::kModerator);
  EXPECT_THAT(bob.seen, ElementsAre(AllOf(HasSubstr("channel_created"), HasSubstr("office"))));
  const LogName office{false, ChannelId{2}};
  hub.follow(bob, office, LogId{8});
  hub.set_audience(bob, Role::kModerator);
  EXPECT_EQ(bob.seen.size(), 1U) << "nothing changed";
  hub.set_audience(bob, Role::kMember);
  EXPECT_THAT(bob.seen.back(), AllOf(HasSubstr("channel_removed"), HasSubstr("office")));
  EXPECT_THAT(bob.ended, ElementsAre(office));
}

TEST_F(HubTest, APrivateChannelIsThereForAdministratorsAlone) {
  change_channels({private_to_admins(channel(1, kLog, "general"))});
  for (const auto role : {Role::kMember, Role::kModerator}) {
    EXPECT_THAT(hub.channels(role), IsEmpty());
    EXPECT_EQ(hub.find_channel(ChannelId{1}, role), nullptr);
    EXPECT_EQ(hub.find_channel("general", role), nullptr);
    EXPECT_THAT(std::string(hub.channels_frame(role)->payload()), Not(HasSubstr("general")));
  }
  EXPECT_EQ(hub.channels(Role::kAdmin).size(), 1U);
  EXPECT_NE(hub.find_channel("general", Role::kAdmin), nullptr);
  EXPECT_THAT(std::string(hub.channels_frame(Role::kAdmin)->payload()), HasSubstr("general"));
}

TEST_F(HubTest, AChannelThatBecomesPrivateEndsForModeratorsToo) {
  Listener mod;
  Listener root;
  join(mod, "mod", Role::kModerator);
  join(root, "root", Role::kAdmin);
  change_channels({staff_only(channel(1, kLog, "general"))});
  for (auto* one : {&mod, &root}) hub.follow(*one, kGeneral, kLog);
  for (auto* one : {&bob, &mod, &root}) one->seen.clear();
  change_channels({private_to_admins(staff_only(channel(1, kLog, "general")))});
  EXPECT_THAT(bob.seen, IsEmpty()) << "it was not there for a member before";
  EXPECT_THAT(mod.seen, ElementsAre(HasSubstr("channel_removed")));
  EXPECT_THAT(mod.ended, ElementsAre(kGeneral));
  EXPECT_THAT(root.seen,
              ElementsAre(AllOf(HasSubstr("channel_updated"), HasSubstr("\"private\":true"))));
  publish(1);
  EXPECT_EQ(mod.seen.size(), 1U);
  EXPECT_EQ(root.seen.back(), "m1");
  EXPECT_EQ(hub.recent().frame(Role::kModerator), nullptr);
  EXPECT_NE(hub.recent().frame(Role::kAdmin), nullptr);
  change_channels({staff_only(channel(1, kLog, "general"))});
  EXPECT_THAT(mod.seen.back(), AllOf(HasSubstr("channel_created"), HasSubstr("\"seq\":1")));
  hub.leave(mod, UserId{"mod"});
  hub.leave(root, UserId{"root"});
}

TEST_F(HubTest, ARemovedMessageIsInNoGreeting) {
  publish(1);
  Entry removal;
  removal.log = kLog;
  removal.seq = 2;
  removal.kind = EntryKind::kRemoval;
  removal.message_id = MessageId{1};
  Publication publication;
  publication.entries.push_back({removal, nullptr, Frame::text("removed"), nullptr});
  hub.on_publication(publication);
  EXPECT_EQ(hub.recent().frame(Role::kMember), nullptr);
}

TEST_F(HubTest, ABanReachesEveryConnectionOfItsUserGreetedOrNot) {
  Listener alice;
  Listener newcomer;
  join(alice, "alice");
  hub.enter(newcomer, UserId{"bob"}, Role::kMember);
  Restrictions restrictions;
  restrictions.ban(UserId{"bob"}, {});
  publish_restrictions(restrictions);
  EXPECT_TRUE(bob.is_banned);
  EXPECT_TRUE(newcomer.is_banned);
  EXPECT_FALSE(alice.is_banned);
  hub.leave(newcomer, UserId{"bob"});
  hub.leave(alice, UserId{"alice"});
}

TEST_F(HubTest, AnEndedBanReachesNobody) {
  Restrictions restrictions;
  restrictions.ban(UserId{"bob"}, {clock.now()});
  publish_restrictions(restrictions);
  EXPECT_FALSE(bob.is_banned);
}

TEST_F(HubTest, AnAccountChangeReachesItsUserAlone) {
  Listener alice;
  join(alice, "alice");
  Publication publication;
  publication.account_changes.push_back({UserId{"bob"}, Role::kAdmin, false});
  publication.account_changes.push_back({UserId{"nobody"}, Role::kAdmin, false});
  hub.on_publication(publication);
  EXPECT_EQ(bob.changes.size(), 1U);
  EXPECT_THAT(alice.changes, IsEmpty());
  hub.leave(alice, UserId{"alice"});
}

TEST_F(HubTest, ASignOutReachesEveryoneAndIsRemembered) {
  Listener newcomer;
  hub.enter(newcomer, UserId{"carol"}, Role::kMember);
  const UserId carol{"carol"};
  EXPECT_FALSE(hub.has_signed_out({carol, "", clock.now()}));
  hub.on_sign_out({carol, "", clock.now()});
  EXPECT_THAT(bob.signed_out, ElementsAre(carol)) << "it is for them to say whether it was theirs";
  EXPECT_THAT(newcomer.signed_out, ElementsAre(carol));
  EXPECT_TRUE(hub.has_signed_out({carol, "", clock.now()}));
  hub.leave(newcomer, carol);
}

TEST_F(HubTest, WhoHasOnlyEnteredHearsOfNothing) {
  Listener newcomer;
  hub.enter(newcomer, UserId{"carol"}, Role::kMember);
  come_or_go("alice", +1);
  hub.flush_presence();
  change_channels({});
  Publication publication;
  publication.directory = std::make_shared<const Directory>(Directory{{}, {1, 1}});
  hub.on_publication(publication);
  EXPECT_THAT(newcomer.seen, IsEmpty());
  EXPECT_THAT(newcomer.created, IsEmpty());
  EXPECT_THAT(bob.seen.back(), HasSubstr("limits_updated"));
  hub.leave(newcomer, UserId{"carol"});
}

TEST_F(HubTest, GathersWhoCameAndHidesAShortAbsence) {
  come_or_go("alice", +1);
  come_or_go("carol", +1);
  hub.flush_presence();
  ASSERT_EQ(bob.seen.size(), 1U);
  bob.seen.clear();

  come_or_go("alice", -1);
  clock.advance(std::chrono::milliseconds(1'900));
  come_or_go("alice", +1);
  clock.advance(std::chrono::seconds(10));
  EXPECT_FALSE(hub.flush_presence());
  EXPECT_THAT(bob.seen, IsEmpty());

  come_or_go("alice", -1);
  EXPECT_TRUE(hub.flush_presence());
  clock.advance(std::chrono::seconds(2));
  EXPECT_FALSE(hub.flush_presence());
  EXPECT_THAT(bob.seen, ElementsAre(HasSubstr("\"status\":false")));
  EXPECT_EQ(hub.roster()->size(), 1U);
}

TEST_F(HubTest, TheRosterIsListedAsItIs) {
  EXPECT_EQ(hub.roster_json(), "[]");
  come_or_go("alice", +1);
  EXPECT_EQ(hub.roster_json(), R"([{"id":"alice","username":"alice"}])");
  const auto* listed = hub.roster_json().data();
  EXPECT_EQ(hub.roster_json().data(), listed);
  come_or_go("alice", -1);
  clock.advance(std::chrono::seconds(2));
  hub.flush_presence();
  EXPECT_EQ(hub.roster_json(), "[]");
}

TEST_F(HubTest, SomeoneWithAnotherConnectionStaysOnline) {
  come_or_go("alice", +1);
  come_or_go("alice", +1);
  come_or_go("alice", -1);
  clock.advance(std::chrono::seconds(10));
  hub.flush_presence();
  EXPECT_EQ(hub.roster()->size(), 1U);
}

TEST_F(HubTest, ADashboardIsCountedButNeverShown) {
  hub.on_presence({{UserId{"root"}, "root"}, +1, true});
  EXPECT_FALSE(hub.flush_presence());
  EXPECT_THAT(*hub.roster(), IsEmpty());
  EXPECT_EQ(hub.connections_of(UserId{"root"}), 1);
}

TEST_F(HubTest, APresenceChangeThatWasRefusedIsReported) {
  bob.refuses = true;
  come_or_go("alice", +1);
  hub.flush_presence();
  EXPECT_THAT(bob.missed, ElementsAre("alice"));
}

TEST_F(HubTest, AGreetingIsOneSharedFrameUntilWhatItTellsChanges) {
  const auto people = hub.people_frame();
  const auto channels = hub.channels_frame(Role::kMember);
  EXPECT_EQ(hub.people_frame(), people);
  EXPECT_EQ(hub.channels_frame(Role::kMember), channels);
  come_or_go("alice", +1);
  EXPECT_THAT(std::string(hub.people_frame()->payload()), HasSubstr("alice"));
  EXPECT_EQ(hub.channels_frame(Role::kMember), channels);
  change_channels({channel(1, kLog, "renamed")});
  EXPECT_THAT(std::string(hub.channels_frame(Role::kMember)->payload()), HasSubstr("renamed"));
}

TEST_F(HubTest, RecentMessagesAreOneSharedFrameUntilOneIsAdded) {
  EXPECT_EQ(hub.recent().frame(Role::kMember), nullptr);
  publish(1);
  const auto first = hub.recent().frame(Role::kMember);
  EXPECT_EQ(hub.recent().frame(Role::kMember), first);
  publish(2);
  EXPECT_NE(hub.recent().frame(Role::kMember), first);
}

}  // namespace
}  // namespace hubbub
