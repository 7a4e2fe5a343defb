#include "store/postgres/message_batch.h"

#include <set>
#include <utility>

#include "store/postgres/message_search.h"
#include "store/search_tokens.h"

namespace hubbub::postgres {
namespace {

// The author and key of a message; an empty key where there is none.
template <class Message>
std::pair<std::string_view, std::string_view> sender_key(const Message& message) {
  if constexpr (requires { message.send_key; }) {
    return {message.author.id.value, message.send_key};
  } else {
    return {};
  }
}

}  // namespace

MessageBatch::MessageBatch(std::span<const PendingEntry> messages) {
  for (const PendingEntry& entry : messages) {
    if (const auto* message = std::get_if<PendingMessage>(&entry)) {
      add(*message);
    } else {
      add(std::get<PendingPrivateMessage>(entry));
    }
  }
}

void MessageBatch::add(const PendingMessage& message) {
  kinds_.push_back(static_cast<std::int64_t>(EntryKind::kMessage));
  channels_.push_back(message.channel.value);
  recipients_.emplace_back();
  words_.push_back(quoted_words(search_tokens(message.text)));
  add_sent(message);
}

void MessageBatch::add(const PendingPrivateMessage& message) {
  kinds_.push_back(static_cast<std::int64_t>(EntryKind::kPrivateMessage));
  channels_.push_back(0);
  recipients_.emplace_back(message.recipient.value);
  words_.emplace_back();
  authors_.emplace_back(message.author.id.value);
  readers_.emplace_back(message.recipient.value);
  add_sent(message);
}

template <class Message>
void MessageBatch::add_sent(const Message& message) {
  owners_.emplace_back(message.author.id.value);
  usernames_.emplace_back(message.author.username);
  texts_.emplace_back(message.text);
  send_keys_.emplace_back();
  if (!message.send_key.empty()) send_keys_.back() = message.send_key;
  times_.push_back(message.authored_at);
}

Parameters MessageBatch::inboxes() const {
  Parameters parameters;
  parameters.add(authors_);
  parameters.add(readers_);
  return parameters;
}

Parameters MessageBatch::logs() const {
  Texts owners = authors_;
  owners.insert(owners.end(), readers_.begin(), readers_.end());
  Parameters parameters;
  parameters.add(channels_);
  parameters.add(owners);
  return parameters;
}

Parameters MessageBatch::messages() const {
  const Texts words(words_.begin(), words_.end());
  Parameters parameters;
  parameters.add(kinds_);
  parameters.add(channels_);
  for (const Texts* texts : {&recipients_, &owners_, &usernames_, &texts_, &send_keys_, &words}) {
    parameters.add(*texts);
  }
  parameters.add(times_);
  return parameters;
}

std::size_t distinct_send_keys(std::span<const PendingEntry> messages) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::size_t count = 0;
  for (const PendingEntry& entry : messages) {
    const auto key = std::visit([](const auto& message) { return sender_key(message); }, entry);
    if (!key.second.empty() && !seen.insert(key).second) break;
    ++count;
  }
  return count;
}

Entry entry_of(const PendingEntry& message, std::string name) {
  Entry entry;
  const auto fill = [&](const auto& sent) {
    entry.author = sent.author;
    entry.text = sent.text;
    entry.send_key = sent.send_key;
    entry.authored_at = sent.authored_at;
  };
  if (const auto* sent = std::get_if<PendingMessage>(&message)) {
    fill(*sent);
    entry.kind = EntryKind::kMessage;
    entry.channel = sent->channel;
    entry.channel_name = std::move(name);
  } else {
    const auto& to = std::get<PendingPrivateMessage>(message);
    fill(to);
    entry.kind = EntryKind::kPrivateMessage;
    entry.recipient = {to.recipient, std::move(name)};
  }
  return entry;
}

}  // namespace hubbub::postgres
