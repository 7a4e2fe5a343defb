// The twins that this machine can run the suite of store_suite.h on.
#include "store/sqlite/sqlite_store.h"
#include "store/store_suite.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

class SqliteTwin final : public StoreTwin {
 public:
  Result<std::unique_ptr<Store>> open() override {
    return open_store("sqlite:" + folder_.path() + "/hubbub.db");
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace

std::vector<TwinKind> twins() {
  return {
      {"Sqlite", []() -> std::unique_ptr<StoreTwin> { return std::make_unique<SqliteTwin>(); }}};
}

}  // namespace hubbub
