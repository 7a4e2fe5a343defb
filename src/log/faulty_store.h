// Tests: a real store whose next commits fail as told.
#pragma once

#include <deque>
#include <future>
#include <memory>
#include <utility>

#include "store/forwarding_store.h"

namespace hubbub {

class FaultyStore final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  // The next commit fails with this code; several calls, several commits.
  void fail_next_commit(Code code) { failures_.push_back(code); }
  // The next commit reaches the disk, and its answer gets lost.
  void lose_next_answer() { loses_answer_ = true; }
  // The next commit does not return before `gate` is open.
  void hold_next_commit(std::future<void> gate) { gate_ = std::move(gate); }
  // So many recoveries fail.
  void fail_next_recoveries(int count) { recovery_failures_ = count; }
  [[nodiscard]] int recoveries() const { return recoveries_; }
  // Every batch that holds this text fails, as one would that no database can store.
  void choke_on(std::string text) { poison_ = std::move(text); }
  [[nodiscard]] int commits() const { return commits_; }
  // Those that reached the real store.
  [[nodiscard]] const std::vector<RecordSessions>& session_records() const {
    return session_records_;
  }

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override {
    if (gate_.valid()) std::exchange(gate_, {}).wait();
    if (!failures_.empty()) {
      const auto code = failures_.front();
      failures_.pop_front();
      return Error{code, "told to fail"};
    }
    for (const auto& entry : batch) {
      const auto* message = std::get_if<PendingMessage>(&entry);
      if (message && !poison_.empty() && message->text == poison_) {
        return Error{Code::kInternal, "cannot be stored"};
      }
    }
    ++commits_;
    for (const auto& entry : batch) {
      if (const auto* record = std::get_if<RecordSessions>(&entry)) {
        session_records_.push_back(*record);
      }
    }
    auto outcome = ForwardingStore::commit(batch);
    if (!std::exchange(loses_answer_, false)) return outcome;
    for (const auto& result : outcome->results) {
      const auto& entries = result->entries;
      recovered_.entries.insert(recovered_.entries.end(), entries.begin(), entries.end());
    }
    recovered_.directory = std::move(outcome->directory);
    return Error{Code::kUnavailable, "the answer got lost"};
  }
  Result<Recovered> recover() override {
    ++recoveries_;
    if (recovery_failures_ > 0) {
      --recovery_failures_;
      return Error{Code::kUnavailable, "told to fail"};
    }
    return std::exchange(recovered_, {});
  }

 private:
  std::deque<Code> failures_;
  std::future<void> gate_;
  std::string poison_;
  std::vector<RecordSessions> session_records_;
  int commits_ = 0;
  bool loses_answer_ = false;
  Recovered recovered_;
  int recovery_failures_ = 0;
  int recoveries_ = 0;
};

}  // namespace hubbub
