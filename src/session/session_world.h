// Tests: a node without sockets. A real store, the log writer run by hand, one reactor run by hand,
// and people whose connections keep what they are sent.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "auth/test_signer.h"
#include "log/faulty_store.h"
#include "session/fake_connection.h"
#include "session/old_session.h"
#include "session/v1_session.h"
#include "store/temporary_folder.h"
#include "wire/error_table.h"

namespace hubbub {

using Texts = std::vector<std::string>;

// One person's connection, and what they say and see.
class Peer {
 public:
  Peer(std::vector<Peer*>& all, std::unique_ptr<ChatSession> session)
      : all_(all), session_(std::move(session)) {
    all_.push_back(this);
    session_->on_open(connection);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer() {
    if (session_) leave();
    std::erase(all_, this);
  }

  void say(const std::string& json) { session_->on_message(Opcode::kText, json); }
  // A message to the channel `general`, in either protocol.
  void tell(const std::string& text, const std::string& key = "k") {
    say(R"({"type":"chat_message","channel":"general","message":")" + text + R"(","send_key":")" +
        key + "\"}");
  }
  void whisper(const std::string& recipient, const std::string& text) {
    say(R"({"type":"private_chat_message","recipient_id":")" + recipient + R"(","message":")" +
        text + R"(","send_key":"w)" + text + "\"}");
  }
  void subscribe(const std::string& log) { say(R"({"type":"subscribe","log":)" + log + "}"); }
  void subscribe(const std::string& log, const std::string& epoch, Seq seq) {
    say(R"({"type":"subscribe","log":)" + log + R"(,"since":{"epoch":")" + epoch + R"(","seq":)" +
        std::to_string(seq) + "}}");
  }
  void tick(const Clock& clock) { session_->on_tick(clock.now(), clock.steady_now()); }
  void leave() {
    session_->on_closed();
    session_.reset();
  }

  // The types of all frames, in order.
  [[nodiscard]] Texts types() const {
    Texts types;
    for (const auto& frame : connection.frames) types.push_back(text_at(frame, "/type"));
    return types;
  }
  [[nodiscard]] std::size_t count(const std::string& type) const {
    const auto all = types();
    return static_cast<std::size_t>(std::ranges::count(all, type));
  }
  // One member of the payload of each frame of that type; "-" where it has none.
  [[nodiscard]] Texts seen(const std::string& type, const std::string& member) const {
    Texts values;
    for (const auto& frame : connection.frames) {
      if (text_at(frame, "/type") == type) values.push_back(text_at(frame, "/payload/" + member));
    }
    return values;
  }
  void forget() { connection.frames.clear(); }

  // What net/ does with its flush: tells of an outbox that ran empty. False: nothing to tell.
  bool flush() {
    if (!session_ || connection.is_full || connection.is_node_full) return false;
    if (!connection.wants_drained) return false;
    connection.wants_drained = false;
    session_->on_drained();
    return true;
  }

  FakeConnection connection;

 private:
  static std::string text_at(const std::string& json, const std::string& pointer) {
    simdjson::dom::parser parser;
    simdjson::dom::element value;
    if (parser.parse(json).at_pointer(pointer).get(value) != simdjson::SUCCESS) return "-";
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    return simdjson::minify(value);
  }

  std::vector<Peer*>& all_;
  std::unique_ptr<ChatSession> session_;
};

// Small bounds, so that few frames reach them. Alice, Bob and Carol are known to the store; the
// channel `general` (id 1) starts with the welcome, seq 1.
class SessionWorld : public testing::Test {
 protected:
  SessionWorld() {
    bus->attach(reactor, hub);
    // No clock but ours: who came and went is told by publish_presence().
    hub.on_presence_pending({});
    std::vector<PendingEntry> everyone;
    for (const auto* name : {"alice", "bob", "carol"}) {
      everyone.emplace_back(RememberUser{person(name), clock.now()});
    }
    EXPECT_TRUE(store.commit(everyone));
  }
  ~SessionWorld() override { release_worker(); }

  static Author person(const std::string& name) { return {UserId{name + "-id"}, name}; }
  // As the store knows them, too.
  Identity identity(const std::string& name, Role role = Role::kMember) {
    if (role != Role::kMember) {
      const std::vector<PendingEntry> batch = {RememberUser{person(name), clock.now(), role}};
      EXPECT_TRUE(store.commit(batch));
    }
    return {person(name).id, name, "ChatClient", role, {}, clock.now() + std::chrono::minutes(5)};
  }
  Peer connect_v1(const Identity& who) {
    return {peers, std::make_unique<V1Session>(host, std::make_shared<const Identity>(who))};
  }
  Peer connect_old(const Identity& who) {
    return {peers, std::make_unique<OldSession>(host, std::make_shared<const Identity>(who))};
  }
  Peer v1(const std::string& name) { return connect_v1(identity(name)); }
  Peer old(const std::string& name) { return connect_old(identity(name)); }

  // Runs reactor, worker and flushes until nothing is left to do. REQUIRES: the worker is not held.
  void settle() {
    for (;;) {
      bool is_marked = false;
      std::size_t others = 0;
      ASSERT_TRUE(workers.run(
          reactor, [] { return 0; }, [&](int) { is_marked = true; }));
      while (!is_marked) {
        reactor.context().restart();
        ASSERT_EQ(reactor.context().run_one_for(std::chrono::seconds(5)), 1U) << "nothing happens";
        ++others;
      }
      others += reactor.run_ready() - 1;
      bool is_flushed = false;
      for (auto* peer : std::vector<Peer*>(peers)) is_flushed |= peer->flush();
      if (others == 0 && !is_flushed) return;
    }
  }
  // What was said becomes durable, and everyone hears of it.
  void commit() {
    writer.run_once();
    settle();
  }
  // An administrative act, carried out. Returns the id of what it made, if it made something.
  std::int64_t change(PendingEntry act) {
    std::int64_t id = 0;
    const auto done = [&id](const Result<Committed>& committed) {
      ASSERT_TRUE(committed) << error_row(committed.error().code).name;
      id = committed->id;
    };
    EXPECT_TRUE(writer.submit({std::move(act), &reactor, done}));
    commit();
    return id;
  }
  void publish_presence() {
    settle();
    hub.flush_presence();
    settle();
  }

  // The only worker does nothing until release_worker().
  void hold_worker() {
    held_ = std::make_unique<std::promise<void>>();
    ASSERT_TRUE(workers.submit([gate = held_->get_future().share()] { gate.wait(); }));
  }
  void release_worker() {
    if (held_) held_->set_value();
    held_.reset();
  }

  std::string epoch() const { return hub.head(general.log)->epoch; }
  std::uint64_t metric(const std::string& name, const std::string& labels = "") {
    return metrics.counter(name, "", labels).value();
  }

  // A token of the issuer that this node trusts.
  std::string token(const std::string& name, const std::string& roles = "",
                    const std::string& client = "ChatClient",
                    std::chrono::seconds life = std::chrono::minutes(5)) const {
    const auto expires_at = std::chrono::floor<std::chrono::seconds>(clock.now() + life);
    return signer.token(R"({"iss":"https://id.example","sub":")" + person(name).id.value +
                        R"(","azp":")" + client + R"(","typ":"Bearer","preferred_username":")" +
                        name + R"(","realm_access":{"roles":[)" + roles + R"(]},"exp":)" +
                        std::to_string(expires_at.time_since_epoch().count()) + "}");
  }

 private:
  static TokenPolicy policy() {
    TokenPolicy policy;
    policy.issuer = "https://id.example";
    return policy;
  }
  static SessionLimits small_limits() {
    SessionLimits limits;
    limits.connections_per_user_max = 2;
    limits.commands_waiting_max = 3;
    limits.unsent_pages_max = 3;
    limits.malformed_max = 3;
    limits.early_commands_max = 3;
    limits.missed_presence_max = 2;
    limits.page_entries = 2;
    return limits;
  }

 protected:
  TemporaryFolder folder;
  FaultyStore store{std::move(open_store("sqlite:" + folder.path() + "/hubbub.db").value())};
  ManualClock clock;
  Metrics metrics;
  Reactor reactor{0};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      reactor.context().get_executor()};
  WorkerPool workers{1, 100};
  StoreReader reader{store, workers};
  std::unique_ptr<Bus> bus = make_memory_bus();
  std::unique_ptr<RateLimiter> limiter = make_memory_rate_limiter(clock, 100);
  Directory directory = store.directory().value();
  const Channel general = directory.channels.front();
  LogWriter writer{store, *limiter, *bus, clock, metrics, {1'000, 10}};
  Hub hub{std::make_shared<const Directory>(directory), store.recent_messages(500).value(), clock,
          metrics};
  TestSigner signer{Algorithm::kEdDsa};
  KeySource keys{KeySet::parse(TestSigner::key_set({signer.jwk()})).value()};
  TokenVerifier tokens{policy(), keys, clock};
  const ServerName server{"server-id", "Test"};
  NodeState node{clock, metrics, small_limits().connects_per_minute};
  const SessionServices services{writer,  reader, tokens,         *bus, clock,
                                 metrics, server, small_limits(), node};
  SessionHost host{reactor, hub, services};
  std::vector<Peer*> peers;

 private:
  std::unique_ptr<std::promise<void>> held_;
};

}  // namespace hubbub
