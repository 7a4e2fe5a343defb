#include "store/sql/search_terms.h"

#include <algorithm>
#include <limits>

#include "store/search_tokens.h"
#include "store/sql/entry_row.h"

namespace hubbub::sql {
namespace {

constexpr std::int64_t kLimitMax = 1'000'000;

// Spaces and control characters alone, U+0000 too, are no keyword.
bool is_blank(const std::string& keyword) {
  return std::ranges::all_of(keyword, [](unsigned char c) { return c <= ' ' || c == 0x7f; });
}

// Those of these names, each once. A name may be that of archived channels too.
Result<std::vector<ChannelId>> ids_of(Database& database,
                                      const std::vector<std::string>& channels) {
  std::vector<ChannelId> ids;
  Statement select(database, std::string("SELECT id FROM ") + database.dialect().all_channels +
                                 " WHERE name = ?1");
  for (const std::string& name : channels) {
    Rows rows = select.query(name);
    while (rows.next()) ids.push_back(ChannelId{rows.integer(0)});
    if (!rows.status()) return rows.status().error();
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

Result<SearchTerms> read_search_terms(Database& database, const MessageSearch& search) {
  SearchTerms terms;
  terms.words = search_tokens(search.keyword);
  std::ranges::sort(terms.words);
  terms.words.erase(std::unique(terms.words.begin(), terms.words.end()), terms.words.end());
  auto channels = ids_of(database, search.channels);
  if (!channels) return channels.error();
  terms.channels = std::move(*channels);
  terms.is_hopeless = (terms.words.empty() && !is_blank(search.keyword)) ||
                      (terms.channels.empty() && !search.channels.empty());
  return terms;
}

Result<MessageSearchPage> read_found(Database& database, const MessageSearch& search,
                                     const std::string& sql, const std::string& words) {
  constexpr auto kNewest = std::numeric_limits<std::int64_t>::max();
  // A bound that no database takes for a mistake.
  const auto limit = std::clamp<std::int64_t>(search.limit, 0, kLimitMax);
  Statement select(database, sql);
  Rows rows =
      select.query(words, search.author, limit + 1, std::max<std::int64_t>(search.offset, 0),
                   search.before ? search.before->value : kNewest);
  MessageSearchPage page;
  while (rows.next()) page.messages.push_back(read_entry(rows));
  if (!rows.status()) return rows.status().error();
  page.has_more = std::ssize(page.messages) > limit;
  if (page.has_more) page.messages.pop_back();
  return page;
}

}  // namespace hubbub::sql
