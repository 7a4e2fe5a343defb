// The opening handshake of a WebSocket, the server's side (RFC 6455 4.2).
#pragma once

#include <string>
#include <string_view>

#include "wire/http_message.h"

namespace hubbub {

// RFC 6455 4.2.1. REQUIRES: an HTTP/1.1 request.
bool is_websocket_upgrade(const HttpRequest& request);

// Sec-WebSocket-Accept for this Sec-WebSocket-Key.
std::string websocket_accept(std::string_view key);

// The whole 101 answer. REQUIRES: is_websocket_upgrade(request); an empty subprotocol is left out.
std::string websocket_handshake(const HttpRequest& request, std::string_view subprotocol);

}  // namespace hubbub
