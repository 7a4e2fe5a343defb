#include "torture/check/checker.h"

#include "torture/check/rules.h"
#include "torture/check/well_formed.h"

namespace hubbub::torture {
namespace {

void judge_complaints(const Evidence& evidence, Verdict& verdict) {
  const auto add = [&](Kind kind, const std::string& who, const std::string& what) {
    verdict.findings.add(kind, [&] { return who + what; });
  };
  for (const std::string& complaint : evidence.stored.complaints) {
    add(Kind::kUnsound, "the database: ", complaint);
  }
  const History& history = evidence.history;
  for (std::size_t i = 0; i < history.readers.size(); ++i) {
    for (const std::string& complaint : history.readers[i].complaints) {
      add(Kind::kComplaint, "reader " + std::to_string(i) + ": ", complaint);
    }
  }
  for (std::size_t i = 0; i < history.old_readers.size(); ++i) {
    for (const std::string& complaint : history.old_readers[i].complaints) {
      add(Kind::kComplaint, "old reader " + std::to_string(i) + ": ", complaint);
    }
  }
}

// A run in which nobody looked would pass with any server: no sample is a finding too.
void judge_memory(const Evidence& evidence, Verdict& verdict) {
  const std::int64_t most = evidence.history.memory_bytes_max;
  const std::int64_t bound = evidence.history.memory_bytes_bound;
  if (most > 0 && most <= bound) return;
  verdict.findings.add(Kind::kMemory, [&] {
    if (most <= 0) return std::string("nobody looked at the server's memory");
    return "the server took " + std::to_string(most) + " bytes, at most " + std::to_string(bound) +
           " are allowed";
  });
}

}  // namespace

Verdict check(const History& history, const Stored& stored) {
  Verdict verdict;
  if (find_malformed(history, verdict.findings)) return verdict;
  const StoredIndex index(history, stored.logs);
  const Evidence evidence{history, stored, index, Words(history)};
  judge_messages(evidence, verdict);
  judge_acks(evidence, verdict);
  judge_logs(evidence, verdict);
  judge_order(evidence, verdict);
  judge_v1_readers(evidence, verdict);
  judge_old_readers(evidence, verdict);
  judge_complaints(evidence, verdict);
  judge_memory(evidence, verdict);
  return verdict;
}

}  // namespace hubbub::torture
