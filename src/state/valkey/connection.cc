#include "state/valkey/connection.h"

#include <fcntl.h>
#include <poll.h>

#include <utility>

namespace hubbub {
namespace {

using std::chrono::milliseconds;

ValkeyReply converted(const redisReply& reply) {
  using Kind = ValkeyReply::Kind;
  ValkeyReply result;
  switch (reply.type) {
    case REDIS_REPLY_INTEGER:
      result.kind = Kind::kInteger;
      result.integer = reply.integer;
      break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      result.kind = reply.type == REDIS_REPLY_ERROR ? Kind::kError : Kind::kText;
      result.text.assign(reply.str, reply.len);
      break;
    case REDIS_REPLY_ARRAY:
      result.kind = Kind::kList;
      result.items.reserve(reply.elements);
      for (std::size_t i = 0; i < reply.elements; ++i) {
        result.items.push_back(converted(*reply.element[i]));
      }
      break;
    default:
      break;
  }
  return result;
}

void append(redisContext* context, const ValkeyCommand& command) {
  std::vector<const char*> words;
  std::vector<std::size_t> lengths;
  words.reserve(command.size());
  lengths.reserve(command.size());
  for (const auto& word : command) {
    words.push_back(word.data());
    lengths.push_back(word.size());
  }
  redisAppendCommandArgv(context, static_cast<int>(words.size()), words.data(), lengths.data());
}

std::vector<ValkeyCommand> greeting(const ValkeyAddress& address) {
  std::vector<ValkeyCommand> commands;
  if (!address.password.empty()) {
    auto& auth = commands.emplace_back(ValkeyCommand{"AUTH"});
    if (!address.user.empty()) auth.push_back(address.user);
    auth.push_back(address.password);
  }
  if (address.database != 0) commands.push_back({"SELECT", std::to_string(address.database)});
  return commands;
}

}  // namespace

const ValkeyReply* ValkeyReply::first_error() const {
  if (kind == Kind::kError) return this;
  for (const auto& item : items) {
    if (const auto* error = item.first_error()) return error;
  }
  return nullptr;
}

Result<std::unique_ptr<ValkeyConnection>> ValkeyConnection::open(const ValkeyAddress& address,
                                                                 milliseconds timeout) {
  const timeval patience{static_cast<time_t>(timeout.count() / 1'000),
                         static_cast<suseconds_t>(timeout.count() % 1'000 * 1'000)};
  auto* context = redisConnectWithTimeout(address.host.c_str(), address.port, patience);
  if (!context) return Error{Code::kUnavailable, "no memory for a connection"};
  std::unique_ptr<ValkeyConnection> connection(new ValkeyConnection(context));
  if (context->err != 0) return connection->broken();
  // hiredis' own timeout is one for each read: a server that sends a byte now and then could hold a
  // caller up without end. So it reads and writes only what move_bytes() found ready.
  if (::fcntl(context->fd, F_SETFL, ::fcntl(context->fd, F_GETFL) | O_NONBLOCK) != 0) {
    return Error{Code::kUnavailable, "cannot set the socket up"};
  }
  context->flags &= ~REDIS_BLOCK;
  if (auto greeted = connection->run(greeting(address), timeout); !greeted) return greeted.error();
  return connection;
}

Result<std::vector<ValkeyReply>> ValkeyConnection::exchange(std::span<const ValkeyCommand> commands,
                                                            milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (const auto& command : commands) append(context_.get(), command);
  std::vector<ValkeyReply> replies;
  replies.reserve(commands.size());
  bool is_written = commands.empty();
  while (replies.size() < commands.size()) {
    void* reply = nullptr;
    if (redisGetReplyFromReader(context_.get(), &reply) != REDIS_OK) return broken();
    if (reply) {
      replies.push_back(converted(*static_cast<redisReply*>(reply)));
      freeReplyObject(reply);
      continue;
    }
    if (auto moved = move_bytes(is_written, deadline); !moved) return moved.error();
  }
  return replies;
}

Result<std::vector<ValkeyReply>> ValkeyConnection::run(std::span<const ValkeyCommand> commands,
                                                       milliseconds timeout) {
  auto replies = exchange(commands, timeout);
  if (!replies) return replies;
  for (const auto& reply : *replies) {
    if (const auto* error = reply.first_error()) return Error{Code::kUnavailable, error->text};
  }
  return replies;
}

Status ValkeyConnection::move_bytes(bool& is_written, Deadline deadline) {
  const auto left =
      std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  pollfd socket{context_->fd, static_cast<short>(is_written ? POLLIN : POLLIN | POLLOUT), 0};
  const int ready = left > 0 ? ::poll(&socket, 1, static_cast<int>(left)) : 0;
  if (ready < 0 && errno == EINTR) return {};
  if (ready <= 0) {
    context_->err = REDIS_ERR_IO;
    return Error{Code::kUnavailable, "no answer in time"};
  }
  if ((socket.revents & POLLOUT) != 0) {
    int is_done = 0;
    if (redisBufferWrite(context_.get(), &is_done) != REDIS_OK) return broken();
    is_written = is_done != 0;
  }
  if ((socket.revents & ~POLLOUT) != 0 && redisBufferRead(context_.get()) != REDIS_OK) {
    return broken();
  }
  return {};
}

Error ValkeyConnection::broken() const { return {Code::kUnavailable, context_->errstr}; }

}  // namespace hubbub
