#include "session/session_host.h"

#include "session/chat_session.h"
#include "wire/error_table.h"

namespace hubbub {
namespace {

constexpr std::chrono::seconds kTickInterval{1};
// Who came and went within it goes out as one frame.
constexpr std::chrono::milliseconds kPresenceInterval{50};

}  // namespace

SessionHost::SessionHost(Reactor& home, Hub& home_hub, const SessionServices& shared)
    : reactor(home),
      hub(home_hub),
      services(shared),
      watchers(home_hub, shared.node.activity),
      sign_ins(std::make_shared<SignInQueue>(home, shared.limits.sign_ins, shared.metrics)),
      malformed(shared.metrics.counter("hubbub_malformed_commands_total",
                                       "Messages of hubbub.v1 that could not be read.")),
      fell_behind(shared.metrics.counter(
          "hubbub_catch_ups_total", "Times a subscription went back to its log: a full outbox.")),
      log_(home, shared.writer, shared.node.census, shared.clock, shared.metrics,
           shared.limits.session_record_interval),
      tick_timer_(home.context()),
      presence_timer_(home.context()) {
  for (const auto& row : error_table()) {
    old_refusals_.push_back(&shared.metrics.counter(
        "hubbub_old_protocol_refused_total", "Messages that the old protocol refused silently.",
        "code=\"" + std::string(row.name) + "\""));
  }
  hub.on_presence_pending([this] { flush_presence(); });
}

void SessionHost::start() { tick(); }

void SessionHost::add(ChatSession& session) {
  session.host_index_ = static_cast<std::uint32_t>(sessions_.size());
  const OpenSession open{&session, services.node.census.enter(), services.clock.now()};
  sessions_.push_back(open);
  log_.note({open.number, session.identity().user, open.start, std::nullopt});
}

void SessionHost::remove(ChatSession& session) {
  watchers.unwatch(session);
  note_end(sessions_[session.host_index_], services.clock.now());
  sessions_[session.host_index_] = sessions_.back();
  sessions_[session.host_index_].session->host_index_ = session.host_index_;
  sessions_.pop_back();
  services.node.census.leave();
}

void SessionHost::note_end(const OpenSession& open, Time now) {
  log_.note({open.number, open.session->identity().user, open.start, now});
}

void SessionHost::record_ends() {
  const auto now = services.clock.now();
  for (const auto& open : sessions_) note_end(open, now);
  log_.finish();
}

void SessionHost::on_tick() {
  const auto now = services.clock.now();
  const auto steady_now = services.clock.steady_now();
  // A tick closes connections but never ends a session inside the call (connection.h).
  for (std::size_t i = 0; i < sessions_.size(); ++i) sessions_[i].session->on_tick(now, steady_now);
  log_.tick(!sessions_.empty());
  watchers.tick();
}

void SessionHost::tick() {
  on_tick();
  tick_timer_.expires_after(kTickInterval);
  tick_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void SessionHost::flush_presence() {
  presence_timer_.expires_after(kPresenceInterval);
  presence_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error && hub.flush_presence()) flush_presence();
  });
}

}  // namespace hubbub
