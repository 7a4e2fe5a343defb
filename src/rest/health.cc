// For load balancers, supervisors and collectors.
#include "rest/handlers.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

// Without Valkey the server works on; without its store it does not.
HttpResponse readiness(bool is_store_up, const std::function<bool()>& is_valkey_up) {
  JsonWriter json;
  json.object()
      .member("status", is_store_up ? "ready" : "not ready")
      .member("store", is_store_up ? "up" : "down");
  if (is_valkey_up) json.member("valkey", is_valkey_up() ? "up" : "down");
  json.end_object();
  return json_reply(is_store_up ? 200 : 503, json.take());
}

}  // namespace

// The old client asks it before it signs in and wants any 2xx; the form is Keycloak's.
void get_health(Api&, const RestCall& call) { call.reply(json_reply(200, R"({"status":"UP"})")); }

void get_liveness(Api&, const RestCall& call) { call.reply(text_reply(200, "ok")); }

void get_readiness(Api& api, const RestCall& call) {
  const auto ping = [](Store& store) -> Result<bool> {
    if (auto answered = store.ping(); !answered) return answered.error();
    return true;
  };
  api.services().reader.ask(
      api.host().reactor, ping, [reply = call.reply, &api](const Result<bool>& answered) {
        // A full disk can still be read.
        const bool is_store_up = answered.has_value() && api.services().writer.is_available();
        reply(readiness(is_store_up, api.settings().is_valkey_up));
      });
}

void get_metrics(Api& api, const RestCall& call) {
  HttpResponse response = text_reply(200, "");
  response.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = api.services().metrics.print();
  call.reply(std::move(response));
}

}  // namespace hubbub::rest
