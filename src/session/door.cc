#include "session/door.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/log_line.h"
#include "base/random.h"
#include "session/old_session.h"
#include "session/present_identity.h"
#include "session/v1_session.h"
#include "wire/error_table.h"
#include "wire/header_list.h"
#include "wire/v1_frames.h"

namespace hubbub {
namespace {

constexpr std::string_view kV1 = "hubbub.v1";
constexpr std::string_view kBearerProtocol = "bearer.";
// When to come back who found the line full. Spread, so that they do not come together again; by
// then it has moved on by thousands. Unit: milliseconds.
constexpr std::uint32_t kComeBackMin = 1'000;
constexpr std::uint32_t kComeBackSpread = 4'000;

bool asks_for_v1(const HttpRequest& request) {
  // RFC 6455 4.1: names of subprotocols are compared as they are.
  const auto offered = header_list(request.headers, "Sec-WebSocket-Protocol");
  return std::ranges::find(offered, kV1) != offered.end();
}

HttpResponse refusal(int status, std::string_view text) {
  return {status,
          {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
          std::string(text) + "\n"};
}

HttpResponse retry_later(HttpResponse response, std::int64_t milliseconds) {
  const auto seconds = (milliseconds + 999) / 1'000;
  if (seconds > 0) response.headers.push_back({"Retry-After", std::to_string(seconds)});
  return response;
}

}  // namespace

std::string token_of(const HttpRequest& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const auto authorization = request.header("Authorization");
  if (authorization.size() > kBearer.size() &&
      equal_ignoring_case(authorization.substr(0, kBearer.size()), kBearer)) {
    return std::string(authorization.substr(kBearer.size()));
  }
  for (const auto protocol : header_list(request.headers, "Sec-WebSocket-Protocol")) {
    if (protocol.starts_with(kBearerProtocol)) {
      return std::string(protocol.substr(kBearerProtocol.size()));
    }
  }
  const auto query = parse_form(request.query);
  return query ? std::string(form_field(*query, "token")) : std::string();
}

Door::Door(SessionHost& host)
    : host_(host),
      refused_(host.services.metrics.counter("hubbub_admissions_refused_total",
                                             "WebSocket connections that were not let in.")) {}

void Door::admit(const HttpRequest& request, bool is_upgrade,
                 std::function<void(Admission)> answer) {
  const bool is_v1 = asks_for_v1(request);
  const auto& services = host_.services;
  const auto wait = services.node.connects.take(request.address, services.clock.steady_now());
  if (wait > wait.zero()) return answer(refuse_for(wait, is_v1 && is_upgrade));
  auto token = token_of(request);
  if (token.empty()) {
    return answer(decide(Error{Code::kUnauthorized, "no token"}, is_v1, is_upgrade, {}));
  }
  // What is needed later is taken along: the request is there during this call only.
  const bool is_in_line = host_.sign_ins->enter(
      [this, token = std::move(token), is_v1, is_upgrade, answer](SignInQueue::Turn turn) {
        judge(token, is_v1, is_upgrade, std::move(turn), answer);
      });
  if (!is_in_line) answer(refuse_for_now(is_v1 && is_upgrade));
}

void Door::judge(std::string token, bool is_v1, bool is_upgrade, SignInQueue::Turn turn,
                 std::function<void(Admission)> answer) {
  // Shared, since a std::function wants what it holds to be copied.
  const auto held = std::make_shared<SignInQueue::Turn>(std::move(turn));
  host_.services.tokens.verify(std::move(token), host_.reactor,
                               [this, is_v1, is_upgrade, held, answer = std::move(answer)](
                                   const Result<Shared<Identity>>& verified) {
                                 answer(decide(verified, is_v1, is_upgrade, std::move(*held)));
                               });
}

Admission Door::refuse_for_now(bool shows_close_code) {
  refused_.add();
  const std::chrono::milliseconds wait(kComeBackMin + random_below(kComeBackSpread));
  if (shows_close_code) {
    return AdmittedToClose{std::string(kV1), CloseCode::kTooManyConnections,
                           v1::going_away_reason(wait.count())};
  }
  return retry_later(refusal(503, "Service Unavailable"), wait.count());
}

Admission Door::refuse_for(std::chrono::milliseconds wait, bool shows_close_code) {
  refused_.add();
  if (shows_close_code) {
    return AdmittedToClose{std::string(kV1), CloseCode::kTooManyConnections,
                           v1::going_away_reason(wait.count())};
  }
  return retry_later(refusal(429, "Too Many Connections"), wait.count());
}

Admission Door::decide(const Result<Shared<Identity>>& verified, bool is_v1, bool is_upgrade,
                       SignInQueue::Turn turn) {
  const std::string subprotocol(is_v1 ? kV1 : std::string_view{});
  const bool shows_close_code = is_v1 && is_upgrade;
  if (!verified) {
    refused_.add();
    LogLine(Level::kDebug, "admission_refused").with("reason", verified.error().detail);
    if (verified.error().code == Code::kUnavailable) {
      if (shows_close_code) {
        return AdmittedToClose{subprotocol, CloseCode::kTryAgainLater, "keys unavailable"};
      }
      return retry_later(refusal(503, "Service Unavailable"), verified.error().retry_after_ms);
    }
    if (shows_close_code) {
      return AdmittedToClose{subprotocol, CloseCode::kUnauthorized, "unauthorized"};
    }
    return refusal(401, "Unauthorized");
  }
  const auto now = host_.services.clock.now();
  const auto present = present_identity(host_.hub, *verified, now);
  if (!present) return decide(present, is_v1, is_upgrade, std::move(turn));
  const auto& identity = *present;
  if (host_.hub.restrictions().ban_of(identity->user, now)) {
    refused_.add();
    if (shows_close_code) return AdmittedToClose{subprotocol, CloseCode::kBanned, "banned"};
    return refusal(401, error_row(Code::kBanned).text);
  }
  if (!is_upgrade) return refusal(400, "Bad Request");
  if (host_.hub.connections_of(identity->user) >= host_.services.limits.connections_per_user_max) {
    refused_.add();
    if (is_v1) {
      return AdmittedToClose{subprotocol, CloseCode::kTooManyConnections, "too many connections"};
    }
    return refusal(429, "Too Many Connections");
  }
  std::unique_ptr<ChatSession> session;
  if (is_v1) {
    session = std::make_unique<V1Session>(host_, identity);
  } else {
    session = std::make_unique<OldSession>(host_, identity);
  }
  session->take_turn(std::move(turn));
  return Admitted{subprotocol, std::move(session)};
}

}  // namespace hubbub
