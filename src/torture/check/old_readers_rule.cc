// A reader of the old protocol was shown, on each connection, a run of each log that is theirs.
#include <algorithm>
#include <map>
#include <utility>

#include "torture/check/rules.h"
#include "torture/check/shown_run.h"

namespace hubbub::torture {
namespace {

using Shown = OldReaderHistory::Shown;

// docs/compatibility.md: the message's id, its low 31 bits.
std::int64_t cache_id_of(const StoredEntry& entry) { return entry.message_id & 0x7FFF'FFFF; }

class OldReader {
 public:
  OldReader(const Evidence& evidence, std::size_t index, Verdict& verdict)
      : evidence_(evidence),
        reader_(evidence.history.old_readers[index]),
        name_("old reader " + std::to_string(index)),
        verdict_(verdict) {}

  void judge() {
    for (const Shown& shown : reader_.shown) compare_with_store(shown);
    for (const auto& [part, view] : views_) judge_run(part, view);
    verdict_.shown_old += reader_.shown.size();
  }

 private:
  // One log on one connection.
  using Part = std::pair<std::uint32_t, Log>;
  struct View {
    std::vector<Seq> shown;
    Seq highest = 0;
    std::int64_t highest_cache_id = 0;
  };

  void compare_with_store(const Shown& shown) {
    if (shown.log.kind == Log::Kind::kInbox && shown.log.index != reader_.person) {
      return add(Kind::kForeign, shown.connection,
                 evidence_.words.of(shown.message) + " in " + evidence_.words.of(shown.log) +
                     ", which is not theirs");
    }
    const StoredEntry* entry = evidence_.index.find(shown.message, shown.log);
    if (!entry) {
      return add(Kind::kForeign, shown.connection,
                 evidence_.words.of(shown.message) + " in " + evidence_.words.of(shown.log) +
                     ", where it is not stored");
    }
    View& view = views_[{shown.connection, shown.log}];
    view.shown.push_back(entry->seq);
    if (shown.cache_id != cache_id_of(*entry)) {
      return add(Kind::kDifferent, shown.connection,
                 evidence_.words.of(shown.log, entry->seq) + " with the cache id " +
                     std::to_string(shown.cache_id) + " and not " +
                     std::to_string(cache_id_of(*entry)));
    }
    judge_ascent(shown, *entry, view);
  }

  // Cache ids grow with the log. What comes twice or too late is found as that: judge_run().
  void judge_ascent(const Shown& shown, const StoredEntry& entry, View& view) {
    if (entry.seq > view.highest && shown.cache_id <= view.highest_cache_id) {
      add(Kind::kShownInOtherOrder, shown.connection,
          evidence_.words.of(shown.log, entry.seq) + " with the cache id " +
              std::to_string(shown.cache_id) + ", not above " +
              std::to_string(view.highest_cache_id));
    }
    view.highest = std::max(view.highest, entry.seq);
    view.highest_cache_id = std::max(view.highest_cache_id, shown.cache_id);
  }

  void judge_run(const Part& part, const View& view) {
    const auto& [connection, log] = part;
    const auto [from, to] = std::ranges::minmax(view.shown);
    const RunFaults faults = faults_of(view.shown, from, to);
    const auto add_all = [&, connection = connection, log = log](
                             Kind kind, const std::vector<Seq>& seqs, const std::string& how) {
      for (const Seq seq : seqs) add(kind, connection, evidence_.words.of(log, seq) + how);
    };
    add_all(Kind::kShownTwice, faults.twice, " again");
    add_all(Kind::kShownInOtherOrder, faults.in_other_order, " after a later one");
    add_all(Kind::kNotShown, faults.not_shown, ": nothing, between an earlier and a later one");
  }

  void add(Kind kind, std::uint32_t connection, const std::string& what) {
    verdict_.findings.add(kind, [&] {
      return name_ + " was shown, on connection " + std::to_string(connection) + ", " + what;
    });
  }

  const Evidence& evidence_;
  const OldReaderHistory& reader_;
  const std::string name_;
  std::map<Part, View> views_;
  Verdict& verdict_;
};

}  // namespace

void judge_old_readers(const Evidence& evidence, Verdict& verdict) {
  for (std::size_t i = 0; i < evidence.history.old_readers.size(); ++i) {
    OldReader(evidence, i, verdict).judge();
  }
}

}  // namespace hubbub::torture
