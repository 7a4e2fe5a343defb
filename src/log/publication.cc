#include "log/publication.h"

#include <utility>

#include "wire/old_frames.h"
#include "wire/v1_frames.h"

namespace hubbub {

Shared<Publication> make_publication(std::span<const Result<Committed>> outcomes,
                                     std::optional<Directory> directory) {
  auto publication = std::make_shared<Publication>();
  for (const auto& outcome : outcomes) {
    if (!outcome || outcome->is_repeated) continue;
    for (const auto& entry : outcome->entries) {
      auto v1_frame = v1::entry(entry, false);
      auto v1_author_frame = entry.send_key.empty() ? v1_frame : v1::entry(entry, true);
      publication->entries.push_back(
          {entry, old_protocol::message(entry), std::move(v1_frame), std::move(v1_author_frame)});
    }
  }
  if (directory) publication->directory = std::make_shared<const Directory>(*std::move(directory));
  if (publication->entries.empty() && !publication->directory) return nullptr;
  return publication;
}

}  // namespace hubbub
