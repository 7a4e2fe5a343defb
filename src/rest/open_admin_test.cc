#include "rest/open_admin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rest/api.h"

namespace hubbub {
namespace {

NetworkList list_of(std::vector<std::string> entries) { return *NetworkList::parse(entries); }

class OpenAdminTest : public testing::Test {
 protected:
  OpenAdminTest() {
    request.method = "PATCH";
    request.path = "/channels";
    from_peer("127.0.0.1");
    request.headers = {{"Host", "chat.example"}};
  }
  void from_peer(const std::string& address) { request.peer_address = request.address = address; }
  // As net/ judges it: the peer is a trusted proxy that names this client.
  void through_proxy(const std::string& client, const std::string& forwarded_for) {
    from_peer("127.0.0.1");
    request.address = client;
    request.headers = {{"Host", "chat.example"}, {"X-Forwarded-For", forwarded_for}};
  }
  void with(std::string name, std::string value) {
    request.headers.emplace_back(std::move(name), std::move(value));
  }
  // "served", or why not.
  std::string verdict() {
    const auto identity = identify_without_token(open_admin, request);
    if (identity) return "served";
    return identity.error().code == Code::kForbidden ? "foreign" : "unauthorized";
  }

  std::optional<OpenAdmin> open_admin =
      OpenAdmin{.from = list_of({"127.0.0.1", "::1", "172.16.0.0/12"}),
                .trusted_proxies = list_of({"127.0.0.1", "::1"}),
                .allowed_origins = {"https://example"},
                .hosts = {"chat.example"}};
  HttpRequest request;
};

TEST_F(OpenAdminTest, TheOldDashboardIsAnAdministrator) {
  const auto identity = identify_without_token(open_admin, request).value();
  EXPECT_EQ(identity->user.value, "open-admin");
  EXPECT_EQ(identity->username, "old dashboard");
  EXPECT_EQ(identity->role, Role::kAdmin);
}

TEST_F(OpenAdminTest, OffByDefault) {
  EXPECT_FALSE(PublicSettings().open_admin);
  open_admin.reset();
  EXPECT_EQ(verdict(), "unauthorized");
}

TEST_F(OpenAdminTest, NewRoutesStayShut) {
  for (const auto* path : {"/users/mute", "/users/mutes", "/users/profile", "/audit", "/accounts",
                           "/activity/users", "/metrics", "/channels/", "/"}) {
    request.path = path;
    for (const auto* method : {"GET", "POST", "PATCH", "DELETE"}) {
      request.method = method;
      EXPECT_EQ(verdict(), "unauthorized") << method << path;
    }
  }
}

TEST_F(OpenAdminTest, CredentialsAreJudgedAsSuch) {
  with("Authorization", "Basic YWRtaW46YWRtaW4=");
  EXPECT_EQ(verdict(), "unauthorized");
}

TEST_F(OpenAdminTest, OtherAddressesNeedAToken) {
  for (const auto* address : {"192.0.2.1", "10.0.0.1", "::2", "", "localhost"}) {
    from_peer(address);
    EXPECT_EQ(verdict(), "unauthorized") << address;
  }
  from_peer("172.31.255.255");
  EXPECT_EQ(verdict(), "served");
  from_peer("::ffff:127.0.0.1");
  EXPECT_EQ(verdict(), "served");
}

TEST_F(OpenAdminTest, TheClientBehindAProxyCountsAndNotTheProxy) {
  through_proxy("203.0.113.5", "203.0.113.5");
  EXPECT_EQ(verdict(), "unauthorized");
  through_proxy("203.0.113.5", "127.0.0.1, 203.0.113.5");
  EXPECT_EQ(verdict(), "unauthorized");
  through_proxy("127.0.0.1", "127.0.0.1");
  EXPECT_EQ(verdict(), "served");
  through_proxy("172.18.0.5", "172.18.0.5");
  with("Via", "1.1 Caddy");
  with("X-Real-IP", "172.18.0.5");
  with("X-Forwarded-Proto", "https");
  EXPECT_EQ(verdict(), "served");
}

TEST_F(OpenAdminTest, AProxyThatDoesNotSayWhomItSpeaksForIsNotServed) {
  for (const auto* name :
       {"Forwarded", "Via", "X-Real-IP", "x-forwarded-proto", "X-Forwarded-For", "X-Forwarded-Host",
        "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP",
        "Fastly-Client-IP", "X-Envoy-External-Address"}) {
    request.headers = {{"Host", "chat.example"}, {name, ""}};
    EXPECT_EQ(verdict(), "unauthorized") << name;
  }
}

TEST_F(OpenAdminTest, ProxiesThatContradictThemselvesAreNotServed) {
  through_proxy("127.0.0.1", "127.0.0.1");
  with("Forwarded", "for=203.0.113.5");
  EXPECT_EQ(verdict(), "unauthorized");
  through_proxy("127.0.0.1", "127.0.0.1");
  with("X-Real-IP", "203.0.113.5");
  EXPECT_EQ(verdict(), "unauthorized");
  // net/ stops at the proxy where it cannot read what the proxy wrote.
  through_proxy("127.0.0.1", "unknown");
  EXPECT_EQ(verdict(), "unauthorized");
}

TEST_F(OpenAdminTest, AnUnknownProxyIsNotServedForItself) {
  from_peer("172.18.0.2");
  with("X-Forwarded-For", "172.18.0.2");
  EXPECT_EQ(verdict(), "unauthorized");
}

TEST_F(OpenAdminTest, AWriteFromAForeignPageIsRefused) {
  for (const auto* origin :
       {"https://evil.example", "null", "", "http://example", "https://example.evil"}) {
    request.headers = {{"Host", "chat.example"}, {"Origin", origin}};
    request.method = "PATCH";
    EXPECT_EQ(verdict(), "foreign") << origin;
    request.method = "GET";
    EXPECT_EQ(verdict(), "served") << origin;
  }
  request.method = "PATCH";
  request.headers = {{"Host", "chat.example"}, {"Origin", "https://example"}};
  EXPECT_EQ(verdict(), "served");
}

TEST_F(OpenAdminTest, AForeignHostIsRefusedForReadsToo) {
  for (const auto* method : {"GET", "PATCH"}) {
    request.method = method;
    for (const auto* host : {"evil.example", "chat.example.evil", "", "localhost.evil", "[::2]",
                             "192.0.2.1", "chat.example@evil", "127.0.0.1.evil"}) {
      request.headers = {{"Host", host}};
      EXPECT_EQ(verdict(), "foreign") << host;
    }
    for (const auto* host : {"chat.example", "CHAT.example:8443", "localhost:8080", "127.0.0.1",
                             "127.0.0.1:8080", "[::1]", "[::1]:8080"}) {
      request.headers = {{"Host", host}};
      EXPECT_EQ(verdict(), "served") << host;
    }
  }
}

TEST_F(OpenAdminTest, TheHostThatAProxyWasAskedForCountsToo) {
  through_proxy("127.0.0.1", "127.0.0.1");
  request.headers[0].second = "127.0.0.1:8080";
  with("X-Forwarded-Host", "chat.example");
  EXPECT_EQ(verdict(), "served");
  with("X-Forwarded-Host", "evil.example");
  EXPECT_EQ(verdict(), "foreign");
}

TEST(OpenAdminHostsTest, AreThoseOfThePublicUrlAndOfTheOldServer) {
  using testing::ElementsAre;
  EXPECT_THAT(OpenAdmin::own_hosts("https://hubbub.example:8443/x", std::nullopt),
              ElementsAre("hubbub.example"));
  EXPECT_THAT(OpenAdmin::own_hosts("http://[::1]:80", "example:8443"),
              ElementsAre("[::1]", "chat.example"));
  EXPECT_THAT(OpenAdmin::own_hosts("https://a", ""), ElementsAre("a"));
}

}  // namespace
}  // namespace hubbub
