// How routes answer: JSON with a final newline, refusals as the old server wrote them (plain text)
// or, where the request asks for JSON, as problem details (RFC 9457).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "wire/http_message.h"

namespace hubbub {

HttpResponse json_reply(int status, std::string json);
// {"message":…}: what was done.
HttpResponse message_reply(std::string_view message);
HttpResponse text_reply(int status, std::string_view text);

// `error.detail` is the sentence shown where the error table allows it.
HttpResponse refusal(const Error& error, bool as_json);
// Whether the request's Accept names JSON (and not just anything).
bool asks_for_json(const HttpRequest& request);

}  // namespace hubbub
