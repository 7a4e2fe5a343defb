// A store that stores twice, in another order, or under keys that it has forgotten.
#include <sqlite3.h>

#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "breakage.h"
#include "store/forwarding_store.h"

namespace hubbub {
namespace {

using broken::Breakage;

constexpr std::chrono::milliseconds kSlowRead{20};

// Every key that is in the database, with its owner.
std::set<std::string> stored_keys(const std::string& url) {
  std::set<std::string> keys;
  sqlite3* database = nullptr;
  const auto path = url.substr(url.find(':') + 1);
  const auto take = [](void* into, int, char** row, char**) {
    static_cast<std::set<std::string>*>(into)->insert(std::string(row[0]) + " " + row[1]);
    return 0;
  };
  if (::sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    ::sqlite3_exec(database,
                   "SELECT owner_id, send_key FROM chat_messages WHERE send_key IS NOT NULL", take,
                   &keys, nullptr);
  }
  ::sqlite3_close(database);
  return keys;
}

class BrokenStore final : public ForwardingStore {
 public:
  BrokenStore(std::unique_ptr<Store> real, std::set<std::string> forgotten)
      : ForwardingStore(std::move(real)), forgotten_(std::move(forgotten)) {}

  Result<CommitOutcome> commit(std::span<const PendingEntry> batch) override {
    std::vector<PendingEntry> changed(batch.begin(), batch.end());
    std::vector<std::pair<std::size_t, std::size_t>> swapped;
    if (broken::breakage() == Breakage::kDouble) store_some_twice(changed);
    if (broken::breakage() == Breakage::kForgottenKey) forget_keys(changed);
    if (broken::breakage() == Breakage::kReorder) swapped = swap_neighbours(changed);
    auto outcome = ForwardingStore::commit(changed);
    if (!outcome) return outcome;
    outcome->results.resize(batch.size(), Error{Code::kInternal, ""});
    for (const auto& [one, other] : swapped) {
      std::swap(outcome->results[one], outcome->results[other]);
    }
    return outcome;
  }

  Result<LogPage> read_after(LogId log, Seq after, std::size_t count) override {
    auto page = ForwardingStore::read_after(log, after, count);
    // A slow disk: then more is published between the reading and the join, where the seam is.
    if (broken::breakage() == Breakage::kSeam) std::this_thread::sleep_for(kSlowRead);
    return page;
  }

 private:
  static void store_some_twice(std::vector<PendingEntry>& batch) {
    const auto count = batch.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto* message = std::get_if<PendingMessage>(&batch[i]);
      if (!message || !broken::is_nth_time(50)) continue;
      auto copy = *message;
      copy.send_key.clear();
      batch.emplace_back(std::move(copy));
    }
  }

  void forget_keys(std::vector<PendingEntry>& batch) {
    for (auto& entry : batch) {
      auto* message = std::get_if<PendingMessage>(&entry);
      if (message && forgotten_.erase(message->author.id.value + " " + message->send_key) > 0) {
        message->send_key += "'";
      }
    }
  }

  static std::vector<std::pair<std::size_t, std::size_t>> swap_neighbours(
      std::vector<PendingEntry>& batch) {
    std::vector<std::pair<std::size_t, std::size_t>> swapped;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (std::size_t j = i + 1; j < batch.size(); ++j) {
        const auto* one = std::get_if<PendingMessage>(&batch[i]);
        const auto* other = std::get_if<PendingMessage>(&batch[j]);
        if (!one || !other || one->author.id != other->author.id ||
            one->channel != other->channel) {
          continue;
        }
        std::swap(batch[i], batch[j]);
        swapped.emplace_back(i, j);
        return swapped;
      }
    }
    return swapped;
  }

  std::set<std::string> forgotten_;
};

}  // namespace

Result<std::unique_ptr<Store>> real_open_store(const std::string& url, OldQueues* queues) __asm__(
    "__real__ZN6hubbub10open_storeERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEPNS_"
    "9OldQueuesE");
Result<std::unique_ptr<Store>> broken_open_store(const std::string& url, OldQueues* queues) __asm__(
    "__wrap__ZN6hubbub10open_storeERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEPNS_"
    "9OldQueuesE");

Result<std::unique_ptr<Store>> broken_open_store(const std::string& url, OldQueues* queues) {
  auto real = real_open_store(url, queues);
  if (!real) return real;
  return std::unique_ptr<Store>(std::make_unique<BrokenStore>(std::move(*real), stored_keys(url)));
}

}  // namespace hubbub
