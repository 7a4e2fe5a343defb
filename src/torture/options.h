// What a run is asked for (hubbub torture --help).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hubbub::torture {

enum class Store : std::uint8_t { kSqlite, kPostgresql };

struct Options {
  std::chrono::seconds duration{20};
  // The same seed gives the same faults in the same order and the same choices of writers and
  // readers; what meets what in time is the machine's doing. 0: a new one.
  std::uint64_t seed = 0;
  Store store = Store::kSqlite;
  // The server to torture; empty: this program.
  std::string server;
  // Where the run's folder is made; empty: the system's place for temporary files.
  std::string parent_folder;
  // The run's folder stays, with the database, the server's log and, after a failure, the
  // histories.
  bool keeps_folder = false;
  std::uint32_t channels = 3;
  std::uint32_t writers = 16;
  std::uint32_t readers = 10;     // of hubbub.v1
  std::uint32_t old_clients = 4;  // of the old protocol: they read and write
  std::uint32_t rate = 200;       // messages a second, of all together
};

}  // namespace hubbub::torture
