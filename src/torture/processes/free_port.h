#pragma once

#include <cstdint>

namespace hubbub::torture {

// A port of loopback on which nobody listens, below those that the system gives to connections that
// choose none: a client that tries while the server is away must neither be given the server's port
// nor be connected with itself. Throws std::runtime_error when there is none.
std::uint16_t free_port();

}  // namespace hubbub::torture
