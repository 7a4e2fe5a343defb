// How many connections each person has on this node, dashboards not counted, and who changed since
// the last look. Exact whatever happens to Valkey: notices are never lost here.
//
// Bounded by the number of connections. Thread: any.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "state/bus.h"

namespace hubbub {

struct PresenceChange {
  UserId user;
  std::string value;  // {"username":…,"connections":N}; empty: has none any more
};

class PresenceCounts {
 public:
  // True when nothing had changed before it: the reader has to be woken.
  bool apply(const PresenceNotice& notice);

  // Since the last take.
  std::vector<PresenceChange> take_changes();
  // Everyone who is here; what had changed is in it.
  std::vector<PresenceChange> take_all();

 private:
  struct Person {
    std::string username;
    int connections = 0;
  };

  static std::string value_of(const Person& person);

  std::mutex mutex_;
  std::unordered_map<UserId, Person> people_;
  std::unordered_set<UserId> changed_;
};

}  // namespace hubbub
