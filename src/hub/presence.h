// Who is online, over all reactors: a count of connections each. Someone who comes back within the
// grace period was never away.
//
// Lives on one reactor; every reactor counts the same notices and so comes to the same list.
#pragma once

#include <chrono>
#include <deque>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/shared.h"
#include "state/bus.h"
#include "wire/v1_frames.h"

namespace hubbub {

class Presence {
 public:
  using Roster = std::vector<Author>;

  explicit Presence(std::chrono::milliseconds grace) : grace_(grace) {}

  // A notice may overtake another of a different reactor: a count may be negative for a moment.
  void apply(const PresenceNotice& notice, SteadyTime now);

  // What changed since the last call, each person once with their last state; departures whose
  // grace has ended by `now` are among them.
  std::vector<v1::PresenceChange> take_changes(SteadyTime now);
  // Whether take_changes() has or will have something: then it must be called again soon.
  [[nodiscard]] bool has_pending() const { return !changed_.empty() || !departures_.empty(); }

  // Over all reactors, hidden ones too.
  [[nodiscard]] int connections_of(const UserId& user) const;

  // Everyone online, once each, in no order. Rebuilt when somebody came or went; else the same
  // object.
  Shared<Roster> roster();

 private:
  struct Person {
    Author user;
    int connections = 0;
    int hidden_connections = 0;
    bool is_announced = false;
    bool is_changed = false;  // stands in changed_
    SteadyTime absent_since{};
  };
  struct Departure {
    UserId user;
    SteadyTime at;
  };

  void mark_changed(Person& person);
  static bool is_gone(const Person& person);

  const std::chrono::milliseconds grace_;
  std::unordered_map<UserId, Person> people_;
  std::vector<UserId> changed_;
  std::deque<Departure> departures_;
  Shared<Roster> roster_;
};

}  // namespace hubbub
