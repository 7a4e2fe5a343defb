#include "auth/http_fetch.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <vector>

#include "auth/network_address.h"
#include "wire/http_message.h"

namespace hubbub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

Error failed(const std::string& step, const ErrorCode& error) {
  return Error{Code::kUnavailable, step + ": " + error.message()};
}

// Beast's deadlines act on asynchronous operations only; so each is started and its loop run to the
// end.
class Fetch {
 public:
  Fetch(const HttpUrl& url, std::chrono::milliseconds timeout, std::size_t body_bytes_max)
      : url_(url), deadline_(std::chrono::steady_clock::now() + timeout) {
    parser_.body_limit(body_bytes_max);
    parser_.header_limit(16 * 1024);
  }

  Result<std::string> run(PlainHttp plain_http) {
    auto endpoints = resolve(plain_http);
    if (!endpoints) return endpoints.error();
    return url_.is_tls ? run_tls(*endpoints) : run_plain(*endpoints);
  }

 private:
  Result<std::vector<tcp::endpoint>> resolve(PlainHttp plain_http) {
    ErrorCode error;
    tcp::resolver resolver(context_);
    const auto found = resolver.resolve(url_.host, url_.port, error);
    if (error) return failed("resolve " + url_.host, error);
    std::vector<tcp::endpoint> endpoints;
    for (const auto& entry : found) {
      const auto reach = reach_of(entry.endpoint().address().to_string());
      const bool is_allowed =
          url_.is_tls || reach == AddressReach::kLoopback ||
          (reach == AddressReach::kPrivate && plain_http == PlainHttp::kPrivateNetworks);
      if (is_allowed) endpoints.push_back(entry.endpoint());
    }
    if (endpoints.empty()) {
      return Error{Code::kUnavailable, url_.host + " is too far away for plain http; use https"};
    }
    return endpoints;
  }

  Result<std::string> run_plain(const std::vector<tcp::endpoint>& endpoints) {
    beast::tcp_stream stream(context_);
    if (auto status = connect(stream, endpoints); !status) return status.error();
    return exchange(stream, stream);
  }

  Result<std::string> run_tls(const std::vector<tcp::endpoint>& endpoints) {
    ErrorCode error;
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_default_verify_paths(error);
    if (error) return failed("certificate authorities", error);
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    beast::ssl_stream<beast::tcp_stream> stream(context_, tls);
    stream.set_verify_mode(asio::ssl::verify_peer, error);
    stream.set_verify_callback(asio::ssl::host_name_verification(url_.host), error);
    if (error) return failed("tls", error);
    // RFC 6066 3: a server name is a name, never an address.
    if (reach_of(url_.host) == AddressReach::kNotAnAddress) {
      SSL_set_tlsext_host_name(stream.native_handle(), url_.host.c_str());
    }
    auto& lowest = beast::get_lowest_layer(stream);
    if (auto status = connect(lowest, endpoints); !status) return status.error();
    stream.async_handshake(asio::ssl::stream_base::client,
                           [&error](const ErrorCode& result) { error = result; });
    run_loop();
    if (error) return failed("tls with " + url_.host, error);
    return exchange(stream, lowest);
  }

  Status connect(beast::tcp_stream& stream, const std::vector<tcp::endpoint>& endpoints) {
    ErrorCode error;
    stream.expires_at(deadline_);
    stream.async_connect(
        endpoints, [&error](const ErrorCode& result, const tcp::endpoint&) { error = result; });
    run_loop();
    if (error) return failed("connect to " + url_.host, error);
    return {};
  }

  template <class Stream>
  Result<std::string> exchange(Stream& stream, beast::tcp_stream& lowest) {
    http::request<http::empty_body> request(http::verb::get, url_.target, 11);
    request.set(http::field::host, url_.authority());
    request.set(http::field::user_agent, "hubbub");
    request.set(http::field::accept, "application/json");
    request.set(http::field::connection, "close");
    ErrorCode error;
    lowest.expires_at(deadline_);
    http::async_write(stream, request,
                      [&error](const ErrorCode& result, std::size_t) { error = result; });
    run_loop();
    if (error) return failed("request to " + url_.host, error);
    http::async_read(stream, buffer_, parser_,
                     [&error](const ErrorCode& result, std::size_t) { error = result; });
    run_loop();
    // TLS is not shut down: the connection is closed, and the length or chunks said where the
    // answer ends.
    if (error) return failed("answer of " + url_.host, error);
    const auto status = parser_.get().result_int();
    if (status != 200) {
      return Error{Code::kUnavailable, url_.host + " answered " + std::to_string(status)};
    }
    return std::move(parser_.get().body());
  }

  void run_loop() {
    context_.restart();
    context_.run();
  }

  const HttpUrl& url_;
  const std::chrono::steady_clock::time_point deadline_;
  asio::io_context context_{1};
  beast::flat_buffer buffer_;
  http::response_parser<http::string_body> parser_;
};

bool is_printable_ascii(std::string_view text) {
  for (const char c : text) {
    if (c <= ' ' || c >= 0x7f) return false;
  }
  return true;
}

}  // namespace

std::string HttpUrl::authority() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  std::string text = is_v6 ? "[" + host + "]" : host;
  if (port != (is_tls ? "443" : "80")) text += ":" + port;
  return text;
}

Result<HttpUrl> parse_http_url(std::string_view url) {
  const Error broken{Code::kInvalid, "not an http or https URL"};
  if (!is_printable_ascii(url)) return broken;
  HttpUrl parsed;
  const auto scheme = url.substr(0, url.find("://"));
  if (scheme.size() == url.size()) return broken;
  parsed.is_tls = equal_ignoring_case(scheme, "https");
  if (!parsed.is_tls && !equal_ignoring_case(scheme, "http")) return broken;
  url.remove_prefix(scheme.size() + 3);
  const auto path_at = std::min(url.find_first_of("/?#"), url.size());
  auto authority = url.substr(0, path_at);
  const auto target = url.substr(path_at);
  if (target.find('#') != std::string_view::npos) return broken;
  if (authority.find_first_of("@\\") != std::string_view::npos) return broken;
  parsed.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == std::string_view::npos) return broken;
    parsed.host = authority.substr(1, end - 1);
    authority.remove_prefix(end + 1);
    if (reach_of(parsed.host) == AddressReach::kNotAnAddress) return broken;
  } else {
    parsed.host = authority.substr(0, authority.find(':'));
    authority.remove_prefix(parsed.host.size());
  }
  parsed.port = parsed.is_tls ? "443" : "80";
  if (authority.starts_with(':')) {
    const auto port = authority.substr(1);
    const bool is_number = port.find_first_not_of("0123456789") == std::string_view::npos;
    if (port.empty() || port.size() > 5 || !is_number) return broken;
    parsed.port = port;
  } else if (!authority.empty()) {
    return broken;
  }
  if (parsed.host.empty()) return broken;
  return parsed;
}

Result<std::string> http_fetch(const std::string& url, PlainHttp plain_http,
                               std::chrono::milliseconds timeout, std::size_t body_bytes_max) {
  const auto parsed = parse_http_url(url);
  if (!parsed) return Error{Code::kUnavailable, parsed.error().detail};
  return Fetch(*parsed, timeout, body_bytes_max).run(plain_http);
}

}  // namespace hubbub
