#include "session/door.h"

#include "session/session_world.h"

namespace hubbub {
namespace {

using namespace std::chrono_literals;

HttpRequest request(HttpHeaders headers, std::string query = "") {
  HttpRequest request;
  request.method = "GET";
  request.path = "/ws";
  request.query = std::move(query);
  request.headers = std::move(headers);
  return request;
}

class DoorTest : public SessionWorld {
 protected:
  // "401 Unauthorized", "close 4401", or "v1" and "old" for who is let in.
  std::string verdict(const HttpRequest& request, bool is_upgrade = true) {
    std::optional<std::string> verdict;
    door.admit(request, is_upgrade, [&](Admission admission) {
      EXPECT_FALSE(verdict);
      verdict = in_words(admission);
    });
    settle();
    return verdict.value_or("no answer");
  }
  std::string with_token(const std::string& token, bool is_upgrade = true) {
    return verdict(request({}, "token=" + token), is_upgrade);
  }
  std::string v1_with_token(const std::string& token, bool is_upgrade = true) {
    return verdict(request({{"Sec-WebSocket-Protocol", "hubbub.v1, bearer." + token}}), is_upgrade);
  }
  static std::string in_words(const Admission& admission) {
    if (const auto* response = std::get_if<HttpResponse>(&admission)) {
      return std::to_string(response->status) + " " +
             response->body.substr(0, response->body.find('\n'));
    }
    if (const auto* closed = std::get_if<AdmittedToClose>(&admission)) {
      EXPECT_EQ(closed->subprotocol, "hubbub.v1");
      return "close " + std::to_string(static_cast<int>(closed->code));
    }
    const auto& admitted = std::get<Admitted>(admission);
    const bool is_v1 = dynamic_cast<V1Session*>(admitted.events.get()) != nullptr;
    EXPECT_EQ(admitted.subprotocol, is_v1 ? "hubbub.v1" : "");
    return is_v1 ? "v1" : "old";
  }

  // Returns the ban's id.
  std::int64_t ban(const std::string& name, std::optional<std::chrono::hours> duration = {}) {
    return change(BanUser{person(name).id, "", duration, person("root"), Role::kAdmin, {}});
  }

  Door door{host};
};

TEST_F(DoorTest, LetsInWhoeverHasAToken) {
  EXPECT_EQ(with_token(token("bob")), "old");
  EXPECT_EQ(v1_with_token(token("bob")), "v1");
  EXPECT_EQ(
      verdict(request({{"Sec-WebSocket-Protocol", "chat, hubbub.v1"}}, "token=" + token("bob"))),
      "v1");
  EXPECT_EQ(verdict(request({{"Sec-WebSocket-Protocol", "hubbub.v2"}}, "token=" + token("bob"))),
            "old");
}

TEST_F(DoorTest, RefusesTheTokenBeforeTheUpgrade) {
  EXPECT_EQ(with_token("", false), "401 Unauthorized");
  EXPECT_EQ(with_token("x", false), "401 Unauthorized");
  EXPECT_EQ(with_token(token("bob"), false), "400 Bad Request");
}

TEST_F(DoorTest, RefusesWhoeverHasNone) {
  EXPECT_EQ(with_token(""), "401 Unauthorized");
  EXPECT_EQ(with_token("not.a.token"), "401 Unauthorized");
  EXPECT_EQ(with_token(token("bob", "", "OtherClient")), "401 Unauthorized");
  EXPECT_EQ(with_token(TestSigner(Algorithm::kEdDsa).token("{}")), "401 Unauthorized");
  EXPECT_EQ(with_token(token("bob", "", "ChatClient", std::chrono::seconds(-1))),
            "401 Unauthorized");
  EXPECT_EQ(metric("hubbub_admissions_refused_total"), 5U);
}

TEST_F(DoorTest, TellsAV1ClientByItsCloseCode) {
  EXPECT_EQ(verdict(request({{"Sec-WebSocket-Protocol", "hubbub.v1"}})), "close 4401");
  EXPECT_EQ(v1_with_token("x"), "close 4401");
  EXPECT_EQ(v1_with_token("x", false), "401 Unauthorized") << "nothing to close";
  EXPECT_EQ(v1_with_token(token("bob"), false), "400 Bad Request");
}

TEST_F(DoorTest, RefusesTheBannedBeforeTheUpgrade) {
  ban("bob");
  EXPECT_EQ(with_token(token("bob")), "401 User is banned.");
  EXPECT_EQ(with_token(token("bob"), false), "401 User is banned.");
  EXPECT_EQ(with_token("x", false), "401 Unauthorized") << "the token is looked at first";
  EXPECT_EQ(v1_with_token(token("bob")), "close 4403");
  EXPECT_EQ(v1_with_token(token("bob"), false), "401 User is banned.") << "nothing to close";
  EXPECT_EQ(with_token(token("alice")), "old");
  EXPECT_EQ(metric("hubbub_admissions_refused_total"), 5U);
}

TEST_F(DoorTest, LetsInWhoseBanHasEnded) {
  ban("bob", 1h);
  clock.advance(59min + 59s);
  EXPECT_EQ(with_token(token("bob")), "401 User is banned.");
  EXPECT_EQ(v1_with_token(token("bob")), "close 4403");
  clock.advance(1s);
  EXPECT_EQ(with_token(token("bob")), "old");
  EXPECT_EQ(v1_with_token(token("bob")), "v1");
}

TEST_F(DoorTest, LetsInWhoWasPardoned) {
  const auto number = ban("bob");
  change(PardonBan{number, person("root"), {}});
  EXPECT_EQ(with_token(token("bob")), "old");
}

TEST_F(DoorTest, LetsNobodyInTooOften) {
  const Peer first = old("bob");
  EXPECT_EQ(with_token(token("bob")), "old");
  const Peer second = old("bob");
  settle();
  EXPECT_EQ(with_token(token("bob")), "429 Too Many Connections");
  EXPECT_EQ(v1_with_token(token("bob")), "close 4429");
  EXPECT_EQ(v1_with_token(token("alice")), "v1");
}

TEST_F(DoorTest, AnAddressThatAsksTooOftenWaitsWhateverItsToken) {
  NodeState strict{clock, metrics, 1};
  const SessionServices shared{writer, reader, tokens, *bus, clock, metrics, server, {}, strict};
  SessionHost other(reactor, hub, shared);
  Door narrow(other);
  std::vector<Admission> admissions;
  const auto ask = [&](HttpRequest request, const std::string& address) {
    request.address = address;
    narrow.admit(request, true, [&](Admission one) { admissions.push_back(std::move(one)); });
    settle();
  };
  ask(request({}, "token=x"), "192.0.2.1");
  clock.advance(58'500ms);
  ask(request({}, "token=" + token("bob")), "192.0.2.1");
  ask(request({{"Sec-WebSocket-Protocol", "hubbub.v1, bearer." + token("bob")}}), "192.0.2.1");
  ask(request({}, "token=" + token("bob")), "192.0.2.2");
  ASSERT_EQ(admissions.size(), 4U);
  EXPECT_EQ(in_words(admissions[0]), "401 Unauthorized");
  EXPECT_EQ(in_words(admissions[1]), "429 Too Many Connections");
  EXPECT_THAT(std::get<HttpResponse>(admissions[1]).headers,
              testing::Contains(testing::Pair("Retry-After", "2")));
  EXPECT_EQ(in_words(admissions[2]), "close 4429");
  EXPECT_EQ(std::get<AdmittedToClose>(admissions[2]).reason, R"({"retry_in_ms":1500})");
  EXPECT_EQ(in_words(admissions[3]), "old");
}

// One place to sign in at, one to wait at.
TEST_F(DoorTest, WhoeverComesWhileTooManyWaitIsToldToComeBack) {
  SessionLimits limits;
  limits.sign_ins = {1, 1, 1};
  const SessionServices shared{writer, reader, tokens, *bus, clock, metrics, server, limits, node};
  SessionHost crowded(reactor, hub, shared);
  Door narrow(crowded);
  std::vector<Admission> admissions;
  const auto ask = [&](const HttpRequest& request) {
    narrow.admit(request, true, [&](Admission one) { admissions.push_back(std::move(one)); });
    settle();
  };
  const HttpRequest as_v1 =
      request({{"Sec-WebSocket-Protocol", "hubbub.v1, bearer." + token("alice")}});
  ask(as_v1);
  ask(request({}, "token=" + token("bob")));
  ask(as_v1);
  ask(request({}, "token=" + token("bob")));
  ASSERT_EQ(admissions.size(), 3U) << "the second waits";
  EXPECT_EQ(in_words(admissions[0]), "v1");
  EXPECT_EQ(in_words(admissions[1]), "close 4429");
  EXPECT_THAT(std::get<AdmittedToClose>(admissions[1]).reason,
              testing::StartsWith(R"({"retry_in_ms":)"));
  EXPECT_EQ(in_words(admissions[2]), "503 Service Unavailable");
  EXPECT_THAT(std::get<HttpResponse>(admissions[2]).headers,
              testing::Contains(testing::Key("Retry-After")));
  {
    auto events = std::move(std::get<Admitted>(admissions[0]).events);
    const Peer greeted(peers,
                       std::unique_ptr<ChatSession>(static_cast<ChatSession*>(events.release())));
    EXPECT_EQ(admissions.size(), 3U) << "it is not greeted yet";
    settle();
    EXPECT_EQ(greeted.types().front(), "hello");
    ASSERT_EQ(admissions.size(), 4U);
    EXPECT_EQ(in_words(admissions[3]), "old");
  }
  {
    // Who does not take the greeting gives it back with the clock.
    admissions.clear();
    ask(as_v1);
    auto events = std::move(std::get<Admitted>(admissions.at(0)).events);
    Peer slow(peers, std::unique_ptr<ChatSession>(static_cast<ChatSession*>(events.release())));
    slow.connection.is_full = true;
    settle();
    ask(as_v1);
    EXPECT_EQ(slow.types().front(), "hello");
    EXPECT_EQ(admissions.size(), 1U);
    slow.tick(clock);
    settle();
    EXPECT_EQ(admissions.size(), 2U);
  }
  // An admission that nobody takes gives its place back too.
  admissions.clear();
  ask(as_v1);
  EXPECT_EQ(admissions.size(), 1U);
}

TEST_F(DoorTest, WithoutKeysNobodyCanBeJudged) {
  KeySource no_keys{nullptr};
  TokenVerifier blind({}, no_keys, clock);
  SessionServices unlit{writer, reader, blind, *bus, clock, metrics, server, {}, node};
  SessionHost dark(reactor, hub, unlit);
  Door closed(dark);
  Texts verdicts;
  const auto keep = [&](const Admission& admission) { verdicts.push_back(in_words(admission)); };
  closed.admit(request({}, "token=" + token("bob")), true, keep);
  closed.admit(request({{"Sec-WebSocket-Protocol", "hubbub.v1, bearer." + token("bob")}}), true,
               keep);
  settle();
  EXPECT_THAT(verdicts, testing::ElementsAre("503 Service Unavailable", "close 1013"));
}

TEST(TokenOfTest, LooksInHeaderSubprotocolAndQueryInThisOrder) {
  const std::pair<std::string, std::string> header{"authorization", "bearer from-header"};
  const std::pair<std::string, std::string> protocol{"Sec-WebSocket-Protocol",
                                                     "hubbub.v1 ,\tbearer.from-protocol"};
  EXPECT_EQ(token_of(request({protocol, header}, "token=from-query")), "from-header");
  EXPECT_EQ(token_of(request({protocol}, "token=from-query")), "from-protocol");
  EXPECT_EQ(token_of(request({}, "a=b&token=from%2Dquery")), "from-query");
  EXPECT_EQ(token_of(request({})), "");
}

TEST(TokenOfTest, PassesOverWhatIsNoToken) {
  EXPECT_EQ(token_of(request({{"Authorization", "Basic abc"}}, "token=t")), "t");
  EXPECT_EQ(token_of(request({{"Authorization", "Bearer "}}, "token=t")), "t");
  EXPECT_EQ(token_of(request(
                {{"Sec-WebSocket-Protocol", "hubbub.v1"}, {"Sec-WebSocket-Protocol", "bearer.t"}})),
            "t");
  EXPECT_EQ(token_of(request({}, "token=%4")), "");
}

}  // namespace
}  // namespace hubbub
