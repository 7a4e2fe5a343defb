#include "rest/api.h"

#include <algorithm>
#include <utility>

#include "base/log_line.h"
#include "rest/metrics_access.h"
#include "rest/old_paths.h"
#include "rest/reply.h"
#include "session/door.h"
#include "session/present_identity.h"

namespace hubbub {
namespace {

// RFC 9110 15.5.6: a 405 names what the path takes.
std::string methods_of(std::string_view path) {
  std::string methods = "OPTIONS";
  for (const auto& route : route_table()) {
    if (route.path == path) methods.append(", ").append(route.method);
  }
  return methods;
}

// The old server's routes, and what is no route, refuse in its plain text unless JSON is asked for;
// those that came since, always with problem details (RFC 9457).
bool wants_problem(const HttpRequest& request, const Route* route) {
  return asks_for_json(request) || (route && !is_old_path(route->path));
}

}  // namespace

void RestAnswer::refuse(const Error& error) const { reply(refusal(error, wants_json)); }

Api::Api(SessionHost& host, const PublicSettings& settings, std::vector<Mount> mounts,
         AccountAccess* accounts, const IssuerAccess* issuer)
    : host_(host),
      settings_(settings),
      mounts_(std::move(mounts)),
      accounts_(accounts),
      issuer_(issuer),
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
  auto refused = refusal(Error{code}, wants_problem(request, same_path));
  if (same_path) refused.set_header("Allow", methods_of(request.path));
  with_origin(std::move(refused));
}

void Api::dispatch(const Route& route, const HttpRequest& request, const HttpReply& reply) {
  const bool needs_no_token =
      !route.verb || (*route.verb == Verb::kReadMetrics && is_direct_from_loopback(request));
  if (needs_no_token) return run(route, request, reply, Shared<Identity>());
  auto token = token_of(request);
  if (token.empty()) {
    return run(route, request, reply, identify_without_token(settings_.open_admin, request));
  }
  services().tokens.verify(
      std::move(token), host_.reactor,
      [this, &route, request, reply](const Result<Shared<Identity>>& verified) {
        run(route, request, reply, verified);
      });
}

void Api::run(const Route& route, const HttpRequest& request, const HttpReply& reply,
              const Result<Shared<Identity>>& verified) {
  const bool wants_json = wants_problem(request, &route);
  if (!verified) {
    refused_.add();
    return reply(refusal(verified.error(), wants_json));
  }
  Caller caller;
  if (*verified) {
    const auto present = present_identity(host_.hub, *verified, now());
    if (!present) {
      refused_.add();
      return reply(refusal(present.error(), wants_json));
    }
    const auto& identity = *present;
    caller = {{identity->user, identity->username}, identity->role, request.address};
    if (auto allowed = may_call(caller, *route.verb); !allowed) {
      refused_.add();
      return reply(refusal(allowed.error(), wants_json));
    }
  }
  auto query = parse_form(request.query);
  if (!query) return reply(refusal(query.error(), wants_json));
  route.handle(*this, {{reply, wants_json}, request, std::move(*query), std::move(caller)});
}

Status Api::may_call(const Caller& caller, Verb verb) const {
  if (host_.hub.restrictions().ban_of(caller.user.id, now())) return Error{Code::kBanned};
  return check_role(caller, verb);
}

void Api::submit(const RestAnswer& call, Result<PendingEntry> entry,
                 std::function<HttpResponse(const Committed&)> answer) {
  if (!entry) return call.refuse(entry.error());
  Submission submission{std::move(*entry), &host_.reactor,
                        [call, answer = std::move(answer)](const Result<Committed>& committed) {
                          committed ? call.reply(answer(*committed))
                                    : call.refuse(committed.error());
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
