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
#include "rest/account_access.h"
#include "rest/http_service.h"
#include "rest/issuer_access.h"
#include "rest/open_admin.h"
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
  std::optional<OpenAdmin> open_admin = {};  // nothing: every route needs its role
  // Whether Valkey can be used; null where there is none. Thread: any.
  std::function<bool()> is_valkey_up = {};
};

// The way back of one request; what is left of it while its answer is being made.
struct RestAnswer {
  HttpReply reply;
  bool wants_json;

  void refuse(const Error& error) const;
};

// One request on its way through a handler.
struct RestCall : RestAnswer {
  const HttpRequest& request;
  FormFields query;
  Caller caller;  // who the token named; a member without a name on open routes
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

  // `accounts`: null where people are kept by another provider, `issuer`: null where they are not.
  Api(SessionHost& host, const PublicSettings& settings, std::vector<Mount> mounts,
      AccountAccess* accounts = nullptr, const IssuerAccess* issuer = nullptr);

  void serve(HttpRequest request, HttpReply reply) override;

  SessionHost& host() { return host_; }
  const PublicSettings& settings() const { return settings_; }
  [[nodiscard]] const SessionServices& services() const { return host_.services; }
  [[nodiscard]] AccountAccess* accounts() const { return accounts_; }
  [[nodiscard]] const IssuerAccess* issuer() const { return issuer_; }
  [[nodiscard]] Time now() const { return services().clock.now(); }

  // Commits and answers: `answer` makes the response of what was committed.
  void submit(const RestAnswer& call, Result<PendingEntry> entry,
              std::function<HttpResponse(const Committed&)> answer);
  // Reads, and makes the answer of what was read, on a worker.
  template <class Read, class Answer>
  void read(const RestAnswer& call, Read read, Answer answer) {
    services().reader.ask(
        host_.reactor,
        [read = std::move(read), answer = std::move(answer)](Store& store) -> Result<HttpResponse> {
          auto result = read(store);
          if (!result) return result.error();
          return answer(*result);
        },
        [call](Result<HttpResponse> response) {
          response ? call.reply(std::move(*response)) : call.refuse(response.error());
        });
  }

 private:
  void allow_origin(const HttpRequest& request, HttpResponse& response) const;
  void dispatch(const Route& route, const HttpRequest& request, const HttpReply& reply);
  void run(const Route& route, const HttpRequest& request, const HttpReply& reply,
           const Result<Shared<Identity>>& verified);
  // Errors: kBanned, kForbidden.
  [[nodiscard]] Status may_call(const Caller& caller, Verb verb) const;

  SessionHost& host_;
  const PublicSettings& settings_;
  const std::vector<Mount> mounts_;
  AccountAccess* const accounts_;
  const IssuerAccess* const issuer_;
  Counter& requests_;
  Counter& refused_;
};

// Every route of the API (route_table.cc).
std::span<const Route> route_table();

}  // namespace hubbub
