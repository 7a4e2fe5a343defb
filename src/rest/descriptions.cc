// What describes the server to programs: OpenAPI for the routes, AsyncAPI for the WebSocket.
#include "rest/embedded_file.h"
#include "rest/handlers.h"
#include "rest/reply.h"

namespace hubbub::rest {

void get_description(Api&, const RestCall& call) {
  for (const auto& file : description_files()) {
    if (file.path == call.request.path) return call.reply(json_reply(200, std::string(file.bytes)));
  }
  call.refuse(Error{Code::kNotFound});
}

}  // namespace hubbub::rest
