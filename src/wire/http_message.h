// An HTTP request and its answer as plain values: what net/ reads and rest/ answers (RFC 9110).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace hubbub {

// Names are compared without regard to case; order and repetitions are kept.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // as sent: "GET"
  std::string path;    // percent-encoded still, without the query; starts with '/'
  std::string query;   // percent-encoded still, without '?'
  HttpHeaders headers;
  std::string body;
  // The client's address, after trusted proxies; the peer's own where no proxy is trusted.
  std::string address;
  // The address of the socket's other end.
  std::string peer_address;
  // True when the request came over TLS, by X-Forwarded-Proto of a trusted proxy.
  bool is_secure = false;

  // The first header of that name, or empty.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  // Content-Length, Date and Connection are added by net/.
  HttpHeaders headers = {};
  std::string body = {};

  // Sets or replaces.
  void set_header(std::string_view name, std::string_view value);
};

// Answers one request, once, on the reactor that the request came from. Never called: net/ answers
// 504 after its own deadline. Copyable; calls after the first do nothing.
using HttpReply = std::function<void(HttpResponse)>;

bool equal_ignoring_case(std::string_view left, std::string_view right);

// Percent-decoding (RFC 3986 2.1); '+' is a space where `plus_is_space` (form data, queries).
// Errors: kInvalid for a broken escape, text that is not UTF-8, or U+0000.
Result<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);

// Names and values of a query or an application/x-www-form-urlencoded body, decoded, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;
Result<FormFields> parse_form(std::string_view text);
// The first field of that name, or empty.
std::string_view form_field(const FormFields& fields, std::string_view name);

}  // namespace hubbub
