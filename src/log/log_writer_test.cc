#include "log/log_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>

#include "log/faulty_store.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

using testing::ElementsAre;

// Sees what a reactor sees: texts in the order in which they were published.
class Reader final : public BusListener {
 public:
  void on_publication(const Publication& publication) override {
    for (const auto& published : publication.entries) {
      events->push_back("see " + published.entry.text);
    }
    if (publication.directory) directories.push_back(publication.directory);
  }
  void on_presence(const PresenceNotice&) override {}
  void on_sign_out(const SignOut&) override {}

  std::vector<std::string>* events = nullptr;
  std::vector<Shared<Directory>> directories;
};

class LogWriterTest : public testing::Test {
 protected:
  LogWriterTest() {
    reader.events = &events;
    bus->attach(reactor, reader);
  }

  void submit(PendingEntry entry, const std::string& name) {
    Submission submission{std::move(entry), &reactor, [this, name](Result<Committed> result) {
                            events.push_back("answer " + name);
                            results.insert_or_assign(name, std::move(result));
                          }};
    ASSERT_TRUE(writer->submit(std::move(submission)));
  }
  // Alice says `text` in general; `key` tells a repetition.
  void say(const std::string& text, const std::string& key = {}) {
    submit(PendingMessage{general, alice, text, key, Time{}}, text);
  }
  // The same in slow mode, of ten seconds.
  void say_slowly(const std::string& text, const std::string& key = {}) {
    submit(PendingMessage{general, alice, text, key, Time{}, 10}, text);
  }
  void run() {
    writer->run_once();
    reactor.run_ready();
  }
  Seq seq_of(const std::string& name) { return results.at(name).value().entries.front().seq; }
  Code code_of(const std::string& name) { return results.at(name).error().code; }

  TemporaryFolder folder;
  FaultyStore store{std::move(open_store("sqlite:" + folder.path() + "/log.db").value())};
  ManualClock clock;
  Metrics metrics;
  Reactor reactor{0};
  std::unique_ptr<Bus> bus = make_memory_bus();
  std::unique_ptr<RateLimiter> limiter = make_memory_rate_limiter(clock, 100);
  Directory directory = store.directory().value();
  MessageLimits limits{1'000, 10};
  std::unique_ptr<LogWriter> writer =
      std::make_unique<LogWriter>(store, *limiter, *bus, clock, metrics, limits);
  const ChannelId general = directory.channels.front().id;
  const Seq welcome = directory.channels.front().head.seq;
  const Author alice{UserId{"a"}, "alice"};
  Reader reader;
  std::vector<std::string> events;
  std::map<std::string, Result<Committed>> results;
};

TEST_F(LogWriterTest, TakesAllThatWaitsAsOneCommit) {
  say("a");
  say("b");
  say("c");
  run();
  EXPECT_EQ(store.commits(), 1);
  EXPECT_EQ(seq_of("a"), welcome + 1);
  EXPECT_EQ(seq_of("c"), welcome + 3);
}

TEST_F(LogWriterTest, AnswersBeforeItPublishes) {
  say("a");
  say("b");
  run();
  EXPECT_THAT(events, ElementsAre("answer a", "answer b", "see a", "see b"));
}

TEST_F(LogWriterTest, AFailedCommitLeavesNoGapAndShowsNothing) {
  say("a");
  run();
  store.fail_next_commit(Code::kUnavailable);
  say("b");
  run();
  say("c");
  run();
  EXPECT_EQ(code_of("b"), Code::kUnavailable);
  EXPECT_GT(results.at("b").error().retry_after_ms, 0);
  EXPECT_EQ(seq_of("c"), seq_of("a") + 1);
  EXPECT_THAT(events, ElementsAre("answer a", "see a", "answer b", "answer c", "see c"));
}

TEST_F(LogWriterTest, OneEntryThatCannotBeStoredStopsNobodyElse) {
  store.choke_on("poison");
  say("a");
  say("poison");
  say("b");
  run();
  EXPECT_EQ(code_of("poison"), Code::kInternal);
  EXPECT_EQ(seq_of("b"), seq_of("a") + 1);
}

TEST_F(LogWriterTest, AnUnknownOutcomeIsNotTriedAgain) {
  store.fail_next_commit(Code::kUnavailable);
  say("a");
  say("b");
  run();
  EXPECT_EQ(store.commits(), 0);
  EXPECT_EQ(code_of("a"), Code::kUnavailable);
}

TEST_F(LogWriterTest, ARepeatedSendKeyIsAnsweredAndNotPublishedAgain) {
  say("a", "key");
  run();
  const auto first = seq_of("a");
  say("a", "key");
  run();
  EXPECT_TRUE(results.at("a").value().is_repeated);
  EXPECT_EQ(seq_of("a"), first);
  EXPECT_THAT(events, ElementsAre("answer a", "see a", "answer a"));
}

TEST_F(LogWriterTest, RefusesAboveTheRateLimitAndSaysUntilWhen) {
  submit(UpdateLimits{{2, 10}, alice, Time{}}, "limits");
  run();
  say("a");
  say("b");
  say("c");
  run();
  EXPECT_EQ(seq_of("b"), seq_of("a") + 1);
  EXPECT_EQ(code_of("c"), Code::kRateLimited);
  EXPECT_EQ(results.at("c").error().retry_after_ms, 10'000);
}

TEST_F(LogWriterTest, InSlowModeOnlyTheFirstOfTwoMessagesIsStored) {
  say_slowly("a");
  say_slowly("b");
  run();
  EXPECT_EQ(seq_of("a"), welcome + 1);
  EXPECT_EQ(code_of("b"), Code::kSlowMode);
  EXPECT_EQ(results.at("b").error().retry_after_ms, 10'000);
  clock.advance(std::chrono::seconds(10));
  say_slowly("b");
  run();
  EXPECT_EQ(seq_of("b"), welcome + 2);
}

TEST_F(LogWriterTest, InSlowModeARepetitionIsAnsweredAsRepeated) {
  say_slowly("a", "key");
  run();
  say_slowly("a", "key");
  run();
  EXPECT_TRUE(results.at("a").value().is_repeated);
}

TEST_F(LogWriterTest, InSlowModeAMessageThatWasNotStoredDoesNotCount) {
  store.fail_next_commit(Code::kUnavailable);
  say_slowly("a");
  run();
  say_slowly("b");
  run();
  EXPECT_EQ(code_of("a"), Code::kUnavailable);
  EXPECT_EQ(seq_of("b"), welcome + 1);
}

TEST_F(LogWriterTest, InSlowModeARepetitionOfAnEarlierMessageIsNotANewOne) {
  say_slowly("a", "first");
  run();
  clock.advance(std::chrono::seconds(10));
  say_slowly("b", "second");
  run();
  clock.advance(std::chrono::seconds(10));
  say_slowly("a", "first");
  run();
  EXPECT_TRUE(results.at("a").value().is_repeated);
  say_slowly("c", "third");
  run();
  EXPECT_EQ(seq_of("c"), welcome + 3);
}

TEST_F(LogWriterTest, WhatWasStoredThoughItsAnswerGotLostIsPublishedBeforeAllElse) {
  store.lose_next_answer();
  say("a", "key");
  run();
  EXPECT_EQ(code_of("a"), Code::kUnavailable);
  EXPECT_THAT(events, ElementsAre("answer a"));
  say("b");
  run();
  EXPECT_THAT(events, ElementsAre("answer a", "see a", "answer b", "see b"));
  EXPECT_EQ(seq_of("b"), welcome + 2);
  say("a", "key");
  run();
  EXPECT_EQ(seq_of("a"), welcome + 1);
  EXPECT_TRUE(results.at("a").value().is_repeated);
  EXPECT_EQ(metrics.counter("hubbub_log_recovered_total", "").value(), 1U);
}

TEST_F(LogWriterTest, NothingIsCommittedWhileAnOutcomeIsNotKnown) {
  store.lose_next_answer();
  say("a");
  run();
  store.fail_next_recoveries(1);
  say("b");
  run();
  EXPECT_EQ(code_of("b"), Code::kUnavailable);
  EXPECT_EQ(store.commits(), 1);
  say("c");
  run();
  EXPECT_EQ(seq_of("c"), welcome + 2);
}

TEST_F(LogWriterTest, ALostAnswerIsFoundWithoutAnotherMessage) {
  store.lose_next_answer();
  store.fail_next_recoveries(2);
  say("a");
  writer->start();
  const auto work = boost::asio::make_work_guard(reactor.context());
  reactor.context().restart();
  while (events.size() < 2) reactor.context().run_one();
  EXPECT_THAT(events, ElementsAre("answer a", "see a"));
  EXPECT_EQ(store.recoveries(), 3);
  writer->stop();
}

TEST_F(LogWriterTest, KnowsWhoWasRefused) {
  submit(UpdateLimits{{2, 10}, alice, Time{}}, "limits");
  run();
  say_slowly("a");
  say_slowly("too soon");
  say("too many");
  run();
  EXPECT_EQ(code_of("too soon"), Code::kSlowMode);
  EXPECT_EQ(code_of("too many"), Code::kRateLimited);
  EXPECT_THAT(writer->refusals().recent(), ElementsAre(RefusedSender{alice, 2, clock.now()}));
}

TEST_F(LogWriterTest, CountsEachMessageOnce) {
  say("a", "key");
  run();
  say("a", "key");
  submit(CreateChannel{"new", std::nullopt, alice, Time{}}, "create");
  run();
  EXPECT_EQ(metrics.counter("hubbub_messages_total", "").value(), 1U);
}

TEST_F(LogWriterTest, AChangeOfChannelsIsPublishedWithTheNewList) {
  submit(CreateChannel{"new", std::nullopt, alice, Time{}}, "create");
  run();
  ASSERT_EQ(reader.directories.size(), 1U);
  EXPECT_EQ(reader.directories.front()->channels.back().name, "new");
}

TEST_F(LogWriterTest, StampsEntriesWithItsOwnClock) {
  say("a");
  run();
  EXPECT_EQ(results.at("a").value().entries.front().authored_at, clock.now());
}

TEST_F(LogWriterTest, StopFinishesWhatWasAcceptedAndRefusesMore) {
  say("a");
  writer->start();
  writer->stop();
  reactor.run_ready();
  EXPECT_EQ(seq_of("a"), welcome + 1);
  const auto late = writer->submit({PendingMessage{general, alice, "b", {}, Time{}}, &reactor, {}});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Code::kUnavailable);
}

TEST_F(LogWriterTest, OfAStoreThatDoesNotReturnOnlyTheCommitUnderWayIsWaitedFor) {
  std::promise<void> gate;
  store.hold_next_commit(gate.get_future());
  say("under way");
  writer->start();
  // Taken by the writer once it no longer waits.
  while (writer->waiting() > 0) std::this_thread::yield();
  say("behind it");
  EXPECT_FALSE(writer->stop_within(std::chrono::milliseconds(1)));
  gate.set_value();
  writer->stop();
  reactor.run_ready();
  EXPECT_EQ(seq_of("under way"), welcome + 1);
  EXPECT_EQ(code_of("behind it"), Code::kUnavailable);
  EXPECT_EQ(store.commits(), 1);
}

TEST_F(LogWriterTest, AQuickStoreIsFinishedInTime) {
  say("a");
  writer->start();
  EXPECT_TRUE(writer->stop_within(std::chrono::seconds(60)));
  reactor.run_ready();
  EXPECT_EQ(seq_of("a"), welcome + 1);
}

TEST_F(LogWriterTest, IsAvailableAgainOnceTheStoreIs) {
  EXPECT_TRUE(writer->is_available());
  store.fail_next_commit(Code::kUnavailable);
  store.fail_next_recoveries(1);
  say("a");
  run();
  EXPECT_FALSE(writer->is_available());
  say("b");
  run();
  EXPECT_FALSE(writer->is_available());
  say("c");
  run();
  EXPECT_TRUE(writer->is_available());
  EXPECT_EQ(seq_of("c"), welcome + 1);
}

TEST_F(LogWriterTest, LongTextsFillTheQueueToo) {
  LogWriter small(store, *limiter, *bus, clock, metrics, limits, {.waiting_bytes_max = 20});
  const auto submission = [&] {
    return Submission{PendingMessage{general, alice, "ten letters", {}, Time{}}, &reactor,
                      [](auto) {}};
  };
  ASSERT_TRUE(small.submit(submission()));
  const auto refused = small.submit(submission());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kOverloaded);
  EXPECT_GT(refused.error().retry_after_ms, 0);
  small.run_once();
  EXPECT_TRUE(small.submit(submission()));
}

TEST_F(LogWriterTest, RefusesWhenTooMuchWaits) {
  LogWriter small(store, *limiter, *bus, clock, metrics, limits, {.waiting_max = 1});
  const auto submission = [&] {
    return Submission{PendingMessage{general, alice, "a", {}, Time{}}, &reactor, [](auto) {}};
  };
  ASSERT_TRUE(small.submit(submission()));
  const auto refused = small.submit(submission());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kOverloaded);
}

}  // namespace
}  // namespace hubbub
