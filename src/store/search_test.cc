// The search of messages: in any script, page by page, and who sees what.
#include "store/store_suite.h"

namespace hubbub {
namespace {

class SearchTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    news = make_channel("news");
  }
  MessageSearchPage page(const MessageSearch& search) { return store->search(search).value(); }
  Texts found(const MessageSearch& search) { return texts_of(page(search).messages); }
  Texts found(const std::string& keyword) { return found(MessageSearch{{"news"}, keyword, {}}); }
  void expect_found(const std::string& keyword, const std::string& text) {
    EXPECT_EQ(found(keyword), Texts{text}) << keyword;
  }

  ChannelId news;
};
INSTANTIATE_TEST_SUITE_P(Twins, SearchTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(SearchTest, AMessageIsFoundInTheMomentItIsCommitted) {
  for (int i = 0; i < 20; ++i) {
    const std::string text = "word" + std::to_string(i);
    say(news, alice, text);
    expect_found(text, text);
  }
}

TEST_P(SearchTest, WordsOfAnyScriptAreFound) {
  const Texts texts{"研究生命起源,我喜欢北京烤鸭",
                    "昨日は東京タワーに行きました",
                    "나는 학교에서 공부한다",
                    "ฉันรักภาษาไทย",
                    "ذهبت إلى مَدْرَسَة اليوم",
                    "Привет, как дела?",
                    "Ärger mit der Größe",
                    "Rendez-vous à l’école",
                    "party 🎉 time"};
  for (const std::string& text : texts) say(news, alice, text);
  const Texts keywords{"烤鸭", "東京",         "학교",  "ภาษา", "مدرسة",
                       "ДЕЛА", "arger grösse", "ECOLE", "🎉"};
  for (std::size_t i = 0; i < texts.size(); ++i) expect_found(keywords[i], texts[i]);
  expect_found("北京 生命", texts[0]);
  EXPECT_EQ(found("上海"), Texts{});
  EXPECT_EQ(found("北京 東京"), Texts{});
}

TEST_P(SearchTest, EveryFormOfAnEnglishWordIsFound) {
  say(news, alice, "she was running");
  for (const char* form : {"run", "runs", "Running", "SHE runs"})
    expect_found(form, "she was running");
  EXPECT_EQ(found("runner"), Texts{});
}

TEST_P(SearchTest, AKeywordWithoutAWordFindsNothing) {
  say(news, alice, "what?!");
  for (const char* keyword : {"?", "\"", "...", "— *", "()"}) EXPECT_EQ(found(keyword), Texts{});
  expect_found("what ?!", "what?!");
  expect_found(" \t", "what?!");
}

TEST_P(SearchTest, ARemovedMessageIsNotFound) {
  const Entry entry = say(news, alice, "hello 北京");
  say(news, alice, "hello again");
  one(RemoveMessages{{entry.message_id}, alice, now}).value();
  expect_found("hello", "hello again");
  expect_found("", "hello again");
  EXPECT_EQ(found("北京"), Texts{});
}

TEST_P(SearchTest, APurgedChannelIsNotFoundAnArchivedOneIs) {
  say(news, alice, "salute news");
  one(DeleteChannel{news, false, alice, now}).value();
  expect_found("salute", "salute news");
  one(DeleteChannel{news, true, alice, now}).value();
  EXPECT_EQ(found(MessageSearch{{}, "salute", {}}), Texts{});
}

TEST_P(SearchTest, APageGoesOnBeforeTheLastMessage) {
  for (const char* text : {"x 1", "x 2", "x 3", "x 4", "x 5"}) say(news, alice, text);
  say(general, bob, "x 6");
  for (const char* keyword : {"x", ""}) {
    for (const UserId& author : {UserId{}, alice.id}) {
      MessageSearch search{{"news"}, keyword, author, 2};
      EXPECT_EQ(found(search), (Texts{"x 5", "x 4"}));
      search.before = page(search).messages.back().message_id;
      EXPECT_EQ(found(search), (Texts{"x 3", "x 2"}));
      EXPECT_TRUE(page(search).has_more);
      say(news, alice, "x new");
      search.before = page(search).messages.back().message_id;
      EXPECT_EQ(found(search), Texts{"x 1"});
      EXPECT_FALSE(page(search).has_more);
      search.offset = 1;
      EXPECT_EQ(found(search), Texts{});
      one(RemoveMessages{{log_of(news).entries.back().message_id}, alice, now}).value();
    }
  }
}

TEST_P(SearchTest, SeveralChannelsAreOneList) {
  const ChannelId other = make_channel("other");
  for (int i = 1; i <= 3; ++i) {
    say(news, alice, "n" + std::to_string(i));
    say(other, bob, "o" + std::to_string(i));
    say(general, bob, "g" + std::to_string(i));
  }
  MessageSearch search{{"news", "other"}, "", {}, 4};
  EXPECT_EQ(found(search), (Texts{"o3", "n3", "o2", "n2"}));
  EXPECT_TRUE(page(search).has_more);
  search.before = page(search).messages.back().message_id;
  EXPECT_EQ(found(search), (Texts{"o1", "n1"}));
  EXPECT_EQ(found(MessageSearch{{"news", "other"}, "", alice.id, 4}), (Texts{"n3", "n2", "n1"}));
}

TEST_P(SearchTest, AnAuthorsMessagesAreOneListToo) {
  for (const char* text : {"1", "2", "3", "4"}) say(news, bob, text);
  const Entry removed = say(general, bob, "5");
  say(general, bob, "6");
  say(news, alice, "7");
  one(RemoveMessages{{removed.message_id}, alice, now}).value();
  MessageSearch search{{}, "", bob.id, 2};
  EXPECT_EQ(found(search), (Texts{"6", "4"}));
  search.before = page(search).messages.back().message_id;
  EXPECT_EQ(found(search), (Texts{"3", "2"}));
  EXPECT_TRUE(page(search).has_more);
}

TEST_P(SearchTest, ManyChannelsAreOneListToo) {
  std::vector<std::string> names{"news", "news"};
  std::vector<PendingEntry> batch{message(general, alice, "elsewhere"), message(news, alice, "0")};
  Texts expected{"0"};
  for (int i = 1; i <= 40; ++i) {
    names.push_back("channel-" + std::to_string(i));
    batch.push_back(message(make_channel(names.back()), alice, std::to_string(i)));
    expected.insert(expected.begin(), std::to_string(i));
  }
  all(batch);
  EXPECT_EQ(found(MessageSearch{names, "", {}}), expected);
  EXPECT_EQ(found(MessageSearch{{"news", "news"}, "", {}}), Texts{"0"});
}

TEST_P(SearchTest, EachRoleFindsWhatItSees) {
  say(news, alice, "hello all");
  const auto hide = [this](const std::string& name, const ChannelRulesChange& rules) {
    const ChannelId channel = make_channel(name);
    say(channel, alice, "hello " + name);
    one(UpdateChannel{channel, std::nullopt, std::nullopt, alice, now, rules}).value();
    return channel;
  };
  const ChannelId staff = hide("staff", {.is_staff_only = true});
  const ChannelId board = hide("board", {.is_private = true});
  const auto found_by = [&](Role reader, const std::vector<std::string>& channels,
                            const std::string& keyword) {
    MessageSearch search{channels, keyword, alice.id};
    search.reader = reader;
    return found(search);
  };
  for (const bool are_archived : {false, true}) {
    for (const ChannelId channel : {staff, board}) {
      if (are_archived) one(DeleteChannel{channel, false, alice, now}).value();
    }
    for (const char* keyword : {"hello", ""}) {
      EXPECT_EQ(found_by(Role::kAdmin, {}, keyword),
                (Texts{"hello board", "hello staff", "hello all"}));
      EXPECT_EQ(found_by(Role::kModerator, {}, keyword), (Texts{"hello staff", "hello all"}));
      EXPECT_EQ(found_by(Role::kMember, {}, keyword), Texts{"hello all"});
    }
    EXPECT_EQ(found_by(Role::kMember, {"staff"}, ""), Texts{});
    EXPECT_EQ(found_by(Role::kModerator, {"board"}, ""), Texts{});
    EXPECT_EQ(found_by(Role::kMember, {"news", "staff", "board"}, ""), Texts{"hello all"});
  }
}

TEST_P(SearchTest, TheSearchIsTheSameAfterAnotherStart) {
  say(news, alice, "hello 北京");
  reopen();
  expect_found("hello", "hello 北京");
  say(news, alice, "more 北京");
  EXPECT_EQ(found("北京"), (Texts{"more 北京", "hello 北京"}));
}

}  // namespace
}  // namespace hubbub
