#include "store/postgres/message_search.h"

#include "store/sql/entry_row.h"
#include "store/sql/search_terms.h"

namespace hubbub::postgres {
namespace {

void append_quoted(std::string& text, const std::string& word) {
  text += '\'';
  for (const char c : word) {
    if (c == '\'' || c == '\\') text += c;
    text += c;
  }
  text += '\'';
}

// The messages that have every word, as a tsquery.
std::string match_all(const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) {
    if (!query.empty()) query += " & ";
    append_quoted(query, word);
  }
  return query;
}

std::string join(const std::vector<ChannelId>& ids) {
  std::string joined;
  for (const ChannelId id : ids) {
    if (!joined.empty()) joined += ',';
    joined += std::to_string(id.value);
  }
  return joined;
}

// ?1 words, ?2 author, ?3 limit + 1, ?4 offset, ?5 before.
std::string select_page(const MessageSearch& search, const sql::SearchTerms& terms) {
  std::string where = " WHERE m.removed_at IS NULL AND m.id < ?5";
  if (!terms.words.empty()) where += " AND m.words @@ CAST(?1 AS tsquery)";
  if (!search.author.empty()) where += " AND m.owner_id = ?2";
  if (!terms.channels.empty()) where += " AND m.channel_id IN (" + join(terms.channels) + ")";
  if (search.reader != Role::kAdmin) where += " AND NOT c.is_private";
  if (search.reader == Role::kMember) where += " AND NOT c.is_staff_only";
  return "FROM chat_messages m JOIN all_channels c ON c.id = m.channel_id"
         " JOIN logs l ON l.id = c.log_id" +
         where + " ORDER BY m.id DESC LIMIT ?3 OFFSET ?4";
}

}  // namespace

std::string quoted_words(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    append_quoted(text, word);
  }
  return text;
}

Result<MessageSearchPage> search_messages(sql::Database& database, const MessageSearch& search) {
  auto terms = sql::read_search_terms(database, search);
  if (!terms) return terms.error();
  if (terms->is_hopeless) return MessageSearchPage();
  return sql::read_found(
      database, search, sql::chat_message_columns(database.dialect()) + select_page(search, *terms),
      match_all(terms->words));
}

}  // namespace hubbub::postgres
