// A connection of the old protocol: everyone gets everything, nothing is acknowledged, nothing is
// refused aloud. docs/compatibility.md
#pragma once

#include "session/chat_session.h"

namespace hubbub {

class OldSession final : public ChatSession {
 public:
  OldSession(SessionHost& host, Shared<Identity> identity);

  void on_message(Opcode opcode, std::string_view message) override;
  void on_channel_created(const Channel& channel) override;
  void on_log_ended(const LogName&) override {}
  void on_banned() override;
  void on_tick(Time now, SteadyTime steady_now) override;

 private:
  void greet(const KnownUser& user, const LogPage& inbox) override;
  Shared<Frame> replay_frame(const Entry& entry) override;
  // Nobody can be told; what was there before the new history's end is not repeated.
  std::optional<Seq> enter_history(const Subscription&, Seq head) override { return head; }
  Shared<Frame> presence_frame(const v1::PresenceChange& change) override;
  void on_disabled() override;
  void on_signed_out() override;
  // As many as the old server kept.
  [[nodiscard]] std::size_t inbox_entries_wanted() const override { return 500; }

  void submit(Result<PendingEntry> entry);

  std::uint32_t commands_waiting_ = 0;
};

}  // namespace hubbub
