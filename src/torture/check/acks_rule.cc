// What was acknowledged is true, and always the same.
#include <algorithm>
#include <tuple>

#include "torture/check/rules.h"

namespace hubbub::torture {
namespace {

std::string in_words(const Position& position, std::int64_t message_id) {
  return "seq " + std::to_string(position.seq) + " of epoch " + position.epoch + ", id " +
         std::to_string(message_id);
}

bool is_same_place(const Ack& one, const Ack& other) {
  return one.log == other.log && one.position == other.position &&
         one.message_id == other.message_id;
}

// The acknowledgements of one writer, in the order in which they came.
class WriterAcks {
 public:
  WriterAcks(const Evidence& evidence, std::uint32_t writer, Verdict& verdict)
      : evidence_(evidence),
        writer_(writer),
        history_(evidence.history.writers[writer]),
        known_(history_.sent.size()),
        verdict_(verdict) {}

  void judge(const Ack& ack) {
    const Sent* sent = evidence_.index.find(ack.message);
    if (!sent || ack.message.writer != writer_) {
      return add(ack,
                 "was acknowledged to writer " + std::to_string(writer_) + ", who never sent it");
    }
    if (history_.manner == Manner::kOld)
      return add(ack, "was sent without a key, and acknowledged");
    compare_with_earlier(ack, *sent);
    compare_with_store(ack, *sent);
  }

 private:
  struct Known {
    const Ack* first = nullptr;
    bool was_new = false;  // one of them was not a repetition
  };

  void compare_with_earlier(const Ack& ack, const Sent& sent) {
    Known& known = known_[ack.message.number - 1];
    if (ack.is_repeated && sent.tries == 1) {
      add(ack, "was sent once, and acknowledged as repeated");
    }
    if (!ack.is_repeated && known.was_new) add(ack, "was acknowledged twice as new");
    if (!ack.is_repeated) known.was_new = true;
    if (!known.first) {
      known.first = &ack;
      return;
    }
    ++verdict_.acked_again;
    if (is_same_place(*known.first, ack)) return;
    add(ack, "was acknowledged at " + in_words(known.first->position, known.first->message_id) +
                 ", and then at " + in_words(ack.position, ack.message_id));
  }

  // One that is not stored at all is lost: messages_rule.cc.
  void compare_with_store(const Ack& ack, const Sent& sent) {
    const StoredLog* log = evidence_.index.find(sent.log);
    const StoredEntry* entry = evidence_.index.places(ack.message).own;
    if (!log || !entry) return;
    if (ack.log != sent.log) {
      return add(ack, "was sent to " + evidence_.words.of(sent.log) + ", and acknowledged in " +
                          evidence_.words.of(ack.log));
    }
    const Position position{log->epoch, entry->seq};
    if (position == ack.position && entry->message_id == ack.message_id) return;
    add(ack, "was acknowledged at " + in_words(ack.position, ack.message_id) +
                 ", and is stored at " + in_words(position, entry->message_id));
  }

  void add(const Ack& ack, const std::string& what) {
    verdict_.findings.add(Kind::kConflictingAck,
                          [&] { return evidence_.words.of(ack.message) + ' ' + what; });
  }

  const Evidence& evidence_;
  const std::uint32_t writer_;
  const WriterHistory& history_;
  std::vector<Known> known_;  // by number - 1
  Verdict& verdict_;
};

// Even where the store has neither of them.
void judge_places_given_twice(const Evidence& evidence, Verdict& verdict) {
  std::vector<const Ack*> acks;
  for (const WriterHistory& writer : evidence.history.writers) {
    for (const Ack& ack : writer.acks) acks.push_back(&ack);
  }
  const auto place = [](const Ack* ack) {
    return std::tie(ack->log, ack->position.seq, ack->position.epoch, ack->message);
  };
  std::ranges::sort(acks, {}, place);
  for (std::size_t i = 1; i < acks.size(); ++i) {
    const Ack& one = *acks[i - 1];
    const Ack& other = *acks[i];
    if (one.log != other.log || one.position != other.position) continue;
    if (one.message == other.message) continue;
    verdict.findings.add(Kind::kConflictingAck, [&] {
      return evidence.words.of(one.message) + " and " + evidence.words.of(other.message) +
             " were both acknowledged as " + evidence.words.of(one.log, one.position.seq);
    });
  }
}

}  // namespace

void judge_acks(const Evidence& evidence, Verdict& verdict) {
  for (std::uint32_t i = 0; i < evidence.history.writers.size(); ++i) {
    WriterAcks writer(evidence, i, verdict);
    for (const Ack& ack : evidence.history.writers[i].acks) writer.judge(ack);
  }
  judge_places_given_twice(evidence, verdict);
}

}  // namespace hubbub::torture
