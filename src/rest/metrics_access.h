// Who may read /metrics without a token: a collector on this machine that no proxy stands before.
#pragma once

#include "wire/http_message.h"

namespace hubbub {

// The socket's other end is this machine, and nothing says that it speaks for somebody else.
bool is_direct_from_loopback(const HttpRequest& request);

}  // namespace hubbub
