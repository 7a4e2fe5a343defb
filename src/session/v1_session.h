// A connection of hubbub.v1: acknowledgements, errors, positions. docs/protocol.md
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command/command_table.h"
#include "session/chat_session.h"
#include "wire/command_codec.h"

namespace hubbub {

class V1Session final : public ChatSession {
 public:
  V1Session(SessionHost& host, Shared<Identity> identity);

  void on_message(Opcode opcode, std::string_view message) override;
  void on_channel_created(const Channel&) override {}
  void on_log_ended(const LogName& name) override;
  void on_banned() override;
  void on_tick(Time now, SteadyTime steady_now) override;

 private:
  // A subscribe that is not answered yet.
  struct Announcement {
    LogName log;
    std::string epoch;  // of the position that the client gave
    std::uint64_t replayed = 0;
    bool is_checked = false;  // the position, against the log
  };
  // What an answer refers to.
  struct Request {
    std::string type;
    std::string send_key;
    std::optional<LogName> log;
  };

  void greet(const KnownUser& user, const LogPage& inbox) override;
  Shared<Frame> replay_frame(const Entry& entry) override;
  Shared<Frame> presence_frame(const v1::PresenceChange& change) override;
  std::optional<Seq> enter_history(const Subscription& subscription, Seq head) override;
  void on_role_changed() override;
  void on_disabled() override;
  void on_signed_out() override;
  bool accept_page(Subscription& subscription, const LogPage& page) override;
  void on_replayed(const Subscription& subscription, std::size_t entries) override;
  void on_caught_up(const Subscription& subscription) override;
  [[nodiscard]] std::size_t inbox_entries_wanted() const override { return 0; }

  void execute(DecodedCommand decoded);
  void run(const Request& request, SendMessage command);
  void run(const Request& request, SendPrivateMessage command);
  void run(const Request& request, const Subscribe& command);
  void run(const Request& request, const Unsubscribe& command);
  void run(const Request& request, const ReadHistory& command);
  void run(const Request& request, RefreshToken command);
  void run(const Request& request, WatchActivity command);
  void run(const Request& request, UnwatchActivity command);
  void take_token(const Request& request, const Shared<Identity>& verified);
  void subscribe_from_end(const Request& request, LogId log);
  void send_history(const ReadHistory& command, const LogPage& page);
  [[nodiscard]] bool may_read() const;
  void submit(const Request& request, PendingEntry entry);
  // Of what may not be sent now: it may be the repetition of what was sent when it was allowed.
  template <class Command>
  void refuse_unless_sent(const Request& request, const Error& error, Command command);
  void refuse(const Request& request, const Error& error);

  // Errors: kUnknownLog.
  Result<LogId> log_of(const LogName& name);
  Announcement* announcement_of(const LogName& name);
  void forget_announcement(const LogName& name);
  void send_heartbeat();
  void watch_token(Time now);
  void expect_expiry();

  LogId inbox_;
  std::vector<Announcement> announcements_;
  // Commands that came before the greeting; null afterwards.
  std::unique_ptr<std::vector<std::string>> early_;
  SteadyTime next_heartbeat_{};
  std::uint32_t commands_waiting_ = 0;
  std::uint32_t reads_waiting_ = 0;
  std::uint32_t malformed_ = 0;
  // When to say that the token ends; Time::max(): it was said.
  Time announce_expiry_at_;
};

}  // namespace hubbub
