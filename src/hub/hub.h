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
#include "hub/account_changes.h"
#include "hub/audience.h"
#include "hub/directory_views.h"
#include "hub/old_greeting.h"
#include "hub/presence.h"
#include "hub/recent_messages.h"
#include "hub/sign_outs.h"
#include "hub/subscriber.h"
#include "hub/topic.h"
#include "state/bus.h"

namespace hubbub {

struct HubOptions {
  std::chrono::milliseconds presence_grace{2'000};
  std::size_t recent_count_max = 500;  // as the old server's cache
  // As long as a token of the built-in provider can be used, with some leeway.
  std::chrono::seconds account_changes_kept{6 * 60};
  // Longer than most access tokens live, and more than sign out in that time.
  std::chrono::seconds sign_outs_kept{24 * 60 * 60};
  std::size_t sign_outs_max = 16'384;
};

class Hub final : public BusListener {
 public:
  // `recent`: the newest messages, oldest first. Borrows clock and metrics.
  Hub(const Shared<Directory>& directory, const std::vector<Entry>& recent, const Clock& clock,
      Metrics& metrics, HubOptions options = {},
      Shared<Restrictions> restrictions = std::make_shared<const Restrictions>());

  void on_publication(const Publication& publication) override;
  void on_presence(const PresenceNotice& notice) override;
  void on_sign_out(const SignOut& sign_out) override;

  // From enter() on a subscriber learns of bans, changes of its user's account and who signed
  // out, from join() on of presence and channels too, and may follow logs. Leaving ends every
  // subscription.
  void enter(Subscriber& subscriber, const UserId& user, Role audience);
  void join(Subscriber& subscriber);
  void leave(Subscriber& subscriber, const UserId& user);
  // What the subscriber may see from now on. Channels that it saw end for it as if removed, those
  // that it did not see come as if created.
  void set_audience(Subscriber& subscriber, Role audience);

  // Follows a channel's log from its head on this reactor, live at once. A subscription of that
  // name is replaced. REQUIRES: head(log) is known, and the subscriber's audience can see the
  // channel: nobody asks again when a message is delivered.
  void follow(Subscriber& subscriber, const LogName& name, LogId log);
  // Idle at `position`: the subscriber reads the log, then calls resume(). The reference is valid
  // until the subscriber's next follow, follow_idle or unfollow.
  Subscription& follow_idle(Subscriber& subscriber, const LogName& name, LogId log,
                            const Position& position);
  // REQUIRES: idle, everything up to subscription.position taken. False: more was published
  // meanwhile, read on.
  [[nodiscard]] bool resume(Subscriber& subscriber, Subscription& subscription);
  // What a page of the log says. A history that this reactor does not know takes the place of the
  // one before, and all who follow the log are told.
  void note_history(LogId log, const std::string& epoch, Seq head);
  bool unfollow(Subscriber& subscriber, const LogName& name);
  Subscription* find(Subscriber& subscriber, const LogName& name);

  // The channels that this role sees, with their present heads, in display order.
  [[nodiscard]] std::vector<Channel> channels(Role role) const;
  [[nodiscard]] const Directory& directory(Role role = Role::kAdmin) const { return *views_[role]; }
  // Who is banned or muted. Ask with the present time.
  [[nodiscard]] const Restrictions& restrictions() const { return *restrictions_; }
  // What changed of a built-in account so lately that a token in use may say otherwise.
  [[nodiscard]] std::optional<AccountChange> account_change_of(const UserId& user, Time now) const {
    return account_changes_.find(user, now);
  }
  [[nodiscard]] bool has_signed_out(const IssuedToken& token) const {
    return sign_outs_.has_ended(token);
  }
  // Null also where the role cannot see it.
  [[nodiscard]] const Channel* find_channel(ChannelId id, Role role) const;
  [[nodiscard]] const Channel* find_channel(std::string_view name, Role role) const;
  // Where a followed log ends on this reactor, as far as known.
  [[nodiscard]] std::optional<Position> head(LogId log) const;

  // As far as the subscriber of an inbox has read it, where nothing was published here since.
  // Without an epoch: no page of it has come yet.
  [[nodiscard]] Position head(const Subscription& subscription) const;

  // Sends who came and went. False when nothing is left to wait for.
  bool flush_presence();
  [[nodiscard]] bool has_presence_pending() const { return presence_.has_pending(); }
  // Called when flush_presence() is due some milliseconds from now, once until it returned false.
  void on_presence_pending(std::function<void()> callback) {
    presence_pending_ = std::move(callback);
  }
  Shared<Presence::Roster> roster() { return presence_.roster(); }
  // The same as a hello lists it, made once for each roster: when thousands come back at once it is
  // most of what a greeting costs. Valid until the roster changes.
  std::string_view roster_json();
  [[nodiscard]] int connections_of(const UserId& user) const {
    return presence_.connections_of(user);
  }

  RecentMessages& recent() { return recent_; }
  const Shared<Frame>& channels_frame(Role role) { return greeting_.channels(role, views_[role]); }
  const Shared<Frame>& people_frame() { return greeting_.people(presence_.roster()); }

 private:
  // A change of channels, and how hubbub.v1 says it.
  struct ChannelNews {
    ChannelChange change;
    Shared<Frame> frame;
  };

  void apply_restrictions(Shared<Restrictions> restrictions);
  void apply_account_change(const AccountChange& change);
  void apply_directory(const Publication& publication);
  void open_topics(const Publication& publication);
  void close_topics(const Directory& before);
  [[nodiscard]] Channel with_head(Channel channel) const;
  [[nodiscard]] std::vector<ChannelNews> news_between(const Directory& before,
                                                      const Directory& after) const;
  void tell(Subscriber& subscriber, std::span<const ChannelNews> news);
  void tell_limits();
  void replace_history(LogId log, Topic& topic, const std::string& epoch, Seq head);
  std::uint32_t number_of(const UserId& user) const;

  struct LocalUser {
    std::uint32_t number;
    std::uint32_t connections;
  };

  const Clock& clock_;
  DirectoryViews views_;
  Shared<Restrictions> restrictions_;
  AccountChanges account_changes_;
  SignOuts sign_outs_;
  std::unordered_map<LogId, Topic> topics_;
  std::vector<Subscriber*> everyone_;
  std::unordered_map<UserId, LocalUser> users_;
  std::uint32_t last_user_number_ = 0;
  Presence presence_;
  RecentMessages recent_;
  OldGreeting greeting_;
  Shared<Presence::Roster> listed_;
  std::string listed_json_;
  std::function<void()> presence_pending_;
  bool is_presence_due_ = false;
  Counter& deliveries_;
};

}  // namespace hubbub
