#include "store/sql/read_pool.h"

namespace hubbub::sql {

ReadPool::ReadPool(Open open, std::size_t readers_max)
    : open_(std::move(open)), readers_max_(readers_max) {}

Result<std::unique_ptr<Reader>> ReadPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty() || open_count_ < readers_max_; });
  if (!idle_.empty()) {
    auto reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
  }
  ++open_count_;
  lock.unlock();
  auto database = open_();
  if (database) return std::make_unique<Reader>(std::move(*database));
  lock.lock();
  --open_count_;
  returned_.notify_one();
  return database.error();
}

void ReadPool::give_back(std::unique_ptr<Reader> reader) {
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(reader));
  returned_.notify_one();
}

}  // namespace hubbub::sql
