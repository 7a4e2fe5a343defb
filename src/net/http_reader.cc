#include "net/http_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/check.h"

namespace hubbub {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kLastChunkBytesMin = 5;

int status_for(const boost::system::error_code& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::bad_version) return 505;
  return 400;
}

// The path and query of a request target (RFC 9112 3.2): origin-form, absolute-form, or "*".
bool split_target(std::string_view target, HttpRequest& request) {
  if (target == "*" && request.method == "OPTIONS") target = "/";
  if (const auto scheme = target.find("://");
      !target.starts_with('/') && scheme != std::string_view::npos) {
    const auto slash = target.find_first_of("/?", scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  if (!target.starts_with('/')) return false;
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string_view::npos) request.query = target.substr(question + 1);
  return true;
}

}  // namespace

struct HttpReader::Parser {
  http::request_parser<http::string_body> beast;
  bool is_checked = false;
  bool was_continued = false;
};

HttpReader::HttpReader(std::size_t header_bytes_max, std::size_t body_bytes_max)
    : header_bytes_max_(header_bytes_max), body_bytes_max_(body_bytes_max) {}
HttpReader::~HttpReader() = default;

HttpReader::Progress HttpReader::refuse(int status) {
  refusal_ = status;
  return Progress::kRefused;
}

// What Beast lets pass and we do not.
bool HttpReader::check_header() {
  const auto& message = parser_->beast.get();
  const bool is_1_1 = message.version() == 11;
  // RFC 9112 3.2: exactly one Host.
  if (is_1_1 && message.count(http::field::host) != 1) return refuse(400), false;
  // RFC 9112 6.1: a coding that we do not know, or any under HTTP/1.0, hides where the body ends.
  if (const auto codings = message.count(http::field::transfer_encoding); codings > 0) {
    const bool is_plain =
        codings == 1 && boost::beast::iequals(message[http::field::transfer_encoding], "chunked");
    if (!is_1_1) return refuse(400), false;
    if (!is_plain) return refuse(501), false;
  }
  if (message.count(http::field::content_length) > 1) return refuse(400), false;
  return true;
}

HttpReader::Progress HttpReader::feed(std::string& pending) {
  if (!parser_) {
    // RFC 9112 2.2: empty lines before a request are skipped.
    pending.erase(0, std::min(pending.find_first_not_of("\r\n"), pending.size()));
    if (pending.empty()) return Progress::kMore;
    parser_ = std::make_unique<Parser>();
    parser_->beast.header_limit(static_cast<std::uint32_t>(header_bytes_max_));
    parser_->beast.body_limit(body_bytes_max_);
  }
  auto& beast = parser_->beast;
  while (!beast.is_done()) {
    // Beast 1.81 aborts on a last chunk whose "0\r\n" came alone: it counts on 5 bytes with it.
    // From any place in a chunked body as many are still to come ("0\r\n\r\n"), so waiting for them
    // is safe.
    if (beast.is_header_done() && beast.chunked() && pending.size() < kLastChunkBytesMin) {
      return Progress::kMore;
    }
    boost::system::error_code error;
    const auto used = beast.put(boost::asio::buffer(pending), error);
    pending.erase(0, used);
    if (error && error != http::error::need_more) return refuse(status_for(error));
    if (beast.is_header_done() && !parser_->is_checked) {
      parser_->is_checked = true;
      if (!check_header()) return Progress::kRefused;
    }
    if (error || (used == 0 && !beast.is_done())) return Progress::kMore;
  }
  return Progress::kRequest;
}

ReadRequest HttpReader::take() {
  HUBBUB_CHECK(parser_ && parser_->beast.is_done());
  auto message = parser_->beast.release();
  parser_.reset();
  ReadRequest read;
  read.keep_alive = message.keep_alive();
  read.is_http_1_1 = message.version() == 11;
  read.request.method = message.method_string();
  if (!split_target(message.target(), read.request)) read.request.path.clear();
  for (const auto& field : message) {
    read.request.headers.emplace_back(field.name_string(), field.value());
  }
  read.request.body = std::move(message.body());
  return read;
}

bool HttpReader::is_in_body() const { return parser_ && parser_->beast.is_header_done(); }

bool HttpReader::wants_continue() {
  if (!is_in_body() || parser_->was_continued) return false;
  parser_->was_continued = true;
  const auto& message = parser_->beast.get();
  return message.version() == 11 &&
         boost::beast::iequals(message[http::field::expect], "100-continue");
}

}  // namespace hubbub
