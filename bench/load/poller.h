// The epoll of one thread of the load program.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <chrono>
#include <cstdint>

#include "load/client.h"

namespace hubbub::bench {

class Poller {
 public:
  Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;
  ~Poller();

  // `owner` is what wait() hands out for this client. REQUIRES: it is open.
  void add(Client& client, void* owner);
  void remove(Client& client);
  // Asks for "may be written" as long as the client has something to write, and no longer.
  void watch(Client& client, void* owner);

  // One wait, for `limit` at most; calls on_events(owner, events) for whoever is ready.
  // REQUIRES: on_events removes no other client than the one that it is called for.
  template <class OnEvents>
  void wait(std::chrono::nanoseconds limit, OnEvents&& on_events) {
    const std::size_t count = fill(limit);
    for (std::size_t i = 0; i < count; ++i) on_events(events_[i].data.ptr, events_[i].events);
  }

 private:
  std::size_t fill(std::chrono::nanoseconds limit);

  int epoll_ = -1;
  std::array<epoll_event, 1024> events_;
};

}  // namespace hubbub::bench
