#include "state/valkey/presence_counts.h"

#include "wire/json_writer.h"

namespace hubbub {

bool PresenceCounts::apply(const PresenceNotice& notice) {
  if (notice.is_hidden) return false;
  const std::lock_guard lock(mutex_);
  auto& person = people_[notice.user.id];
  person.username = notice.user.username;
  person.connections += notice.by;
  if (person.connections <= 0) people_.erase(notice.user.id);
  changed_.insert(notice.user.id);
  return changed_.size() == 1;
}

std::vector<PresenceChange> PresenceCounts::take_changes() {
  const std::lock_guard lock(mutex_);
  std::vector<PresenceChange> changes;
  for (const auto& user : changed_) {
    const auto person = people_.find(user);
    changes.push_back({user, person == people_.end() ? std::string() : value_of(person->second)});
  }
  changed_.clear();
  return changes;
}

std::vector<PresenceChange> PresenceCounts::take_all() {
  const std::lock_guard lock(mutex_);
  std::vector<PresenceChange> everyone;
  for (const auto& [user, person] : people_) everyone.push_back({user, value_of(person)});
  changed_.clear();
  return everyone;
}

std::string PresenceCounts::value_of(const Person& person) {
  JsonWriter json;
  json.object()
      .member("username", person.username)
      .member("connections", person.connections)
      .end_object();
  return json.take();
}

}  // namespace hubbub
