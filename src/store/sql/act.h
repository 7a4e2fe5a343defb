// What an administrative entry did: returned by whoever carries it out, inside the writer's
// transaction, to the writer, who writes the audit log.
#pragma once

#include <optional>
#include <string>

#include "store/pending_entry.h"

namespace hubbub::sql {

// docs/api.md, Audit log. `before` and `after`: JSON objects; empty: nothing to say.
struct AuditNote {
  std::string action;
  std::string target;
  std::string before = {};
  std::string after = {};
};

struct Act {
  Committed committed = {};
  // Nothing: nothing changed.
  std::optional<AuditNote> note = {};
  bool is_directory_changed = false;
  bool are_restrictions_changed = false;
};

}  // namespace hubbub::sql
