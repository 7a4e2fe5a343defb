#include "rest/reply.h"

#include "wire/error_table.h"
#include "wire/json_writer.h"

namespace hubbub {

HttpResponse json_reply(int status, std::string json) {
  json += '\n';
  return {status,
          {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          std::move(json)};
}

HttpResponse message_reply(std::string_view message) {
  JsonWriter json;
  json.object().member("message", message).end_object();
  return json_reply(200, json.take());
}

HttpResponse text_reply(int status, std::string_view text) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
          std::string(text) + "\n"};
}

HttpResponse refusal(const Error& error, bool as_json) {
  const auto& row = error_row(error.code);
  HttpResponse response;
  if (as_json) {
    JsonWriter json;
    json.object()
        .member("type", "about:blank")
        .member("title", row.text)
        .member("status", row.http_status)
        .member("code", row.name)
        .member("detail", error_text(error));
    if (!error.field.empty()) json.member("field", error.field);
    if (error.retry_after_ms > 0) json.member("retry_after_ms", error.retry_after_ms);
    json.end_object();
    response = json_reply(row.http_status, json.take());
    response.set_header("Content-Type", "application/problem+json");
    response.set_header("X-Content-Type-Options", "nosniff");
  } else {
    response = text_reply(row.http_status, error_text(error));
  }
  if (error.code == Code::kUnauthorized) response.set_header("WWW-Authenticate", "Bearer");
  if (error.retry_after_ms > 0) {
    response.set_header("Retry-After", std::to_string((error.retry_after_ms + 999) / 1000));
  }
  return response;
}

bool asks_for_json(const HttpRequest& request) {
  const auto accept = request.header("Accept");
  return accept.find("application/json") != std::string_view::npos ||
         accept.find("application/problem+json") != std::string_view::npos;
}

}  // namespace hubbub
