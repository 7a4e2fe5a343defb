#include "auth/token_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>

#include "auth/test_signer.h"

namespace hubbub {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

// A claim replaced or, with an empty value, left out.
using Changes = std::map<std::string, std::string>;

class TokenVerifierTest : public testing::Test {
 protected:
  std::string claims(const Changes& changes = {}) const {
    const auto now = std::chrono::duration_cast<seconds>(clock.now().time_since_epoch()).count();
    Changes members = {{"iss", R"("https://id.example/realms/r")"},
                       {"sub", R"("user-1")"},
                       {"azp", R"("ChatClient")"},
                       {"preferred_username", R"("alice")"},
                       {"exp", std::to_string(now + 300)},
                       {"typ", R"("Bearer")"}};
    for (const auto& [name, value] : changes) members[name] = value;
    std::string text;
    for (const auto& [name, value] : members) {
      if (!value.empty()) text += (text.empty() ? "\"" : ",\"") + name + "\":" + value;
    }
    return "{" + text + "}";
  }
  std::string at(seconds from_now) const {
    return std::to_string(
        std::chrono::duration_cast<seconds>((clock.now() + from_now).time_since_epoch()).count());
  }

  // What verify() answers at once; nothing when it waits.
  std::optional<Result<Shared<Identity>>> verify(const std::string& token) {
    auto answer = std::make_shared<std::optional<Result<Shared<Identity>>>>();
    verifier.verify(token, reactor, [answer](Result<Shared<Identity>> result) {
      ASSERT_FALSE(answer->has_value());
      *answer = std::move(result);
    });
    last = answer;
    return *answer;
  }
  Shared<Identity> accepted(const Changes& changes = {}) {
    const auto result = verify(key.token(claims(changes)));
    EXPECT_TRUE(result && *result) << (result ? result->error().detail : "waits");
    return result && *result ? **result : nullptr;
  }
  std::string refusal(const Changes& changes) {
    const auto result = verify(key.token(claims(changes)));
    if (!result) return "waits";
    return result->has_value() ? "accepted" : result->error().detail;
  }
  void run_until_answered() {
    while (!last->has_value()) {
      ASSERT_GT(reactor.context().run_one_for(seconds(10)), 0U) << "nothing happened";
    }
  }

  ManualClock clock;
  Reactor reactor{0};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      reactor.context().get_executor()};
  TestSigner key{Algorithm::kEs256};
  TestSigner new_key{Algorithm::kEs256, 2048, "key-2"};
  std::atomic<int> fetch_count = 0;
  Published<std::string> published{
      std::make_shared<const std::string>(TestSigner::key_set({key.jwk()}))};
  WorkerPool workers{1, 100};
  KeySource remote{[this]() -> Result<Shared<KeySet>> {
                     ++fetch_count;
                     const auto text = published.load();
                     if (!text) return Error{Code::kUnavailable, "no network"};
                     return KeySet::parse(*text);
                   },
                   reactor, workers, clock};
  KeySource fixed{*KeySet::parse(TestSigner::key_set({key.jwk()}))};
  const TokenPolicy policy{.issuer = "https://id.example/realms/r"};
  TokenVerifier verifier{policy, fixed, clock};
  TokenVerifier remote_verifier{policy, remote, clock};
  std::shared_ptr<std::optional<Result<Shared<Identity>>>> last;

  std::optional<Result<Shared<Identity>>> verify_remote(const std::string& token) {
    auto answer = std::make_shared<std::optional<Result<Shared<Identity>>>>();
    remote_verifier.verify(token, reactor, [answer](Result<Shared<Identity>> r) { *answer = r; });
    last = answer;
    run_until_answered();
    return *answer;
  }
};

TEST_F(TokenVerifierTest, AGoodTokenTellsWhoItIs) {
  const auto who = accepted({{"realm_access", R"({"roles":["offline_access","moderator"]})"}});
  ASSERT_TRUE(who);
  EXPECT_EQ(who->user.value, "user-1");
  EXPECT_EQ(who->username, "alice");
  EXPECT_EQ(who->authorized_party, "ChatClient");
  EXPECT_EQ(who->role, Role::kModerator);
  EXPECT_THAT(who->role_names, ElementsAre("offline_access", "moderator"));
  EXPECT_EQ(who->expires_at, clock.now() + seconds(300));
}

TEST_F(TokenVerifierTest, TheHighestRoleCounts) {
  EXPECT_EQ(accepted()->role, Role::kMember);
  EXPECT_EQ(accepted({{"realm_access", R"({"roles":["admin","moderator"]})"}})->role, Role::kAdmin);
  EXPECT_EQ(accepted({{"realm_access", R"({"roles":["Admin","administrator"]})"}})->role,
            Role::kMember);
  EXPECT_EQ(accepted({{"realm_access", R"({"roles":[["admin"]]})"}})->role, Role::kMember);
  EXPECT_EQ(accepted({{"roles", R"(["admin"])"}})->role, Role::kMember);
}

TEST_F(TokenVerifierTest, ARolesPathMayBeOneNameWithDots) {
  auto other = policy;
  other.roles_path = "https://example.org/roles";
  const auto parsed = JsonObject::parse(claims({{"https://example.org/roles", R"(["admin"])"}}));
  EXPECT_EQ(identity_from_claims(*parsed, other, clock.now())->role, Role::kAdmin);
}

TEST_F(TokenVerifierTest, TheIssuerMustBeTheOne) {
  EXPECT_EQ(refusal({{"iss", R"("https://id.example/realms/r/")"}}), "token is of another issuer");
  EXPECT_EQ(refusal({{"iss", ""}}), "token is of another issuer");
  EXPECT_EQ(refusal({{"iss", R"(["https://id.example/realms/r"])"}}), "token is of another issuer");
}

TEST_F(TokenVerifierTest, TimesAreKept) {
  EXPECT_EQ(refusal({{"exp", ""}}), "token lacks exp");
  EXPECT_EQ(refusal({{"exp", "\"9999999999\""}}), "token lacks exp");
  EXPECT_EQ(refusal({{"exp", "1e300"}}), "token lacks exp");
  EXPECT_EQ(refusal({{"exp", at(seconds(0))}}), "token has expired");
  EXPECT_EQ(refusal({{"exp", at(seconds(1))}}), "accepted");
  EXPECT_EQ(refusal({{"nbf", at(seconds(30))}}), "accepted");
  EXPECT_EQ(refusal({{"nbf", at(seconds(31))}}), "token is not valid yet");
  EXPECT_EQ(refusal({{"nbf", "\"soon\""}}), "token is not valid yet");
}

TEST_F(TokenVerifierTest, TheClientMustBeAllowed) {
  EXPECT_EQ(refusal({{"azp", R"("other")"}}), "token is for another client");
  EXPECT_EQ(refusal({{"azp", R"("other")"}, {"aud", R"("account")"}}),
            "token is for another client");
  EXPECT_EQ(refusal({{"azp", R"("other")"}, {"aud", R"(["account","WebClient"])"}}), "accepted");
  EXPECT_EQ(refusal({{"azp", R"("other")"}, {"aud", R"([1,"WebClient"])"}}),
            "token is for another client");
}

TEST_F(TokenVerifierTest, NamesMustBeThereAndBounded) {
  for (const char* name : {"sub", "preferred_username", "azp"}) {
    EXPECT_EQ(refusal({{name, ""}}), "token lacks " + std::string(name));
    EXPECT_EQ(refusal({{name, R"("")"}}), "token lacks " + std::string(name));
    EXPECT_EQ(refusal({{name, "7"}}), "token lacks " + std::string(name));
    EXPECT_THAT(refusal({{name, R"("a\u0000b")"}}), HasSubstr("control character"));
    EXPECT_THAT(refusal({{name, R"("a\nb")"}}), HasSubstr("control character"));
    EXPECT_THAT(refusal({{name, R"("a\u0085b")"}}), HasSubstr("control character"));
    EXPECT_THAT(refusal({{name, "\"" + std::string(256, 'a') + "\""}}), HasSubstr("long"));
  }
  EXPECT_EQ(refusal({{"sub", "\"" + std::string(255, 'a') + "\""}}), "accepted");
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "ä";
  EXPECT_EQ(refusal({{"preferred_username", "\"" + umlauts + "\""}}), "accepted");
  EXPECT_THAT(refusal({{"preferred_username", "\"" + umlauts + "a\""}}), HasSubstr("long"));
}

TEST_F(TokenVerifierTest, AnIdentityTokenIsNoAccessToken) {
  EXPECT_EQ(refusal({{"typ", R"("ID")"}}), "token is not an access token");
  EXPECT_EQ(refusal({{"typ", R"("Refresh")"}}), "token is not an access token");
  EXPECT_EQ(refusal({{"typ", ""}}), "accepted");
}

TEST_F(TokenVerifierTest, ARepeatedClaimIsRefused) {
  const auto payload = claims();
  const auto result = verify(key.token(R"({"sub":"root",)" + payload.substr(1)));
  ASSERT_TRUE(result && result->has_error());
  EXPECT_THAT(result->error().detail, HasSubstr("repeated member"));
}

TEST_F(TokenVerifierTest, ARememberedTokenEndsInTime) {
  const auto token = key.token(claims());
  EXPECT_TRUE(**verify(token));
  EXPECT_EQ((*verify(token))->get(), (*verify(token))->get())
      << "the same identity, not a second one";
  clock.advance(seconds(300));
  EXPECT_EQ((*verify(token)).error().detail, "token has expired");
  EXPECT_EQ((*verify(token)).error().detail, "token has expired");
}

TEST_F(TokenVerifierTest, ARefusalTellsNothingOfTheToken) {
  const auto result = verify(key.token(claims({{"azp", R"("secret-client")"}})));
  EXPECT_EQ(result->error().code, Code::kUnauthorized);
  EXPECT_THAT(result->error().detail, testing::Not(HasSubstr("secret-client")));
}

TEST_F(TokenVerifierTest, WaitsForTheFirstFetch) {
  EXPECT_TRUE(*verify_remote(key.token(claims())));
  EXPECT_EQ(fetch_count, 1);
  EXPECT_TRUE(*verify_remote(key.token(claims({{"sub", R"("user-2")"}})))) << "at once";
  EXPECT_EQ(fetch_count, 1);
}

TEST_F(TokenVerifierTest, WithoutKeysItIsUnavailableAndNotUnauthorized) {
  published.store(nullptr);
  EXPECT_EQ(verify_remote(key.token(claims()))->error().code, Code::kUnavailable);
}

TEST_F(TokenVerifierTest, ANewKeyIsFetchedWhenATokenShowsIt) {
  EXPECT_TRUE(*verify_remote(key.token(claims())));
  published.store(
      std::make_shared<const std::string>(TestSigner::key_set({key.jwk(), new_key.jwk()})));
  clock.advance(seconds(10));
  EXPECT_TRUE(*verify_remote(new_key.token(claims())));
  EXPECT_EQ(fetch_count, 2);
}

TEST_F(TokenVerifierTest, MadeUpKeyIdsCostTheIssuerOneFetchInTenSeconds) {
  for (int i = 0; i < 5; ++i) {
    const auto result =
        verify_remote(new_key.token(claims({{"sub", "\"" + std::to_string(i) + "\""}})));
    EXPECT_EQ(result->error().code, Code::kUnauthorized);
  }
  EXPECT_EQ(fetch_count, 1);
  clock.advance(seconds(10));
  (void)verify_remote(new_key.token(claims()));
  EXPECT_EQ(fetch_count, 2);
}

TEST_F(TokenVerifierTest, AnUnknownKeyIsNoReasonToSignInAgainWhileTheIssuerCannotBeAsked) {
  EXPECT_TRUE(*verify_remote(key.token(claims())));
  published.store(nullptr);
  clock.advance(seconds(10));
  for (int i = 0; i < 2; ++i) {
    const auto refused = verify_remote(new_key.token(claims()));
    EXPECT_EQ(refused->error().code, Code::kUnavailable);
    EXPECT_EQ(refused->error().retry_after_ms, 10'000);
  }
  EXPECT_EQ(fetch_count, 2);
  EXPECT_TRUE(*verify_remote(key.token(claims({{"sub", R"("user-2")"}}))))
      << "the keys of before stay good";
}

}  // namespace
}  // namespace hubbub
