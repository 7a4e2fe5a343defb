#include "net/connection_registry.h"

#include <utility>

namespace hubbub {
namespace {

// A tick that comes later than this says that the thread did not run.
constexpr std::chrono::seconds kDelayMax{1};

}  // namespace

ConnectionRegistry::ConnectionRegistry(Reactor& reactor, const Clock& clock)
    : reactor_(reactor), clock_(clock), made_at_(clock.steady_now()), timer_(reactor.context()) {}

void ConnectionRegistry::start() { arm(); }

void ConnectionRegistry::arm() {
  constexpr std::chrono::milliseconds kInterval(1000 / kGroupCount);
  due_at_ = clock_.steady_now() + kInterval;
  timer_.expires_after(kInterval);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    leave_out_delay();
    read_clock();
    tick(groups_[next_ticked_++ % kGroupCount]);
    arm();
  });
}

void ConnectionRegistry::leave_out_delay() {
  const auto delay = clock_.steady_now() - due_at_;
  // Whoever stops the server waits by a real clock.
  if (delay > kDelayMax && !is_leaving_) made_at_ += delay;
}

void ConnectionRegistry::tick_all() {
  read_clock();
  for (auto& group : groups_) tick(group);
}

void ConnectionRegistry::read_clock() {
  now_s_ = static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(clock_.steady_now() - made_at_).count());
}

// Whoever is visited may go, and so may anyone else.
template <class Visit>
void ConnectionRegistry::visit(List& group, Visit visit) {
  List waiting;
  waiting.splice(waiting.end(), group);
  while (!waiting.empty()) {
    const boost::intrusive_ptr<RegisteredConnection> one(&waiting.front());
    waiting.pop_front();
    group.push_back(*one);
    visit(*one);
  }
}

void ConnectionRegistry::tick(List& group) {
  if (is_leaving_ && now_s_ >= leave_by_s_) return cut_off_all();
  visit(group, [](RegisteredConnection& connection) { connection.on_tick(); });
}

void ConnectionRegistry::add(RegisteredConnection& connection) {
  intrusive_ptr_add_ref(&connection);
  groups_[next_added_++ % kGroupCount].push_back(connection);
  ++size_;
}

void ConnectionRegistry::remove(RegisteredConnection& connection) {
  connection.unlink();
  --size_;
  intrusive_ptr_release(&connection);
  if (size_ == 0 && on_empty_) reactor_.post(std::exchange(on_empty_, nullptr));
}

void ConnectionRegistry::go_away(CloseCode code,
                                 const std::function<std::string(std::size_t)>& reason_for,
                                 std::chrono::seconds within, std::function<void()> done) {
  is_leaving_ = true;
  leave_by_s_ = deadline_in(within);
  on_empty_ = std::move(done);
  std::size_t index = 0;
  for (auto& group : groups_) {
    visit(group, [&](RegisteredConnection& connection) {
      if (connection.go_away(code, [&] { return reason_for(index); })) ++index;
    });
  }
  if (size_ == 0 && on_empty_) reactor_.post(std::exchange(on_empty_, nullptr));
}

void ConnectionRegistry::cut_off_all() {
  for (auto& group : groups_) {
    visit(group, [](RegisteredConnection& connection) { connection.cut_off(); });
  }
}

}  // namespace hubbub
