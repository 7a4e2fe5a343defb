#include "torture/processes/http_request.h"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <iterator>

namespace hubbub::torture {

// Not Beast: what is asked here are a few lines to a server on this machine, and Beast's HTTP takes
// ten seconds to compile.
std::optional<HttpAnswer> http_request(std::uint16_t port, std::string_view method,
                                       std::string_view target, std::string_view token,
                                       std::string_view body, std::chrono::milliseconds patience) {
  using boost::asio::ip::tcp;
  tcp::iostream stream;
  stream.expires_after(patience);
  stream.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
  stream << method << ' ' << target << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  if (!token.empty()) stream << "Authorization: Bearer " << token << "\r\n";
  stream << "Content-Length: " << body.size() << "\r\n\r\n" << body << std::flush;
  std::string version;
  HttpAnswer answer;
  stream >> version >> answer.status;
  if (!stream) return {};
  const std::string rest{std::istreambuf_iterator<char>(stream), {}};
  const auto end_of_head = rest.find("\r\n\r\n");
  if (end_of_head == std::string::npos) return {};
  answer.body = rest.substr(end_of_head + 4);
  return answer;
}

}  // namespace hubbub::torture
