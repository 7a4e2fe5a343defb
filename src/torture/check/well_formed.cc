#include "torture/check/well_formed.h"

#include <algorithm>

namespace hubbub::torture {
namespace {

class Examination {
 public:
  Examination(const History& history, Findings& findings)
      : history_(history), findings_(findings) {}

  void writer(std::uint32_t index) {
    const WriterHistory& writer = history_.writers[index];
    const std::string who = "writer " + std::to_string(index);
    expect(is_person(writer.person), who + " is nobody");
    std::uint32_t number = 0;
    for (const Sent& sent : writer.sent) {
      ++number;
      const bool is_in_place = sent.message == MessageName{index, number};
      const bool is_told = sent.log.kind == Log::Kind::kChannel || is_person(sent.recipient);
      if (is_in_place && is_told && may_read(writer.person, sent.log) && sent.tries > 0) continue;
      expect(false, who + ": what it sent as number " + std::to_string(number) + " makes no sense");
    }
  }

  void reader(std::size_t index) {
    const ReaderHistory& reader = history_.readers[index];
    const std::string who = "reader " + std::to_string(index);
    expect(is_person(reader.person), who + " is nobody");
    std::vector<Log> follows;
    for (const auto& start : reader.starts) follows.push_back(start.log);
    std::ranges::sort(follows);
    expect(follows == logs_of(reader.person), who + " does not follow each of its logs once");
    const bool is_known = std::ranges::all_of(reader.seen, [&](const Seen& seen) {
      return is_log(seen.log) && seen.epoch < reader.epochs.size();
    });
    expect(is_known, who + " saw an entry of no log or no epoch");
  }

  void old_reader(std::size_t index) {
    const OldReaderHistory& reader = history_.old_readers[index];
    const std::string who = "old reader " + std::to_string(index);
    expect(is_person(reader.person), who + " is nobody");
    const bool is_known =
        std::ranges::all_of(reader.shown, [&](const auto& shown) { return is_log(shown.log); });
    expect(is_known, who + " was shown a message of no log");
  }

  [[nodiscard]] bool is_well() const { return is_well_; }

 private:
  void expect(bool is_so, const std::string& otherwise) {
    if (is_so) return;
    is_well_ = false;
    findings_.add(Kind::kMalformed, [&] { return otherwise; });
  }
  [[nodiscard]] bool is_person(std::uint32_t person) const { return person < history_.people; }
  [[nodiscard]] bool is_log(const Log& log) const {
    return log.index < (log.kind == Log::Kind::kInbox ? history_.people : history_.channels.size());
  }
  [[nodiscard]] bool may_read(std::uint32_t person, const Log& log) const {
    return is_log(log) && (log.kind == Log::Kind::kChannel || log.index == person);
  }
  // Sorted.
  [[nodiscard]] std::vector<Log> logs_of(std::uint32_t person) const {
    std::vector<Log> logs;
    for (std::uint32_t channel = 0; channel < history_.channels.size(); ++channel) {
      logs.push_back({Log::Kind::kChannel, channel});
    }
    logs.push_back({Log::Kind::kInbox, person});
    return logs;
  }

  const History& history_;
  Findings& findings_;
  bool is_well_ = true;
};

}  // namespace

bool find_malformed(const History& history, Findings& findings) {
  Examination examination(history, findings);
  for (std::uint32_t i = 0; i < history.writers.size(); ++i) examination.writer(i);
  for (std::size_t i = 0; i < history.readers.size(); ++i) examination.reader(i);
  for (std::size_t i = 0; i < history.old_readers.size(); ++i) examination.old_reader(i);
  return !examination.is_well();
}

}  // namespace hubbub::torture
