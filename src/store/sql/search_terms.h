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

// A bound that no database takes for a mistake.
std::int64_t search_limit(const MessageSearch& search);

}  // namespace hubbub::sql
