// What was found out once, remembered for all threads, least recently used out first.
#pragma once

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace hubbub {

// Thread: any. Cost: one short lock. Value should be cheap to copy (a Shared<T>).
template <class Key, class Value, class Hash = std::hash<Key>>
class BoundedCache {
 public:
  explicit BoundedCache(std::size_t items_max) : items_max_(items_max) {}

  [[nodiscard]] std::optional<Value> find(const Key& key) {
    std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return std::nullopt;
    items_.splice(items_.begin(), items_, found->second);
    return found->second->second;
  }

  // Adds or replaces.
  void put(const Key& key, Value value) {
    std::lock_guard lock(mutex_);
    if (const auto found = index_.find(key); found != index_.end()) {
      found->second->second = std::move(value);
      items_.splice(items_.begin(), items_, found->second);
      return;
    }
    insert(key, std::move(value));
  }

  // False, and nothing done, where the key is there.
  [[nodiscard]] bool add(const Key& key, Value value) {
    std::lock_guard lock(mutex_);
    if (index_.contains(key)) return false;
    insert(key, std::move(value));
    return true;
  }

  void erase(const Key& key) {
    std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return;
    items_.erase(found->second);
    index_.erase(found);
  }

  [[nodiscard]] std::size_t size() const {
    std::lock_guard lock(mutex_);
    return items_.size();
  }

 private:
  using Items = std::list<std::pair<Key, Value>>;

  void insert(const Key& key, Value value) {
    items_.emplace_front(key, std::move(value));
    index_[key] = items_.begin();
    if (items_.size() > items_max_) {
      index_.erase(items_.back().first);
      items_.pop_back();
    }
  }

  const std::size_t items_max_;
  mutable std::mutex mutex_;
  Items items_;  // most recently used first
  std::unordered_map<Key, typename Items::iterator, Hash> index_;
};

}  // namespace hubbub
