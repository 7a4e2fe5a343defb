#include "state/valkey/mirror.h"

#include <gmock/gmock.h>

#include "state/valkey/mirroring_bus.h"
#include "state/valkey/test_valkey.h"

namespace hubbub {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;

class Stored final : public MirrorSource {
 public:
  Result<std::vector<Entry>> recent_messages(std::size_t) override {
    const std::lock_guard lock(mutex);
    return entries;
  }
  Result<std::vector<Entry>> private_messages(const UserId&, std::size_t) override {
    return std::vector<Entry>();
  }
  Result<HighestIds> highest_ids() override { return HighestIds{}; }

  std::mutex mutex;
  std::vector<Entry> entries;
};

class ValkeyMirrorTest : public ValkeyTest {
 protected:
  void SetUp() override {
    ValkeyTest::SetUp();
    if (HasFatalFailure()) return;
    Channel general;
    general.id = ChannelId{1};
    directory.channels = {general};
  }
  void TearDown() override {
    if (mirror) mirror->stop();
    if (link) link->stop();
  }

  void start(MirrorSizes sizes = {}) {
    link = std::make_unique<ValkeyLink>(address, kPatience, metrics);
    mirror = std::make_unique<ValkeyMirror>(*link, store, directory, metrics, sizes);
    bus = make_mirroring_bus(make_memory_bus(), *mirror);
    mirror->start();
    link->start();
    ASSERT_TRUE(link->is_up());
  }

  void rename_general(std::string name) {
    directory.channels.front().name = std::move(name);
    auto publication = std::make_shared<Publication>();
    publication->directory = std::make_shared<const Directory>(directory);
    bus->publish(Shared<Publication>(publication));
  }
  void publish(std::int64_t id, std::string text = {}) {
    Entry entry;
    entry.text = std::move(text);
    entry.message_id = MessageId{id};
    entry.channel = ChannelId{1};
    {
      const std::lock_guard lock(store.mutex);
      store.entries.push_back(entry);
    }
    auto publication = std::make_shared<Publication>();
    publication->entries.push_back({entry, nullptr, nullptr, nullptr});
    bus->publish(Shared<Publication>(publication));
  }
  void connects(const char* user, int by, bool is_hidden = false) {
    bus->publish(std::make_shared<const PresenceNotice>(
        PresenceNotice{{UserId{user}, user}, by, is_hidden}));
  }

  std::vector<std::string> presence_keys() {
    std::vector<std::string> keys;
    for (auto& item : ask({"KEYS", "presence:*"}).items) keys.push_back(std::move(item.text));
    return keys;
  }
  void await_count(std::int64_t count) {
    await([&] { return integer({"LLEN", "recent_messages"}) == count; });
  }

  Metrics metrics;
  Stored store;
  Directory directory;
  std::unique_ptr<ValkeyLink> link;
  std::unique_ptr<ValkeyMirror> mirror;
  std::unique_ptr<Bus> bus;
};

TEST_F(ValkeyMirrorTest, FollowsWhatIsPublished) {
  start();
  for (int id = 1; id <= 3; ++id) publish(id);
  await_count(3);
  EXPECT_THAT(list("recent_messages"),
              ElementsAre(HasSubstr("\"cache_id\":1,"), HasSubstr("\"cache_id\":2,"),
                          HasSubstr("\"cache_id\":3,")));
}

TEST_F(ValkeyMirrorTest, WhatWasNotedIsBroughtOverBeforeItStops) {
  start();
  publish(1);
  connects("alice", +1);
  mirror->stop();
  EXPECT_EQ(list("recent_messages").size(), 1U);
  EXPECT_THAT(presence_keys(), ElementsAre());
}

TEST_F(ValkeyMirrorTest, NobodyWaitsWhenItsMailboxIsFullAndItStartsAnew) {
  start({.waiting_max = 1});
  publish(1);
  await_count(1);
  ask({"CLIENT", "PAUSE", "300", "WRITE"});
  for (int id = 2; id <= 50; ++id) publish(id);
  EXPECT_GE(metrics.sum("hubbub_valkey_mirror_dropped_total"), 40);
  await_count(50);
  EXPECT_EQ(metrics.sum("hubbub_valkey_errors_total"), 0);
}

TEST_F(ValkeyMirrorTest, AReaderNeverSeesHalfOfAList) {
  start();
  for (int id = 1; id <= 500; ++id) publish(id, std::string(2'000, 'x'));
  await_count(500);
  const auto transactions = [this] {
    const auto told = text({"INFO", "commandstats"});
    const auto at = told.find("cmdstat_exec:calls=");
    return at == told.npos ? 0 : std::stoi(told.substr(at + 19));
  };
  const auto before = transactions();
  for (int i = 0; i < 50; ++i) {
    rename_general("name " + std::to_string(i));
    await([&] {
      EXPECT_EQ(integer({"LLEN", "recent_messages"}), 500);
      return HasFailure() || transactions() > before + i;
    });
  }
}

TEST_F(ValkeyMirrorTest, PresenceIsRenewedUntilItStops) {
  start({.renew_every = milliseconds(20)});
  connects("alice", +1);
  await([&] { return presence_keys().size() == 1; });
  const auto key = presence_keys().front();
  ask({"EXPIRE", key, "1000"});
  await([&] { return integer({"TTL", key}) <= 30; });
}

TEST_F(ValkeyMirrorTest, WhatSomebodyEmptiedIsWrittenAgain) {
  start({.renew_every = milliseconds(20)});
  publish(1);
  connects("alice", +1);
  connects("board", +1, true);
  await([&] { return list("recent_messages").size() == 1 && presence_keys().size() == 1; });
  ask({"DEL", presence_keys().front()});
  await([&] { return presence_keys().size() == 1; });
  ask({"FLUSHDB"});
  await_count(1);
  await([&] { return presence_keys().size() == 1; });
  const auto people = ask({"HGETALL", presence_keys().front()}).items;
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[1].text, R"({"username":"alice","connections":1})");
}

TEST_F(ValkeyMirrorTest, AKeyOfAnotherTypeInItsWayIsReplaced) {
  ask({"SET", "recent_messages", "in the way"});
  ask({"RPUSH", "cache_message_id", "in the way"});
  start();
  publish(1);
  await_count(1);
  await([&] { return text({"GET", "cache_message_id"}) == "1"; });
  EXPECT_EQ(metrics.sum("hubbub_valkey_errors_total"), 0);
}

}  // namespace
}  // namespace hubbub
