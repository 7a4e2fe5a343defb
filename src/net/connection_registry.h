// All connections of one reactor, and the one clock that all their deadlines hang on.
//
// Thread: its reactor's. A timer for each connection would cost more memory than the rest of it;
// instead each is asked once a second. They are asked in eight groups, so that 50,000 cold objects
// are not walked at one go.
#pragma once

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.h"
#include "base/reactor.h"
#include "wire/frame.h"

namespace hubbub {

struct RegistryTag;

// Shared ownership by a plain count: the registry holds one reference while the socket is open,
// each outstanding handler another. References never leave the reactor's thread.
class RegisteredConnection
    : public boost::intrusive::list_base_hook<
          boost::intrusive::tag<RegistryTag>,
          boost::intrusive::link_mode<boost::intrusive::auto_unlink>>,
      public boost::intrusive_ref_counter<RegisteredConnection, boost::thread_unsafe_counter> {
 public:
  virtual ~RegisteredConnection() = default;

  // Once a second.
  virtual void on_tick() = 0;
  // The server stops. True if `reason` was asked for: an open WebSocket's close frame carries it.
  virtual bool go_away(CloseCode code, const std::function<std::string()>& reason) = 0;
  // Ends at once, whatever waits.
  virtual void cut_off() = 0;
};

class ConnectionRegistry {
 public:
  ConnectionRegistry(Reactor& reactor, const Clock& clock);
  ConnectionRegistry(const ConnectionRegistry&) = delete;
  ConnectionRegistry& operator=(const ConnectionRegistry&) = delete;

  // Ticks by itself from now on. Tests call tick_all() instead.
  void start();
  void tick_all();

  void add(RegisteredConnection& connection);
  // REQUIRES: the caller holds a reference, and the connection was added and not yet removed.
  void remove(RegisteredConnection& connection);

  // What NetServer::close_all() promises (net_server.h). `done` runs by a post, once.
  void go_away(CloseCode code, const std::function<std::string(std::size_t)>& reason_for,
               std::chrono::seconds within, std::function<void()> done);
  [[nodiscard]] bool is_leaving() const { return is_leaving_; }
  // Ends every connection at once.
  void cut_off_all();

  [[nodiscard]] std::size_t size() const { return size_; }
  // Unit: seconds since the registry was made, as of the last tick. Without those in which this
  // thread was held up (the process stopped, the machine asleep): nobody was heard then, by no
  // fault of theirs.
  [[nodiscard]] std::uint32_t now_s() const { return now_s_; }
  // A deadline never falls early: the running second counts as not begun.
  [[nodiscard]] std::uint32_t deadline_in(std::chrono::seconds span) const {
    return now_s_ + static_cast<std::uint32_t>(span.count()) + 1;
  }

 private:
  using List =
      boost::intrusive::list<RegisteredConnection,
                             boost::intrusive::base_hook<boost::intrusive::list_base_hook<
                                 boost::intrusive::tag<RegistryTag>,
                                 boost::intrusive::link_mode<boost::intrusive::auto_unlink>>>,
                             boost::intrusive::constant_time_size<false>>;
  static constexpr std::size_t kGroupCount = 8;

  void arm();
  void leave_out_delay();
  void read_clock();
  void tick(List& group);
  template <class Visit>
  void visit(List& group, Visit visit);

  Reactor& reactor_;
  const Clock& clock_;
  SteadyTime made_at_;   // later by all that was left out
  SteadyTime due_at_{};  // the next tick
  boost::asio::steady_timer timer_;
  std::array<List, kGroupCount> groups_;
  std::size_t next_added_ = 0;
  std::size_t next_ticked_ = 0;
  std::size_t size_ = 0;
  std::uint32_t now_s_ = 0;
  std::uint32_t leave_by_s_ = 0;
  bool is_leaving_ = false;
  std::function<void()> on_empty_;
};

}  // namespace hubbub
