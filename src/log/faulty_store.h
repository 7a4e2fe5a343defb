// Tests: a real store whose next commits fail as told.
#pragma once

#include <deque>
#include <future>
#include <memory>
#include <utility>

#include "store/store.h"

namespace hubbub {

class FaultyStore final : public Store {
 public:
  explicit FaultyStore(std::unique_ptr<Store> real) : real_(std::move(real)) {}

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
    auto outcome = real_->commit(batch);
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
  Result<Directory> directory() override { return real_->directory(); }
  Result<Restrictions> restrictions() override { return real_->restrictions(); }
  Records& records() override { return real_->records(); }
  Result<std::string> server_id() override { return real_->server_id(); }
  Result<std::optional<KnownUser>> find_user(const UserId& id) override {
    return real_->find_user(id);
  }
  Result<LogPage> read_after(LogId log, Seq after, std::size_t count) override {
    return real_->read_after(log, after, count);
  }
  Result<LogPage> read_before(LogId log, Seq before, std::size_t count) override {
    return real_->read_before(log, before, count);
  }
  Result<std::vector<Entry>> find_sent(const UserId& author, const std::string& key) override {
    return real_->find_sent(author, key);
  }
  Result<std::vector<Entry>> recent_messages(std::size_t count) override {
    return real_->recent_messages(count);
  }
  Result<NewestMessages> newest_messages() override { return real_->newest_messages(); }
  Result<MessageSearchPage> search(const MessageSearch& search) override {
    return real_->search(search);
  }
  Status ping() override { return real_->ping(); }

 private:
  std::unique_ptr<Store> real_;
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
