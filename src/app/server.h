// The composition root: the one place where concrete types are chosen and put together.
//
// Start: data directory, store, identity, log writer, one set of {hub, sessions, routes, listener}
// for each reactor, then the port. Stop, in this order: accept no more; hand over the ends of all
// sessions; commit what was accepted and answer it; close every connection with 1001 and a spread
// delay for coming back; end the threads.
#pragma once

#include <memory>
#include <string>

#include "app/settings.h"
#include "base/error.h"

namespace hubbub {

class Server {
 public:
  // Everything but serving. Errors: kUnavailable or kInvalid with a sentence for the operator.
  static Result<std::unique_ptr<Server>> open(Settings settings);
  ~Server();

  void start();
  // Blocks until all is done: some 9 seconds at most, but for a call into the store that does not
  // return, which it waits for. Thread: that of start().
  void stop();

  // False while a reactor is stuck; for asking now and then (app/reactor_pulse.h). Thread: that of
  // start().
  bool is_alive();

  [[nodiscard]] const std::string& address() const;  // with the real port
  [[nodiscard]] const std::string& public_url() const;
  // What the first person to start this server needs to know next; empty when nothing.
  [[nodiscard]] std::string first_steps() const;

 private:
  struct Parts;
  struct Node;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace hubbub
