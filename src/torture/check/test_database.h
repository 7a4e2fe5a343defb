// Tests: a database of each kind, with the server's real tables, made by the migrations of
// src/store, and a vocabulary that fills them as the server would.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "torture/check/stored_logs.h"

namespace hubbub::torture {

class TestDatabase {
 public:
  virtual ~TestDatabase() = default;
  virtual void execute(const std::string& sql) = 0;
  [[nodiscard]] virtual Stored read(const Known& known) const = 0;
  // Of the file; empty: there is none.
  [[nodiscard]] virtual std::string path() const = 0;

  // A log of `kind`: 1 of a channel, 2 the inbox of `owner`.
  void add_log(int id, int kind, const std::string& owner, int head);
  void add_channel(int id, int log, const std::string& name);
  // The channel is not in the list any more; its log stays.
  virtual void archive_channel(int id) = 0;
  void add_entry(int log, Seq seq, int kind, std::int64_t message_id);
  // Without their entries. `key` and `recipient_seq`: an SQL literal, 'w0-1' or NULL.
  void add_message(std::int64_t id, int channel, Seq seq, const std::string& owner,
                   const std::string& text, const std::string& key = "NULL");
  void add_private_message(std::int64_t id, const std::string& owner, Seq sender_seq,
                           const std::string& recipient, const std::string& recipient_seq,
                           const std::string& text, const std::string& key = "NULL");

 protected:
  // What only this database's tables want to know, and what goes in there.
  struct Extra {
    std::string columns;
    std::string values;
  };
  [[nodiscard]] virtual Extra of_channel() const = 0;
  [[nodiscard]] virtual Extra of_message(std::int64_t id) const = 0;
  [[nodiscard]] virtual Extra of_private_message(std::int64_t id) const = 0;
};

struct TestDatabaseKind {
  const char* name;
  std::unique_ptr<TestDatabase> (*make)();
};
// "Sqlite" and "Postgres"; the latter in the cluster that HUBBUB_TEST_POSTGRESQL names
// (tests/services/run.py starts one). Without it those tests fail.
std::vector<TestDatabaseKind> test_databases();

}  // namespace hubbub::torture
