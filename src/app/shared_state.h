// What several nodes would share, and outlives a restart: rate limits, and what others may read of
// recent messages and presence. In this process alone, or with Valkey beside it.
#pragma once

#include <functional>
#include <memory>

#include "app/settings.h"
#include "base/metrics.h"
#include "state/bus.h"
#include "state/rate_limiter.h"
#include "store/store.h"

namespace hubbub {

class SharedState {
 public:
  // Borrows store and metrics.
  SharedState(const Settings& settings, Store& store, const Directory& directory, Metrics& metrics);
  ~SharedState();

  RateLimiter& limiter() { return *limiter_; }
  Bus& bus() { return *bus_; }
  // Null where there is no Valkey. Valid for the life of this object. Thread: any.
  [[nodiscard]] std::function<bool()> is_valkey_up() const;

  // Comes back when Valkey was tried once. Before the log writer starts.
  void start();
  // Nothing is published any more. Idempotent.
  void stop();

 private:
  struct Valkey;

  std::unique_ptr<Valkey> valkey_;  // null: none
  std::unique_ptr<RateLimiter> limiter_;
  std::unique_ptr<Bus> bus_;
};

}  // namespace hubbub
