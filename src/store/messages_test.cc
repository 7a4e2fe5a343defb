// Messages and send keys: what a commit stores, and in which place.
#include "store/store_suite.h"

namespace hubbub {
namespace {

class MessagesTest : public StoreTest {
 protected:
  RemoveMessages remove(std::vector<MessageId> ids) { return {std::move(ids), carol, later}; }

  const Time later = now + std::chrono::hours(1);
};
INSTANTIATE_TEST_SUITE_P(Twins, MessagesTest, ::testing::ValuesIn(twins()), twin_name);

TEST_P(MessagesTest, AMessageComesBackAsItWasCommitted) {
  const Entry said = say(general, alice, "hello", "key-1");
  EXPECT_EQ(said.kind, EntryKind::kMessage);
  EXPECT_EQ(said.channel, general);
  EXPECT_EQ(said.channel_name, "general");
  EXPECT_EQ(said.author, alice);
  EXPECT_EQ(said.authored_at, now);
  EXPECT_EQ(said.send_key, "key-1");
  EXPECT_EQ(said.log, channel("general").log);
  EXPECT_EQ((Position{said.epoch, said.seq}), channel("general").head);
  EXPECT_EQ(log_of(general).entries.back(), said);
}

TEST_P(MessagesTest, EachLogCountsWithoutAGap) {
  const ChannelId other = make_channel("other");
  for (int batch = 0; batch < 3; ++batch) {
    all({message(general, alice, "a"), message(other, alice, "b"), message(general, bob, "c")});
  }
  EXPECT_EQ(seqs_of(log_of(general).entries), (Seqs{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(seqs_of(log_of(other).entries), (Seqs{1, 2, 3}));
}

TEST_P(MessagesTest, EverythingIsThereAfterAnotherStart) {
  const Entry said = say(general, alice, "kept", "key");
  const std::string server = store->server_id().value();
  const Directory directory = store->directory().value();
  reopen();
  EXPECT_EQ(log_of(general).entries.back(), said);
  EXPECT_EQ(store->server_id().value(), server);
  EXPECT_EQ(store->directory().value().channels, directory.channels);
  EXPECT_EQ(say(general, bob, "next").seq, said.seq + 1);
}

TEST_P(MessagesTest, AnEmptyBatchIsNothing) { EXPECT_TRUE(all({}).empty()); }

TEST_P(MessagesTest, AnUnknownChannelIsRefusedAlone) {
  const auto results = all({message(general, alice, "a"), message(ChannelId{99}, alice, "b"),
                            message(general, alice, "c")});
  EXPECT_EQ(code_of(results.at(1)), Code::kUnknownChannel);
  EXPECT_EQ(results.at(0)->entries.at(0).seq, 2U);
  EXPECT_EQ(results.at(2)->entries.at(0).seq, 3U);
}

TEST_P(MessagesTest, AnyTextSurvives) {
  for (const std::string& text :
       {std::string(65'536, 'x'), std::string("'\"; DROP TABLE logs; --"),
        std::string("👋🏽 Grüße, مرحبا, 你好"), std::string("\n\t ")}) {
    say(general, alice, text);
    EXPECT_EQ(log_of(general).entries.back().text, text);
  }
}

// --- private messages ---

TEST_P(MessagesTest, APrivateMessageHasAPlaceInEachInbox) {
  one(to(bob, carol, "first to bob"));
  const Committed sent = one(to(bob, alice, "psst", "key")).value();
  ASSERT_EQ(sent.entries.size(), 2U);
  EXPECT_EQ(sent.entries[0].log, inbox(alice));
  EXPECT_EQ(sent.entries[0].seq, 1U);
  EXPECT_EQ(sent.entries[1].log, inbox(bob));
  EXPECT_EQ(sent.entries[1].seq, 2U);
  EXPECT_EQ(sent.entries[0].message_id, sent.entries[1].message_id);
  EXPECT_NE(sent.entries[0].epoch, sent.entries[1].epoch);
  EXPECT_EQ(sent.entries[0].author, alice);
  EXPECT_EQ(sent.entries[0].recipient, bob);
  EXPECT_EQ(store->read_after(inbox(alice), 0, 9).value().entries.back(), sent.entries[0]);
  EXPECT_EQ(store->read_after(inbox(bob), 0, 9).value().entries.back(), sent.entries[1]);
}

TEST_P(MessagesTest, AMessageToOneselfIsThereOnce) {
  const Committed sent = one(to(alice, alice, "note", "key")).value();
  ASSERT_EQ(sent.entries.size(), 1U);
  EXPECT_EQ(store->read_after(inbox(alice), 0, 9).value().entries, sent.entries);
  EXPECT_EQ(one(to(alice, alice, "note", "key")).value().entries, sent.entries);
}

TEST_P(MessagesTest, NobodyUnknownCanBeWrittenTo) {
  const Author nobody{UserId{"id-of-nobody"}, "nobody"};
  const auto results = all({to(nobody, alice, "hello?"), to(bob, alice, "psst")});
  EXPECT_EQ(code_of(results.at(0)), Code::kUnknownUser);
  EXPECT_EQ(results.at(1)->entries.at(0).seq, 1U);
}

// --- send keys ---

TEST_P(MessagesTest, ARepeatedKeyAnswersWithTheFirst) {
  const Entry first = say(general, alice, "once", "key");
  say(general, bob, "between");
  const Committed again = one(message(general, alice, "once", "key")).value();
  EXPECT_TRUE(again.is_repeated);
  EXPECT_EQ(again.entries, std::vector<Entry>{first});
  EXPECT_EQ(log_of(general).head, 3U);
}

TEST_P(MessagesTest, ARepeatedPrivateMessageAnswersWithTheFirst) {
  one(to(bob, carol, "earlier"));
  const Committed first = one(to(bob, alice, "psst", "key")).value();
  EXPECT_FALSE(first.is_repeated);
  one(to(bob, carol, "between"));
  const Committed again = one(to(bob, alice, "psst", "key")).value();
  EXPECT_TRUE(again.is_repeated);
  EXPECT_EQ(again.entries, first.entries);
}

TEST_P(MessagesTest, AKeyIsKnownAfterAnotherStart) {
  const Entry first = say(general, alice, "once", "key");
  reopen();
  const Committed again = one(message(general, alice, "once", "key")).value();
  EXPECT_TRUE(again.is_repeated);
  EXPECT_EQ(again.entries, std::vector<Entry>{first});
}

TEST_P(MessagesTest, WhatStandsForAKeyIsFoundAsLongAsItIsThere) {
  const Entry said = say(general, alice, "once", "key");
  const Committed sent = one(to(bob, alice, "psst", "private")).value();
  EXPECT_EQ(store->find_sent(alice.id, "key").value(), std::vector<Entry>{said});
  EXPECT_EQ(store->find_sent(alice.id, "private").value(), sent.entries);
  EXPECT_TRUE(store->find_sent(bob.id, "key").value().empty());
  EXPECT_TRUE(store->find_sent(alice.id, "another").value().empty());
  one(remove({said.message_id}));
  one(DeleteChannel{general, false, carol, later});
  const auto removed = store->find_sent(alice.id, "key").value();
  ASSERT_EQ(removed.size(), 1U);
  EXPECT_TRUE(removed.front().is_removed);
  EXPECT_EQ(removed.front().seq, said.seq);
  one(DeleteChannel{general, true, carol, later});
  EXPECT_TRUE(store->find_sent(alice.id, "key").value().empty());
}

TEST_P(MessagesTest, AKeyCountsWithinItsBatch) {
  const auto results =
      all({message(general, alice, "once", "key"), message(general, alice, "once", "key"),
           message(general, alice, "other", "key"), to(bob, alice, "once", "key")});
  EXPECT_FALSE(results.at(0)->is_repeated);
  EXPECT_TRUE(results.at(1)->is_repeated);
  EXPECT_EQ(results.at(1)->entries, results.at(0)->entries);
  EXPECT_EQ(code_of(results.at(2)), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(results.at(3)), Code::kSendKeyConflict);
  EXPECT_EQ(log_of(general).head, 2U);
}

TEST_P(MessagesTest, AKeyStandsForOneMessageOnly) {
  const ChannelId other = make_channel("other");
  say(general, alice, "text", "public");
  one(to(bob, alice, "text", "private"));
  EXPECT_EQ(code_of(one(message(general, alice, "TEXT", "public"))), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(one(message(other, alice, "text", "public"))), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(one(to(bob, alice, "text", "public"))), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(one(to(bob, alice, "TEXT", "private"))), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(one(to(carol, alice, "text", "private"))), Code::kSendKeyConflict);
  EXPECT_EQ(code_of(one(message(general, alice, "text", "private"))), Code::kSendKeyConflict);
}

TEST_P(MessagesTest, AChannelIsNotThePersonWithItsNumber) {
  const Author number{UserId{std::to_string(general.value)}, "number"};
  one(RememberUser{number, now});
  say(general, alice, "text", "key");
  EXPECT_EQ(code_of(one(to(number, alice, "text", "key"))), Code::kSendKeyConflict);
}

TEST_P(MessagesTest, AKeyIsItsAuthorsOwn) {
  say(general, alice, "text", "key");
  EXPECT_FALSE(one(message(general, bob, "other", "key")).value().is_repeated);
  EXPECT_FALSE(one(message(general, alice, "other", "KEY")).value().is_repeated);
}

TEST_P(MessagesTest, WithoutAKeyTheSameIsStoredAgain) {
  all({message(general, alice, "x"), message(general, alice, "x"), to(bob, alice, "x"),
       to(bob, alice, "x")});
  EXPECT_EQ(log_of(general).head, 3U);
  EXPECT_EQ(store->read_after(inbox(bob), 0, 9).value().head, 2U);
}

// --- removal ---

TEST_P(MessagesTest, ARemovalIsAnEntryOfItsLog) {
  const Entry said = say(general, alice, "regrettable", "key");
  say(general, bob, "between");
  const Committed removed = one(remove({said.message_id})).value();
  ASSERT_EQ(removed.entries.size(), 1U);
  const Entry& removal = removed.entries[0];
  EXPECT_EQ(removal.kind, EntryKind::kRemoval);
  EXPECT_EQ(removal.log, said.log);
  EXPECT_EQ(removal.epoch, said.epoch);
  EXPECT_EQ(removal.seq, 4U);
  EXPECT_EQ(removal.removed_seq, said.seq);
  EXPECT_EQ(removal.message_id, said.message_id);
  EXPECT_EQ(removal.channel, general);
  EXPECT_EQ(removal.channel_name, "general");
  EXPECT_EQ(removal.author, Author{});
  EXPECT_EQ(removal.authored_at, later);
  EXPECT_EQ(log_of(general).entries.back(), removal);
  EXPECT_EQ(say(general, bob, "next").seq, 5U);
}

TEST_P(MessagesTest, ARemovedMessageIsBlankFromThenOn) {
  const Entry said = say(general, alice, "regrettable", "key");
  one(remove({said.message_id}));
  const Entry blank = log_of(general).entries.at(1);
  EXPECT_TRUE(blank.is_removed);
  EXPECT_EQ(blank.text, "");
  EXPECT_EQ(blank.author, alice);
  EXPECT_EQ(blank.authored_at, said.authored_at);
  EXPECT_TRUE(store->search({{}, "regrettable", {}, 50, 0}).value().messages.empty());
  EXPECT_EQ(store->recent_messages(9).value().size(), 1U);
  // Its key still stands for it.
  const Committed again = one(message(general, alice, "regrettable", "key")).value();
  EXPECT_TRUE(again.is_repeated);
  EXPECT_EQ(again.entries, std::vector<Entry>{blank});
}

TEST_P(MessagesTest, WhatIsNotThereIsPassedOver) {
  const Entry a = say(general, alice, "a");
  const Entry b = say(general, alice, "b");
  one(remove({a.message_id}));
  const Committed removed =
      one(remove({MessageId{99}, a.message_id, b.message_id, b.message_id})).value();
  ASSERT_EQ(removed.entries.size(), 1U);
  EXPECT_EQ(removed.entries[0].removed_seq, b.seq);
}

TEST_P(MessagesTest, ARemovalOfNothingIsRefused) {
  const Entry said = say(general, alice, "a");
  one(remove({said.message_id}));
  const Position head = channel("general").head;
  const auto refused = one(remove({said.message_id, MessageId{99}}));
  ASSERT_EQ(code_of(refused), Code::kNotFound);
  EXPECT_EQ(refused.error().field, "ids");
  EXPECT_FALSE(refused.error().detail.empty());
  EXPECT_EQ(code_of(one(remove({}))), Code::kNotFound);
  EXPECT_EQ(channel("general").head, head);
}

TEST_P(MessagesTest, EachRemovalGoesToItsOwnLog) {
  const ChannelId other = make_channel("other");
  const Entry here = say(general, alice, "a");
  const Entry there = say(other, alice, "b");
  const auto results =
      all({message(general, bob, "between"), remove({there.message_id, here.message_id}),
           message(general, bob, "after")});
  const std::vector<Entry>& removals = results.at(1)->entries;
  ASSERT_EQ(removals.size(), 2U);
  EXPECT_EQ(log_of(other).entries.back(), removals[0]);
  EXPECT_EQ(log_of(general).entries.at(3), removals[1]);
  EXPECT_EQ(results.at(2)->entries.at(0).seq, 5U);
}

TEST_P(MessagesTest, AMessageIsRemovedInTheBatchThatBroughtIt) {
  const MessageId next{say(general, alice, "a").message_id.value + 1};
  const auto results = all({message(general, alice, "b"), remove({next})});
  EXPECT_EQ(results.at(1)->entries.at(0).removed_seq, results.at(0)->entries.at(0).seq);
  EXPECT_TRUE(log_of(general).entries.at(2).is_removed);
}

TEST_P(MessagesTest, MessagesOfAnArchivedChannelAreRemovedToo) {
  const ChannelId other = make_channel("other");
  const Entry said = say(other, alice, "a");
  one(DeleteChannel{other, false, alice, now});
  const Committed removed = one(remove({said.message_id})).value();
  EXPECT_EQ(store->read_after(said.log, 1, 9).value().entries, removed.entries);
}

TEST_P(MessagesTest, WhatSomeoneDoesNotSeeTheyDoNotRemove) {
  const ChannelId board = make_channel("board");
  const Entry hidden = say(board, alice, "one");
  const Entry seen = say(general, alice, "two");
  one(UpdateChannel{board, {}, {}, carol, now, {.is_private = true}}).value();
  const auto removed_by = [this](Role role, const Entry& entry) {
    return one(RemoveMessages{{entry.message_id}, carol, later, role});
  };
  EXPECT_EQ(code_of(removed_by(Role::kModerator, hidden)), Code::kNotFound);
  EXPECT_EQ(texts_of(log_of(board).entries), Texts{"one"});
  const RemoveMessages both{{hidden.message_id, seen.message_id}, carol, later, Role::kModerator};
  EXPECT_EQ(one(both).value().entries.size(), 1U);
  EXPECT_TRUE(removed_by(Role::kAdmin, hidden));
  one(UpdateChannel{board, {}, {}, carol, now, {.is_staff_only = true, .is_private = false}})
      .value();
  EXPECT_TRUE(removed_by(Role::kModerator, say(board, alice, "three")));
}

TEST_P(MessagesTest, ARemovalShowsNoDirectory) {
  EXPECT_FALSE(directory_after(remove({say(general, alice, "a").message_id})));
}

// --- people ---

TEST_P(MessagesTest, PeopleAreRememberedByTheirId) {
  EXPECT_EQ(store->find_user(alice.id).value()->user, alice);
  EXPECT_FALSE(store->find_user(UserId{"ID-OF-ALICE"}).value());
  const LogId before = inbox(alice);
  const Author renamed{alice.id, "alicia"};
  EXPECT_FALSE(directory_after(RememberUser{renamed, now}));
  EXPECT_EQ(store->find_user(alice.id).value()->user, renamed);
  EXPECT_EQ(inbox(alice), before);
  EXPECT_NE(inbox(bob), before);
}

TEST_P(MessagesTest, ANewcomersInboxIsEmpty) {
  const LogPage page = store->read_after(inbox(carol), 0, 9).value();
  EXPECT_EQ(page.head, 0U);
  EXPECT_EQ(page.first, 1U);
  EXPECT_FALSE(page.epoch.empty());
  EXPECT_TRUE(page.entries.empty());
}

TEST_P(MessagesTest, AMessageKeepsTheNameOfItsDay) {
  one(to(bob, alice, "psst"));
  const Entry said = say(general, alice, "hello");
  one(RememberUser{{alice.id, "alicia"}, now});
  one(RememberUser{{bob.id, "robert"}, now});
  EXPECT_EQ(log_of(general).entries.back(), said);
  EXPECT_EQ(store->read_after(inbox(bob), 0, 9).value().entries.at(0).recipient.username, "bob");
}

}  // namespace
}  // namespace hubbub
