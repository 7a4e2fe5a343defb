// One test for each way in which a reader can be shown something wrong, and for histories that make
// no sense.
#include "torture/check/world.h"

namespace hubbub::torture {
namespace {

// torture-0 says six things in channel 0 and tells torture-1 two in private; torture-1 reads.
class ReadersTest : public ::testing::Test {
 protected:
  ReadersTest() {
    world.say(writer, 0);
    world.reader(1);
    world.old_reader(1);
    for (int i = 0; i < 3; ++i) world.say(writer, 0);
    world.reconnect_old_reader(0);
    for (int i = 0; i < 2; ++i) world.say(writer, 0);
    for (int i = 0; i < 2; ++i) world.tell(writer, 1);
    world.settle();
  }

  ReaderHistory& reader() { return world.history.readers[0]; }
  OldReaderHistory& old_reader() { return world.history.old_readers[0]; }
  std::vector<Seen>& seen() { return reader().seen; }
  std::vector<OldReaderHistory::Shown>& shown() { return old_reader().shown; }
  std::string first_sentence() { return world.judge().findings.sentences().at(0); }

  World world{3, 2};
  const std::uint32_t writer = world.writer(0, Manner::kPatient);
};

TEST_F(ReadersTest, WhoSawEverythingFromWhereTheyBeganIsRight) {
  EXPECT_EQ(world.findings(), "");
  EXPECT_EQ(seen().size(), 7U);
  EXPECT_EQ(shown().size(), 7U);
}

TEST_F(ReadersTest, AnEntryInTheMidstIsMissed) {
  seen().erase(seen().begin() + 1);
  EXPECT_EQ(world.findings(), "not_shown");
  EXPECT_EQ(first_sentence(), "not_shown: reader 0 was not shown entry 3 of channel channel-0");
}

TEST_F(ReadersTest, TheFirstAndTheLastEntryAreMissedToo) {
  seen().erase(seen().begin());
  seen().pop_back();
  EXPECT_EQ(world.judge().findings.count(Kind::kNotShown), 2U);
}

TEST_F(ReadersTest, AnEntryIsShownOnce) {
  seen().insert(seen().begin() + 1, seen()[1]);
  EXPECT_EQ(world.findings(), "shown_twice");
  seen().erase(seen().begin() + 1);
  seen().push_back(seen()[0]);
  EXPECT_EQ(world.findings(), "shown_twice");
}

TEST_F(ReadersTest, EntriesAreShownInTheirOrder) {
  std::swap(seen()[1], seen()[2]);
  EXPECT_EQ(world.findings(), "shown_in_other_order");
}

TEST_F(ReadersTest, TwoLogsMayBeMixed) {
  std::swap(seen()[4], seen()[5]);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(ReadersTest, AnEntryIsShownAsItIsStored) {
  seen()[2].message.number = 1;
  EXPECT_EQ(world.findings(), "different");
  seen()[2].message.writer = 77;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, WithTheIdThatIsStored) {
  ++seen()[2].message_id;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, InTheEpochThatIsStored) {
  reader().epochs.emplace_back("another");
  seen()[2].epoch = static_cast<std::uint32_t>(reader().epochs.size() - 1);
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, WhatIsNotStoredIsForeign) {
  Seen more = seen()[4];
  more.seq = 7;
  seen().push_back(more);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(ReadersTest, WhatWasThereBeforeTheyBeganIsNotAskedFor) {
  Seen before = seen()[0];
  before.seq = 1;
  seen().insert(seen().begin(), before);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(ReadersTest, TheInboxOfAnotherIsForeign) {
  seen()[5].log = inbox(0);
  EXPECT_EQ(world.findings(), "foreign not_shown");
}

TEST_F(ReadersTest, WhereTheyBeganIsStored) {
  reader().starts[0].since.epoch = "another";
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, WhereTheyBeganIsNotBehindTheHead) {
  reader().starts[1].since.seq = 1;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, NorBeforeTheFirst) {
  auto& entries = world.entries_of(channel(0));
  entries.erase(entries.begin(), entries.begin() + 2);
  world.log_of(channel(0)).first = 3;
  EXPECT_EQ(world.findings(), "lost foreign different not_shown");
}

TEST_F(ReadersTest, NorBeforeAnything) {
  reader().starts[0].since.seq = -1'000'000'000'000'000;
  EXPECT_EQ(world.findings(), "different not_shown");
  EXPECT_EQ(world.judge().findings.count(Kind::kNotShown), 1U);
}

TEST_F(ReadersTest, AHeadOfNothingIsAGapAndNoMillionsOfThem) {
  world.log_of(channel(0)).head = 1'000'000'000'000'000;
  EXPECT_EQ(world.findings(), "gap");
}

TEST_F(ReadersTest, WhatIsStoredBehindTheHeadIsForeign) {
  world.log_of(channel(0)).head -= 1;
  EXPECT_EQ(world.findings(), "gap foreign");
}

TEST_F(ReadersTest, AGapInTheStoreHidesNothingBehindIt) {
  auto& entries = world.entries_of(channel(0));
  entries.erase(entries.begin() + 2);
  EXPECT_EQ(world.findings(), "lost gap foreign not_shown");
  EXPECT_EQ(world.judge().findings.count(Kind::kForeign), 2U);
}

// --- the old protocol ---

TEST_F(ReadersTest, OnAConnectionNothingIsSkipped) {
  shown().erase(shown().begin() + 1);
  EXPECT_EQ(world.findings(), "not_shown");
  EXPECT_EQ(first_sentence(),
            "not_shown: old reader 0 was shown, on connection 1, entry 3 of channel channel-0: "
            "nothing, between an earlier and a later one");
}

TEST_F(ReadersTest, BetweenConnectionsAnythingMay) {
  shown().erase(shown().begin() + 2, shown().begin() + 4);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(ReadersTest, OnAConnectionNothingIsShownTwice) {
  shown().insert(shown().begin() + 1, shown()[1]);
  EXPECT_EQ(world.findings(), "shown_twice");
}

TEST_F(ReadersTest, OnTwoConnectionsItMay) {
  auto again = shown()[2];
  again.connection = 2;
  shown().insert(shown().begin() + 3, again);
  EXPECT_EQ(world.findings(), "");
}

TEST_F(ReadersTest, OnAConnectionTheOrderIsThatOfTheLog) {
  std::swap(shown()[1], shown()[2]);
  EXPECT_EQ(world.findings(), "shown_in_other_order");
}

TEST_F(ReadersTest, TheOldReaderIsShownNothingThatIsNotStored) {
  shown()[1].message = world.abandon(writer, channel(0));
  EXPECT_EQ(world.findings(), "foreign not_shown");
}

TEST_F(ReadersTest, NorWhatIsInAnotherChannel) {
  auto elsewhere = shown()[1];
  elsewhere.log = channel(1);
  shown().push_back(elsewhere);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(ReadersTest, NorWhatIsForAnother) {
  auto private_one = shown().back();
  private_one.log = inbox(0);
  shown().push_back(private_one);
  EXPECT_EQ(world.findings(), "foreign");
}

TEST_F(ReadersTest, ACacheIdIsTheIdsLow31Bits) {
  for (StoredEntry& entry : world.entries_of(channel(0))) entry.message_id += 1LL << 31;
  for (Ack& ack : world.history.writers[writer].acks) {
    if (ack.log == channel(0)) ack.message_id += 1LL << 31;
  }
  for (Seen& entry : seen()) {
    if (entry.log == channel(0)) entry.message_id += 1LL << 31;
  }
  EXPECT_EQ(world.findings(), "");
  shown()[3].cache_id += 100;
  EXPECT_EQ(world.findings(), "different");
}

TEST_F(ReadersTest, CacheIdsAscend) {
  world.history.writers.clear();
  world.history.readers.clear();
  World other(1, 1);
  const std::uint32_t someone = other.writer(0, Manner::kOld);
  other.old_reader(0);
  other.say(someone, 0);
  other.say(someone, 0);
  other.settle();
  std::swap(other.entries_of(channel(0))[0].message_id, other.entries_of(channel(0))[1].message_id);
  auto& their_shown = other.history.old_readers[0].shown;
  std::swap(their_shown[0].cache_id, their_shown[1].cache_id);
  EXPECT_EQ(other.findings(), "shown_in_other_order");
}

// --- histories that make no sense ---

class MalformedTest : public ReadersTest {};

TEST_F(MalformedTest, NothingIsProvedByIt) {
  world.history.writers[0].sent[2].message.number = 9;
  EXPECT_EQ(world.findings(), "malformed");
  EXPECT_EQ(world.judge().acknowledged, 0U);
}

TEST_F(MalformedTest, PeopleAndLogsAreInTheirRange) {
  world.history.writers[0].person = 3;
  EXPECT_EQ(world.findings(), "malformed");
  world.history.writers[0].person = 0;
  world.history.writers[0].sent[0].log.index = 2;
  EXPECT_EQ(world.findings(), "malformed");
  world.history.writers[0].sent[0].log.index = 0;
  world.history.writers[0].sent[6].recipient = 3;
  EXPECT_EQ(world.findings(), "malformed");
  world.history.writers[0].sent[6].recipient = 1;
  EXPECT_EQ(world.findings(), "");
}

TEST_F(MalformedTest, NobodySendsFromTheInboxOfAnother) {
  world.history.writers[0].sent[6].log = inbox(1);
  EXPECT_EQ(world.findings(), "malformed");
}

TEST_F(MalformedTest, WhatWasSentWasTried) {
  world.history.writers[0].sent[0].tries = 0;
  EXPECT_EQ(world.findings(), "malformed");
}

TEST_F(MalformedTest, AReaderFollowsEachOfItsLogsOnce) {
  const auto start = reader().starts.back();
  reader().starts.pop_back();
  EXPECT_EQ(world.findings(), "malformed");
  reader().starts.push_back(start);
  EXPECT_EQ(world.findings(), "");
  reader().starts.push_back(start);
  EXPECT_EQ(world.findings(), "malformed");
}

TEST_F(MalformedTest, AReaderKnowsTheEpochAndTheLogOfWhatItSaw) {
  seen()[0].epoch = 9;
  EXPECT_EQ(world.findings(), "malformed");
  seen()[0].epoch = 0;
  seen()[0].log.index = 2;
  EXPECT_EQ(world.findings(), "malformed");
}

TEST_F(MalformedTest, AnOldReaderKnowsTheLogOfWhatItWasShown) {
  shown()[0].log.index = 2;
  EXPECT_EQ(world.findings(), "malformed");
}

TEST_F(MalformedTest, ReadersArePeople) {
  reader().person = 3;
  EXPECT_EQ(world.judge().findings.count(Kind::kMalformed), 2U);
  reader().person = 1;
  old_reader().person = 3;
  EXPECT_EQ(world.findings(), "malformed");
}

}  // namespace
}  // namespace hubbub::torture
