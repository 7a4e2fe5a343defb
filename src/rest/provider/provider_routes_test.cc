// The whole of the built-in provider, in process: a browser, its forms and cookies, and the
// client's calls.
#include "rest/provider/provider_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>

#include "auth/base64url.h"
#include "auth/secret.h"
#include "auth/token_verifier.h"
#include "rest/provider/test_browser.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kPassword = "correct horse";
const std::string kEndpoints = "/realms/hubbub/protocol/openid-connect/";
const std::string kVerifier(50, 'v');

const SigningKey& signing_key() {
  static const SigningKey key = SigningKey::generate();
  return key;
}

class ProviderRoutesTest : public testing::Test {
 protected:
  std::unique_ptr<AccountStore> open() {
    auto opened = open_accounts("sqlite:" + folder.path() + "/hubbub.db");
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  HttpResponse serve(HttpRequest request) {
    EXPECT_TRUE(routes->handles(request)) << request.path;
    std::optional<HttpResponse> response;
    routes->serve(std::move(request), [&](HttpResponse r) { response = std::move(r); });
    while (!response) {
      if (reactor.context().run_one_for(10s) == 0) {
        ADD_FAILURE() << "no answer";
        return {};
      }
    }
    return *response;
  }

  // The address that a client sends the browser to.
  std::string authorize_url(const FormFields& changes = {},
                            const std::string& endpoint = "auth") const {
    FormFields query = {{"client_id", "ChatClient"},
                        {"redirect_uri", "https://chat.example/"},
                        {"response_type", "code"},
                        {"scope", "openid"},
                        {"state", "state-1"},
                        {"nonce", "nonce-1"},
                        {"code_challenge", secret_hash(kVerifier)},
                        {"code_challenge_method", "S256"}};
    for (const auto& change : changes) {
      std::erase_if(query, [&](const auto& field) { return field.first == change.first; });
      if (!change.second.empty()) query.push_back(change);
    }
    return kEndpoints + endpoint + "?" + TestBrowser::encode(query);
  }
  void with_ann() {
    ASSERT_TRUE(accounts.reset_password(
        accounts.add("ann")->substr(std::string("https://chat.example/reset?code=").size()),
        kPassword, ""));
  }
  // Ann signs in, unless she is; the code is what the client then gets.
  std::string sign_in(const FormFields& changes = {}) {
    browser.get(authorize_url(changes));
    if (browser.last.status == 200) {
      browser.post(authorize_url(changes), {{"username", "ann"}, {"password", kPassword}});
    }
    EXPECT_NE(browser.redirected("code"), "");
    return browser.redirected("code");
  }
  const HttpResponse& token(const FormFields& fields) {
    browser.sends_form_token = false;
    browser.post(kEndpoints + "token", fields);
    browser.sends_form_token = true;
    return browser.last;
  }
  const HttpResponse& exchange(const std::string& code, const FormFields& changes = {}) {
    FormFields form = {{"grant_type", "authorization_code"},
                       {"client_id", "ChatClient"},
                       {"code", code},
                       {"redirect_uri", "https://chat.example/"},
                       {"code_verifier", kVerifier}};
    for (const auto& change : changes) {
      std::erase_if(form, [&](const auto& field) { return field.first == change.first; });
      form.push_back(change);
    }
    return token(form);
  }
  const HttpResponse& refresh(const std::string& refresh_token,
                              const std::string& client = "ChatClient") {
    return token(
        {{"grant_type", "refresh_token"}, {"client_id", client}, {"refresh_token", refresh_token}});
  }
  Result<Identity> identity(const std::string& access_token) {
    const auto jwt = parse_jwt(access_token);
    EXPECT_EQ(provider.keys()->verify(*jwt), SignatureCheck::kGood);
    return identity_from_claims(*JsonObject::parse(jwt->payload), provider.policy(), clock.now());
  }
  static JsonObject claims(const std::string& token) {
    return *JsonObject::parse(parse_jwt(token)->payload);
  }
  static std::string code_in(const std::string& link) { return link.substr(link.find('=') + 1); }

  TemporaryFolder folder;
  ManualClock clock;
  Reactor reactor{0};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      reactor.context().get_executor()};
  std::unique_ptr<AccountStore> store = open();
  Accounts accounts{
      *store, {.public_url = "https://chat.example", .password_cost = {1, 8192}}, clock};
  Provider provider{{.public_url = "https://chat.example"}, signing_key(), *store, clock};
  WorkerPool workers{1, 10};
  std::unique_ptr<ProviderRoutes> routes =
      std::make_unique<ProviderRoutes>(accounts, provider, workers, reactor);
  TestBrowser browser{[this](HttpRequest request) { return serve(std::move(request)); }};
};

// --- sign in, tokens ---

TEST_F(ProviderRoutesTest, SigningInGivesTokens) {
  with_ann();
  ASSERT_TRUE(accounts.set_role("ann", "moderator", true));
  browser.get(authorize_url());
  EXPECT_EQ(browser.last.status, 200);
  EXPECT_TRUE(browser.shows("autocomplete=\"current-password\""));
  const auto code = sign_in();
  EXPECT_THAT(browser.header("Location"), StartsWith("https://chat.example/?code="));
  EXPECT_EQ(browser.redirected("state"), "state-1");
  EXPECT_EQ(browser.redirected("iss"), "https://chat.example/realms/hubbub");
  EXPECT_EQ(exchange(code).status, 200) << browser.last.body;
  EXPECT_EQ(browser.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(browser.header("Cache-Control"), "no-store");
  const auto who = identity(browser.json("access_token"));
  ASSERT_TRUE(who) << who.error().detail;
  EXPECT_EQ(who->username, "ann");
  EXPECT_EQ(who->authorized_party, "ChatClient");
  EXPECT_EQ(who->role, Role::kModerator);
  EXPECT_EQ(who->expires_at, clock.now() + 5min);
  const auto id = claims(browser.json("id_token"));
  EXPECT_EQ(id.string("nonce"), "nonce-1");
  EXPECT_EQ(id.string("aud"), "ChatClient");
  EXPECT_EQ(id.string("sub"), who->user.value);
  const auto half = base64url_decode(secret_hash(browser.json("access_token")))->substr(0, 16);
  EXPECT_EQ(id.string("at_hash"), base64url_encode(half));
}

TEST_F(ProviderRoutesTest, AnIdentityTokenOpensNothing) {
  with_ann();
  exchange(sign_in());
  EXPECT_EQ(identity(browser.json("id_token")).error().detail, "token is not an access token");
}

TEST_F(ProviderRoutesTest, AWrongPasswordKeepsWhatWasTyped) {
  with_ann();
  browser.get(authorize_url());
  browser.post(authorize_url(), {{"username", "a\"<nn"}, {"password", "wrong"}});
  EXPECT_EQ(browser.last.status, 403);
  EXPECT_TRUE(browser.shows("value=\"a&quot;&lt;nn\""));
  EXPECT_TRUE(browser.shows("The name or the password is wrong."));
  EXPECT_FALSE(browser.shows("\"<nn"));
  EXPECT_THAT(browser.cookies, Not(testing::Contains(testing::Key("__Host-hubbub_sign_in"))));
}

TEST_F(ProviderRoutesTest, WhoIsSignedInIsSentStraightBack) {
  with_ann();
  (void)sign_in();
  browser.get(authorize_url({{"response_mode", "fragment"}}));
  EXPECT_EQ(browser.last.status, 302);
  EXPECT_THAT(browser.header("Location"), StartsWith("https://chat.example/#code="));
  EXPECT_EQ(exchange(browser.redirected("code")).status, 200);
  browser.get(authorize_url({{"prompt", "none"}}));
  EXPECT_NE(browser.redirected("code"), "");
  browser.get(authorize_url({{"prompt", "login"}}));
  EXPECT_TRUE(browser.shows("name=\"password\""));
  browser.get(authorize_url({{"max_age", "60"}}));
  EXPECT_NE(browser.redirected("code"), "");
  clock.advance(61s);
  browser.get(authorize_url({{"max_age", "60"}}));
  EXPECT_TRUE(browser.shows("name=\"password\""));
}

TEST_F(ProviderRoutesTest, PromptNoneNeverShowsAPage) {
  browser.get(authorize_url({{"prompt", "none"}}));
  EXPECT_EQ(browser.last.status, 302);
  EXPECT_EQ(browser.redirected("error"), "login_required");
  EXPECT_EQ(browser.redirected("state"), "state-1");
}

TEST_F(ProviderRoutesTest, NobodyIsRedirectedToAStranger) {
  with_ann();
  (void)sign_in();
  browser.get(authorize_url({{"redirect_uri", "https://evil.example/"}}));
  EXPECT_EQ(browser.last.status, 400);
  EXPECT_EQ(browser.header("Location"), "");
}

TEST_F(ProviderRoutesTest, APhoneInTheSameNetworkMaySignIn) {
  with_ann();
  browser.is_secure = false;
  browser.host = "192.168.1.5:8080";
  browser.origin = "http://192.168.1.5:8080";
  const FormFields here = {{"redirect_uri", "http://192.168.1.5:8080/"}};
  const auto code = sign_in(here);
  EXPECT_THAT(browser.header("Location"), StartsWith("http://192.168.1.5:8080/?code="));
  EXPECT_EQ(exchange(code, here).status, 200);
  EXPECT_TRUE(identity(browser.json("access_token"))) << "the issuer is the same one";
  browser.host = "rebound.example:8080";
  browser.get(authorize_url({{"redirect_uri", "http://rebound.example:8080/"}}));
  EXPECT_EQ(browser.last.status, 400) << "a name may be pointed anywhere";
  browser.host = "8.8.8.8:8080";
  browser.get(authorize_url({{"redirect_uri", "http://8.8.8.8:8080/"}}));
  EXPECT_EQ(browser.last.status, 400);
}

TEST_F(ProviderRoutesTest, ACodeIsGoodOnceForItsClientAndVerifier) {
  with_ann();
  EXPECT_EQ(exchange(sign_in(), {{"code_verifier", std::string(50, 'w')}}).status, 400);
  EXPECT_EQ(browser.json("error"), "invalid_grant");
  EXPECT_EQ(exchange(sign_in(), {{"code_verifier", ""}}).status, 400);
  EXPECT_EQ(exchange(sign_in(), {{"client_id", "WebClient"}}).status, 400);
  EXPECT_EQ(exchange(sign_in(), {{"redirect_uri", "http://localhost:8080/"}}).status, 400);
  EXPECT_EQ(exchange(sign_in(), {{"client_id", "other"}}).status, 401);
  const auto late = sign_in();
  clock.advance(60s);
  EXPECT_EQ(exchange(late).status, 400);
  const auto code = sign_in();
  EXPECT_EQ(exchange(code).status, 200);
  const auto refresh_token = browser.json("refresh_token");
  EXPECT_EQ(exchange(code).status, 400);
  EXPECT_EQ(refresh(refresh_token).status, 400) << "a replayed code revokes what it led to";
}

TEST_F(ProviderRoutesTest, ARefreshTokenIsReplacedAndItsReuseEndsTheFamily) {
  with_ann();
  exchange(sign_in());
  const auto first = browser.json("refresh_token");
  EXPECT_EQ(refresh(first).status, 200);
  EXPECT_TRUE(identity(browser.json("access_token")));
  const auto second = browser.json("refresh_token");
  EXPECT_NE(first, second);
  EXPECT_EQ(refresh(second, "WebClient").status, 400);
  clock.advance(11s);
  EXPECT_EQ(refresh(first).status, 400) << "stolen";
  EXPECT_EQ(refresh(second).status, 400) << "so nobody keeps it";
}

TEST_F(ProviderRoutesTest, RefreshingEndsWithTheAccountOrThePassword) {
  with_ann();
  exchange(sign_in());
  auto kept = browser.json("refresh_token");
  ASSERT_TRUE(accounts.set_disabled("ann", true));
  EXPECT_EQ(refresh(kept).status, 400);
  ASSERT_TRUE(accounts.set_disabled("ann", false));
  EXPECT_EQ(refresh(kept).status, 400);
  exchange(sign_in());
  kept = browser.json("refresh_token");
  const auto id = (*store->find_account_named("ann"))->id;
  ASSERT_TRUE(accounts.change_password(id, kPassword, "another horse", ""));
  EXPECT_EQ(refresh(kept).status, 400);
}

TEST_F(ProviderRoutesTest, ARevokedTokenIsGone) {
  with_ann();
  exchange(sign_in());
  const auto kept = browser.json("refresh_token");
  browser.sends_form_token = false;
  browser.post(kEndpoints + "revoke", {{"client_id", "ChatClient"}, {"token", kept}});
  EXPECT_EQ(browser.last.status, 200);
  EXPECT_EQ(refresh(kept).status, 400);
}

TEST_F(ProviderRoutesTest, UserinfoNeedsAnAccessToken) {
  with_ann();
  exchange(sign_in());
  const auto access = browser.json("access_token");
  const auto id_token = browser.json("id_token");
  browser.authorization = "Bearer " + access;
  browser.get(kEndpoints + "userinfo");
  EXPECT_EQ(browser.last.status, 200);
  EXPECT_EQ(browser.json("preferred_username"), "ann");
  browser.authorization = "Bearer " + id_token;
  browser.get(kEndpoints + "userinfo");
  EXPECT_EQ(browser.last.status, 401);
  EXPECT_THAT(browser.header("WWW-Authenticate"), HasSubstr("Bearer"));
  browser.authorization = "Bearer " + access;
  ASSERT_TRUE(accounts.set_disabled("ann", true));
  browser.get(kEndpoints + "userinfo");
  EXPECT_EQ(browser.last.status, 401);
}

TEST_F(ProviderRoutesTest, SigningOutEndsCookieAndRefreshTokens) {
  with_ann();
  exchange(sign_in());
  const auto kept = browser.json("refresh_token");
  const auto hint = browser.json("id_token");
  clock.advance(1h);  // the hint may be old
  browser.get(kEndpoints + "logout?" +
              TestBrowser::encode({{"id_token_hint", hint},
                                   {"post_logout_redirect_uri", "https://chat.example/"},
                                   {"state", "s"}}));
  EXPECT_EQ(browser.header("Location"), "https://chat.example/?state=s");
  EXPECT_EQ(refresh(kept).status, 400);
  browser.get(authorize_url({{"prompt", "none"}}));
  EXPECT_EQ(browser.redirected("error"), "login_required");
}

TEST_F(ProviderRoutesTest, AForeignSiteCannotSignAnyoneOutOrElsewhere) {
  with_ann();
  (void)sign_in();
  browser.get(kEndpoints + "logout");
  EXPECT_TRUE(browser.shows("Sign out?"));
  browser.get(authorize_url({{"prompt", "none"}}));
  EXPECT_NE(browser.redirected("code"), "") << "still signed in";
  browser.get(kEndpoints + "logout?" +
              TestBrowser::encode({{"client_id", "ChatClient"},
                                   {"post_logout_redirect_uri", "https://evil.example/"}}));
  EXPECT_EQ(browser.last.status, 400);
  browser.get(kEndpoints + "logout");
  browser.post(kEndpoints + "logout", {});
  EXPECT_TRUE(browser.shows("You are signed out"));
  browser.get(authorize_url({{"prompt", "none"}}));
  EXPECT_EQ(browser.redirected("error"), "login_required");
}

// --- forms ---

TEST_F(ProviderRoutesTest, AFormFromElsewhereIsNotTaken) {
  with_ann();
  const FormFields typed = {{"username", "ann"}, {"password", kPassword}};
  browser.get(authorize_url());
  for (const char* origin : {"https://evil.example", "null", "http://chat.example"}) {
    browser.origin = origin;
    browser.post(authorize_url(), typed);
    EXPECT_EQ(browser.last.status, 403) << origin;
    EXPECT_TRUE(browser.shows("another site")) << origin;
  }
  browser.origin = "https://chat.example";
  browser.sends_form_token = false;
  browser.post(authorize_url(), typed);
  EXPECT_EQ(browser.last.status, 403);
  browser.sends_form_token = true;
  auto cookies = std::exchange(browser.cookies, {});
  browser.post(authorize_url(), typed);
  EXPECT_EQ(browser.last.status, 403) << "the token without its cookie";
  browser.cookies["__Host-hubbub_form"] = std::string(43, 'x');
  browser.sends_form_token = false;
  auto forged = typed;
  forged.emplace_back("form_token", std::string(43, 'y'));
  browser.post(authorize_url(), forged);
  EXPECT_EQ(browser.last.status, 403);
}

TEST_F(ProviderRoutesTest, PagesAndCookiesAreGuarded) {
  with_ann();
  browser.get(authorize_url({{"redirect_uri", "http://localhost:1337/callback"}}));
  EXPECT_THAT(browser.header("Content-Security-Policy"),
              AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                    HasSubstr("form-action 'self' http://localhost:1337")));
  EXPECT_EQ(browser.header("Cache-Control"), "no-store");
  EXPECT_THAT(browser.header("Set-Cookie"),
              AllOf(StartsWith("__Host-hubbub_form="), HasSubstr("HttpOnly"),
                    HasSubstr("SameSite=Lax"), HasSubstr("Path=/;"), HasSubstr("; Secure")));
  browser.post(authorize_url(), {{"username", "ann"}, {"password", kPassword}});
  EXPECT_THAT(browser.header("Set-Cookie"),
              AllOf(StartsWith("__Host-hubbub_sign_in="), HasSubstr("HttpOnly"),
                    HasSubstr("SameSite=Lax"), HasSubstr("; Secure")));
  EXPECT_EQ(browser.header("Referrer-Policy"), "same-origin");
  TestBrowser plain([this](HttpRequest request) { return serve(std::move(request)); });
  plain.is_secure = false;
  plain.get("/account");
  EXPECT_THAT(plain.header("Set-Cookie"),
              AllOf(StartsWith("hubbub_form="), Not(HasSubstr("Secure"))));
}

TEST_F(ProviderRoutesTest, GuessersAreHeldUp) {
  with_ann();
  browser.get(authorize_url());
  for (int i = 0; i < 10; ++i)
    browser.post(authorize_url(), {{"username", "ann"}, {"password", "guess"}});
  browser.post(authorize_url(), {{"username", "ann"}, {"password", kPassword}});
  EXPECT_EQ(browser.last.status, 429);
  EXPECT_TRUE(browser.shows("Too many attempts"));
}

// --- links ---

TEST_F(ProviderRoutesTest, TheFirstPersonSetsUpAndIsInWithoutASecondPassword) {
  const auto path = "/setup?code=" + code_in(*accounts.setup_link());
  browser.get(path);
  EXPECT_EQ(browser.last.status, 200);
  EXPECT_TRUE(browser.shows("administrator"));
  const auto code = browser.hidden("code");
  browser.post("/setup", {{"username", "ann"}, {"password", "short"}, {"code", code}});
  EXPECT_EQ(browser.last.status, 400);
  EXPECT_TRUE(browser.shows("id=\"password-error\">A password has 8"));
  EXPECT_TRUE(browser.shows("value=\"ann\"")) << "what was typed stays";
  browser.post("/setup", {{"username", "ann"}, {"password", kPassword}, {"code", code}});
  EXPECT_EQ(browser.last.status, 303);
  EXPECT_EQ(browser.header("Location"), "/welcome");
  browser.get("/welcome");
  EXPECT_TRUE(browser.shows("You are in, ann"));
  EXPECT_TRUE(browser.shows("url=/"));
  browser.get(authorize_url());
  exchange(browser.redirected("code"));
  EXPECT_EQ(identity(browser.json("access_token"))->role, Role::kAdmin);
  browser.get(path);
  EXPECT_EQ(browser.last.status, 403);
}

TEST_F(ProviderRoutesTest, AnInvitationIsForOne) {
  with_ann();
  const auto path = "/join?code=" + code_in(*accounts.invitation_link());
  browser.get(path);
  const auto code = browser.hidden("code");
  browser.post("/join", {{"username", "ANN"}, {"password", kPassword}, {"code", code}});
  EXPECT_TRUE(browser.shows("id=\"username-error\">This name is taken."));
  browser.post("/join",
               {{"username", "bob"}, {"password", kPassword}, {"code", browser.hidden("code")}});
  EXPECT_EQ(browser.header("Location"), "/welcome");
  browser.get(path);
  EXPECT_EQ(browser.last.status, 403);
  EXPECT_TRUE(browser.shows("does not work any more"));
  browser.get("/join");
  EXPECT_TRUE(browser.shows("name=\"code\" type=\"text\"")) << "to be typed";
  browser.get("/join?code=" + code_in(*accounts.invite(1, {}, "ann")));
  EXPECT_EQ(browser.last.status, 200);
}

TEST_F(ProviderRoutesTest, TheSetupCodeIsNoInvitation) {
  browser.get("/join?code=" + code_in(*accounts.setup_link()));
  EXPECT_EQ(browser.last.status, 403);
}

TEST_F(ProviderRoutesTest, AnInvitationIsKeptThroughTheSignInPage) {
  with_ann();
  const FormFields invited = {{"invite", code_in(*accounts.invitation_link())}};
  browser.get(authorize_url(invited));
  EXPECT_TRUE(browser.shows(kEndpoints + "registrations?"));
  const auto url = authorize_url(invited, "registrations");
  browser.get(url);
  EXPECT_TRUE(browser.shows("value=\"" + invited[0].second + "\""));
  browser.post(url, {{"username", "bob"}, {"password", kPassword}, invited[0]});
  browser.post(url, {{"username", "bob"}, {"password", kPassword}, {"code", invited[0].second}});
  EXPECT_EQ(browser.last.status, 303);
  EXPECT_EQ(exchange(browser.redirected("code")).status, 200);
  EXPECT_EQ(identity(browser.json("access_token"))->username, "bob");
}

TEST_F(ProviderRoutesTest, AResetLinkSetsAPassword) {
  with_ann();
  (void)sign_in();
  const auto path = "/reset?code=" + code_in(*accounts.reset_link("ann"));
  browser.get(path);
  EXPECT_TRUE(browser.shows("For the account ann."));
  const auto code = browser.hidden("code");
  browser.post("/reset", {{"password", "another horse"}, {"code", code}});
  EXPECT_EQ(browser.header("Location"), "/welcome");
  browser.get(path);
  EXPECT_EQ(browser.last.status, 403);
  EXPECT_TRUE(accounts.sign_in("ann", "another horse", ""));
}

TEST_F(ProviderRoutesTest, ThePersonChangesTheirPassword) {
  with_ann();
  browser.get("/account");
  EXPECT_TRUE(browser.shows("Sign in to your account"));
  browser.post("/account", {{"action", "sign_in"}, {"username", "ann"}, {"password", kPassword}});
  EXPECT_EQ(browser.header("Location"), "/account");
  browser.get("/account");
  const FormFields wrong = {
      {"action", "change_password"}, {"current", "wrong"}, {"password", "another horse"}};
  browser.post("/account", wrong);
  EXPECT_TRUE(browser.shows("id=\"current-error\">This is not your current password."));
  browser.post(
      "/account",
      {{"action", "change_password"}, {"current", kPassword}, {"password", "another horse"}});
  EXPECT_TRUE(browser.shows("Your password is changed."));
  browser.get("/account");
  EXPECT_TRUE(browser.shows("You are signed in as ann.")) << "this device stays";
  browser.post("/account", {{"action", "sign_out_everywhere"}});
  browser.get("/account");
  EXPECT_TRUE(browser.shows("Sign in to your account"));
}

// --- the rest ---

TEST_F(ProviderRoutesTest, DiscoveryLeadsToTheKeys) {
  browser.get("/realms/hubbub/.well-known/openid-configuration");
  EXPECT_EQ(browser.json("issuer"), "https://chat.example/realms/hubbub");
  EXPECT_EQ(browser.json("jwks_uri"), "https://chat.example" + kEndpoints + "certs");
  EXPECT_EQ(browser.header("Access-Control-Allow-Origin"), "*");
  browser.get(kEndpoints + "certs");
  EXPECT_TRUE(KeySet::parse(browser.last.body));
}

TEST_F(ProviderRoutesTest, OnlyItsOwnPathsAreItsOwn) {
  const auto handles = [&](const char* path) {
    HttpRequest request;
    request.path = path;
    return routes->handles(request);
  };
  for (const char* path :
       {"/setup", "/join", "/reset", "/account", "/welcome", "/realms/hubbub/x"}) {
    EXPECT_TRUE(handles(path)) << path;
  }
  for (const char* path : {"/", "/setup/", "/realms/other/x", "/realms/hubbub", "/joins"}) {
    EXPECT_FALSE(handles(path)) << path;
  }
  browser.get("/realms/hubbub/protocol/saml");
  EXPECT_EQ(browser.last.status, 404);
  browser.get(kEndpoints + "token");
  EXPECT_EQ(browser.last.status, 405);
}

TEST_F(ProviderRoutesTest, ABusyServerSaysSo) {
  workers.stop();
  browser.get("/account");
  EXPECT_EQ(browser.last.status, 503);
  EXPECT_NE(browser.header("Retry-After"), "");
}

}  // namespace
}  // namespace hubbub
