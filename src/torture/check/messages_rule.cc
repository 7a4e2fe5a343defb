// Every acknowledged message is stored, and a private one in both inboxes, whoever was told.
#include "torture/check/rules.h"

namespace hubbub::torture {
namespace {

// By number - 1.
std::vector<bool> acknowledged(const WriterHistory& writer) {
  std::vector<bool> is_acked(writer.sent.size());
  for (const Ack& ack : writer.acks) {
    if (ack.message.number >= 1 && ack.message.number <= is_acked.size()) {
      is_acked[ack.message.number - 1] = true;
    }
  }
  return is_acked;
}

void judge_message(const Evidence& evidence, const Sent& sent, bool is_acked, Verdict& verdict) {
  const StoredEntry* const own = evidence.index.places(sent.message).own;
  const StoredEntry* const theirs = evidence.index.places(sent.message).theirs;
  const Words& words = evidence.words;
  if (own) ++verdict.stored;
  if (is_acked && !own) {
    verdict.findings.add(Kind::kLost, [&] {
      return words.of(sent.message) + " was acknowledged, and is not in " + words.of(sent.log);
    });
  }
  if (!StoredIndex::has_two_places(sent)) return;
  const Log other = StoredIndex::other_log(sent);
  if (is_acked && !theirs) {
    verdict.findings.add(Kind::kLost, [&] {
      return words.of(sent.message) + " was acknowledged, and is not in " + words.of(other);
    });
  } else if (!is_acked && !own != !theirs) {
    verdict.findings.add(Kind::kHalfStored, [&] {
      return words.of(sent.message) + " is in " + words.of(own ? sent.log : other) +
             " and not in " + words.of(own ? other : sent.log);
    });
  }
  if (own && theirs && own->message_id != theirs->message_id) {
    verdict.findings.add(Kind::kDifferent, [&] {
      return words.of(sent.message) + " has the id " + std::to_string(own->message_id) + " in " +
             words.of(sent.log) + " and " + std::to_string(theirs->message_id) + " in " +
             words.of(other);
    });
  }
}

}  // namespace

void judge_messages(const Evidence& evidence, Verdict& verdict) {
  for (const WriterHistory& writer : evidence.history.writers) {
    const std::vector<bool> is_acked = acknowledged(writer);
    verdict.sent += writer.sent.size();
    for (std::size_t i = 0; i < writer.sent.size(); ++i) {
      if (is_acked[i]) ++verdict.acknowledged;
      if (!is_acked[i] && writer.manner != Manner::kOld) ++verdict.unanswered;
      judge_message(evidence, writer.sent[i], is_acked[i], verdict);
    }
  }
}

}  // namespace hubbub::torture
