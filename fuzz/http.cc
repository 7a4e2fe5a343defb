// HTTP: the requests in a stream of bytes are the same however it is cut, and their paths, queries,
// forms and JSON bodies are read within bounds.
//
// Input: 2 bytes of piece lengths (taken in turn), then what the client sends.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "net/forwarded.h"
#include "net/http_reader.h"
#include "net/websocket_handshake.h"
#include "rest/json_body.h"
#include "wire/header_list.h"
#include "wire/http_message.h"
#include "wire/utf8.h"

namespace hubbub {
namespace {

constexpr std::size_t kHeadBytes = 2;
// Small, so that inputs can pass it.
constexpr std::size_t kBodyBytesMax = 512;
// Beast judges a header that is within some bytes of the limit by the pieces in which it came: no
// input reaches the one, where the understanding must be equal; many the other.
constexpr std::size_t kHeaderBytesOutOfReach = 1 << 20;
constexpr std::size_t kHeaderBytesFew = 256;

bool is_clean(std::string_view text) {
  return is_utf8(text) && text.find('\0') == std::string_view::npos;
}

void check_escapes(std::string_view text, bool plus_is_space) {
  const auto decoded = percent_decode(text, plus_is_space);
  if (!decoded) return;
  HUBBUB_CHECK(is_clean(*decoded) && decoded->size() <= text.size());
  const auto again = percent_decode(percent_encode(*decoded), plus_is_space);
  HUBBUB_CHECK(again && *again == *decoded);
}

void check_form(std::string_view text) {
  const auto fields = parse_form(text);
  if (!fields) return;
  std::string encoded;
  for (const auto& [name, value] : *fields) {
    HUBBUB_CHECK(is_clean(name) && is_clean(value));
    encoded += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  const auto again = parse_form(encoded);
  HUBBUB_CHECK(again && *again == *fields);
}

void check_json_body(std::string_view text) {
  const auto body = JsonBody::parse(text);
  if (!body) return;
  for (const auto* name : {"name", "description"}) {
    const auto member = body->text(name);
    HUBBUB_CHECK(!member || !*member || is_utf8(**member));
  }
  for (const auto* name : {"id", "before_id", "message_limit", "window_seconds"}) {
    const auto member = body->integer(name);
    HUBBUB_CHECK(member || member.error().field == name);
  }
}

void check_request(const ReadRequest& read) {
  const HttpRequest& request = read.request;
  HUBBUB_CHECK(request.path.empty() || request.path.front() == '/');
  HUBBUB_CHECK(request.path.find_first_of("? \r\n") == std::string::npos);
  HUBBUB_CHECK(request.body.size() <= kBodyBytesMax);
  for (const auto& [name, value] : request.headers) {
    HUBBUB_CHECK(!name.empty() && value.find_first_of("\r\n") == std::string::npos);
  }
  check_escapes(request.path, false);
  check_escapes(request.path, true);
  check_form(request.query);
  check_form(request.body);
  check_json_body(request.body);
  if (read.is_http_1_1 && is_websocket_upgrade(request)) {
    for (const auto protocol : header_list(request.headers, "Sec-WebSocket-Protocol")) {
      HUBBUB_CHECK(!protocol.empty());
    }
    HUBBUB_CHECK(websocket_handshake(request, "hubbub.v1").ends_with("\r\n\r\n"));
  }
  static const std::vector<std::string> kTrusted = {"127.0.0.1", "10.0.0.0/8", "::1"};
  static const auto kProxies = TrustedProxies::parse(kTrusted).value();
  const auto peer = boost::asio::ip::make_address("10.1.2.3");
  const auto who = judge_forwarded(kProxies, peer, request.headers);
  boost::system::error_code error;
  boost::asio::ip::make_address(who.address, error);
  HUBBUB_CHECK(!error);
}

using Requests = std::vector<HttpRequest>;

// False after a refusal.
bool feed(HttpReader& reader, std::string& pending, Requests& into) {
  for (;;) {
    switch (reader.feed(pending)) {
      case HttpReader::Progress::kMore:
        return true;
      case HttpReader::Progress::kRefused:
        HUBBUB_CHECK(reader.refusal() >= 400 && reader.refusal() < 600);
        return false;
      case HttpReader::Progress::kRequest:
        const auto read = reader.take();
        check_request(read);
        into.push_back(read.request);
    }
  }
}

Requests understand(std::string_view sent, std::span<const std::uint8_t> lengths,
                    std::size_t header_bytes_max) {
  HttpReader reader(header_bytes_max, kBodyBytesMax);
  Requests understood;
  std::string pending;
  for (std::size_t i = 0; !sent.empty(); ++i) {
    const auto length = lengths.empty() ? sent.size() : lengths[i % lengths.size()] + 1U;
    pending += sent.substr(0, length);
    sent.remove_prefix(std::min<std::size_t>(length, sent.size()));
    if (!feed(reader, pending, understood)) break;
  }
  return understood;
}

// A broken request may be refused at once in one and wait for its end in the other; what counts is
// that no request is understood in one alone, or otherwise.
void check_equal(const Requests& left, const Requests& right) {
  HUBBUB_CHECK(left.size() == right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    const auto& one = left[i];
    const auto& other = right[i];
    HUBBUB_CHECK(one.method == other.method && one.path == other.path && one.query == other.query &&
                 one.headers == other.headers && one.body == other.body);
  }
}

}  // namespace
}  // namespace hubbub

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hubbub;
  if (size < kHeadBytes) return 0;
  const std::string sent(reinterpret_cast<const char*>(data) + kHeadBytes, size - kHeadBytes);
  const std::span lengths(data, kHeadBytes);
  check_equal(understand(sent, {}, kHeaderBytesOutOfReach),
              understand(sent, lengths, kHeaderBytesOutOfReach));
  understand(sent, lengths, kHeaderBytesFew);
  return 0;
}
