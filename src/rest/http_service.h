// What net/ hands each HTTP request to that is not an upgrade of /ws. Implemented by rest/, one per
// reactor.
#pragma once

#include "wire/http_message.h"

namespace hubbub {

class HttpService {
 public:
  virtual ~HttpService() = default;
  // Thread: the reactor of the connection. `reply` is called on the same reactor, at once or later.
  virtual void serve(HttpRequest request, HttpReply reply) = 0;
};

}  // namespace hubbub
