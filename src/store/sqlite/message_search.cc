#include "store/sqlite/message_search.h"

#include <algorithm>

#include "store/sql/entry_row.h"
#include "store/sql/search_terms.h"

namespace hubbub::sqlite {
namespace {

// The messages that have every word, as an FTS5 query; empty when there is no word. A token is
// letters, digits or symbols, so that nothing in it has a meaning to FTS5.
std::string match_all(const std::vector<std::string>& words) {
  std::string query;
  for (const std::string& word : words) query += '"' + word + "\" ";
  return query;
}

// Past this many, a message of one of them is likely to be near: they are passed by one by one.
constexpr std::size_t kMergedChannelsMax = 32;

std::string join(const std::vector<ChannelId>& ids) {
  std::string joined;
  for (const ChannelId id : ids) {
    if (!joined.empty()) joined += ',';
    joined += std::to_string(id.value);
  }
  return joined;
}

// The ids of what is searched for, newest first: ?1 words, ?2 author, ?5 before. Each way walks one
// index as far as the page needs; docs/query-plans.md has what they cost. The unary + keeps a
// column out of the choice of an index.
std::string select_ids(const MessageSearch& search, const std::string& words,
                       const std::vector<ChannelId>& channels) {
  std::string narrowed;
  if (search.reader != Role::kAdmin) {
    narrowed += " AND +channel_id NOT IN (SELECT id FROM channels WHERE is_private = 1";
    narrowed += search.reader == Role::kMember ? " OR is_staff_only = 1)" : ")";
  }
  const std::string in_channels =
      channels.empty() ? "" : " AND +channel_id IN (" + join(channels) + ")";
  const std::string present = " removed_at IS NULL AND id < ?5";
  const std::string newest_first = " ORDER BY id DESC";
  if (!words.empty()) {
    if (!search.author.empty()) narrowed += " AND +owner_id = ?2";
    return "SELECT m.id FROM chat_search s CROSS JOIN chat_messages m ON m.id = s.rowid"
           " WHERE s.chat_search MATCH ?1 AND s.rowid < ?5 AND removed_at IS NULL" +
           in_channels + narrowed + " ORDER BY s.rowid DESC";
  }
  if (!search.author.empty() && narrowed.empty() && in_channels.empty()) {
    // From indexes alone.
    return "SELECT id FROM chat_messages WHERE owner_id = ?2 AND id < ?5 AND id NOT IN (SELECT id"
           " FROM chat_messages WHERE owner_id = ?2 AND removed_at IS NOT NULL)" +
           newest_first;
  }
  if (!search.author.empty()) {
    return "SELECT id FROM chat_messages WHERE owner_id = ?2 AND" + present + in_channels +
           narrowed + newest_first;
  }
  if (channels.empty() || channels.size() > kMergedChannelsMax) {
    return "SELECT id FROM chat_messages WHERE" + present + in_channels + narrowed + newest_first;
  }
  // One walk for each channel, merged: IN would read all of their messages and sort them.
  std::string merged;
  for (const ChannelId channel : channels) {
    if (!merged.empty()) merged += " UNION ALL ";
    merged += "SELECT id FROM chat_messages WHERE channel_id = " + std::to_string(channel.value) +
              " AND" + present + narrowed;
  }
  return merged + newest_first;
}

}  // namespace

Result<MessageSearchPage> search_messages(sql::Database& database, const MessageSearch& search) {
  auto terms = sql::read_search_terms(database, search);
  if (!terms) return terms.error();
  if (terms->is_hopeless) return MessageSearchPage();
  const std::string words = match_all(terms->words);
  return sql::read_found(database, search,
                         sql::chat_message_columns(database.dialect()) + "FROM (" +
                             select_ids(search, words, terms->channels) +
                             " LIMIT ?3 OFFSET ?4) page"
                             " CROSS JOIN chat_messages m ON m.id = page.id"
                             " CROSS JOIN channels c ON c.id = m.channel_id"
                             " CROSS JOIN logs l ON l.id = c.log_id ORDER BY m.id DESC",
                         words);
}

}  // namespace hubbub::sqlite
