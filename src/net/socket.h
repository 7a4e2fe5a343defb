// The socket type of net/, and the few system calls that Asio's own do not cover as we need them.
#pragma once

#include <sys/uio.h>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <span>

namespace hubbub {

// With the io_context's own executor: half the size of tcp::socket, whose executor is type-erased.
using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

enum class Transfer { kDone, kBlocked, kEnd, kFailed };
struct Transferred {
  Transfer how;
  std::size_t bytes = 0;
};

// One recv(2), without waiting. kEnd: the peer sends no more.
Transferred receive(Socket& socket, std::span<char> into);
// One sendmsg(2), without waiting and without SIGPIPE. kDone may have taken less than all.
Transferred send_gathered(Socket& socket, std::span<iovec> spans);
// Tells the peer that no more comes; what is in the kernel's buffer still goes out.
void shut_sending(Socket& socket);
// Closes; what the peer has not taken is dropped (SO_LINGER 0: the kernel keeps no orphan).
void cut(Socket& socket);

}  // namespace hubbub
