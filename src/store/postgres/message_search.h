// Store::search in PostgreSQL: the words by an index of their own, the rest by columns.
#pragma once

#include "store/sql/database.h"
#include "store/store.h"

namespace hubbub::postgres {

// Thread: the connection's.
Result<MessageSearchPage> search_messages(sql::Database& database, const MessageSearch& search);

// Words as a tsvector has them: each in quotes, with spaces between.
std::string quoted_words(const std::vector<std::string>& words);

}  // namespace hubbub::postgres
