#include "store/postgres/bulk_statement.h"

namespace hubbub::postgres {

Result<ResultHandle> BulkStatement::run(const Parameters& parameters) {
  if (Status queued = prepared_.queue(parameters); !queued) return queued.error();
  auto connected = database_.connection();
  if (!connected) return connected.error();
  auto results = (*connected)->run();
  if (!results) {
    prepared_.on_failure();
    return results.error();
  }
  database_.note_changes(results->back());
  return std::move(results->back());
}

}  // namespace hubbub::postgres
