#include "net/socket.h"

#include <sys/socket.h>

#include <cerrno>

namespace hubbub {
namespace {

Transferred refusal() {
  const bool blocked = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {blocked ? Transfer::kBlocked : Transfer::kFailed};
}

}  // namespace

Transferred receive(Socket& socket, std::span<char> into) {
  const auto got = ::recv(socket.native_handle(), into.data(), into.size(), MSG_DONTWAIT);
  if (got < 0) return refusal();
  if (got == 0) return {Transfer::kEnd};
  return {Transfer::kDone, static_cast<std::size_t>(got)};
}

Transferred send_gathered(Socket& socket, std::span<iovec> spans) {
  constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
  const int descriptor = socket.native_handle();
  ssize_t sent = 0;
  if (spans.size() == 1) {
    // The kernel need not copy a header and its spans: what most flushes of a quiet server are.
    sent = ::send(descriptor, spans.front().iov_base, spans.front().iov_len, kFlags);
  } else {
    msghdr message{};
    message.msg_iov = spans.data();
    message.msg_iovlen = spans.size();
    sent = ::sendmsg(descriptor, &message, kFlags);
  }
  if (sent < 0) return refusal();
  return {Transfer::kDone, static_cast<std::size_t>(sent)};
}

void shut_sending(Socket& socket) { ::shutdown(socket.native_handle(), SHUT_WR); }

void cut(Socket& socket) {
  const linger none{1, 0};
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  boost::system::error_code ignored;
  socket.close(ignored);
}

}  // namespace hubbub
