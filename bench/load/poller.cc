#include "load/poller.h"

#include <unistd.h>

#include <ctime>

namespace hubbub::bench {

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

Poller::~Poller() { ::close(epoll_); }

void Poller::add(Client& client, void* owner) {
  client.watches_writable = true;
  epoll_event event{.events = EPOLLIN | EPOLLOUT, .data = {.ptr = owner}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.socket(), &event);
}

void Poller::remove(Client& client) {
  ::epoll_ctl(epoll_, EPOLL_CTL_DEL, client.socket(), nullptr);
}

void Poller::watch(Client& client, void* owner) {
  if (client.is_waiting_to_write() == client.watches_writable) return;
  client.watches_writable = !client.watches_writable;
  epoll_event event{.events = EPOLLIN | (client.watches_writable ? EPOLLOUT : 0U),
                    .data = {.ptr = owner}};
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, client.socket(), &event);
}

std::size_t Poller::fill(std::chrono::nanoseconds limit) {
  using namespace std::chrono_literals;
  const timespec time{.tv_sec = limit / 1s, .tv_nsec = (limit % 1s).count()};
  const int count = ::epoll_pwait2(epoll_, events_.data(), events_.size(), &time, nullptr);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace hubbub::bench
