// Reader::search: the words by the full-text index, the rest by columns.
#include <algorithm>

#include "store/sqlite/entry_row.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/search_words.h"

namespace hubbub::sqlite {
namespace {

constexpr std::int64_t kLimitMax = 1'000'000;

}  // namespace

Result<MessageSearchPage> Reader::search(const MessageSearch& search) {
  MessageSearchPage page;
  const std::int64_t limit = std::clamp<std::int64_t>(search.limit, 0, kLimitMax);
  std::string where = " WHERE m.removed_at IS NULL";
  if (!search.channels.empty()) {
    auto condition = in_channels(search.channels);
    if (!condition) return condition.error();
    if (!*condition) return page;
    where += **condition;
  }
  if (!search.author.empty()) where += " AND m.owner_id = ?2";
  // CROSS JOIN: from the index to the messages, never the other way round.
  std::string from = " FROM chat_messages m";
  std::string newest_first = " ORDER BY m.id DESC";
  const std::string words = match_all_words(search.keyword);
  if (!words.empty()) {
    from = " FROM chat_search s CROSS JOIN chat_messages m ON m.id = s.rowid";
    where += " AND s.chat_search MATCH ?1";
    newest_first = " ORDER BY s.rowid DESC";
  }
  Statement select(*database_, kChatMessageColumns + from +
                                   " CROSS JOIN channels c ON c.id = m.channel_id"
                                   " CROSS JOIN logs l ON l.id = c.log_id" +
                                   where + newest_first + " LIMIT ?3 OFFSET ?4");
  Rows rows =
      select.query(words, search.author, limit + 1, std::max<std::int64_t>(search.offset, 0));
  while (rows.next()) page.messages.push_back(read_entry(rows));
  if (!rows.status()) return rows.status().error();
  page.has_more = std::ssize(page.messages) > limit;
  if (page.has_more) page.messages.pop_back();
  return page;
}

Result<std::optional<std::string>> Reader::in_channels(const std::vector<std::string>& names) {
  std::string ids;
  for (const std::string& name : names) {
    Rows rows = select_named_channels_.query(name);
    while (rows.next()) {
      if (!ids.empty()) ids += ',';
      ids += std::to_string(rows.integer(0));
    }
    if (!rows.status()) return rows.status().error();
  }
  if (ids.empty()) return std::nullopt;
  return " AND m.channel_id IN (" + ids + ")";
}

}  // namespace hubbub::sqlite
