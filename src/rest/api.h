// The REST routes: finds the route, checks who asks, runs the command, answers. docs/api.md
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command/command_table.h"
#include "rest/http_service.h"
#include "session/session_host.h"
#include "wire/http_message.h"

namespace hubbub {

// What the routes tell of this installation. Never changes.
struct PublicSettings {
  std::string public_url;  // without a slash at the end
  std::string issuer;
  bool has_built_in_accounts = true;
  std::string sign_up;  // open, invite, closed
  std::string chat_client = "ChatClient";
  std::string dashboard_client = "WebClient";
  std::vector<std::string> allowed_origins = {"*"};
  // The old server's environment, as it was read; set: /discovery answers as the old server did.
  struct OldNames {
    std::optional<std::string> kc_hostname, realm_name, chat_client_name, public_hostname;
    [[nodiscard]] bool any() const {
      return kc_hostname || realm_name || chat_client_name || public_hostname;
    }
  } old_names;
};

// One request on its way through a handler.
struct RestCall {
  const HttpRequest& request;
  FormFields query;
  Caller caller;  // who the token named; a member without a name on open routes
  HttpReply reply;
  bool wants_json;

  void refuse(const Error& error) const;
};

class Api;

struct Route {
  std::string_view method;  // "*": every method, as the old server had it
  std::string_view path;
  // Nothing: open to everyone, without a token.
  std::optional<Verb> verb;
  void (*handle)(Api& api, const RestCall& call);
};

// One per reactor.
class Api final : public HttpService {
 public:
  // Other handlers asked first, in order: pages, the built-in provider.
  struct Mount {
    std::function<bool(const HttpRequest&)> handles;
    std::function<void(HttpRequest, HttpReply)> serve;
  };

  Api(SessionHost& host, const PublicSettings& settings, std::vector<Mount> mounts);

  void serve(HttpRequest request, HttpReply reply) override;

  SessionHost& host() { return host_; }
  const PublicSettings& settings() const { return settings_; }
  [[nodiscard]] const SessionServices& services() const { return host_.services; }

  // Commits and answers: `answer` makes the response of what was committed.
  void submit(const RestCall& call, Result<PendingEntry> entry,
              std::function<HttpResponse(const Committed&)> answer);
  // Reads on a worker and answers.
  template <class Read, class Answer>
  void read(const RestCall& call, Read read, Answer answer) {
    services().reader.ask(
        host_.reactor, std::move(read),
        [call = Answering{call.reply, call.wants_json}, answer = std::move(answer)](auto result) {
          call.reply(result ? answer(*result) : call.refused(result.error()));
        });
  }

 private:
  // What is left of a call while its answer is being made.
  struct Answering {
    HttpReply reply;
    bool wants_json;
    [[nodiscard]] HttpResponse refused(const Error& error) const;
  };

  void allow_origin(const HttpRequest& request, HttpResponse& response) const;
  void dispatch(const Route& route, const HttpRequest& request, const HttpReply& reply);
  void run(const Route& route, const HttpRequest& request, const HttpReply& reply,
           const Result<Shared<Identity>>& verified);

  SessionHost& host_;
  const PublicSettings& settings_;
  const std::vector<Mount> mounts_;
  Counter& requests_;
  Counter& refused_;
};

// Every route of the API (route_table.cc).
std::span<const Route> route_table();

}  // namespace hubbub
