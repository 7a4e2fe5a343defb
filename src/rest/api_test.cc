// How a request finds its route, who may take it, and what every answer carries. What each route
// answers is tested against the running server (tests/contract).
#include "rest/api.h"

#include "rest/answered_header.h"
#include "rest/old_paths.h"
#include "session/session_world.h"

namespace hubbub {
namespace {

using testing::HasSubstr;

class ApiTest : public SessionWorld {
 protected:
  ApiTest() {
    settings.public_url = "https://chat.example";
    settings.issuer = "https://id.example/realms/r";
    writer.start();
  }

  // `url`: path and query.
  HttpResponse ask(const std::string& method, const std::string& url, HttpHeaders headers = {},
                   std::string body = "") {
    const auto mark = url.find('?');
    HttpRequest request{.method = method,
                        .path = url.substr(0, mark),
                        .query = mark == std::string::npos ? "" : url.substr(mark + 1),
                        .headers = std::move(headers),
                        .body = std::move(body),
                        .address = "10.0.0.1",
                        .peer_address = peer_address};
    std::optional<HttpResponse> answer;
    Api api(host, settings, mounts);
    api.serve(std::move(request), [&](HttpResponse response) { answer = std::move(response); });
    while (!answer) {
      reactor.context().restart();
      if (reactor.context().run_one_for(std::chrono::seconds(5)) == 0) {
        ADD_FAILURE() << "no answer";
        return {};
      }
    }
    return *answer;
  }
  HttpResponse ask_as(const std::string& roles, const std::string& method, const std::string& url,
                      std::string body = "") {
    return ask(method, url, {{"Authorization", "Bearer " + token("bob", roles)}}, std::move(body));
  }
  HttpResponse ask_from(const std::string& origin) {
    return ask("GET", "/health", {{"Origin", origin}});
  }
  // What the log writer would have published.
  void ban(const std::string& name, std::chrono::hours duration) {
    Restrictions restrictions;
    restrictions.ban(person(name).id, {clock.now() + duration});
    hub.on_publication({.entries = {},
                        .directory = {},
                        .restrictions = std::make_shared<const Restrictions>(restrictions),
                        .account_changes = {}});
  }

  const std::string admin = "\"admin\"";
  std::string peer_address = "10.0.0.1";
  PublicSettings settings;
  std::vector<Api::Mount> mounts;
};

TEST_F(ApiTest, KnowsItsPathsExactly) {
  for (const auto* path : {"/nothing", "/channels/", "/Channels", "//channels", "/%63hannels"}) {
    const auto answer = ask("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, "404 page not found\n") << path;
  }
}

TEST_F(ApiTest, RefusesOtherMethodsBeforeItAsksWho) {
  for (const auto* method : {"PUT", "HEAD", "get"}) {
    const auto answer = ask(method, "/channels");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.body, "Method Not Allowed\n") << method;
    EXPECT_EQ(header(answer, "Allow"), "OPTIONS, GET, POST, PATCH, DELETE") << method;
  }
  EXPECT_EQ(ask("BREW", "/discovery").status, 200) << "any method, as the old server";
}

TEST_F(ApiTest, AnswersAPreflightAnywhere) {
  for (const auto* path : {"/channels", "/nothing"}) {
    const auto answer = ask("OPTIONS", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, "") << path;
    EXPECT_EQ(header(answer, "Access-Control-Allow-Methods"), "GET, POST, PATCH, OPTIONS, DELETE");
    EXPECT_EQ(header(answer, "Access-Control-Allow-Headers"), "Content-Type, Authorization");
  }
}

TEST_F(ApiTest, AnyOriginMayAskUnlessSomeAreNamed) {
  EXPECT_EQ(header(ask_from("https://evil.example"), "Access-Control-Allow-Origin"), "*");
  settings.allowed_origins = {"https://a.example", "https://b.example"};
  EXPECT_EQ(header(ask_from("https://b.example"), "Access-Control-Allow-Origin"),
            "https://b.example");
  EXPECT_EQ(header(ask_from("https://evil.example"), "Access-Control-Allow-Origin"), "none");
  EXPECT_EQ(header(ask_from("https://evil.example"), "Vary"), "Origin");
  EXPECT_EQ(header(ask_from("https://b.example.evil"), "Access-Control-Allow-Origin"), "none");
}

TEST_F(ApiTest, RefusalsCarryTheOriginHeadersToo) {
  EXPECT_EQ(header(ask("GET", "/nothing"), "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header(ask("GET", "/channels"), "Access-Control-Allow-Origin"), "*");
}

TEST_F(ApiTest, WantsAToken) {
  const auto answer = ask("GET", "/channels");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, "Unauthorized\n");
  EXPECT_EQ(header(answer, "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(ask("GET", "/channels", {{"Authorization", "Bearer x"}}).status, 401);
  EXPECT_EQ(ask_as("", "GET", "/channels").status, 200);
  EXPECT_EQ(ask("GET", "/channels?token=" + token("bob")).status, 200);
}

TEST_F(ApiTest, RoutesThatTheOldServerDidNotHaveRefuseWithProblemDetails) {
  for (const auto& route : route_table()) {
    if (!route.verb) continue;
    const auto answer = ask(std::string(route.method), std::string(route.path));
    const auto* form =
        is_old_path(route.path) ? "text/plain; charset=utf-8" : "application/problem+json";
    EXPECT_EQ(header(answer, "Content-Type"), form) << route.method << route.path;
  }
  EXPECT_EQ(header(ask("GET", "/nowhere"), "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(ask("POST", "/audit"), "Content-Type"), "application/problem+json");
}

TEST_F(ApiTest, WantsTheRoleBeforeItLooksAtTheRequest) {
  EXPECT_EQ(ask_as("", "POST", "/channels", "{").status, 403);
  EXPECT_EQ(ask_as("\"moderator\"", "PATCH", "/ratelimits", "{").status, 403);
  EXPECT_EQ(metric("hubbub_http_forbidden_total"), 2U);
  EXPECT_EQ(ask_as(admin, "POST", "/channels", "{").status, 400);
}

TEST_F(ApiTest, WhoIsBannedIsRefusedWhateverTheRouteUntilTheBanEnds) {
  ban("bob", std::chrono::hours(1));
  for (const auto& route : route_table()) {
    if (!route.verb) continue;
    const auto answer = ask_as(admin, std::string(route.method), std::string(route.path));
    EXPECT_EQ(answer.status, 401) << route.method << route.path;
    EXPECT_THAT(answer.body, HasSubstr("User is banned.")) << route.method << route.path;
  }
  EXPECT_EQ(ask_as("", "GET", "/health").status, 200);
  clock.advance(std::chrono::minutes(59));
  EXPECT_EQ(ask_as("", "GET", "/channels").status, 401);
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(ask_as("", "GET", "/channels").status, 200);
}

TEST_F(ApiTest, WhoDidItIsRecordedWithTheirAddress) {
  EXPECT_EQ(ask_as(admin, "POST", "/channels", R"({"name":"new"})").status, 201);
  const auto records = store.records().audit({}).value().records;
  ASSERT_FALSE(records.empty());
  EXPECT_EQ(records.front().by, Actor(person("bob"), "10.0.0.1"));
  EXPECT_EQ(records.front().action, "channel.create");
}

TEST_F(ApiTest, ArchivedChannelsAreForAdministrators) {
  EXPECT_EQ(ask_as("", "GET", "/channels?archived=1").status, 403);
  EXPECT_EQ(ask_as("\"moderator\"", "GET", "/channels?archived=1").status, 403);
  EXPECT_EQ(ask_as(admin, "GET", "/channels?archived=1").status, 200);
}

TEST_F(ApiTest, ThereAreNoAccountsWhereAnotherProviderKeepsThem) {
  for (const auto& route : route_table()) {
    if (!route.path.starts_with("/accounts")) continue;
    const auto answer = ask_as(admin, std::string(route.method), std::string(route.path), "{}");
    EXPECT_EQ(answer.status, 404) << route.method << route.path;
    EXPECT_THAT(answer.body, HasSubstr("There are no built-in accounts here"));
  }
}

TEST_F(ApiTest, EveryRouteThatNamesAVerbIsShutWithoutAToken) {
  for (const auto& route : route_table()) {
    if (!route.verb) continue;
    EXPECT_EQ(ask(std::string(route.method), std::string(route.path)).status, 401)
        << route.method << route.path;
  }
}

TEST_F(ApiTest, RefusesAQueryThatIsNoText) {
  EXPECT_EQ(ask_as("", "GET", "/messages?keyword=%ff").status, 400);
  EXPECT_EQ(ask_as("", "GET", "/messages?keyword=%4").status, 400);
}

TEST_F(ApiTest, GivesProblemDetailsToThoseWhoAskForJson) {
  const auto answer = ask("GET", "/nothing", {{"Accept", "application/json"}});
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(header(answer, "Content-Type"), "application/problem+json");
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"not_found")"));
}

TEST_F(ApiTest, MetricsAreForAdministratorsOrThisMachine) {
  EXPECT_EQ(ask("GET", "/metrics").status, 401);
  EXPECT_EQ(ask_as("", "GET", "/metrics").status, 403);
  EXPECT_EQ(ask_as(admin, "GET", "/metrics").status, 200);
  peer_address = "127.0.0.1";
  const auto answer = ask("GET", "/metrics");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr("hubbub_http_requests_total 4\n"));
}

TEST_F(ApiTest, AsksItsMountsFirst) {
  mounts.push_back({[](const HttpRequest& request) { return request.path == "/health"; },
                    [](const HttpRequest& request, const HttpReply& reply) {
                      reply({418, {}, request.method});
                    }});
  EXPECT_EQ(ask("OPTIONS", "/health").body, "OPTIONS");
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(ApiTest, AnswersAChangeOnceItIsCommitted) {
  const auto answer = ask_as(admin, "POST", "/channels", R"({"name":"new"})");
  EXPECT_EQ(answer.status, 201);
  const auto made = store.directory().value().channels.back();
  EXPECT_EQ(made.name, "new");
  EXPECT_EQ(answer.body, "{\"message\":\"Channel created\",\"name\":\"new\",\"id\":" +
                             std::to_string(made.id.value) + "}\n");
  EXPECT_EQ(ask_as(admin, "POST", "/channels", R"({"name":"new"})").status, 409);
}

TEST_F(ApiTest, ALostStoreIsSaidAndWorthARetry) {
  store.fail_next_commit(Code::kUnavailable);
  const auto answer = ask_as(admin, "POST", "/channels", R"({"name":"new"})");
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(header(answer, "Retry-After"), "none");
  EXPECT_EQ(answer.body.find("told to fail"), std::string::npos);
}

TEST_F(ApiTest, DiscoveryHasNoSchemeBeforeTheIssuer) {
  EXPECT_EQ(ask("GET", "/discovery").body,
            R"({"auth_url":"id.example/realms/r/protocol/openid-connect/auth",)"
            R"("token_url":"id.example/realms/r/protocol/openid-connect/token",)"
            R"("health_url":"id.example/health","chat_url":"wss://chat.example/ws",)"
            R"("chat_client":"ChatClient","server_name":"Test","server_id":"server-id"})"
            "\n");
}

TEST_F(ApiTest, DiscoveryAnswersAsTheOldServerWhereItsNamesAreSet) {
  settings.old_names.kc_hostname = "kc.example";
  settings.old_names.realm_name = "R";
  settings.old_names.public_hostname = "example";
  EXPECT_EQ(ask("GET", "/discovery").body,
            R"({"auth_url":"kc.example/realms/R/protocol/openid-connect/auth",)"
            R"("token_url":"kc.example/realms/R/protocol/openid-connect/token",)"
            R"("health_url":"kc.example/health","chat_url":"wss://chat.example/ws",)"
            R"("chat_client":"","server_name":"OnRabble","server_id":"server-id"})"
            "\n");
}

}  // namespace
}  // namespace hubbub
