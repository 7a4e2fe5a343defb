// The web pages: files of web/dist at their paths; the chat at /, the dashboard below /admin.
#pragma once

#include "wire/http_message.h"

namespace hubbub {

// Thread: any.
bool is_page(const HttpRequest& request);
HttpResponse serve_page(const HttpRequest& request);

}  // namespace hubbub
