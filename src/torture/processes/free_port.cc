#include "torture/processes/free_port.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>
#include <random>
#include <stdexcept>

namespace hubbub::torture {
namespace {

using boost::asio::ip::tcp;

constexpr int kPortMin = 10'000;
constexpr int kTriesMax = 1'000;

int first_ephemeral_port() {
  int first = 32'768;  // Linux' default, where /proc is not to be read
  std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
  return first;
}

bool is_free(std::uint16_t port) {
  boost::asio::io_context context;
  tcp::acceptor acceptor(context);
  boost::system::error_code error;
  acceptor.open(tcp::v4(), error);
  acceptor.bind({boost::asio::ip::address_v4::loopback(), port}, error);
  return !error;
}

}  // namespace

std::uint16_t free_port() {
  const int end = first_ephemeral_port();
  if (end <= kPortMin) throw std::runtime_error("no ports below the ephemeral ones");
  // Not of the run's seed: two runs at once would both begin with the same.
  std::random_device random;
  std::uniform_int_distribution<int> any(kPortMin, end - 1);
  for (int i = 0; i < kTriesMax; ++i) {
    const auto port = static_cast<std::uint16_t>(any(random));
    if (is_free(port)) return port;
  }
  throw std::runtime_error("no free port on loopback");
}

}  // namespace hubbub::torture
