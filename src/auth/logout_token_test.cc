#include "auth/logout_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "auth/test_signer.h"
#include "auth/token_verifier.h"

namespace hubbub {
namespace {

using std::chrono::seconds;

// A claim replaced or, with an empty value, left out.
using Changes = std::map<std::string, std::string>;

class LogoutTokenTest : public testing::Test {
 protected:
  std::string at(seconds from_now) const {
    return std::to_string(
        std::chrono::duration_cast<seconds>((clock.now() + from_now).time_since_epoch()).count());
  }
  std::string claims(const Changes& changes = {}) {
    Changes members = {{"iss", R"("https://id.example/realms/r")"},
                       {"sub", R"("user-1")"},
                       {"sid", R"("session-1")"},
                       {"aud", R"("ChatClient")"},
                       {"iat", at(seconds(0))},
                       {"exp", at(seconds(120))},
                       {"jti", "\"" + std::to_string(++count) + "\""},
                       {"events", R"({"http://schemas.openid.net/event/backchannel-logout":{}})"}};
    for (const auto& [name, value] : changes) members[name] = value;
    std::string text;
    for (const auto& [name, value] : members) {
      if (!value.empty()) text += (text.empty() ? "\"" : ",\"") + name + "\":" + value;
    }
    return "{" + text + "}";
  }
  Result<SignOut> take(const std::string& token) {
    std::optional<Result<SignOut>> answer;
    logouts.take(token, reactor, [&answer](Result<SignOut> result) { answer = std::move(result); });
    reactor.run_ready();
    return answer.value();
  }
  std::string refusal(const Changes& changes) {
    const auto taken = take(key.token(claims(changes)));
    return taken ? "taken" : taken.error().detail;
  }
  std::string refusal_of(const std::string& header) {
    const auto taken = take(key.token(header, claims()));
    return taken ? "taken" : taken.error().detail;
  }

  ManualClock clock;
  Reactor reactor{0};
  TestSigner key{Algorithm::kEs256};
  TestSigner foreign_key{Algorithm::kEs256};
  KeySource keys{*KeySet::parse(TestSigner::key_set({key.jwk()}))};
  const TokenPolicy policy{.issuer = "https://id.example/realms/r"};
  LogoutTokens logouts{policy, keys, clock};
  int count = 0;
};

TEST_F(LogoutTokenTest, TellsWhoAndWhichSessionAndWhen) {
  const auto taken = take(key.token(claims()));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->user.value, "user-1");
  EXPECT_EQ(taken->sign_in, "session-1");
  EXPECT_EQ(taken->at, std::chrono::floor<seconds>(clock.now()));
}

TEST_F(LogoutTokenTest, OneOfUserAndSessionIsEnough) {
  EXPECT_EQ(refusal({{"sid", ""}}), "taken");
  EXPECT_EQ(refusal({{"sub", ""}}), "taken");
  EXPECT_EQ(refusal({{"sub", ""}, {"sid", ""}}), "token lacks both sub and sid");
  EXPECT_EQ(refusal({{"sid", "7"}}), "token lacks sid");
}

TEST_F(LogoutTokenTest, MustBeOfTheIssuerAndForUs) {
  EXPECT_EQ(refusal({{"iss", R"("https://id.example/realms/x")"}}), "token is of another issuer");
  EXPECT_EQ(refusal({{"iss", ""}}), "token is of another issuer");
  EXPECT_EQ(refusal({{"aud", R"("account")"}}), "token is for another client");
  EXPECT_EQ(refusal({{"aud", ""}}), "token is for another client");
  EXPECT_EQ(refusal({{"aud", ""}, {"azp", R"("ChatClient")"}}), "token is for another client");
  EXPECT_EQ(refusal({{"aud", R"(["account","WebClient"])"}}), "taken");
}

TEST_F(LogoutTokenTest, MustBeOfNow) {
  EXPECT_EQ(refusal({{"iat", ""}}), "token lacks iat");
  EXPECT_EQ(refusal({{"iat", at(seconds(31))}}), "token is not valid yet");
  EXPECT_EQ(refusal({{"iat", at(seconds(30))}}), "taken");
  EXPECT_EQ(refusal({{"exp", ""}}), "token lacks exp");
  EXPECT_EQ(refusal({{"exp", at(seconds(0))}}), "token has expired");
}

TEST_F(LogoutTokenTest, MustSayThatItIsOne) {
  EXPECT_EQ(refusal({{"events", ""}}), "token is not a logout token");
  EXPECT_EQ(refusal({{"events", R"({"http://schemas.openid.net/event/other":{}})"}}),
            "token is not a logout token");
  EXPECT_EQ(refusal({{"events", R"({"http://schemas.openid.net/event/backchannel-logout":true})"}}),
            "token is not a logout token");
  EXPECT_EQ(refusal({{"events", R"(["http://schemas.openid.net/event/backchannel-logout"])"}}),
            "token is not a logout token");
  EXPECT_EQ(refusal({{"nonce", R"("n")"}}), "a logout token has no nonce");
}

TEST_F(LogoutTokenTest, ServesOnce) {
  EXPECT_EQ(refusal({{"jti", ""}}), "token lacks jti");
  const auto token = key.token(claims());
  EXPECT_TRUE(take(token));
  EXPECT_EQ(take(token).error().detail, "token was used before");
}

TEST_F(LogoutTokenTest, MustBeSignedByTheIssuer) {
  EXPECT_EQ(take(foreign_key.token(claims())).error().detail, "token's signature is not valid");
  EXPECT_EQ(take("x.y").error().code, Code::kUnauthorized);
}

TEST_F(LogoutTokenTest, ItsHeaderMustNotNameAnotherUse) {
  const auto header = [](const std::string& type) {
    return R"({"alg":"ES256","kid":"key-1","typ":")" + type + "\"}";
  };
  for (const auto* type : {"JWT", "jwt", "logout+jwt", "application/logout+jwt"}) {
    EXPECT_EQ(refusal_of(header(type)), "taken") << type;
  }
  for (const auto* type : {"at+jwt", "secevent+jwt", "application/jwt", ""}) {
    EXPECT_EQ(refusal_of(header(type)), "token header has a foreign typ") << type;
  }
}

TEST_F(LogoutTokenTest, IsNoAccessToken) {
  TokenVerifier verifier(policy, keys, clock);
  const auto token = key.token(R"({"alg":"ES256","kid":"key-1","typ":"logout+jwt"})", claims());
  verifier.verify(token, reactor, [](const Result<Shared<Identity>>& result) {
    EXPECT_EQ(result.error().detail, "token header has a foreign typ");
  });
}

}  // namespace
}  // namespace hubbub
