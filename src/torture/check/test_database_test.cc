// What stored_logs_test.cc reads.
#include "torture/check/test_database.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "torture/check/temporary_folder.h"

namespace hubbub::torture {
namespace {

// The texts of all migrations, in their order. REQUIRES: the working directory is the repository.
std::vector<std::string> migrations(const std::string& store) {
  std::vector<std::filesystem::path> paths;
  for (const auto& file :
       std::filesystem::directory_iterator("src/store/" + store + "/migrations")) {
    paths.push_back(file.path());
  }
  std::ranges::sort(paths);
  EXPECT_GE(paths.size(), 5U);
  std::vector<std::string> scripts;
  for (const auto& path : paths) {
    std::ifstream file(path);
    scripts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return scripts;
}

// Stands for the server's tokenizer, without which its search table cannot be made. The reader has
// none, and must do without.
void register_tokenizer(sqlite3* handle) {
  fts5_api* fts5 = nullptr;
  sqlite3_stmt* statement = nullptr;
  ASSERT_EQ(sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr), SQLITE_OK);
  sqlite3_bind_pointer(statement, 1, static_cast<void*>(&fts5), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  ASSERT_NE(fts5, nullptr);
  fts5_tokenizer tokenizer{};
  tokenizer.xCreate = [](void* state, const char**, int, Fts5Tokenizer** made) {
    *made = static_cast<Fts5Tokenizer*>(state);
    return SQLITE_OK;
  };
  tokenizer.xDelete = [](Fts5Tokenizer*) {};
  tokenizer.xTokenize = [](Fts5Tokenizer*, void*, int, const char*, int, auto) {
    return SQLITE_OK;
  };
  ASSERT_EQ(fts5->xCreateTokenizer(fts5, "hubbub", fts5, &tokenizer, nullptr), SQLITE_OK);
}

class SqliteTestDatabase final : public TestDatabase {
 public:
  SqliteTestDatabase() {
    EXPECT_EQ(sqlite3_open(path().c_str(), &handle_), SQLITE_OK);
    register_tokenizer(handle_);
    SqliteTestDatabase::execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    for (const std::string& script : migrations("sqlite")) SqliteTestDatabase::execute(script);
    // They tell the search of words that it never heard of.
    SqliteTestDatabase::execute("DROP TRIGGER chat_search_delete; DROP TRIGGER chat_search_update");
  }
  ~SqliteTestDatabase() override { sqlite3_close(handle_); }
  SqliteTestDatabase(const SqliteTestDatabase&) = delete;
  SqliteTestDatabase& operator=(const SqliteTestDatabase&) = delete;

  void execute(const std::string& sql) override {
    EXPECT_EQ(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle_) << " in: " << sql;
  }
  // While it is open: everything is in the write-ahead log, as a killed server leaves it.
  [[nodiscard]] Stored read(const Known& known) const override {
    return read_sqlite(path(), known);
  }
  [[nodiscard]] std::string path() const override { return folder_.path() + "/hubbub.db"; }
  void archive_channel(int id) override {
    execute("UPDATE channels SET archived_at = 1 WHERE id = " + std::to_string(id));
  }

 protected:
  [[nodiscard]] Extra of_channel() const override { return {", created_at, updated_at", ", 0, 0"}; }
  [[nodiscard]] Extra of_message(std::int64_t) const override { return {", authored_at", ", 0"}; }
  [[nodiscard]] Extra of_private_message(std::int64_t id) const override { return of_message(id); }

 private:
  TemporaryFolder folder_;
  sqlite3* handle_ = nullptr;
};

class PostgresTestDatabase final : public TestDatabase {
 public:
  PostgresTestDatabase() {
    run(cluster_url(), "CREATE DATABASE " + name_);
    PostgresTestDatabase::execute("CREATE SCHEMA chatserver");
    for (const std::string& script : migrations("postgres")) PostgresTestDatabase::execute(script);
  }
  ~PostgresTestDatabase() override {
    run(cluster_url(), "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  }
  PostgresTestDatabase(const PostgresTestDatabase&) = delete;
  PostgresTestDatabase& operator=(const PostgresTestDatabase&) = delete;

  void execute(const std::string& sql) override {
    run(url(), "SET search_path = chatserver; " + sql);
  }
  [[nodiscard]] Stored read(const Known& known) const override {
    return read_postgresql(url(), known);
  }
  [[nodiscard]] std::string path() const override { return ""; }
  void archive_channel(int id) override {
    const std::string where = " FROM channels WHERE id = " + std::to_string(id);
    execute(
        "INSERT INTO archived_channels(id, log_id, name, owner_id, archived_at)"
        " SELECT id, log_id, name, owner_id, now()" +
        where + "; DELETE" + where);
  }

 protected:
  [[nodiscard]] Extra of_channel() const override { return {}; }
  [[nodiscard]] Extra of_message(std::int64_t id) const override {
    return {", authored_at, channel, cache_id", ", now(), 'of no interest', " + std::to_string(id)};
  }
  [[nodiscard]] Extra of_private_message(std::int64_t id) const override {
    return {", authored_at, cache_id", ", now(), " + std::to_string(id)};
  }

 private:
  static std::string cluster_url() {
    const char* url = std::getenv("HUBBUB_TEST_POSTGRESQL");
    EXPECT_NE(url, nullptr) << "run this by tests/services/run.py postgresql -- …";
    return url ? url : "postgresql://127.0.0.1:1/none";
  }
  static std::string next_name() {
    static int count = 0;
    return "torture_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  }
  static void run(const std::string& url, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()),
                                                                  PQfinish);
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection.get(), sql.c_str()), PQclear);
    EXPECT_LE(PQresultStatus(result.get()), PGRES_TUPLES_OK)
        << PQerrorMessage(connection.get()) << " in: " << sql;
  }
  [[nodiscard]] std::string url() const {
    const std::string cluster = cluster_url();
    return cluster.substr(0, cluster.rfind('/') + 1) + name_;
  }

  const std::string name_ = next_name();
};

template <class Kind>
std::unique_ptr<TestDatabase> make() {
  return std::make_unique<Kind>();
}

std::string quoted(const std::string& text) { return '\'' + text + '\''; }

}  // namespace

void TestDatabase::add_log(int id, int kind, const std::string& owner, int head) {
  const std::string number = std::to_string(id);
  execute("INSERT INTO logs(id, kind, owner_id, epoch, head_seq) VALUES (" + number + ", " +
          std::to_string(kind) + ", " + (kind == 1 ? "NULL" : quoted(owner)) + ", 'epoch-" +
          number + "', " + std::to_string(head) + ')');
}

void TestDatabase::add_channel(int id, int log, const std::string& name) {
  const auto [columns, values] = of_channel();
  execute("INSERT INTO channels(id, log_id, name, owner_id, sort_order" + columns + ") VALUES (" +
          std::to_string(id) + ", " + std::to_string(log) + ", " + quoted(name) + ", 'somebody', " +
          std::to_string(id) + values + ')');
}

void TestDatabase::add_entry(int log, Seq seq, int kind, std::int64_t message_id) {
  execute("INSERT INTO log_entries(log_id, seq, kind, message_id) VALUES (" + std::to_string(log) +
          ", " + std::to_string(seq) + ", " + std::to_string(kind) + ", " +
          std::to_string(message_id) + ')');
}

void TestDatabase::add_message(std::int64_t id, int channel, Seq seq, const std::string& owner,
                               const std::string& text, const std::string& key) {
  const auto [columns, values] = of_message(id);
  execute("INSERT INTO chat_messages(id, channel_id, seq, owner_id, username, message, send_key" +
          columns + ") VALUES (" + std::to_string(id) + ", " + std::to_string(channel) + ", " +
          std::to_string(seq) + ", " + quoted(owner) + ", 'a name', " + quoted(text) + ", " + key +
          values + ')');
}

void TestDatabase::add_private_message(std::int64_t id, const std::string& owner, Seq sender_seq,
                                       const std::string& recipient,
                                       const std::string& recipient_seq, const std::string& text,
                                       const std::string& key) {
  const auto [columns, values] = of_private_message(id);
  execute(
      "INSERT INTO private_messages(id, owner_id, username, sender_seq, recipient_id, recipient,"
      " recipient_seq, message, send_key" +
      columns + ") VALUES (" + std::to_string(id) + ", " + quoted(owner) + ", 'a name', " +
      std::to_string(sender_seq) + ", " + quoted(recipient) + ", 'another', " + recipient_seq +
      ", " + quoted(text) + ", " + key + values + ')');
}

std::vector<TestDatabaseKind> test_databases() {
  return {{"Sqlite", make<SqliteTestDatabase>}, {"Postgres", make<PostgresTestDatabase>}};
}

}  // namespace hubbub::torture
