// The right to write to a database, held by the session of one connection.
#pragma once

#include <string>

#include "store/postgres/connection.h"

namespace hubbub::postgres {

// Takes the lock on each new connection of the one that writes. A session of our own that lost its
// connection may still be at work on the server's side: it is ended first, so that nothing more
// comes of it.
//
// Thread: its database's.
class WriterLock {
 public:
  // Errors: kUnavailable: another server holds it, and did not let go in time.
  Status take(Connection& connection);

 private:
  // The session that holds it: process and start, which together are never used again.
  std::string session_;
};

}  // namespace hubbub::postgres
