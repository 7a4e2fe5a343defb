// The twins of the Store, and what each test of store_suite.h gets of them.
#include <atomic>
#include <cstdlib>

#include "store/postgres/test_database.h"
#include "store/store_suite.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

class SqliteTwin final : public StoreTwin {
 public:
  [[nodiscard]] std::string url() const override {
    return "sqlite:" + folder_.path() + "/hubbub.db";
  }

 private:
  TemporaryFolder folder_;
};

class PostgresTwin final : public StoreTwin {
 public:
  [[nodiscard]] std::string url() const override { return database_.url(); }

 private:
  postgres::TestDatabase database_;
};

template <class Twin>
std::unique_ptr<StoreTwin> make() {
  return std::make_unique<Twin>();
}

}  // namespace

std::vector<TwinKind> twins() {
  return {{"Sqlite", make<SqliteTwin>}, {"Postgres", make<PostgresTwin>}};
}

}  // namespace hubbub
