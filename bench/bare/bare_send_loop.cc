// The floor that the server is held against: one thread, one plain send() for each connection and
// message, no queues, no parsing, nothing on disk.
//
// Takes whole unmasked WebSocket frames from any connection and repeats their bytes to all. Prints
// its port, and ends with its last connection. Its sends block: the slowest reader sets the pace.
//
// --drop-every N, --swap-every N and --exit-after N (messages) break it on purpose, so that a test
// can see that the load program notices. So does --drop-when-full 1: whoever's socket is full
// misses what comes. With --keep-when-full 1 it waits for nobody, and keeps the rest without a
// bound.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Faults {
  std::size_t drop_every = 0;
  std::size_t swap_every = 0;
  std::size_t exit_after = 0;
  bool is_dropping_when_full = false;
  bool is_keeping_when_full = false;
};

struct Peer {
  int socket = -1;
  std::string partial;  // a frame that has not arrived whole
  std::string unsent;   // where no send blocks
};

// The length of the frame (RFC 6455 5.2, unmasked) that `bytes` begins with; 0: unknown yet.
std::size_t frame_size(std::string_view bytes) {
  if (bytes.size() < 2) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (byte(1) < 126) return 2U + byte(1);
  if (byte(1) == 127) std::abort();  // the load program sends nothing as long
  return bytes.size() < 4 ? 0 : 4U + byte(2) * 256U + byte(3);
}

class Loop {
 public:
  Loop(int listener, Faults faults) : faults_(faults), listener_(listener) {
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    watch(listener_);
  }

  void run() {
    do {
      std::array<epoll_event, 256> events;
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        const auto kinds = events[static_cast<std::size_t>(i)].events;
        if ((kinds & EPOLLOUT) != 0) send_rest(by_socket_[static_cast<std::size_t>(socket)]);
        if ((kinds & ~EPOLLOUT) == 0) continue;
        socket == listener_ ? take_in() : read_from(socket);
      }
    } while (open_count_ > 0);
  }

 private:
  void watch(int socket) const {
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void take_in() {
    for (;;) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      constexpr std::string_view kGreeting = R"({"type":"connected_users"})";
      const std::string greeting =
          "\x81" + std::string(1, static_cast<char>(kGreeting.size())) + std::string(kGreeting);
      ::send(socket, greeting.data(), greeting.size(), MSG_NOSIGNAL);
      if (by_socket_.size() <= static_cast<std::size_t>(socket)) {
        by_socket_.resize(static_cast<std::size_t>(socket) + 1);
      }
      by_socket_[static_cast<std::size_t>(socket)].socket = socket;
      ++open_count_;
      watch(socket);
    }
  }

  void read_from(int socket) {
    std::array<char, 65536> buffer;
    const auto count = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    Peer& peer = by_socket_[static_cast<std::size_t>(socket)];
    if (count <= 0) {
      ::close(socket);
      peer = {};
      --open_count_;
      return;
    }
    peer.partial.append(buffer.data(), static_cast<std::size_t>(count));
    std::string_view rest = peer.partial;
    for (std::size_t size = 0; (size = frame_size(rest)) != 0 && size <= rest.size();) {
      repeat(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    peer.partial.erase(0, peer.partial.size() - rest.size());
  }

  void repeat(std::string_view frame) {
    ++message_count_;
    if (message_count_ == faults_.exit_after) std::_Exit(3);
    const bool is_dropping = faults_.drop_every > 0 && message_count_ % faults_.drop_every == 0;
    const bool is_swapping = faults_.swap_every > 0 && message_count_ % faults_.swap_every == 0;
    Peer* victim = nullptr;
    for (Peer& peer : by_socket_) {
      if (peer.socket < 0) continue;
      if (victim == nullptr) {
        victim = &peer;
        if (is_dropping) continue;
        if (is_swapping) {
          held_ = frame;
          continue;
        }
      }
      send_to(peer, frame);
      if (victim == &peer && !held_.empty()) {
        send_to(peer, held_);
        held_.clear();
      }
    }
  }

  void send_to(Peer& peer, std::string_view bytes) {
    if (faults_.is_dropping_when_full || faults_.is_keeping_when_full) {
      if (faults_.is_dropping_when_full && !peer.unsent.empty()) return;
      peer.unsent += bytes;
      send_rest(peer);
      return;
    }
    while (!bytes.empty()) {
      const auto count = ::send(peer.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void send_rest(Peer& peer) {
    const auto count =
        ::send(peer.socket, peer.unsent.data(), peer.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) peer.unsent.erase(0, static_cast<std::size_t>(count));
    epoll_event event{.events = EPOLLIN | (peer.unsent.empty() ? 0U : EPOLLOUT),
                      .data = {.fd = peer.socket}};
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, peer.socket, &event);
  }

  const Faults faults_;
  const int listener_;
  int epoll_ = -1;
  std::vector<Peer> by_socket_;
  std::size_t open_count_ = 0;
  std::size_t message_count_ = 0;
  std::string held_;  // what the first connection gets after its next message
};

}  // namespace

int main(int argc, char** argv) {
  Faults faults;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const auto value = static_cast<std::size_t>(std::atoi(argv[i + 1]));
    if (name == "--drop-every") faults.drop_every = value;
    if (name == "--swap-every") faults.swap_every = value;
    if (name == "--exit-after") faults.exit_after = value;
    if (name == "--drop-when-full") faults.is_dropping_when_full = value > 0;
    if (name == "--keep-when-full") faults.is_keeping_when_full = value > 0;
  }
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);

  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 4096) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::perror("bare_send_loop");
    return 2;
  }
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  Loop(listener, faults).run();
}
