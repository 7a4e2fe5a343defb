// hubbub check: whether the server of these settings, on this machine, is ready. For the health
// checks of containers, which have no other program to ask with.
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdio>
#include <string>

#include "app/commands.h"
#include "net/listening_socket.h"

namespace hubbub {
namespace {

using boost::asio::ip::tcp;

constexpr std::chrono::seconds kPatience{5};

// Where a server that listens there can be reached: one that listens on every address, on loopback.
tcp::endpoint reachable(tcp::endpoint endpoint) {
  if (!endpoint.address().is_unspecified()) return endpoint;
  if (endpoint.address().is_v6()) return {boost::asio::ip::address_v6::loopback(), endpoint.port()};
  return {boost::asio::ip::address_v4::loopback(), endpoint.port()};
}

int fail(const std::string& why) {
  std::fprintf(stderr, "hubbub check: %s\n", why.c_str());
  return 1;
}

}  // namespace

int check_command(const Settings& settings) {
  const auto listening = listen_endpoint(settings.listen);
  if (!listening) return fail(listening.error().detail);
  const auto endpoint = reachable(*listening);
  tcp::iostream stream;
  stream.expires_after(kPatience);
  stream.connect(endpoint);
  stream << "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" << std::flush;
  std::string version;
  int status = 0;
  stream >> version >> status;
  if (!stream) return fail("no answer at " + settings.listen);
  std::string line;
  while (std::getline(stream, line) && line != "\r") continue;
  std::getline(stream, line);
  if (status != 200) return fail(std::to_string(status) + " " + line);
  std::puts(line.c_str());
  return 0;
}

}  // namespace hubbub
