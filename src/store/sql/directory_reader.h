// Reads the channels and the limits. Thread: its connection's.
#pragma once

#include "store/sql/database.h"
#include "store/store.h"

namespace hubbub::sql {

class DirectoryReader {
 public:
  explicit DirectoryReader(Database& database);

  // REQUIRES: in a transaction, so that all is as of one instant.
  Result<Directory> read();

 private:
  Statement select_channels_;
  Statement select_limits_;
};

}  // namespace hubbub::sql
