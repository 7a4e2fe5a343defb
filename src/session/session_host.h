// All sessions of one reactor, what they need, and what happens to them by the clock.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "auth/token_verifier.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "base/reactor.h"
#include "hub/hub.h"
#include "log/log_writer.h"
#include "log/store_reader.h"
#include "session/activity_watchers.h"
#include "session/node_state.h"
#include "session/session_log.h"
#include "session/sign_in_queue.h"
#include "state/bus.h"

namespace hubbub {

class ChatSession;

struct SessionLimits {
  std::chrono::seconds heartbeat_interval{25};
  std::chrono::seconds token_expiring_before{60};
  std::chrono::seconds token_grace{25};
  // How long a connection of the old protocol, which cannot refresh, may outlive its token.
  std::chrono::seconds old_session_max = std::chrono::hours(12);
  std::size_t frame_bytes_max = 64 * 1024;
  int connections_per_user_max = 50;
  std::uint32_t commands_waiting_max = 1'024;  // unanswered, of one session
  std::uint32_t unsent_pages_max = 8;  // replays and histories that the socket has not taken
  std::uint32_t malformed_max = 20;
  std::size_t early_commands_max = 64;       // before the greeting
  std::size_t missed_presence_max = 10'000;  // people, while an outbox is full
  std::size_t page_entries = 128;            // of a replay
  int connects_per_minute = 600;             // of one address; 0: no bound
  SignInQueue::Limits sign_ins = {};
  // A crash loses no more of a session than this.
  std::chrono::seconds session_record_interval{10};
};

struct ServerName {
  std::string id;
  std::string name;
};

// Shared by all reactors. Borrowed; outlives every reactor.
struct SessionServices {
  LogWriter& writer;
  StoreReader& reader;
  TokenVerifier& tokens;
  Bus& bus;
  const Clock& clock;
  Metrics& metrics;
  const ServerName& server;
  SessionLimits limits;
  NodeState& node;
};

// Lives on its reactor.
class SessionHost {
 public:
  SessionHost(Reactor& reactor, Hub& hub, const SessionServices& services);
  SessionHost(const SessionHost&) = delete;
  SessionHost& operator=(const SessionHost&) = delete;
  ~SessionHost() { sign_ins->close(); }

  // Arms the clock. Thread: the reactor's, or before it runs.
  void start();

  void add(ChatSession& session);
  void remove(ChatSession& session);
  // What happens once a second.
  void on_tick();
  // The server stops: hands the end of every session to the log writer. Those who are still here
  // are served on, and recorded no more.
  void record_ends();

  Reactor& reactor;
  Hub& hub;
  const SessionServices services;
  ActivityWatchers watchers;
  // Shared with who signs in: an admission that nobody took may outlive the host.
  const std::shared_ptr<SignInQueue> sign_ins;
  Counter& malformed;
  Counter& fell_behind;
  // What the old protocol has no frame for, by code.
  Counter& old_refusal(Code code) { return *old_refusals_[static_cast<std::size_t>(code)]; }
  std::uint32_t next_serial() { return ++serial_; }

 private:
  struct OpenSession {
    ChatSession* session;
    std::int64_t number;
    Time start;
  };

  void tick();
  void flush_presence();
  void note_end(const OpenSession& open, Time now);

  std::vector<OpenSession> sessions_;
  SessionLog log_;
  std::vector<Counter*> old_refusals_;
  boost::asio::steady_timer tick_timer_;
  boost::asio::steady_timer presence_timer_;
  std::uint32_t serial_ = 0;
};

}  // namespace hubbub
