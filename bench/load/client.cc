#include "load/client.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>

namespace hubbub::bench {
namespace {

constexpr std::size_t kAnswerBytesMax = 16384;
// RFC 6455 5.3 wants masks that cannot be guessed, against confused proxies; there are none here.
constexpr std::array<char, 4> kMask{0x12, 0x7E, 0x3C, 0x59};
// Below the 28,000 ports that Linux gives out for one pair of addresses.
constexpr std::size_t kConnectionsPerAddress = 5000;

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

void Client::open(const std::string& host, std::uint16_t port) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return fail(std::string("socket: ") + std::strerror(errno));
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
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

void Client::on_readable(std::span<char> buffer, const OnFrame& on_frame) {
  const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count == 0) return fail("closed by the server");
  if (count < 0) {
    if (errno != EAGAIN && errno != EINTR) fail(std::string("recv: ") + std::strerror(errno));
    return;
  }
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
  if (!answer_.starts_with("HTTP/1.1 101 ")) {
    return fail("refused: " + answer_.substr(0, answer_.find('\r')));
  }
  state_ = State::kGreeting;
  const std::string rest = answer_.substr(end + 4);
  answer_ = {};
  read_frames(rest, on_frame);
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
