#include "session/activity_watchers.h"

#include <algorithm>

#include "command/command_table.h"
#include "session/chat_session.h"

namespace hubbub {

Shared<Frame> ActivityWatchers::watch(ChatSession& session) {
  auto watcher = std::ranges::find(watchers_, &session, &Watcher::session);
  if (watcher == watchers_.end()) watcher = watchers_.insert(watcher, {&session, nullptr});
  watcher->latest = frame();
  return watcher->latest;
}

void ActivityWatchers::unwatch(const ChatSession& session) {
  std::erase_if(watchers_, [&](const Watcher& watcher) { return watcher.session == &session; });
}

void ActivityWatchers::tick() {
  std::erase_if(watchers_, [](const Watcher& watcher) {
    return !check_role(watcher.session->caller(), Verb::kReadActivity);
  });
  if (watchers_.empty()) return;
  const auto figures = frame();
  for (auto& [session, latest] : watchers_) {
    if (figures && figures != latest && session->offer(figures)) latest = figures;
  }
}

Shared<Frame> ActivityWatchers::frame() {
  return feed_.frame(static_cast<std::int64_t>(hub_.roster()->size()));
}

}  // namespace hubbub
