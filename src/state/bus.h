// Carries what was committed, who came and went, and who signed out, to every reactor of this node
// (and, with Valkey, of the others). What is carried never changes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/reactor.h"
#include "base/shared.h"
#include "wire/account_change.h"
#include "wire/entry.h"
#include "wire/frame.h"
#include "wire/restrictions.h"
#include "wire/sign_out.h"

namespace hubbub {

// One committed entry, encoded once per form. A form that cannot say the entry is null.
struct PublishedEntry {
  Entry entry;
  Shared<Frame> old_frame;
  Shared<Frame> v1_frame;
  // With the send key, for the author's own connections; v1_frame itself where there was no key.
  Shared<Frame> v1_author_frame;
};

// One committed batch. Entries of one log are in ascending seq, and batches arrive in commit order.
struct Publication {
  std::vector<PublishedEntry> entries;
  // Set when the batch changed them: as they are after it.
  Shared<Directory> directory;
  Shared<Restrictions> restrictions;
  std::vector<AccountChange> account_changes;
};

// A connection of this user opened (+1) or ended (-1) somewhere.
struct PresenceNotice {
  Author user;
  int by = 0;
  // A dashboard's: counted, never shown.
  bool is_hidden = false;
};

// Implemented by hub/, one per reactor. Thread: its reactor's.
class BusListener {
 public:
  virtual ~BusListener() = default;
  virtual void on_publication(const Publication& publication) = 0;
  virtual void on_presence(const PresenceNotice& notice) = 0;
  virtual void on_sign_out(const SignOut& sign_out) = 0;
};

class Bus {
 public:
  virtual ~Bus() = default;
  // REQUIRES: before the first publish. Borrows both until the bus is gone.
  virtual void attach(Reactor& reactor, BusListener& listener) = 0;
  // Thread: the log writer's for publications, any for the others. In order per calling thread.
  virtual void publish(Shared<Publication> publication) = 0;
  virtual void publish(Shared<PresenceNotice> notice) = 0;
  virtual void publish(Shared<SignOut> sign_out) = 0;
};

// Within one process: a post to each reactor.
std::unique_ptr<Bus> make_memory_bus();

}  // namespace hubbub
