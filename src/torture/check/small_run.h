// Tests: a small run of every manner of writing, in which everything went right.
#pragma once

#include "torture/check/world.h"

namespace hubbub::torture {

// Four people, two channels. Each writer of each manner says three things in channel 0, says one in
// channel 1, tells torture-3 one in private and the last one to themselves.
class SmallRunTest : public ::testing::Test {
 protected:
  SmallRunTest() {
    world.reader(3);
    world.old_reader(3);
    for (const std::uint32_t writer : {patient, hasty, fickle, old}) speak(writer);
    world.settle();
  }

  void speak(std::uint32_t writer) {
    for (int i = 0; i < 3; ++i) world.say(writer, 0);
    world.say(writer, 1);
    world.tell(writer, 3);
    world.tell(writer, world.history.writers[writer].person);
  }
  Ack& ack_of(std::uint32_t writer, std::uint32_t number) {
    return *std::ranges::find(world.history.writers[writer].acks, MessageName{writer, number},
                              &Ack::message);
  }
  // The entry of a message in a log.
  StoredEntry& entry(Log log, MessageName message) {
    return *std::ranges::find(world.entries_of(log), message, &StoredEntry::message);
  }
  // As if its reader and old reader had never been there, for tests of the store alone.
  void without_readers() {
    world.history.readers.clear();
    world.history.old_readers.clear();
  }
  std::string first_sentence() { return world.judge().findings.sentences().at(0); }

  World world{4, 2};
  const std::uint32_t patient = world.writer(0, Manner::kPatient);
  const std::uint32_t hasty = world.writer(1, Manner::kHasty);
  const std::uint32_t fickle = world.writer(2, Manner::kFickle);
  const std::uint32_t old = world.writer(0, Manner::kOld);
  const Log lobby = channel(0);
};

}  // namespace hubbub::torture
