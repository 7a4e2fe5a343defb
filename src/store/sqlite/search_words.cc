#include "store/sqlite/search_words.h"

namespace hubbub::sqlite {

std::string match_all_words(std::string_view typed) {
  std::string query;
  bool is_in_word = false;
  for (const char c : typed) {
    // Control characters too: FTS5 takes U+0000 for the query's end.
    const bool is_space = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (is_space == is_in_word) {
      query += is_space ? "\" " : "\"";
      is_in_word = !is_space;
    }
    if (is_space) continue;
    if (c == '"') query += '"';
    query += c;
  }
  if (is_in_word) query += '"';
  return query;
}

}  // namespace hubbub::sqlite
