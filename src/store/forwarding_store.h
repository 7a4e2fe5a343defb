// Tests: a store that passes everything on to a real one, for those that change a part of it.
#pragma once

#include <memory>
#include <utility>

#include "store/store.h"

namespace hubbub {

class ForwardingStore : public Store {
 public:
  explicit ForwardingStore(std::unique_ptr<Store> real) : real_(std::move(real)) {}

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override {
    return real_->commit(batch);
  }
  Result<Recovered> recover() override { return real_->recover(); }
  Result<Directory> directory() override { return real_->directory(); }
  Result<Restrictions> restrictions() override { return real_->restrictions(); }
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
  Records& records() override { return real_->records(); }
  Status ping() override { return real_->ping(); }

 private:
  const std::unique_ptr<Store> real_;
};

}  // namespace hubbub
