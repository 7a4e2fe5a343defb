// What a search looks for, the same in every database.
#pragma once

#include "store/sql/database.h"
#include "store/store.h"

namespace hubbub::sql {

struct SearchTerms {
  std::vector<std::string> words;   // search_tokens(), each once
  std::vector<ChannelId> channels;  // each once; empty: all
  // Nothing can be found: the keyword has no word in it, or there is no such channel.
  bool is_hopeless = false;
};

Result<SearchTerms> read_search_terms(Database& database, const MessageSearch& search);

// What a statement finds that selects chat_message_columns(). ?1 `words`, ?2 author, ?3 one more
// than the limit, ?4 offset, ?5 before.
Result<MessageSearchPage> read_found(Database& database, const MessageSearch& search,
                                     const std::string& sql, const std::string& words);

}  // namespace hubbub::sql
