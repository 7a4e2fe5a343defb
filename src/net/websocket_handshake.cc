#include "net/websocket_handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "base/check.h"
#include "wire/header_list.h"

namespace hubbub {
namespace {

// 16 bytes in base64 (RFC 4648 4): 22 characters and two of padding; the last character carries 2
// bits.
bool is_key(std::string_view key) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (key.size() != 24 || !key.ends_with("==")) return false;
  return key.substr(0, 22).find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace

bool is_websocket_upgrade(const HttpRequest& request) {
  return request.method == "GET" && header_list_has(request.headers, "Upgrade", "websocket") &&
         header_list_has(request.headers, "Connection", "upgrade") &&
         request.header("Sec-WebSocket-Version") == "13" &&
         is_key(request.header("Sec-WebSocket-Key"));
}

std::string websocket_accept(std::string_view key) {
  // RFC 6455 1.3
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  unsigned size = 0;
  HUBBUB_CHECK(EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr));
  std::array<unsigned char, 29> encoded{};  // 20 bytes: 28 characters, and a zero
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length)};
}

std::string websocket_handshake(const HttpRequest& request, std::string_view subprotocol) {
  std::string head =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: ";
  head += websocket_accept(request.header("Sec-WebSocket-Key"));
  if (!subprotocol.empty()) head.append("\r\nSec-WebSocket-Protocol: ").append(subprotocol);
  head += "\r\n\r\n";
  return head;
}

}  // namespace hubbub
