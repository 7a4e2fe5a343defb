#include "state/valkey/flush_lists.h"

#include <charconv>
#include <utility>

#include "state/valkey/mirror_commands.h"

namespace hubbub {
namespace {

constexpr std::size_t kEntriesAtOnce = 500;

std::string list_of(FlushLists::Kind kind) {
  return kind == FlushLists::Kind::kMessages ? "flush_messages" : "flush_private_messages";
}

std::string_view counter_of(FlushLists::Kind kind) {
  return kind == FlushLists::Kind::kMessages ? valkey::kMessageCounter
                                             : valkey::kPrivateMessageCounter;
}

}  // namespace

Result<FlushLists> FlushLists::open(const ValkeyAddress& address,
                                    std::chrono::milliseconds timeout) {
  auto connection = ValkeyConnection::open(address, timeout);
  if (!connection) return connection.error();
  return FlushLists(std::move(*connection), timeout);
}

Result<std::vector<std::string>> FlushLists::read(Kind kind) {
  std::vector<std::string> entries;
  for (;;) {
    auto page = ask({"LRANGE", list_of(kind), std::to_string(entries.size()),
                     std::to_string(entries.size() + kEntriesAtOnce - 1)});
    if (!page) return page.error();
    for (auto& item : page->items) entries.push_back(std::move(item.text));
    if (page->items.size() < kEntriesAtOnce) return entries;
  }
}

Status FlushLists::remove_first(Kind kind, std::size_t count) {
  if (count == 0) return {};
  auto trimmed = ask({"LTRIM", list_of(kind), std::to_string(count), "-1"});
  if (!trimmed) return trimmed.error();
  return {};
}

Result<std::int64_t> FlushLists::counter(Kind kind) {
  auto held = ask({"GET", std::string(counter_of(kind))});
  if (!held) return held.error();
  std::int64_t value = 0;
  std::from_chars(held->text.data(), held->text.data() + held->text.size(), value);
  return value;
}

Status FlushLists::raise_counter(Kind kind, std::int64_t at_least) {
  valkey::Commands commands;
  valkey::raise_counter(commands, counter_of(kind), MessageId{at_least});
  auto raised = ask(std::move(commands.front()));
  if (!raised) return raised.error();
  return {};
}

Result<ValkeyReply> FlushLists::ask(ValkeyCommand command) {
  auto replies = connection_->run({&command, 1}, timeout_);
  if (!replies) return replies.error();
  return std::move(replies->front());
}

}  // namespace hubbub
