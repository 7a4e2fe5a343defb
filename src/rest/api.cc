#include "rest/api.h"

#include <algorithm>
#include <utility>

#include "base/log_line.h"
#include "rest/metrics_access.h"
#include "rest/reply.h"
#include "session/door.h"

namespace hubbub {

void RestCall::refuse(const Error& error) const { reply(refusal(error, wants_json)); }

HttpResponse Api::Answering::refused(const Error& error) const {
  return refusal(error, wants_json);
}

Api::Api(SessionHost& host, const PublicSettings& settings, std::vector<Mount> mounts)
    : host_(host),
      settings_(settings),
      mounts_(std::move(mounts)),
      requests_(host.services.metrics.counter("hubbub_http_requests_total", "Requests served.")),
      refused_(host.services.metrics.counter("hubbub_http_forbidden_total",
                                             "Requests without the role that they need.")) {}

void Api::serve(HttpRequest request, HttpReply reply) {
  requests_.add();
  for (const auto& mount : mounts_) {
    if (mount.handles(request)) return mount.serve(std::move(request), std::move(reply));
  }
  HttpResponse origin_headers;
  allow_origin(request, origin_headers);
  const HttpReply with_origin = [reply = std::move(reply),
                                 headers =
                                     std::move(origin_headers.headers)](HttpResponse response) {
    response.headers.insert(response.headers.end(), headers.begin(), headers.end());
    reply(std::move(response));
  };
  if (request.method == "OPTIONS") return with_origin(HttpResponse{});

  const Route* same_path = nullptr;
  for (const auto& route : route_table()) {
    if (route.path != request.path) continue;
    same_path = &route;
    if (route.method == "*" || route.method == request.method) {
      return dispatch(route, request, with_origin);
    }
  }
  const auto code = same_path ? Code::kMethodNotAllowed : Code::kNotFound;
  with_origin(refusal(Error{code}, asks_for_json(request)));
}

void Api::dispatch(const Route& route, const HttpRequest& request, const HttpReply& reply) {
  const bool needs_no_token =
      !route.verb || (*route.verb == Verb::kReadMetrics && is_direct_from_loopback(request));
  if (needs_no_token) return run(route, request, reply, Shared<Identity>());
  auto token = token_of(request);
  if (token.empty()) return run(route, request, reply, Error{Code::kUnauthorized});
  services().tokens.verify(
      std::move(token), host_.reactor,
      [this, &route, request, reply](const Result<Shared<Identity>>& verified) {
        run(route, request, reply, verified);
      });
}

void Api::run(const Route& route, const HttpRequest& request, const HttpReply& reply,
              const Result<Shared<Identity>>& verified) {
  const bool wants_json = asks_for_json(request);
  if (!verified) {
    refused_.add();
    return reply(refusal(Error{verified.error().code}, wants_json));
  }
  Caller caller;
  if (const auto& identity = *verified) {
    caller = {{identity->user, identity->username}, identity->role};
    if (auto allowed = check_role(caller, *route.verb); !allowed) {
      refused_.add();
      return reply(refusal(allowed.error(), wants_json));
    }
  }
  auto query = parse_form(request.query);
  if (!query) return reply(refusal(query.error(), wants_json));
  route.handle(*this, {request, std::move(*query), std::move(caller), reply, wants_json});
}

void Api::submit(const RestCall& call, Result<PendingEntry> entry,
                 std::function<HttpResponse(const Committed&)> answer) {
  if (!entry) return call.refuse(entry.error());
  Submission submission{
      std::move(*entry), &host_.reactor,
      [answering = Answering{call.reply, call.wants_json},
       answer = std::move(answer)](const Result<Committed>& committed) {
        answering.reply(committed ? answer(*committed) : answering.refused(committed.error()));
      }};
  if (auto accepted = services().writer.submit(std::move(submission)); !accepted) {
    call.refuse(accepted.error());
  }
}

// A token is never ambient, so any origin may ask (docs/design.md, Signing in).
void Api::allow_origin(const HttpRequest& request, HttpResponse& response) const {
  const auto& allowed = settings_.allowed_origins;
  if (std::ranges::find(allowed, "*") != allowed.end()) {
    response.set_header("Access-Control-Allow-Origin", "*");
  } else {
    response.set_header("Vary", "Origin");
    const auto origin = request.header("Origin");
    if (std::ranges::find(allowed, origin) != allowed.end()) {
      response.set_header("Access-Control-Allow-Origin", origin);
    }
  }
  response.set_header("Access-Control-Allow-Methods", "GET, POST, PATCH, OPTIONS, DELETE");
  response.set_header("Access-Control-Allow-Headers", "Content-Type, Authorization");
}

}  // namespace hubbub
