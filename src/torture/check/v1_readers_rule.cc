// A reader of hubbub.v1 saw every entry of every log that is theirs, once, in order, as it is
// stored.
#include <algorithm>

#include "torture/check/rules.h"
#include "torture/check/shown_run.h"

namespace hubbub::torture {
namespace {

class V1Reader {
 public:
  V1Reader(const Evidence& evidence, std::size_t index, Verdict& verdict)
      : evidence_(evidence),
        reader_(evidence.history.readers[index]),
        name_("reader " + std::to_string(index)),
        channels_(evidence.history.channels.size()),
        verdict_(verdict) {}

  void judge() {
    for (const auto& start : reader_.starts) begin(start);
    for (const Seen& seen : reader_.seen) compare_with_store(seen);
    for (const View& view : channels_) judge_whole(view);
    judge_whole(inbox_);
    verdict_.seen += reader_.seen.size();
  }

 private:
  // What this reader has of one log.
  struct View {
    const StoredLog* stored = nullptr;  // null: there is no such log (logs_rule.cc)
    Seq from = 1;
    std::vector<Seq> shown;
  };

  View& view_of(const Log& log) {
    return log.kind == Log::Kind::kInbox ? inbox_ : channels_[log.index];
  }

  void begin(const ReaderHistory::Start& start) {
    View& view = view_of(start.log);
    view.stored = evidence_.index.find(start.log);
    if (!view.stored) return;
    view.from = std::max<Seq>(start.since.seq, 0) + 1;
    const bool is_there = start.since.epoch == view.stored->epoch && start.since.seq >= 0 &&
                          view.from >= view.stored->first && start.since.seq <= view.stored->head;
    if (is_there) return;
    verdict_.findings.add(Kind::kDifferent, [&] {
      return name_ + " began after " + evidence_.words.of(start.log, start.since.seq) +
             " of epoch " + start.since.epoch + ", which the store does not have";
    });
  }

  void compare_with_store(const Seen& seen) {
    if (seen.log.kind == Log::Kind::kInbox && seen.log.index != reader_.person) {
      return add(Kind::kForeign, seen.log, seen.seq, ", which is not theirs");
    }
    View& view = view_of(seen.log);
    if (!view.stored) return;
    const StoredEntry* entry = StoredIndex::find(*view.stored, seen.seq);
    if (!entry || seen.seq < view.from || seen.seq > view.stored->head) {
      return add(Kind::kForeign, seen.log, seen.seq, ", which is not stored, or before they began");
    }
    view.shown.push_back(seen.seq);
    if (entry->message == seen.message && entry->message_id == seen.message_id &&
        reader_.epochs[seen.epoch] == view.stored->epoch) {
      return;
    }
    add(Kind::kDifferent, seen.log, seen.seq,
        " as " + evidence_.words.of(seen.message) + " with id " + std::to_string(seen.message_id) +
            " in epoch " + reader_.epochs[seen.epoch] + ", which is not what is stored");
  }

  void judge_whole(const View& view) {
    if (!view.stored) return;
    const Log& log = view.stored->log;
    // What the store does not have itself is a gap there: logs_rule.cc.
    const auto& entries = view.stored->entries;
    const Seq to = std::min(view.stored->head, entries.empty() ? 0 : entries.back().seq);
    const RunFaults faults = faults_of(view.shown, view.from, to);
    for (const Seq seq : faults.not_shown) {
      verdict_.findings.add(Kind::kNotShown, [&] {
        return name_ + " was not shown " + evidence_.words.of(log, seq);
      });
    }
    for (const Seq seq : faults.twice) add(Kind::kShownTwice, log, seq, " again");
    for (const Seq seq : faults.in_other_order) {
      add(Kind::kShownInOtherOrder, log, seq, " after a later one");
    }
  }

  void add(Kind kind, const Log& log, Seq seq, const std::string& how) {
    verdict_.findings.add(
        kind, [&] { return name_ + " was shown " + evidence_.words.of(log, seq) + how; });
  }

  const Evidence& evidence_;
  const ReaderHistory& reader_;
  const std::string name_;
  std::vector<View> channels_;
  View inbox_;
  Verdict& verdict_;
};

}  // namespace

void judge_v1_readers(const Evidence& evidence, Verdict& verdict) {
  for (std::size_t i = 0; i < evidence.history.readers.size(); ++i) {
    V1Reader(evidence, i, verdict).judge();
  }
}

}  // namespace hubbub::torture
