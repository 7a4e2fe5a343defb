// A page of records from the rows of a statement that was given one more than the limit.
#pragma once

#include <utility>

#include "store/records.h"
#include "store/sql/database.h"

namespace hubbub::sql {

// Someone whom no token has named yet.
inline constexpr const char* kUnknownUsername = "[Unknown]";

template <class Record>
Result<std::vector<Record>> read_records(Rows rows, Record (*read_record)(const Rows&)) {
  std::vector<Record> records;
  while (rows.next()) records.push_back(read_record(rows));
  if (!rows.status()) return rows.status().error();
  return records;
}

// REQUIRES: `rows` of a statement with LIMIT limit + 1.
template <class Record>
Result<RecordPage<Record>> read_page(Rows rows, std::int64_t limit,
                                     Record (*read_record)(const Rows&)) {
  auto records = read_records(std::move(rows), read_record);
  if (!records) return records.error();
  RecordPage<Record> page;
  page.records = std::move(*records);
  page.has_more = std::ssize(page.records) > limit;
  if (page.has_more) page.records.pop_back();
  return page;
}

}  // namespace hubbub::sql
