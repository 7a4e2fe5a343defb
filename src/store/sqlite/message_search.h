// Store::search in SQLite: the words by the full-text index, the rest by columns.
#pragma once

#include "store/sql/database.h"
#include "store/store.h"

namespace hubbub::sqlite {

// Thread: the connection's.
Result<MessageSearchPage> search_messages(sql::Database& database, const MessageSearch& search);

}  // namespace hubbub::sqlite
