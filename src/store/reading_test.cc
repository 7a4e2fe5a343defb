// Pages of logs, recent messages, search.
#include <thread>

#include "store/store_suite.h"

namespace hubbub {
namespace {

class ReadingTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    news = make_channel("news");
    log = channel("news").log;
  }
  void say_each(const Texts& texts) {
    for (const std::string& text : texts) say(news, alice, text);
  }
  Texts found(const MessageSearch& search) {
    return texts_of(store->search(search).value().messages);
  }
  Texts found(const std::string& keyword) { return found({{"news"}, keyword, {}, 50, 0}); }

  ChannelId news;
  LogId log;
};
INSTANTIATE_TEST_SUITE_P(Twins, ReadingTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(ReadingTest, PagesGoForward) {
  say_each({"1", "2", "3", "4", "5"});
  const LogPage page = store->read_after(log, 2, 2).value();
  EXPECT_EQ(seqs_of(page.entries), (Seqs{3, 4}));
  EXPECT_EQ(texts_of(page.entries), (Texts{"3", "4"}));
  EXPECT_EQ(page.head, 5U);
  EXPECT_EQ(page.first, 1U);
  EXPECT_EQ(page.epoch, channel("news").head.epoch);
  EXPECT_EQ(seqs_of(store->read_after(log, 4, 2).value().entries), Seqs{5});
  EXPECT_TRUE(store->read_after(log, 5, 2).value().entries.empty());
  EXPECT_TRUE(store->read_after(log, ~Seq{0}, ~std::size_t{0}).value().entries.empty());
  EXPECT_EQ(store->read_after(log, 9, 0).value().head, 5U);
}

TEST_P(ReadingTest, PagesGoBackward) {
  say_each({"1", "2", "3", "4", "5"});
  EXPECT_EQ(seqs_of(store->read_before(log, 4, 2).value().entries), (Seqs{2, 3}));
  EXPECT_EQ(seqs_of(store->read_before(log, 2, 2).value().entries), Seqs{1});
  EXPECT_EQ(seqs_of(store->read_before(log, ~Seq{0}, 2).value().entries), (Seqs{4, 5}));
  EXPECT_TRUE(store->read_before(log, 1, 2).value().entries.empty());
  EXPECT_EQ(store->read_before(log, 0, 2).value().head, 5U);
}

TEST_P(ReadingTest, AnUnknownLogIsRefused) {
  EXPECT_EQ(code_of(store->read_after(LogId{999}, 0, 1)), Code::kUnknownLog);
  EXPECT_EQ(code_of(store->read_before(LogId{}, 9, 1)), Code::kUnknownLog);
}

TEST_P(ReadingTest, RecentMessagesAreOfAllListedChannelsInOrder) {
  const ChannelId gone = make_channel("gone");
  all({message(news, alice, "1"), message(gone, alice, "2"), message(general, alice, "3"),
       to(bob, alice, "secret"), message(news, alice, "4")});
  one(DeleteChannel{gone, false, alice, now});
  EXPECT_EQ(texts_of(store->recent_messages(3).value()), (Texts{"1", "3", "4"}));
  EXPECT_EQ(texts_of(store->recent_messages(1).value()), Texts{"4"});
  EXPECT_EQ(store->recent_messages(1).value().at(0), log_of(news).entries.back());
  EXPECT_TRUE(store->recent_messages(0).value().empty());
  EXPECT_EQ(store->recent_messages(500).value().size(), 4U);
}

TEST_P(ReadingTest, AllWordsMustOccur) {
  say_each({"the quick brown fox", "a quick dog", "BROWN, quick: bears", "nothing"});
  EXPECT_EQ(found("quick brown"), (Texts{"BROWN, quick: bears", "the quick brown fox"}));
  EXPECT_EQ(found("quick  cat"), Texts{});
  EXPECT_EQ(found("bear"), Texts{"BROWN, quick: bears"});
  EXPECT_EQ(found("  \n ").size(), 4U);
  EXPECT_EQ(found("").size(), 4U);
}

TEST_P(ReadingTest, NoCharacterOfAWordHasAMeaning) {
  say_each({"plain words", "it's a \"quoted\" word", "50% off_topic C++ a-b", "party 🎉 time"});
  for (const char* keyword :
       {"\"",        "\"\"\"", "'", "*", "^",  "(", ")", "a AND", "NOT", "OR x", "NEAR(a b)",
        "message:x", "{x}",    "-", "+", "\\", "%", "_", "a\"b",  "qu*", "🎉🎉",   "\x01"}) {
    EXPECT_TRUE(store->search({{"news"}, keyword, {}, 50, 0})) << keyword;
  }
  EXPECT_EQ(found("\"quoted\""), Texts{"it's a \"quoted\" word"});
  EXPECT_EQ(found("it's"), Texts{"it's a \"quoted\" word"});
  EXPECT_EQ(found("wor*"), Texts{});
  EXPECT_EQ(found("plain OR party"), Texts{});
  EXPECT_EQ(found("party 🎉"), Texts{"party 🎉 time"});
  EXPECT_EQ(found("a-b"), Texts{"50% off_topic C++ a-b"});
  EXPECT_TRUE(store->search({{"news"}, std::string("plain\0\" OR x", 12), {}, 50, 0}));
}

TEST_P(ReadingTest, AVeryLongKeywordIsJustManyWords) {
  std::string keyword;
  for (int i = 0; i < 5'000; ++i) keyword += "word" + std::to_string(i) + " ";
  say_each({"word1 word2"});
  EXPECT_EQ(found(keyword), Texts{});
}

TEST_P(ReadingTest, ChannelsAreSearchedByTheirCurrentNames) {
  say_each({"salute news"});
  say(general, alice, "salute general");
  const ChannelId other = make_channel("other");
  say(other, alice, "salute other");
  EXPECT_EQ(found({{}, "salute", {}, 50, 0}).size(), 3U);
  EXPECT_EQ(found({{"other", "news"}, "salute", {}, 50, 0}),
            (Texts{"salute other", "salute news"}));
  EXPECT_EQ(found({{"other", "nowhere"}, "", {}, 50, 0}), Texts{"salute other"});
  EXPECT_EQ(found({{"nowhere"}, "", {}, 50, 0}), Texts{});
  one(UpdateChannel{other, "renamed", std::nullopt, alice, now});
  EXPECT_EQ(found({{"renamed"}, "", {}, 50, 0}), Texts{"salute other"});
  EXPECT_EQ(found({{"other"}, "", {}, 50, 0}), Texts{});
}

TEST_P(ReadingTest, SearchNarrowsByAuthor) {
  say(news, alice, "hello from alice");
  say(news, bob, "hello from bob", "key");
  EXPECT_EQ(found({{}, "hello", bob.id, 50, 0}), Texts{"hello from bob"});
  EXPECT_EQ(found({{"news"}, "", alice.id, 50, 0}), Texts{"hello from alice"});
  EXPECT_EQ(found({{}, "", carol.id, 50, 0}), Texts{});
}

TEST_P(ReadingTest, SearchPagesFromTheNewest) {
  say_each({"x 1", "x 2", "x 3", "x 4", "x 5"});
  for (const char* keyword : {"x", ""}) {
    const auto first = store->search({{"news"}, keyword, {}, 2, 0}).value();
    EXPECT_EQ(texts_of(first.messages), (Texts{"x 5", "x 4"}));
    EXPECT_TRUE(first.has_more);
    const auto last = store->search({{"news"}, keyword, {}, 2, 3}).value();
    EXPECT_EQ(texts_of(last.messages), (Texts{"x 2", "x 1"}));
    EXPECT_FALSE(last.has_more);
    EXPECT_TRUE(store->search({{"news"}, keyword, {}, 2, 5}).value().messages.empty());
  }
  EXPECT_EQ(store->search({{"news"}, "5", {}, 2, 0}).value().messages.at(0),
            log_of(news).entries.back());
}

TEST_P(ReadingTest, PrivateMessagesAreNeverFound) {
  one(to(bob, alice, "secret plan"));
  EXPECT_EQ(found({{}, "secret", {}, 50, 0}), Texts{});
  EXPECT_EQ(found({{}, "", bob.id, 50, 0}), Texts{});
}

// Workers read while the writer commits: a page never shows an entry beyond its head, or a gap.
TEST_P(ReadingTest, ManyReadWhileOneWrites) {
  constexpr Seq kLast = 400;
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 12; ++worker) {
    workers.emplace_back([this] {
      for (Seq seen = 0; seen < kLast;) {
        const LogPage page = store->read_after(log, seen, 50).value();
        for (const Entry& entry : page.entries) EXPECT_EQ(entry.seq, ++seen);
        EXPECT_LE(seen, page.head);
        EXPECT_TRUE(seen == page.head || page.entries.size() == 50);
      }
    });
  }
  for (Seq sent = 0; sent < kLast; sent += 4) {
    all(std::vector<PendingEntry>(4, message(news, alice, "x")));
  }
  for (std::thread& worker : workers) worker.join();
}

TEST_P(ReadingTest, TheNewestMessagesAreThoseOfAllChannelsAndInboxes) {
  const NewestMessages before = store->newest_messages().value();
  EXPECT_EQ(before.inbox, MessageId{});
  const MessageId said = say(news, alice, "a").message_id;
  const MessageId whispered = one(to(bob, alice, "b")).value().entries.at(0).message_id;
  one(DeleteChannel{news, false, alice, now}).value();
  const NewestMessages after = store->newest_messages().value();
  EXPECT_EQ(after.chat, said);
  EXPECT_EQ(after.inbox, whispered);
}

TEST_P(ReadingTest, PingAnswers) { EXPECT_TRUE(store->ping()); }

}  // namespace
}  // namespace hubbub
