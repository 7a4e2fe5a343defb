#include "torture/check/words.h"

namespace hubbub::torture {

std::string Words::of(const MessageName& message) const {
  std::string text =
      "message " + std::to_string(message.number) + " of writer " + std::to_string(message.writer);
  if (message.writer >= history_->writers.size()) return text + " (nobody)";
  return text + " (" + username_of(history_->writers[message.writer].person) + ")";
}

std::string Words::of(const Log& log) const {
  if (log.kind == Log::Kind::kInbox) return "the inbox of " + username_of(log.index);
  if (log.index < history_->channels.size()) return "channel " + history_->channels[log.index];
  return "a channel of no name";
}

std::string Words::of(const Log& log, Seq seq) const {
  return "entry " + std::to_string(seq) + " of " + of(log);
}

}  // namespace hubbub::torture
