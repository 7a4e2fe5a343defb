// What a hubbub.v1 session does with each command: the role, one step, the answer.
#include <utility>

#include "command/send_message.h"
#include "command/send_private_message.h"
#include "session/present_identity.h"
#include "session/v1_session.h"
#include "wire/activity_frame.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

// Unit: milliseconds.
constexpr std::int64_t kOverloadedRetryMs = 1'000;
// Beyond every seq (docs/protocol.md: below 2^53).
constexpr Seq kSeqMax = (Seq{1} << 53) - 1;

// What the rules of the moment say, and what was stored before them does not go by.
bool is_of_the_moment(Code code) {
  return code == Code::kUnknownChannel || code == Code::kMuted || code == Code::kReadOnly ||
         code == Code::kForbidden;
}

// Whether the command is a repetition of what is stored (docs/protocol.md, send_key). Of a removed
// message the text is gone: whoever repeats it is believed.
bool is_said_by(const Entry& stored, const SendMessage& command) {
  const bool is_there = command.channel ? stored.channel == command.channel
                                        : stored.channel_name == command.channel_name;
  return stored.kind == EntryKind::kMessage && is_there &&
         (stored.is_removed || stored.text == command.text);
}
bool is_said_by(const Entry& stored, const SendPrivateMessage& command) {
  return stored.kind == EntryKind::kPrivateMessage && stored.recipient.id == command.recipient &&
         (stored.is_removed || stored.text == command.text);
}

Error overloaded() { return {Code::kOverloaded, "too much is waiting", {}, kOverloadedRetryMs}; }

}  // namespace

void V1Session::on_message(Opcode, std::string_view message) {
  if (!early_) return execute(decode_command(message));
  if (early_->size() >= host().services.limits.early_commands_max) {
    return connection().close(CloseCode::kPolicyViolation, "too many commands before hello");
  }
  early_->emplace_back(message);
}

void V1Session::execute(DecodedCommand decoded) {
  const Request request{std::move(decoded.type), std::move(decoded.send_key), decoded.log};
  if (decoded.command) {
    return std::visit([&](auto& command) { run(request, std::move(command)); }, *decoded.command);
  }
  refuse(request, decoded.command.error());
  if (decoded.command.error().code != Code::kMalformed) return;
  host().malformed.add();
  if (++malformed_ > host().services.limits.malformed_max) {
    connection().close(CloseCode::kMalformed, "too many malformed messages");
  }
}

void V1Session::refuse(const Request& request, const Error& error) {
  answer(v1::error(error, request.send_key, request.type, request.log));
}

void V1Session::run(const Request& request, SendMessage command) {
  const auto now = host().services.clock.now();
  auto entry = send_message(caller(), hub(), now, std::move(command));
  if (!entry) return refuse_unless_sent(request, entry.error(), std::move(command));
  submit(request, std::move(*entry));
}

void V1Session::run(const Request& request, SendPrivateMessage command) {
  const auto now = host().services.clock.now();
  auto entry = send_private_message(caller(), hub(), now, std::move(command));
  if (!entry) return refuse_unless_sent(request, entry.error(), std::move(command));
  submit(request, std::move(*entry));
}

template <class Command>
void V1Session::refuse_unless_sent(const Request& request, const Error& error, Command command) {
  if (!is_of_the_moment(error.code) || request.send_key.empty()) return refuse(request, error);
  if (!may_read()) return refuse(request, overloaded());
  ++reads_waiting_;
  host().services.reader.ask(
      host().reactor,
      [author = identity().user, key = request.send_key](Store& store) {
        return store.find_sent(author, key);
      },
      guarded([request, error, command = std::move(command)](
                  ChatSession& session, const Result<std::vector<Entry>>& sent) {
        auto& me = static_cast<V1Session&>(session);
        --me.reads_waiting_;
        if (!sent) return me.refuse(request, sent.error());
        if (sent->empty() || !is_said_by(sent->front(), command)) return me.refuse(request, error);
        me.answer(v1::ack(request.send_key, sent->front(), true));
      }));
}

void V1Session::submit(const Request& request, PendingEntry entry) {
  if (commands_waiting_ >= host().services.limits.commands_waiting_max) {
    return refuse(request, overloaded());
  }
  Submission submission{
      std::move(entry), &host().reactor,
      guarded([request](ChatSession& session, const Result<Committed>& committed) {
        auto& me = static_cast<V1Session&>(session);
        --me.commands_waiting_;
        if (!committed) return me.refuse(request, committed.error());
        me.answer(v1::ack(request.send_key, committed->entries.front(), committed->is_repeated));
      })};
  if (auto accepted = host().services.writer.submit(std::move(submission)); !accepted) {
    return refuse(request, accepted.error());
  }
  ++commands_waiting_;
}

void V1Session::run(const Request& request, const Subscribe& command) {
  if (auto allowed = check_role(caller(), Verb::kSubscribe); !allowed) {
    return refuse(request, allowed.error());
  }
  const auto log = log_of(command.log);
  if (!log) return refuse(request, log.error());
  forget_announcement(command.log);
  const auto head = hub().head(*log);
  if (!command.since && head) {
    hub().follow(*this, command.log, *log);
    [[maybe_unused]] const bool is_open =
        connection().send_unbounded(v1::subscribed(command.log, *head, 0));
    return;
  }
  if (!command.since) return subscribe_from_end(request, *log);
  announcements_.push_back({command.log, command.since->epoch});
  read_on(hub().follow_idle(*this, command.log, *log, *command.since));
}

// Of an inbox nobody on this reactor knows the end yet.
void V1Session::subscribe_from_end(const Request& request, LogId log) {
  if (!may_read()) return refuse(request, overloaded());
  ++reads_waiting_;
  host().services.reader.ask(
      host().reactor, [log](Store& store) { return store.read_before(log, kSeqMax, 0); },
      guarded([request, log](ChatSession& session, const Result<LogPage>& page) {
        auto& me = static_cast<V1Session&>(session);
        --me.reads_waiting_;
        if (!page) return me.refuse(request, page.error());
        me.forget_announcement(*request.log);
        me.announcements_.push_back({*request.log, page->epoch, 0, true});
        me.read_on(me.hub().follow_idle(me, *request.log, log, {page->epoch, page->head}));
      }));
}

void V1Session::run(const Request& request, const Unsubscribe& command) {
  if (!hub().unfollow(*this, command.log)) {
    return refuse(request, Error{Code::kUnknownLog, "This log is not subscribed.", "log"});
  }
  forget_announcement(command.log);
  answer(v1::unsubscribed(command.log));
}

void V1Session::run(const Request& request, const ReadHistory& command) {
  if (auto allowed = check_role(caller(), Verb::kReadHistory); !allowed) {
    return refuse(request, allowed.error());
  }
  const auto log = log_of(command.log);
  if (!log) return refuse(request, log.error());
  if (!may_read()) return refuse(request, overloaded());
  ++reads_waiting_;
  host().services.reader.ask(
      host().reactor,
      [command, log = *log](Store& store) {
        const auto count = static_cast<std::size_t>(command.limit);
        if (command.after) return store.read_after(log, *command.after, count);
        return store.read_before(log, command.before.value_or(kSeqMax), count);
      },
      guarded([request, command](ChatSession& session, const Result<LogPage>& page) {
        auto& me = static_cast<V1Session&>(session);
        --me.reads_waiting_;
        if (!page) return me.refuse(request, page.error());
        // The channel may have become staff-only while it was read.
        if (const auto log = me.log_of(command.log); !log) return me.refuse(request, log.error());
        me.send_history(command, *page);
      }));
}

void V1Session::send_history(const ReadHistory& command, const LogPage& page) {
  bool has_more = false;
  if (!page.entries.empty()) {
    has_more =
        command.after ? page.entries.back().seq < page.head : page.entries.front().seq > page.first;
  }
  std::vector<Entry> messages;
  for (const auto& entry : page.entries) {
    if (entry.kind != EntryKind::kRemoval) messages.push_back(entry);
  }
  [[maybe_unused]] const bool is_open = connection().send_unbounded(
      v1::history(command.log, page.epoch, messages, has_more, identity().user));
  note_unsent_page();
}

bool V1Session::may_read() const {
  return reads_waiting_ + unsent_pages() < host().services.limits.unsent_pages_max && has_room();
}

void V1Session::run(const Request& request, RefreshToken command) {
  host().services.tokens.verify(
      std::move(command.token), host().reactor,
      guarded([request](ChatSession& session, const Result<Shared<Identity>>& verified) {
        auto& me = static_cast<V1Session&>(session);
        if (!verified && verified.error().code == Code::kUnavailable) {
          return me.refuse(request, verified.error());
        }
        const bool is_same = verified && (*verified)->user == me.identity().user &&
                             (*verified)->authorized_party == me.identity().authorized_party;
        if (!is_same) return me.refuse(request, Error{Code::kTokenInvalid, {}, "token"});
        me.take_token(request, *verified);
      }));
}

void V1Session::take_token(const Request& request, const Shared<Identity>& verified) {
  if (is_banned()) return on_banned();
  auto present = present_identity(hub(), verified, host().services.clock.now());
  if (!present) return refuse(request, Error{Code::kTokenInvalid, {}, "token"});
  const auto& identity = *present;
  answer(v1::token_time("token_refreshed", identity->expires_at));
  renew_identity(identity);
  expect_expiry();
}

void V1Session::run(const Request& request, WatchActivity) {
  if (auto allowed = check_role(caller(), Verb::kReadActivity); !allowed) {
    return refuse(request, allowed.error());
  }
  if (const auto figures = host().watchers.watch(*this)) answer(figures);
}

void V1Session::run(const Request&, UnwatchActivity) {
  host().watchers.unwatch(*this);
  answer(v1::activity_unwatched());
}

}  // namespace hubbub
