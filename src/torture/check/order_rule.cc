// What a writer sent one after the other is stored one after the other.
#include <compare>
#include <map>
#include <optional>

#include "torture/check/rules.h"

namespace hubbub::torture {
namespace {

// Messages of one writer that must be stored in the order in which they were sent: all of them (0),
// or those first sent on one connection.
struct Sequence {
  std::uint32_t writer = 0;
  std::uint32_t connection = 0;
  auto operator<=>(const Sequence&) const = default;
};

class SendingOrder {
 public:
  explicit SendingOrder(const Evidence& evidence) : evidence_(evidence) {
    for (const WriterHistory& writer : evidence.history.writers) {
      acked_in_turn_.push_back(acked_in_turn(writer));
    }
  }

  // Nothing: its place among the others says nothing.
  [[nodiscard]] std::optional<Sequence> sequence_of(const Sent& sent) const {
    const std::uint32_t writer = sent.message.writer;
    switch (evidence_.history.writers[writer].manner) {
      case Manner::kPatient:
        return Sequence{writer, 0};
      case Manner::kFickle:
        // What it gave up may still be underway when it says the next thing on another connection.
        if (!acked_in_turn_[writer][sent.message.number - 1]) return {};
        return Sequence{writer, 0};
      case Manner::kHasty:
        if (!acked_in_turn_[writer][sent.message.number - 1]) return {};
        return Sequence{writer, sent.first_connection};
      case Manner::kOld:
        return Sequence{writer, sent.first_connection};
    }
    return {};
  }

 private:
  // By number - 1: acknowledged; of a hasty one: on the connection on which it was sent, once and
  // without a refusal.
  static std::vector<bool> acked_in_turn(const WriterHistory& writer) {
    std::vector<bool> is_so(writer.sent.size());
    for (const Ack& ack : writer.acks) {
      if (ack.message.number < 1 || ack.message.number > is_so.size()) continue;
      const Sent& sent = writer.sent[ack.message.number - 1];
      const bool is_at_once =
          sent.tries == 1 && sent.refusals == 0 && ack.connection == sent.first_connection;
      if (is_at_once || writer.manner != Manner::kHasty) is_so[ack.message.number - 1] = true;
    }
    return is_so;
  }

  const Evidence& evidence_;
  std::vector<std::vector<bool>> acked_in_turn_;  // by writer
};

void judge_log(const Evidence& evidence, const SendingOrder& order, const StoredLog& log,
               Verdict& verdict) {
  std::map<Sequence, const StoredEntry*> newest;
  for (const StoredEntry& entry : log.entries) {
    // A second copy is doubled, not out of order: logs_rule.cc.
    if (!entry.message || evidence.index.find(*entry.message, log.log) != &entry) continue;
    const auto sequence = order.sequence_of(*evidence.index.find(*entry.message));
    if (!sequence) continue;
    const StoredEntry*& before = newest[*sequence];
    if (before && *before->message > *entry.message) {
      verdict.findings.add(Kind::kOutOfOrder, [&] {
        return evidence.words.of(*entry.message) + " is " + evidence.words.of(log.log, entry.seq) +
               ", behind " + evidence.words.of(*before->message) + ", entry " +
               std::to_string(before->seq);
      });
      continue;
    }
    before = &entry;
  }
}

}  // namespace

void judge_order(const Evidence& evidence, Verdict& verdict) {
  const SendingOrder order(evidence);
  for (const StoredLog& log : evidence.stored.logs) judge_log(evidence, order, log, verdict);
}

}  // namespace hubbub::torture
