#include "load/client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

#include "load/retry_after.h"

namespace hubbub::bench {
namespace {

constexpr std::size_t kAnswerBytesMax = 16384;
// RFC 6455 5.3 wants masks that cannot be guessed, against confused proxies; there are none here.
constexpr std::array<char, 4> kMask{0x12, 0x7E, 0x3C, 0x59};
// Below the 28,000 ports that Linux gives out for one pair of addresses.
constexpr std::size_t kConnectionsPerAddress = 5000;

// What Ethernet leaves of 1,500 bytes. Loopback's 64 KiB would make the kernel's send buffer at the
// server's end begin with megabytes.
constexpr int kEthernetSegmentBytes = 1460;

void make_narrow(int socket, std::size_t receive_buffer_bytes) {
  const auto bytes = static_cast<int>(receive_buffer_bytes);
  ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  ::setsockopt(socket, IPPROTO_TCP, TCP_MAXSEG, &kEthernetSegmentBytes,
               sizeof kEthernetSegmentBytes);
}

std::chrono::nanoseconds to_duration(const timespec& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

sockaddr_in address_of(in_addr_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = host;
  address.sin_port = htons(port);
  return address;
}

}  // namespace

Client::Client(std::size_t index, Protocol protocol, std::string upgrade)
    : index_(index), protocol_(protocol), upgrade_(std::move(upgrade)) {}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

void Client::fail(std::string reason) {
  if (state_ == State::kFailed) return;
  state_ = State::kFailed;
  failure_ = std::move(reason);
}

void Client::open(const std::string& host, std::uint16_t port, SocketOptions options) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return fail(std::string("socket: ") + std::strerror(errno));
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  if (options.receive_buffer_bytes > 0) make_narrow(socket_, options.receive_buffer_bytes);
  is_stamped_ = options.is_stamped;
  if (is_stamped_) ::setsockopt(socket_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  const auto last_byte = static_cast<in_addr_t>(2 + index_ / kConnectionsPerAddress % 250);
  const auto from = address_of(htonl(0x7F000000 + last_byte), 0);
  ::bind(socket_, reinterpret_cast<const sockaddr*>(&from), sizeof from);
  const auto to = address_of(::inet_addr(host.c_str()), port);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 &&
      errno != EINPROGRESS) {
    fail(std::string("connect: ") + std::strerror(errno));
  }
}

void Client::on_writable() {
  if (state_ == State::kOpening) on_opened();
  flush();
}

void Client::on_opened() {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return fail(std::string("connect: ") + std::strerror(error));
  state_ = upgrade_.empty() ? State::kGreeting : State::kUpgrading;
  unsent_ += upgrade_;
  upgrade_ = {};
}

void Client::reset_when_closed() const {
  const linger none{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

ssize_t Client::receive(std::span<char> buffer) {
  if (is_stamped_) return receive_stamped(buffer);
  return ::recv(socket_, buffer.data(), buffer.size(), 0);
}

ssize_t Client::receive_stamped(std::span<char> buffer) {
  iovec span{.iov_base = buffer.data(), .iov_len = buffer.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(timespec))> control;
  msghdr message{};
  message.msg_iov = &span;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const auto count = ::recvmsg(socket_, &message, 0);
  arrived_at_ = std::chrono::steady_clock::now();
  const cmsghdr* header = count > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
  if (header == nullptr || header->cmsg_type != SCM_TIMESTAMPNS) return count;
  timespec stamp{};
  timespec now{};
  std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
  ::clock_gettime(CLOCK_REALTIME, &now);  // the clock of the stamp
  arrived_at_ -= to_duration(now) - to_duration(stamp);
  return count;
}

void Client::on_readable(std::span<char> buffer, const OnFrame& on_frame) {
  const auto count = receive(buffer);
  if (count == 0) return fail("closed by the server");
  if (count < 0) {
    if (errno != EAGAIN && errno != EINTR) fail(std::string("recv: ") + std::strerror(errno));
    return;
  }
  received_bytes_ += static_cast<std::uint64_t>(count);
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
  if (state_ == State::kUpgrading) {
    read_upgrade_answer(bytes, on_frame);
  } else {
    read_frames(bytes, on_frame);
  }
}

void Client::read_upgrade_answer(std::string_view bytes, const OnFrame& on_frame) {
  answer_ += bytes;
  const auto end = answer_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (answer_.size() > kAnswerBytesMax) fail("an endless answer to the upgrade");
    return;
  }
  if (!answer_.starts_with("HTTP/1.1 101 ")) return refuse_upgrade(answer_);
  state_ = State::kGreeting;
  const std::string rest = answer_.substr(end + 4);
  answer_ = {};
  read_frames(rest, on_frame);
}

void Client::refuse_upgrade(std::string_view answer) {
  refusal_ = read_status(answer);
  retry_after_ = read_retry_after_header(answer);
  fail("refused: " + std::string(answer.substr(0, answer.find('\r'))));
}

void Client::read_frames(std::string_view bytes, const OnFrame& on_frame) {
  const bool is_sound =
      frames_.feed(bytes, [&](Opcode opcode, std::string_view payload, std::size_t frame_bytes) {
        if (static_cast<std::uint8_t>(opcode) >= 0x8) return on_control_frame(opcode, payload);
        on_frame(payload, frame_bytes);
      });
  if (!is_sound) fail("a frame that a server may not send");
}

void Client::on_control_frame(Opcode opcode, std::string_view payload) {
  if (opcode == Opcode::kPing) {
    push_frame(Opcode::kPong, payload);
    flush();
  } else if (opcode == Opcode::kClose) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(payload[i]); };
    const int code = payload.size() < 2 ? 1005 : byte(0) * 256 + byte(1);
    const auto reason = payload.substr(std::min<std::size_t>(2, payload.size()));
    refusal_ = code;
    retry_after_ = read_retry_in_ms(reason);
    fail("closed with " + std::to_string(code) + " " + std::string(reason));
  }
}

void Client::push_text(std::string_view payload) {
  if (protocol_ == Protocol::kRaw) {
    unsent_ += Frame::text(payload)->bytes();
  } else {
    push_frame(Opcode::kText, payload);
  }
}

void Client::push_frame(Opcode opcode, std::string_view payload) {
  const std::size_t begin = unsent_.size();
  const auto plain = Frame::encode(opcode, payload);
  unsent_ += plain->bytes();
  // The mask goes between the header and the payload (RFC 6455 5.2).
  const std::size_t header_bytes = plain->bytes().size() - payload.size();
  unsent_[begin + 1] = static_cast<char>(unsent_[begin + 1] | 0x80);
  unsent_.insert(begin + header_bytes, kMask.data(), kMask.size());
  const std::size_t first = begin + header_bytes + kMask.size();
  for (std::size_t i = 0; i < payload.size(); ++i) {
    unsent_[first + i] = static_cast<char>(unsent_[first + i] ^ kMask[i % 4]);
  }
}

void Client::flush() {
  if (state_ == State::kFailed || state_ == State::kOpening || unsent_.empty()) return;
  const auto count = ::send(socket_, unsent_.data() + sent_bytes_, unsent_.size() - sent_bytes_,
                            MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0) {
    if (errno != EAGAIN && errno != EINTR) fail(std::string("send: ") + std::strerror(errno));
    return;
  }
  sent_bytes_ += static_cast<std::size_t>(count);
  if (sent_bytes_ == unsent_.size()) {
    unsent_ = {};
    sent_bytes_ = 0;
  }
}

}  // namespace hubbub::bench
