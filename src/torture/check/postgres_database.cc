#include <libpq-fe.h>

#include <stdexcept>
#include <vector>

#include "torture/check/database.h"

namespace hubbub::torture {
namespace {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const std::string& conninfo)
      : connection_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) fail("connect");
    query("SET search_path = chatserver", [](Row) {});
    query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", [](Row) {});
  }

  void query(const std::string& sql, const std::function<void(Row)>& take) override {
    PGconn* connection = connection_.get();
    // https://www.postgresql.org/docs/15/libpq-single-row-mode.html
    if (PQsendQuery(connection, sql.c_str()) != 1 || PQsetSingleRowMode(connection) != 1) fail(sql);
    std::vector<std::string_view> row;
    // Where something is thrown the rest is not fetched: the connection is of no use any more.
    while (const Result result{PQgetResult(connection)}) {
      const ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) continue;
      if (status != PGRES_SINGLE_TUPLE) fail(sql);
      row.clear();
      for (int i = 0; i < PQnfields(result.get()); ++i) {
        row.emplace_back(PQgetvalue(result.get(), 0, i),
                         static_cast<std::size_t>(PQgetlength(result.get(), 0, i)));
      }
      take(row);
    }
  }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  // Without the connection's parameters, which may hold a password.
  [[noreturn]] void fail(const std::string& what) const {
    std::string message = PQerrorMessage(connection_.get());
    while (!message.empty() && message.back() == '\n') message.pop_back();
    throw std::runtime_error("cannot read PostgreSQL: " + message + " in: " + what);
  }

  std::unique_ptr<PGconn, Finish> connection_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const std::string& conninfo) {
  return std::make_unique<PostgresDatabase>(conninfo);
}

}  // namespace hubbub::torture
