#include "log/publication.h"

#include <utility>

#include "wire/old_frames.h"
#include "wire/v1_frames.h"

namespace hubbub {

Shared<Publication> make_publication(const CommitOutcome& outcome) {
  auto publication = std::make_shared<Publication>();
  for (const auto& result : outcome.results) {
    if (!result || result->is_repeated) continue;
    for (const auto& entry : result->entries) {
      auto v1_frame = v1::entry(entry, false);
      auto v1_author_frame = entry.send_key.empty() ? v1_frame : v1::entry(entry, true);
      publication->entries.push_back(
          {entry, old_protocol::message(entry), std::move(v1_frame), std::move(v1_author_frame)});
    }
  }
  if (outcome.directory) {
    publication->directory = std::make_shared<const Directory>(*outcome.directory);
  }
  if (outcome.restrictions) {
    publication->restrictions = std::make_shared<const Restrictions>(*outcome.restrictions);
  }
  publication->account_changes = outcome.account_changes;
  const bool is_empty = publication->entries.empty() && !publication->directory &&
                        !publication->restrictions && publication->account_changes.empty();
  return is_empty ? nullptr : publication;
}

}  // namespace hubbub
