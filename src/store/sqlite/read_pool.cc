#include "store/sqlite/read_pool.h"

namespace hubbub::sqlite {

ReadPool::ReadPool(std::string path, std::size_t readers_max)
    : path_(std::move(path)), readers_max_(readers_max) {}

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
  auto reader = Reader::open(path_);
  if (!reader) {
    lock.lock();
    --open_count_;
    returned_.notify_one();
  }
  return reader;
}

void ReadPool::give_back(std::unique_ptr<Reader> reader) {
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(reader));
  returned_.notify_one();
}

}  // namespace hubbub::sqlite
