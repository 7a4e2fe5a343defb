// The world in which both twins of the Store are tested: *_test.cc beside it. Each test runs once
// for each twin that twins() lists.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "store/store.h"

namespace hubbub {

// One database of its own. The first who opens it finds it empty, the next ones as it was left.
class StoreTwin {
 public:
  virtual ~StoreTwin() = default;
  [[nodiscard]] virtual std::string url() const = 0;
};

struct TwinKind {
  const char* name;
  std::unique_ptr<StoreTwin> (*make)();
};
std::vector<TwinKind> twins();

inline std::string twin_name(const ::testing::TestParamInfo<TwinKind>& info) {
  return info.param.name;
}

using Texts = std::vector<std::string>;
using Seqs = std::vector<Seq>;

inline Texts texts_of(const std::vector<Entry>& entries) {
  Texts texts;
  for (const Entry& entry : entries) texts.push_back(entry.text);
  return texts;
}
inline Seqs seqs_of(const std::vector<Entry>& entries) {
  Seqs seqs;
  for (const Entry& entry : entries) seqs.push_back(entry.seq);
  return seqs;
}
template <class T>
std::optional<Code> code_of(const Result<T>& result) {
  if (result) return std::nullopt;
  return result.error().code;
}

// Alice, Bob and Carol are known; the channel `general` has one entry, the welcome.
class StoreTest : public ::testing::TestWithParam<TwinKind> {
 protected:
  void SetUp() override {
    reopen();
    ASSERT_NE(store, nullptr);
    for (const Author& person : {alice, bob, carol}) one(RememberUser{person, now}).value();
    general = channel("general").id;
  }

  void reopen() {
    store.reset();
    auto opened = open_store(twin->url());
    ASSERT_TRUE(opened) << opened.error().detail;
    store = std::move(*opened);
  }

  static PendingMessage message(ChannelId channel, const Author& author, std::string text,
                                std::string key = "") {
    return {channel, author, std::move(text), std::move(key), now};
  }
  static PendingPrivateMessage to(const Author& recipient, const Author& author, std::string text,
                                  std::string key = "") {
    return {recipient.id, author, std::move(text), std::move(key), now};
  }

  std::vector<Result<Committed>> all(const std::vector<PendingEntry>& batch) {
    auto outcome = store->commit(batch);
    EXPECT_TRUE(outcome) << outcome.error().detail;
    return outcome ? std::move(outcome->results) : std::vector<Result<Committed>>();
  }
  Result<Committed> one(const PendingEntry& entry) { return std::move(all({entry}).at(0)); }
  // The author's entry.
  Entry say(ChannelId channel, const Author& author, const std::string& text,
            const std::string& key = "") {
    return one(message(channel, author, text, key)).value().entries.at(0);
  }
  std::optional<Directory> directory_after(const PendingEntry& entry) {
    std::vector<PendingEntry> batch{entry};
    return store->commit(batch).value().directory;
  }

  ChannelId make_channel(const std::string& name) {
    return one(CreateChannel{name, "about " + name, alice, now}).value().channel;
  }
  Channel channel(const std::string& name) {
    for (const Channel& channel : store->directory().value().channels) {
      if (channel.name == name) return channel;
    }
    return {};
  }
  Texts channel_names() {
    Texts names;
    std::int64_t place = 0;
    for (const Channel& channel : store->directory().value().channels) {
      EXPECT_EQ(channel.sort_order, ++place) << channel.name;
      names.push_back(channel.name);
    }
    return names;
  }
  LogId inbox(const Author& person) { return store->find_user(person.id).value().value().inbox; }
  LogPage log_of(ChannelId id) {
    for (const Channel& channel : store->directory().value().channels) {
      if (channel.id == id) return store->read_after(channel.log, 0, 10'000).value();
    }
    return {};
  }

  static inline const Time now{std::chrono::microseconds(1'767'323'045'123'456)};
  const Author alice{UserId{"id-of-alice"}, "alice"};
  const Author bob{UserId{"id-of-bob"}, "bob"};
  const Author carol{UserId{"id-of-carol"}, "carol"};
  std::unique_ptr<StoreTwin> twin = GetParam().make();
  std::unique_ptr<Store> store;
  ChannelId general;
};

}  // namespace hubbub
