#include "auth/authorization_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const ProviderSettings kSettings{.public_url = "https://chat.example", .listen_port = 8080};

class AuthorizationRequestTest : public testing::Test {
 protected:
  // A field replaced, or with an empty value left out.
  CheckedRequest check(FormFields changes = {}, const std::string& own_origin = "") const {
    FormFields query = {{"client_id", "ChatClient"},
                        {"redirect_uri", "https://chat.example/"},
                        {"response_type", "code"},
                        {"scope", "openid"},
                        {"state", "a&b"},
                        {"code_challenge", std::string(43, 'x')},
                        {"code_challenge_method", "S256"}};
    for (auto& change : changes) {
      std::erase_if(query, [&](const auto& field) { return field.first == change.first; });
      if (!change.second.empty()) query.push_back(change);
    }
    return check_authorization_request(query, clients, own_origin);
  }
  static std::string told(const CheckedRequest& checked) {
    if (const auto* refused = std::get_if<RefusedBack>(&checked)) return refused->location;
    return std::get_if<NotRedirectable>(&checked) ? "page" : "accepted";
  }
  const Clients clients{kSettings};
};

TEST_F(AuthorizationRequestTest, RedirectsAreComparedCharacterByCharacter) {
  for (const char* good :
       {"https://chat.example/", "http://localhost:8080/", "http://127.0.0.1:8080/",
        "http://localhost:1337/callback", "http://127.0.0.1:1337/callback"}) {
    EXPECT_EQ(told(check({{"redirect_uri", good}})), "accepted") << good;
  }
  for (const char* bad :
       {"", "https://chat.example", "https://chat.example/?", "https://chat.example/x",
        "https://chat.example/#", "https://chat.example//", "http://chat.example/",
        "https://chat.example.evil.example/", "https://chat.example@evil.example/",
        "https://CHAT.example/", "https://chat.example:443/", "https://chat.example/admin",
        "http://localhost/", "http://localhost:8081/", "http://localhost:1337/callback/",
        "http://192.168.1.5:8080/", "javascript:alert(1)", "/"}) {
    EXPECT_EQ(told(check({{"redirect_uri", bad}})), "page") << bad;
  }
}

TEST_F(AuthorizationRequestTest, TheDashboardHasItsOwnPlaces) {
  const auto dashboard = [&](const char* uri) {
    return told(check({{"client_id", "WebClient"}, {"redirect_uri", uri}}));
  };
  EXPECT_EQ(dashboard("https://chat.example/admin"), "accepted");
  EXPECT_EQ(dashboard("http://localhost:8080/admin/"), "accepted");
  EXPECT_EQ(dashboard("https://chat.example/"), "page");
  EXPECT_EQ(dashboard("http://localhost:1337/callback"), "page");
}

TEST_F(AuthorizationRequestTest, ThePlaceThatTheRequestReachedCountsToo) {
  const FormFields phone = {{"redirect_uri", "http://192.168.1.5:8080/"}};
  EXPECT_EQ(told(check(phone, "http://192.168.1.5:8080")), "accepted");
  EXPECT_EQ(told(check(phone, "http://192.168.1.6:8080")), "page");
  EXPECT_EQ(told(check({{"redirect_uri", "http://192.168.1.5:8080/callback"}},
                       "http://192.168.1.5:8080")),
            "page");
}

TEST_F(AuthorizationRequestTest, AnUnknownClientGetsAPage) {
  EXPECT_EQ(told(check({{"client_id", "other"}})), "page");
  EXPECT_EQ(told(check({{"client_id", ""}})), "page");
}

TEST_F(AuthorizationRequestTest, PkceIsRequired) {
  for (const FormFields& changes : {FormFields{{"code_challenge", ""}},
                                    {{"code_challenge_method", "plain"}},
                                    {{"code_challenge_method", ""}},
                                    {{"code_challenge", "short"}},
                                    {{"code_challenge", std::string(43, '=')}}}) {
    EXPECT_THAT(told(check(changes)), StartsWith("https://chat.example/?error=invalid_request&"));
  }
}

TEST_F(AuthorizationRequestTest, ErrorsGoBackWithTheState) {
  EXPECT_THAT(told(check({{"response_type", "token"}})),
              testing::AllOf(StartsWith("https://chat.example/?error=unsupported_response_type&"),
                             HasSubstr("&state=a%26b")));
  EXPECT_THAT(told(check({{"response_type", "token"}, {"response_mode", "fragment"}})),
              StartsWith("https://chat.example/#error="));
  EXPECT_THAT(told(check({{"response_mode", "form_post"}})), HasSubstr("error=invalid_request"));
  EXPECT_THAT(told(check({{"request", "x"}})), HasSubstr("error=request_not_supported"));
  EXPECT_THAT(told(check({{"max_age", "soon"}})), HasSubstr("error=invalid_request"));
  EXPECT_THAT(told(check({{"prompt", "none login"}})), HasSubstr("error=invalid_request"));
  EXPECT_THAT(told(check({{"nonce", std::string(2049, 'n')}})), HasSubstr("error=invalid_request"));
}

TEST_F(AuthorizationRequestTest, ARepeatedParameterIsRefused) {
  const FormFields twice = {{"client_id", "ChatClient"}, {"client_id", "WebClient"}};
  EXPECT_EQ(told(check_authorization_request(twice, clients, "")), "page");
}

TEST_F(AuthorizationRequestTest, PromptsAreWords) {
  const AuthorizationRequest request{.prompt = "login consent"};
  EXPECT_TRUE(request.prompts("login"));
  EXPECT_TRUE(request.prompts("consent"));
  EXPECT_FALSE(request.prompts("log"));
  EXPECT_FALSE(request.prompts("none"));
}

}  // namespace
}  // namespace hubbub
