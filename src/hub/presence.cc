#include "hub/presence.h"

#include <utility>

namespace hubbub {

void Presence::apply(const PresenceNotice& notice, SteadyTime now) {
  auto& person = people_[notice.user.id];
  if (notice.by > 0) person.user = notice.user;
  if (notice.is_hidden) {
    person.hidden_connections += notice.by;
    if (is_gone(person)) people_.erase(notice.user.id);
    return;
  }
  person.connections += notice.by;
  if (person.connections > 0 && !person.is_announced) {
    person.is_announced = true;
    mark_changed(person);
  } else if (person.connections == 0) {
    // Also when a departure overtook its arrival: the entry goes with the next sweep.
    person.absent_since = now;
    departures_.push_back({notice.user.id, now});
  }
}

std::vector<v1::PresenceChange> Presence::take_changes(SteadyTime now) {
  while (!departures_.empty() && now - departures_.front().at >= grace_) {
    const auto departure = std::move(departures_.front());
    departures_.pop_front();
    const auto found = people_.find(departure.user);
    if (found == people_.end()) continue;
    auto& person = found->second;
    // They came back, or left again later: then a later departure stands in the queue.
    if (person.connections != 0 || person.absent_since != departure.at) continue;
    if (!person.is_announced) {
      if (is_gone(person)) people_.erase(found);
      continue;
    }
    person.is_announced = false;
    mark_changed(person);
  }
  std::vector<v1::PresenceChange> changes;
  for (const auto& id : std::exchange(changed_, {})) {
    const auto found = people_.find(id);
    auto& person = found->second;
    person.is_changed = false;
    changes.push_back({person.user, person.is_announced});
    if (is_gone(person)) people_.erase(found);
  }
  return changes;
}

int Presence::connections_of(const UserId& user) const {
  const auto found = people_.find(user);
  if (found == people_.end()) return 0;
  return found->second.connections + found->second.hidden_connections;
}

bool Presence::is_gone(const Person& person) {
  return person.connections == 0 && person.hidden_connections == 0 && !person.is_announced &&
         !person.is_changed;
}

Shared<Presence::Roster> Presence::roster() {
  if (!roster_) {
    auto roster = std::make_shared<Roster>();
    for (const auto& [id, person] : people_) {
      if (person.is_announced) roster->push_back(person.user);
    }
    roster_ = std::move(roster);
  }
  return roster_;
}

void Presence::mark_changed(Person& person) {
  roster_.reset();
  if (person.is_changed) return;
  person.is_changed = true;
  changed_.push_back(person.user.id);
}

}  // namespace hubbub
