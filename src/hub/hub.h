// Who listens to what on this reactor: topics, presence, the channel list, fan-out. No I/O.
//
// Lives on one reactor. It learns of everything by the bus, and hands frames to subscribers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/metrics.h"
#include "hub/old_greeting.h"
#include "hub/presence.h"
#include "hub/recent_messages.h"
#include "hub/subscriber.h"
#include "hub/topic.h"
#include "state/bus.h"

namespace hubbub {

struct HubOptions {
  std::chrono::milliseconds presence_grace{2'000};
  std::size_t recent_count_max = 500;  // as the old server's cache
};

class Hub final : public BusListener {
 public:
  // `recent`: the newest messages, oldest first. Borrows clock and metrics.
  Hub(Shared<Directory> directory, std::vector<Entry> recent, const Clock& clock, Metrics& metrics,
      HubOptions options = {},
      Shared<Restrictions> restrictions = std::make_shared<const Restrictions>());

  void on_publication(const Publication& publication) override;
  void on_presence(const PresenceNotice& notice) override;

  // Enters and leaves the circle of those who hear of presence and channels. Leaving ends every
  // subscription.
  void join(Subscriber& subscriber, const UserId& user);
  void leave(Subscriber& subscriber, const UserId& user);

  // Follows a channel's log from its head on this reactor, live at once. A subscription of that
  // name is replaced. REQUIRES: head(log) is known.
  void follow(Subscriber& subscriber, const LogName& name, LogId log);
  // Idle at `position`: the subscriber reads the log, then calls resume(). The reference is valid
  // until the subscriber's next follow, follow_idle or unfollow.
  Subscription& follow_idle(Subscriber& subscriber, const LogName& name, LogId log,
                            const Position& position);
  // REQUIRES: idle, everything up to subscription.position taken. False: more was published
  // meanwhile, read on.
  [[nodiscard]] bool resume(Subscriber& subscriber, Subscription& subscription);
  bool unfollow(Subscriber& subscriber, const LogName& name);
  Subscription* find(Subscriber& subscriber, const LogName& name);

  // The channels with their present heads, in display order.
  [[nodiscard]] std::vector<Channel> channels() const;
  [[nodiscard]] const Directory& directory() const { return *directory_; }
  // Who is banned or muted. Ask with the present time.
  [[nodiscard]] const Restrictions& restrictions() const { return *restrictions_; }
  [[nodiscard]] const Channel* find_channel(ChannelId id) const;
  [[nodiscard]] const Channel* find_channel(std::string_view name) const;
  // Where a followed log ends on this reactor, as far as known.
  [[nodiscard]] std::optional<Position> head(LogId log) const;

  // As far as the subscriber of an inbox has read it, where nothing was published here since.
  [[nodiscard]] Position head(const Subscription& subscription) const;

  // Sends who came and went. False when nothing is left to wait for.
  bool flush_presence();
  [[nodiscard]] bool has_presence_pending() const { return presence_.has_pending(); }
  // Called when flush_presence() is due some milliseconds from now, once until it returned false.
  void on_presence_pending(std::function<void()> callback) {
    presence_pending_ = std::move(callback);
  }
  Shared<Presence::Roster> roster() { return presence_.roster(); }
  [[nodiscard]] int connections_of(const UserId& user) const {
    return presence_.connections_of(user);
  }

  RecentMessages& recent() { return recent_; }
  const Shared<Frame>& channels_frame() { return greeting_.channels(directory_); }
  const Shared<Frame>& people_frame() { return greeting_.people(presence_.roster()); }

 private:
  void end_log(LogId log, const LogName& name);
  void apply_directory(Shared<Directory> directory);
  void tell_directory_change(const Shared<Frame>& frame);
  std::uint32_t number_of(const UserId& user) const;

  struct LocalUser {
    std::uint32_t number;
    std::uint32_t connections;
  };

  const Clock& clock_;
  Shared<Directory> directory_;
  Shared<Restrictions> restrictions_;
  std::unordered_map<LogId, Topic> topics_;
  std::vector<Subscriber*> everyone_;
  std::unordered_map<UserId, LocalUser> users_;
  std::uint32_t last_user_number_ = 0;
  Presence presence_;
  RecentMessages recent_;
  OldGreeting greeting_;
  std::function<void()> presence_pending_;
  bool is_presence_due_ = false;
  Counter& deliveries_;
};

}  // namespace hubbub
