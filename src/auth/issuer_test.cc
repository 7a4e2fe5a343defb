#include "auth/issuer.h"

#include <gtest/gtest.h>

#include "auth/http_fetch.h"
#include "auth/network_address.h"

namespace hubbub {
namespace {

bool is_allowed(const std::string& issuer, const std::string& jwks_url = "") {
  return check_issuer({issuer, jwks_url}).has_value();
}

TEST(IssuerTest, PlainHttpIsForLoopbackOnly) {
  EXPECT_TRUE(is_allowed("https://id.example/realms/r"));
  EXPECT_TRUE(is_allowed("http://localhost:9000/realms/r"));
  EXPECT_TRUE(is_allowed("http://127.0.0.1/"));
  EXPECT_TRUE(is_allowed("http://[::1]:9000"));
  EXPECT_FALSE(is_allowed("http://id.example/realms/r"));
  EXPECT_FALSE(is_allowed("http://192.168.1.2/realms/r"));
  EXPECT_FALSE(is_allowed("http://localhost.evil.example/"));
  EXPECT_FALSE(is_allowed("http://127.0.0.1@evil.example/"));
  EXPECT_FALSE(is_allowed("id.example/realms/r"));
  EXPECT_FALSE(is_allowed("https://id.example/?a=b"));
  EXPECT_FALSE(is_allowed("https://id.example/#f"));
}

TEST(IssuerTest, TheKeySetMayComeOverAPrivateNetwork) {
  EXPECT_TRUE(is_allowed("https://id.example", "http://keycloak:8080/certs"));
  EXPECT_TRUE(is_allowed("https://id.example", "http://10.1.2.3/certs"));
  EXPECT_FALSE(is_allowed("https://id.example", "http://8.8.8.8/certs"));
  EXPECT_FALSE(is_allowed("https://id.example", "ftp://id.example/certs"));
}

TEST(IssuerTest, DiscoveryMustBeOfTheSameIssuer) {
  const std::string issuer = "https://id.example/realms/r";
  const auto url = [&](const std::string& document) {
    const auto found = jwks_url_from_discovery(document, issuer);
    return found ? *found : "refused";
  };
  EXPECT_EQ(url(R"({"issuer":"https://id.example/realms/r","jwks_uri":"https://id.example/c"})"),
            "https://id.example/c");
  EXPECT_EQ(url(R"({"issuer":"https://id.example/realms/x","jwks_uri":"https://id.example/c"})"),
            "refused");
  EXPECT_EQ(url(R"({"issuer":"https://id.example/realms/r","jwks_uri":"http://id.example/c"})"),
            "refused");
  EXPECT_EQ(url(R"({"issuer":"https://id.example/realms/r"})"), "refused");
  EXPECT_EQ(url("<html>"), "refused");
}

TEST(IssuerTest, EndpointsComeFromDiscovery) {
  const std::string issuer = "https://id.example";
  const auto found = [&](const std::string& members) {
    return endpoints_from_discovery(R"({"issuer":"https://id.example")" + members + "}", issuer);
  };
  const std::string start =
      R"(,"authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t")";
  const auto all = found(start + R"(,"end_session_endpoint":"https://id.example/e")");
  ASSERT_TRUE(all);
  EXPECT_EQ(all->authorization, "https://id.example/a");
  EXPECT_EQ(all->token, "https://id.example/t");
  EXPECT_EQ(all->end_session, "https://id.example/e");
  EXPECT_EQ(found(start)->end_session, "");
  EXPECT_FALSE(found(start + R"(,"end_session_endpoint":"ftp://id.example/e")"));
  EXPECT_FALSE(found(R"(,"authorization_endpoint":"https://id.example/a")"));
  EXPECT_FALSE(found(R"(,"token_endpoint":"https://id.example/t")"));
  EXPECT_FALSE(
      endpoints_from_discovery(R"({"issuer":"https://evil.example")" + start + "}", issuer));
}

TEST(HttpUrlTest, SplitsWhatItUnderstandsAndRefusesTheRest) {
  const auto url = parse_http_url("https://[2001:db8::1]:8443/a?b=c");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->is_tls);
  EXPECT_EQ(url->host, "2001:db8::1");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->target, "/a?b=c");
  EXPECT_EQ(url->authority(), "[2001:db8::1]:8443");
  EXPECT_EQ(parse_http_url("HTTP://h?q")->target, "/?q");
  EXPECT_EQ(parse_http_url("https://h:443")->authority(), "h");
  for (const char* bad : {"", "http://", "http:///x", "http://h:", "http://h:x", "http://h:123456",
                          "http://u:p@h/", "http://h /", "http://h\n", "http://[h]/", "//h", "h"}) {
    EXPECT_FALSE(parse_http_url(bad)) << bad;
  }
}

TEST(NetworkAddressTest, TellsHowFarAwayAnAddressIs) {
  using enum AddressReach;
  const std::pair<const char*, AddressReach> cases[] = {
      {"127.0.0.1", kLoopback},        {"127.255.0.1", kLoopback},    {"::1", kLoopback},
      {"::ffff:127.0.0.1", kLoopback}, {"10.0.0.1", kPrivate},        {"172.16.0.1", kPrivate},
      {"172.31.255.255", kPrivate},    {"172.32.0.1", kPublic},       {"192.168.0.1", kPrivate},
      {"192.169.0.1", kPublic},        {"169.254.1.1", kPrivate},     {"100.64.0.1", kPrivate},
      {"100.128.0.1", kPublic},        {"fd00::1", kPrivate},         {"fe80::1", kPrivate},
      {"2001:db8::1", kPublic},        {"0.0.0.0", kPublic},          {"localhost", kNotAnAddress},
      {"127.1", kNotAnAddress},        {"0x7f000001", kNotAnAddress}, {"", kNotAnAddress}};
  for (const auto& [text, reach] : cases) EXPECT_EQ(reach_of(text), reach) << text;
}

}  // namespace
}  // namespace hubbub
