#include "net/http_response_head.h"

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <ctime>
#include <string_view>

#include "base/check.h"

namespace hubbub {
namespace {

std::string_view reason_phrase(int status) {
  const auto phrase = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(status)));
  return {phrase.data(), phrase.size()};
}

// RFC 9110 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT
std::string http_date(Time now) {
  const auto seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(now));
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

bool is_ours(std::string_view name) {
  return equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Date") ||
         equal_ignoring_case(name, "Connection") || equal_ignoring_case(name, "Transfer-Encoding");
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

bool has_clean_headers(const HttpResponse& response) {
  return std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
    return !header.first.empty() && is_clean(header.first) && is_clean(header.second) &&
           header.first.find(':') == std::string::npos;
  });
}

bool is_bodiless(int status) { return status == 204 || status == 304 || status < 200; }

std::string http_response_head(const HttpResponse& response, bool keep_alive, Time now) {
  HUBBUB_CHECK(has_clean_headers(response));
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (!is_ours(name)) head.append(name).append(": ").append(value).append("\r\n");
  }
  if (!is_bodiless(response.status)) {
    head.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
  }
  head.append("Date: ").append(http_date(now)).append("\r\n");
  head.append(keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  return head;
}

HttpResponse plain_response(int status) {
  HttpResponse response;
  response.status = status;
  response.set_header("Content-Type", "text/plain; charset=utf-8");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.body.append(reason_phrase(status)).append("\n");
  return response;
}

}  // namespace hubbub
