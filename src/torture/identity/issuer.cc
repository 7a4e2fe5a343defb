#include "torture/identity/issuer.h"

#include <sys/socket.h>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace hubbub::torture {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::size_t kHeadBytesMax = 16'384;
constexpr std::string_view kDiscovery = "/.well-known/openid-configuration";
constexpr std::string_view kKeySet = "/certs";

}  // namespace

Issuer::Issuer()
    : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}),
      tokens_("http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())),
      thread_([this] { serve(); }) {}

Issuer::~Issuer() {
  // accept() of another thread returns then.
  ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
  thread_.join();
}

// One request a connection, one connection at a time: there is one server to ask.
void Issuer::serve() {
  for (;;) {
    boost::system::error_code error;
    tcp::socket socket(context_);
    acceptor_.accept(socket, error);
    if (error == boost::asio::error::invalid_argument) return;  // shut down
    if (error) continue;
    std::string head;
    asio::read_until(socket, asio::dynamic_buffer(head, kHeadBytesMax), "\r\n\r\n", error);
    if (error) continue;
    // GET /certs HTTP/1.1
    const auto path_at = head.find(' ') + 1;
    const auto body =
        body_of(std::string_view(head).substr(path_at, head.find(' ', path_at) - path_at));
    const std::string answer = std::string("HTTP/1.1 ") +
                               (body.empty() ? "404 Not Found" : "200 OK") +
                               "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                               "Content-Length: " +
                               std::to_string(body.size()) + "\r\n\r\n" + body;
    asio::write(socket, asio::buffer(answer), error);
  }
}

std::string Issuer::body_of(std::string_view path) const {
  if (path == kKeySet) return tokens_.key_set();
  if (path != kDiscovery) return {};
  const auto& url = tokens_.issuer();
  return R"({"issuer":")" + url + R"(","jwks_uri":")" + url + std::string(kKeySet) +
         R"(","authorization_endpoint":")" + url + R"(/auth","token_endpoint":")" + url +
         R"(/token","id_token_signing_alg_values_supported":["EdDSA"]})";
}

}  // namespace hubbub::torture
