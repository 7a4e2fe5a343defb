#include "app/valkey_old_queues.h"

#include <algorithm>

namespace hubbub {
namespace {

// Nobody waits for it yet: more time than a message's.
constexpr std::chrono::milliseconds kTimeoutMin{5'000};

FlushLists::Kind kind_of(OldQueue queue) {
  return queue == OldQueue::kMessages ? FlushLists::Kind::kMessages
                                      : FlushLists::Kind::kPrivateMessages;
}

}  // namespace

std::unique_ptr<OldQueues> ValkeyOldQueues::of(const Settings& settings) {
  if (!settings.valkey) return nullptr;
  return std::make_unique<ValkeyOldQueues>(*settings.valkey,
                                           std::max(settings.valkey_timeout, kTimeoutMin));
}

Status ValkeyOldQueues::connect() {
  if (lists_) return {};
  auto opened = FlushLists::open(address_, timeout_);
  if (!opened) return opened.error();
  lists_.emplace(std::move(*opened));
  return {};
}

Result<std::vector<std::string>> ValkeyOldQueues::read(OldQueue queue) {
  if (Status connected = connect(); !connected) return connected.error();
  return lists_->read(kind_of(queue));
}

Result<std::int64_t> ValkeyOldQueues::counter(OldQueue queue) {
  if (Status connected = connect(); !connected) return connected.error();
  return lists_->counter(kind_of(queue));
}

Status ValkeyOldQueues::remove_first(OldQueue queue, std::size_t count) {
  if (Status connected = connect(); !connected) return connected;
  return lists_->remove_first(kind_of(queue), count);
}

Status ValkeyOldQueues::raise_counter(OldQueue queue, std::int64_t at_least) {
  if (Status connected = connect(); !connected) return connected;
  return lists_->raise_counter(kind_of(queue), at_least);
}

}  // namespace hubbub
