// Who on this reactor watches the live figures. docs/protocol.md, activity
//
// Lives on its reactor; costs nothing while nobody watches.
#pragma once

#include <vector>

#include "base/shared.h"
#include "hub/hub.h"
#include "session/activity_feed.h"
#include "wire/frame.h"

namespace hubbub {

class ChatSession;

class ActivityWatchers {
 public:
  // Borrows both.
  ActivityWatchers(Hub& hub, ActivityFeed& feed) : hub_(hub), feed_(feed) {}

  // From now on the session gets the figures with each tick. Returns those of now, for its answer;
  // null if they come with the next tick. Watching twice is watching.
  Shared<Frame> watch(ChatSession& session);
  // It gets no more: it said so, ended, or may not watch any longer.
  void unwatch(const ChatSession& session);

  // New figures go to every watcher that keeps up and whose role still suffices. Who is slow gets
  // none, and none later in their place.
  void tick();

 private:
  struct Watcher {
    ChatSession* session;
    Shared<Frame> latest;  // that it got
  };

  Shared<Frame> frame();

  Hub& hub_;
  ActivityFeed& feed_;
  std::vector<Watcher> watchers_;
};

}  // namespace hubbub
