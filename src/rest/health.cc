// For load balancers, supervisors and collectors.
#include "rest/handlers.h"
#include "rest/reply.h"

namespace hubbub::rest {

// The old client asks it before it signs in and wants any 2xx; the form is Keycloak's.
void get_health(Api&, const RestCall& call) { call.reply(json_reply(200, R"({"status":"UP"})")); }

void get_liveness(Api&, const RestCall& call) { call.reply(text_reply(200, "ok")); }

void get_readiness(Api& api, const RestCall& call) {
  const auto ping = [](Store& store) -> Result<bool> {
    if (auto answered = store.ping(); !answered) return answered.error();
    return true;
  };
  api.services().reader.ask(
      api.host().reactor, ping, [reply = call.reply](const Result<bool>& answered) {
        reply(answered ? json_reply(200, R"({"status":"ready","store":"up"})")
                       : json_reply(503, R"({"status":"not ready","store":"down"})"));
      });
}

void get_metrics(Api& api, const RestCall& call) {
  HttpResponse response = text_reply(200, "");
  response.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = api.services().metrics.print();
  call.reply(std::move(response));
}

}  // namespace hubbub::rest
