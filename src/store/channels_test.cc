// Changes of the channels and the limits.
#include "store/store_suite.h"

namespace hubbub {
namespace {

class ChannelsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Twins, ChannelsTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(ChannelsTest, ANewServerHasOneChannelWithAWelcome) {
  const Directory directory = store->directory().value();
  ASSERT_EQ(directory.channels.size(), 1U);
  EXPECT_EQ(directory.channels[0].name, "general");
  EXPECT_TRUE(directory.channels[0].has_description);
  EXPECT_EQ(directory.limits, (MessageLimits{20, 10}));
  const LogPage page = log_of(general);
  ASSERT_EQ(page.entries.size(), 1U);
  EXPECT_EQ(page.entries[0].author.username, "Hubbub");
  EXPECT_EQ(store->server_id().value().size(), 36U);
  reopen();
  EXPECT_EQ(store->directory().value().channels, directory.channels);
}

TEST_P(ChannelsTest, ANewChannelComesLast) {
  const auto directory = directory_after(CreateChannel{"news", std::nullopt, alice, now});
  ASSERT_TRUE(directory);
  ASSERT_EQ(directory->channels.size(), 2U);
  const Channel& news = directory->channels[1];
  EXPECT_EQ(news.name, "news");
  EXPECT_FALSE(news.has_description);
  EXPECT_EQ(news.sort_order, 2);
  EXPECT_EQ(news.owner, alice.id);
  EXPECT_EQ(news.head.seq, 0U);
  EXPECT_FALSE(news.head.epoch.empty());
  EXPECT_NE(news.head.epoch, directory->channels[0].head.epoch);
  EXPECT_EQ(store->directory().value().channels, directory->channels);
}

TEST_P(ChannelsTest, AnEmptyDescriptionIsADescription) {
  one(CreateChannel{"news", "", alice, now});
  EXPECT_TRUE(channel("news").has_description);
}

TEST_P(ChannelsTest, OnlyAChangeOfTheDirectoryShowsIt) {
  EXPECT_FALSE(directory_after(message(general, alice, "a")));
  EXPECT_FALSE(directory_after(CreateChannel{"general", "", alice, now}));
}

TEST_P(ChannelsTest, ABatchSeesItsOwnChannels) {
  const auto results =
      all({CreateChannel{"news", "", alice, now}, CreateChannel{"news", "", bob, now}});
  const ChannelId news = results.at(0)->channel;
  EXPECT_EQ(code_of(results.at(1)), Code::kConflict);
  const auto more = all({message(news, alice, "first"), DeleteChannel{news, false, alice, now},
                         message(news, alice, "late"), CreateChannel{"news", "", bob, now}});
  EXPECT_EQ(more.at(0)->entries.at(0).seq, 1U);
  EXPECT_EQ(code_of(more.at(2)), Code::kUnknownChannel);
  EXPECT_TRUE(more.at(3));
  EXPECT_NE(more.at(3)->channel, news);
}

TEST_P(ChannelsTest, AMessageFollowsItsChannelWithinABatch) {
  const ChannelId next{general.value + 1};
  const auto results =
      all({message(next, alice, "early"), CreateChannel{"news", "", alice, now},
           message(next, alice, "hello"), UpdateChannel{next, "olds", std::nullopt, alice, now},
           message(next, alice, "again")});
  EXPECT_EQ(code_of(results.at(0)), Code::kUnknownChannel);
  ASSERT_EQ(results.at(1)->channel, next);
  EXPECT_EQ(results.at(2)->entries.at(0).channel_name, "news");
  EXPECT_EQ(results.at(4)->entries.at(0).channel_name, "olds");
  EXPECT_EQ(channel("olds").head.seq, 2U);
}

TEST_P(ChannelsTest, NameAndDescriptionChangeApart) {
  const ChannelId news = make_channel("news");
  const Entry said = say(news, alice, "hello");
  one(UpdateChannel{news, "olds", std::nullopt, alice, now});
  EXPECT_EQ(channel("olds").description, "about news");
  one(UpdateChannel{news, std::nullopt, "dusty", alice, now});
  EXPECT_EQ(channel("olds").description, "dusty");
  EXPECT_EQ(channel("olds").head, (Position{said.epoch, said.seq}));
  EXPECT_EQ(log_of(news).entries.at(0).channel_name, "olds");
}

TEST_P(ChannelsTest, ANameIsTakenOnce) {
  const ChannelId news = make_channel("news");
  EXPECT_EQ(code_of(one(CreateChannel{"news", "", alice, now})), Code::kConflict);
  EXPECT_EQ(code_of(one(UpdateChannel{news, "general", "x", alice, now})), Code::kConflict);
  EXPECT_EQ(channel("news").description, "about news");
  EXPECT_TRUE(one(UpdateChannel{news, "news", std::nullopt, alice, now}));
  EXPECT_TRUE(one(CreateChannel{"News", "", alice, now}));
}

TEST_P(ChannelsTest, WhatIsNotThereCannotChange) {
  const ChannelId none{99};
  const auto results =
      all({UpdateChannel{none, "x", std::nullopt, alice, now},
           ReorderChannel{none, general, alice, now}, DeleteChannel{none, false, alice, now},
           DeleteChannel{none, true, alice, now}});
  for (const auto& result : results) EXPECT_EQ(code_of(result), Code::kUnknownChannel);
}

TEST_P(ChannelsTest, AChannelMovesBeforeAnother) {
  const ChannelId a = make_channel("a");
  const ChannelId b = make_channel("b");
  one(ReorderChannel{b, general, alice, now});
  EXPECT_EQ(channel_names(), (Texts{"b", "general", "a"}));
  one(ReorderChannel{b, a, alice, now});
  EXPECT_EQ(channel_names(), (Texts{"general", "b", "a"}));
  one(ReorderChannel{b, b, alice, now});
  EXPECT_EQ(channel_names(), (Texts{"general", "b", "a"}));
  one(ReorderChannel{general, ChannelId{99}, alice, now});
  EXPECT_EQ(channel_names(), (Texts{"b", "a", "general"}));
}

TEST_P(ChannelsTest, ADeletedChannelsMessagesStay) {
  const ChannelId news = make_channel("news");
  make_channel("last");
  const Entry said = say(news, alice, "hello", "key");
  one(DeleteChannel{news, false, alice, now});
  EXPECT_EQ(channel_names(), (Texts{"general", "last"}));
  EXPECT_EQ(code_of(one(message(news, alice, "late"))), Code::kUnknownChannel);
  EXPECT_EQ(code_of(one(DeleteChannel{news, false, alice, now})), Code::kUnknownChannel);
  EXPECT_EQ(store->search({{"news"}, "hello", {}, 50, 0}).value().messages.size(), 1U);
  EXPECT_EQ(store->read_after(said.log, 0, 9).value().entries, std::vector<Entry>{said});
  // What was acknowledged is still answered alike.
  EXPECT_TRUE(one(message(news, alice, "hello", "key")).value().is_repeated);
}

TEST_P(ChannelsTest, APurgedChannelsMessagesAreGone) {
  const ChannelId news = make_channel("news");
  say(general, alice, "salute general");
  const Entry said = say(news, alice, "salute news", "key");
  // Its head moves in the same batch.
  const auto results = all({message(news, alice, "last"), DeleteChannel{news, true, alice, now},
                            message(news, alice, "salute news", "key")});
  EXPECT_TRUE(results.at(1));
  EXPECT_EQ(code_of(results.at(2)), Code::kUnknownChannel);
  EXPECT_EQ(code_of(store->read_after(said.log, 0, 9)), Code::kUnknownLog);
  EXPECT_EQ(texts_of(store->search({{}, "salute", {}, 50, 0}).value().messages),
            Texts{"salute general"});
  EXPECT_NE(make_channel("news"), news);
  EXPECT_EQ(channel("news").head.seq, 0U);
  EXPECT_GT(say(general, alice, "next").message_id, said.message_id);
}

TEST_P(ChannelsTest, IdsAreNeverUsedTwice) {
  const ChannelId news = make_channel("news");
  const Entry said = say(news, alice, "newest");
  one(DeleteChannel{news, true, alice, now});
  reopen();
  EXPECT_GT(make_channel("news"), news);
  EXPECT_GT(say(general, alice, "next").message_id, said.message_id);
}

TEST_P(ChannelsTest, RulesChangeApart) {
  EXPECT_EQ(channel("general").rules, ChannelRules{});
  const auto directory = directory_after(
      UpdateChannel{general, std::nullopt, std::nullopt, alice, now, {true, true, 30, true}});
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->channels.at(0).rules, (ChannelRules{true, true, 30, true}));
  one(UpdateChannel{general, std::nullopt, std::nullopt, alice, now, {false, {}, {}}});
  EXPECT_EQ(channel("general").rules, (ChannelRules{false, true, 30, true}));
  one(UpdateChannel{general, std::nullopt, "dusty", alice, now, {{}, false, {}}});
  one(UpdateChannel{general, "olds", std::nullopt, alice, now, {{}, {}, 0}});
  EXPECT_EQ(channel("olds").rules, (ChannelRules{false, false, 0, true}));
  one(UpdateChannel{general, std::nullopt, std::nullopt, alice, now, {.is_private = false}});
  reopen();
  EXPECT_EQ(channel("olds").rules, ChannelRules{});
  EXPECT_EQ(channel("olds").description, "dusty");
}

TEST_P(ChannelsTest, WhatStaysAsItWasShowsNoDirectory) {
  EXPECT_FALSE(directory_after(UpdateLimits{{20, 10}, alice, now}));
  EXPECT_FALSE(directory_after(
      UpdateChannel{general, "general", std::nullopt, alice, now, {false, false, 0}}));
  EXPECT_FALSE(directory_after(ReorderChannel{general, general, alice, now}));
}

TEST_P(ChannelsTest, AnArchivedChannelComesBackLastWithItsLog) {
  const ChannelId news = make_channel("news");
  const Entry said = say(news, alice, "hello");
  one(UpdateChannel{news, std::nullopt, std::nullopt, alice, now, {true, {}, {}}});
  one(DeleteChannel{news, false, alice, now});
  make_channel("last");
  const auto directory = directory_after(RestoreChannel{news, alice, now});
  ASSERT_TRUE(directory);
  EXPECT_EQ(channel_names(), (Texts{"general", "last", "news"}));
  EXPECT_EQ(channel("news").id, news);
  EXPECT_EQ(channel("news").description, "about news");
  EXPECT_TRUE(channel("news").rules.is_read_only);
  EXPECT_EQ(log_of(news).entries, std::vector<Entry>{said});
  EXPECT_EQ(say(news, alice, "again").seq, said.seq + 1);
}

TEST_P(ChannelsTest, OnlyAnArchivedChannelComesBack) {
  const ChannelId news = make_channel("news");
  EXPECT_EQ(code_of(one(RestoreChannel{news, alice, now})), Code::kUnknownChannel);
  EXPECT_EQ(code_of(one(RestoreChannel{ChannelId{99}, alice, now})), Code::kUnknownChannel);
}

TEST_P(ChannelsTest, AChannelComesBackOnlyUnderAFreeName) {
  const ChannelId news = make_channel("news");
  one(DeleteChannel{news, false, alice, now});
  const ChannelId successor = make_channel("news");
  const auto refused = one(RestoreChannel{news, alice, now});
  ASSERT_EQ(code_of(refused), Code::kConflict);
  EXPECT_EQ(refused.error().field, "name");
  one(UpdateChannel{successor, "newer", std::nullopt, alice, now});
  EXPECT_TRUE(one(RestoreChannel{news, alice, now}));
  EXPECT_EQ(channel_names(), (Texts{"general", "newer", "news"}));
}

TEST_P(ChannelsTest, AnArchivedChannelDoesNotChange) {
  const ChannelId news = make_channel("news");
  one(DeleteChannel{news, false, alice, now});
  EXPECT_EQ(code_of(one(UpdateChannel{news, "olds", std::nullopt, alice, now})),
            Code::kUnknownChannel);
  EXPECT_EQ(code_of(one(ReorderChannel{news, general, alice, now})), Code::kUnknownChannel);
}

TEST_P(ChannelsTest, AnArchivedChannelIsPurged) {
  const ChannelId news = make_channel("news");
  const Entry said = say(news, alice, "salute");
  one(DeleteChannel{news, false, alice, now});
  EXPECT_FALSE(directory_after(DeleteChannel{news, true, alice, now}));
  EXPECT_EQ(code_of(store->read_after(said.log, 0, 9)), Code::kUnknownLog);
  EXPECT_TRUE(store->search({{}, "salute", {}, 50, 0}).value().messages.empty());
  EXPECT_EQ(code_of(one(RestoreChannel{news, alice, now})), Code::kUnknownChannel);
  EXPECT_EQ(code_of(one(DeleteChannel{news, true, alice, now})), Code::kUnknownChannel);
}

TEST_P(ChannelsTest, LimitsChange) {
  const auto directory = directory_after(UpdateLimits{{5, 60}, alice, now});
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->limits, (MessageLimits{5, 60}));
  reopen();
  EXPECT_EQ(store->directory().value().limits, (MessageLimits{5, 60}));
}

}  // namespace
}  // namespace hubbub
