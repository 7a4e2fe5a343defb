// The head of an HTTP response as bytes (RFC 9112 4).
#pragma once

#include <string>

#include "base/clock.h"
#include "wire/http_message.h"

namespace hubbub {

// True when no header could end its line early or start another: checked before anything is
// written.
bool has_clean_headers(const HttpResponse& response);

// True when the status never has a body (RFC 9110 6.4.1).
bool is_bodiless(int status);

// Status line and headers, with Content-Length, Date and Connection added and those of the response
// left out. REQUIRES: has_clean_headers(response).
std::string http_response_head(const HttpResponse& response, bool keep_alive, Time now);

// A short answer in plain text: what net/ itself has to say.
HttpResponse plain_response(int status);

}  // namespace hubbub
