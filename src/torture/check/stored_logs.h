// Reads what the database has after a run, with SQL of its own and nothing of the server's code:
// all known logs, and complaints about whatever else is there. The server should be stopped.
#pragma once

#include <string>
#include <vector>

#include "torture/check/database.h"
#include "torture/history/history.h"

namespace hubbub::torture {

// Who and what may be in the database after a run. The channel that a new server makes by itself,
// `general` with its welcome, may be there too, as it was made.
struct Known {
  std::uint32_t people = 0;
  std::vector<std::string> channels;  // names
  // Ids of people who signed in and sent nothing, such as who made the channels: their inboxes are
  // there, and empty.
  std::vector<std::string> bystanders;
};

// Errors: std::runtime_error with a sentence, where the database cannot be read.
// SQLite is opened for reading only; its file and its write-ahead log stay as they are.
Stored read_sqlite(const std::string& path, const Known& known);
Stored read_postgresql(const std::string& conninfo, const Known& known);

// The part that both have in common. `channels`: the table that lists all channels, archived ones
// too.
Stored read_logs(Database& database, const std::string& channels, const Known& known);

}  // namespace hubbub::torture
