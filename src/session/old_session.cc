#include "session/old_session.h"

#include <utility>

#include "command/send_message.h"
#include "command/send_private_message.h"
#include "wire/command_codec.h"
#include "wire/error_table.h"
#include "wire/old_frames.h"

namespace hubbub {

OldSession::OldSession(SessionHost& host, Shared<Identity> identity)
    : ChatSession(host, std::move(identity), WireForm::kOld) {}

void OldSession::greet(const KnownUser& user, const LogPage& inbox) {
  if (const auto& recent = hub().recent().frame(audience())) {
    if (!connection().send_unbounded(recent)) return;
  }
  if (!connection().send_unbounded(hub().channels_frame(audience()))) return;
  std::vector<Entry> messages;
  for (const auto& entry : inbox.entries) {
    if (entry.kind == EntryKind::kPrivateMessage && !entry.is_removed) messages.push_back(entry);
  }
  if (!messages.empty() &&
      !connection().send_unbounded(old_protocol::bulk_messages(messages, true))) {
    return;
  }
  if (!connection().send_unbounded(hub().people_frame())) return;
  for (const auto& channel : hub().directory(audience()).channels) on_channel_created(channel);
  read_on(hub().follow_idle(*this, {true, {}}, user.inbox, {inbox.epoch, inbox.head}));
}

void OldSession::on_channel_created(const Channel& channel) {
  hub().follow(*this, {false, channel.id}, channel.log);
}

void OldSession::on_message(Opcode, std::string_view message) {
  auto command = decode_old_command(message);
  if (!command) return host().old_refusal(Code::kMalformed).add();
  const auto now = host().services.clock.now();
  if (auto* send = std::get_if<SendMessage>(&*command)) {
    submit(send_message(caller(), hub(), now, std::move(*send)));
  } else if (auto* send_private = std::get_if<SendPrivateMessage>(&*command)) {
    submit(send_private_message(caller(), hub(), now, std::move(*send_private)));
  }
}

void OldSession::submit(Result<PendingEntry> entry) {
  if (!entry) return host().old_refusal(entry.error().code).add();
  if (commands_waiting_ >= host().services.limits.commands_waiting_max) {
    return host().old_refusal(Code::kOverloaded).add();
  }
  Submission submission{std::move(*entry), &host().reactor,
                        guarded([](ChatSession& session, const Result<Committed>& committed) {
                          auto& me = static_cast<OldSession&>(session);
                          --me.commands_waiting_;
                          if (!committed) me.host().old_refusal(committed.error().code).add();
                        })};
  if (auto accepted = host().services.writer.submit(std::move(submission)); !accepted) {
    return host().old_refusal(accepted.error().code).add();
  }
  ++commands_waiting_;
}

void OldSession::on_banned() {
  connection().close(CloseCode::kPolicyViolation, error_row(Code::kBanned).text);
}

void OldSession::on_disabled() {
  connection().close(CloseCode::kPolicyViolation, "account disabled");
}

void OldSession::on_signed_out() { connection().close(CloseCode::kPolicyViolation, "signed out"); }

void OldSession::on_tick(Time now, SteadyTime steady_now) {
  ChatSession::on_tick(now, steady_now);
  if (now >= identity().expires_at + host().services.limits.old_session_max) {
    connection().close(CloseCode::kPolicyViolation, "session too long, sign in again");
  }
}

Shared<Frame> OldSession::replay_frame(const Entry& entry) { return old_protocol::message(entry); }

Shared<Frame> OldSession::presence_frame(const v1::PresenceChange& change) {
  return old_protocol::user_status(change.user, change.is_online);
}

}  // namespace hubbub
