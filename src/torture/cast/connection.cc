#include "torture/cast/connection.h"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace hubbub::torture {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using Error = boost::system::error_code;

namespace {

constexpr std::chrono::seconds kOpenWithin{5};
constexpr std::chrono::seconds kCloseWithin{20};

auto into(Error& error) { return asio::redirect_error(asio::use_awaitable, error); }

}  // namespace

struct Connection::Socket {
  explicit Socket(const asio::any_io_executor& executor) : stream(executor) {}
  auto& tcp() { return beast::get_lowest_layer(stream); }

  websocket::stream<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
};

Connection::Connection(asio::any_io_executor executor) : executor_(std::move(executor)) {}
Connection::~Connection() = default;

asio::awaitable<bool> Connection::open(std::uint16_t port, std::string target,
                                       std::string subprotocols, int receive_buffer) {
  socket_ = std::make_unique<Socket>(executor_);
  auto& tcp = socket_->tcp();
  const asio::ip::tcp::endpoint server(asio::ip::address_v4::loopback(), port);
  Error error;
  tcp.socket().open(server.protocol(), error);
  if (receive_buffer > 0) {
    // Before connecting, as the window is agreed on then.
    tcp.socket().set_option(asio::socket_base::receive_buffer_size(receive_buffer), error);
  }
  tcp.expires_after(kOpenWithin);
  co_await tcp.async_connect(server, into(error));
  if (error) co_return false;
  if (!subprotocols.empty()) {
    const auto decorate = [&subprotocols](websocket::request_type& request) {
      request.set(beast::http::field::sec_websocket_protocol, subprotocols);
    };
    socket_->stream.set_option(websocket::stream_base::decorator(decorate));
  }
  co_await socket_->stream.async_handshake("localhost", target, into(error));
  tcp.expires_never();
  co_return !error;
}

asio::awaitable<bool> Connection::write(std::string text) {
  Error error;
  const asio::const_buffer bytes(text.data(), text.size());
  co_await socket_->stream.async_write(bytes, into(error));
  co_return !error;
}

asio::awaitable<bool> Connection::read() {
  Error error;
  socket_->buffer.clear();
  co_await socket_->stream.async_read(socket_->buffer, into(error));
  co_return !error;
}

asio::awaitable<bool> Connection::close() {
  Error error;
  socket_->tcp().expires_after(kCloseWithin);
  co_await socket_->stream.async_close(websocket::close_code::normal, into(error));
  co_return !error;
}

void Connection::cut() {
  if (!socket_) return;
  auto& socket = socket_->tcp().socket();
  Error error;
  socket.set_option(asio::socket_base::linger(true, 0), error);
  socket_->tcp().close();
}

std::string_view Connection::message() const {
  const auto bytes = socket_->buffer.data();
  return {static_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace hubbub::torture
