// Every log is whole, and holds nothing but messages of the run where they belong, once.
#include <algorithm>
#include <compare>

#include "torture/check/rules.h"

namespace hubbub::torture {
namespace {

void judge_numbers(const Evidence& evidence, const StoredLog& log, Verdict& verdict) {
  const auto add = [&](Seq expected, const std::string& found) {
    verdict.findings.add(Kind::kGap, [&] {
      return found + " where " + evidence.words.of(log.log, expected) + " should be";
    });
  };
  Seq expected = log.first;
  for (const StoredEntry& entry : log.entries) {
    if (entry.seq != expected) add(expected, "entry " + std::to_string(entry.seq) + " is");
    expected = entry.seq + 1;
  }
  if (expected <= log.head) add(expected, "nothing is");
  if (expected > log.head + 1) {
    verdict.findings.add(Kind::kGap, [&] {
      return evidence.words.of(log.log, expected - 1) + " is behind the head, " +
             std::to_string(log.head);
    });
  }
}

std::string beginning_of(const std::string& text) {
  constexpr std::size_t kShown = 40;
  return text.size() <= kShown ? text : text.substr(0, kShown) + " …";
}

void judge_entry(const Evidence& evidence, const StoredLog& log, const StoredEntry& entry,
                 Verdict& verdict) {
  const auto add = [&](Kind kind, const std::string& what) {
    verdict.findings.add(kind, [&] { return evidence.words.of(log.log, entry.seq) + what; });
  };
  if (!entry.message) {
    return add(Kind::kForeign, ", by " + entry.owner_id + ", is no message of the run: \"" +
                                   beginning_of(entry.foreign_text) + '"');
  }
  const MessageName& message = *entry.message;
  const StoredEntry* place = evidence.index.find(message, log.log);
  if (!place) {
    const bool was_sent = evidence.index.find(message) != nullptr;
    return add(Kind::kForeign, ": " + evidence.words.of(message) +
                                   (was_sent ? " does not belong there" : " was never sent"));
  }
  if (place != &entry) {
    return add(Kind::kDoubled,
               ": " + evidence.words.of(message) + " is also entry " + std::to_string(place->seq));
  }
  const WriterHistory& writer = evidence.history.writers[message.writer];
  if (entry.owner_id != person_id(writer.person)) {
    add(Kind::kForeign, ": " + evidence.words.of(message) + " is said to be by " + entry.owner_id);
  }
  const std::string key = writer.manner == Manner::kOld ? "" : send_key_of(message);
  if (entry.send_key != key) {
    add(Kind::kDifferent, ": " + evidence.words.of(message) + " has the key \"" + entry.send_key +
                              "\" and not \"" + key + '"');
  }
}

// An id belongs to one message; those of channels and private ones are counted apart.
void judge_ids(const Evidence& evidence, Verdict& verdict) {
  struct Id {
    Log::Kind kind;
    std::int64_t id;
    MessageName message;
    auto operator<=>(const Id&) const = default;
  };
  std::vector<Id> ids;
  for (const StoredLog& log : evidence.stored.logs) {
    for (const StoredEntry& entry : log.entries) {
      if (entry.message) ids.push_back({log.log.kind, entry.message_id, *entry.message});
    }
  }
  std::ranges::sort(ids);
  for (std::size_t i = 1; i < ids.size(); ++i) {
    const Id& one = ids[i - 1];
    const Id& other = ids[i];
    if (one.kind != other.kind || one.id != other.id || one.message == other.message) continue;
    verdict.findings.add(Kind::kDifferent, [&] {
      return evidence.words.of(one.message) + " and " + evidence.words.of(other.message) +
             " are both stored under the id " + std::to_string(one.id);
    });
  }
}

void expect_stored(const Evidence& evidence, const Log& log, Verdict& verdict) {
  if (evidence.index.find(log)) return;
  verdict.findings.add(Kind::kUnsound,
                       [&] { return "there is no log of " + evidence.words.of(log); });
}

}  // namespace

void judge_logs(const Evidence& evidence, Verdict& verdict) {
  const History& history = evidence.history;
  for (std::uint32_t i = 0; i < history.channels.size(); ++i) {
    expect_stored(evidence, {Log::Kind::kChannel, i}, verdict);
  }
  for (std::uint32_t i = 0; i < history.people; ++i) {
    expect_stored(evidence, {Log::Kind::kInbox, i}, verdict);
  }
  for (const StoredLog& log : evidence.stored.logs) {
    verdict.entries += log.entries.size();
    if (evidence.index.find(log.log) != &log) {
      verdict.findings.add(Kind::kUnsound, [&] {
        return "a log that nobody made, or a second one: " + evidence.words.of(log.log);
      });
      continue;
    }
    judge_numbers(evidence, log, verdict);
    for (const StoredEntry& entry : log.entries) judge_entry(evidence, log, entry, verdict);
  }
  judge_ids(evidence, verdict);
}

}  // namespace hubbub::torture
