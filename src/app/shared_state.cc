#include "app/shared_state.h"

#include <limits>
#include <utility>

#include "state/valkey/link.h"
#include "state/valkey/mirror.h"
#include "state/valkey/mirroring_bus.h"
#include "state/valkey/rate_limiter.h"

namespace hubbub {
namespace {

constexpr std::size_t kRateWindowsMax = 1'000'000;
// Past the end of every log.
constexpr Seq kEnd = static_cast<Seq>(std::numeric_limits<std::int64_t>::max());

class StoredMessages final : public MirrorSource {
 public:
  explicit StoredMessages(Store& store) : store_(store) {}

  Result<std::vector<Entry>> recent_messages(std::size_t count) override {
    return store_.recent_messages(count);
  }

  Result<std::vector<Entry>> private_messages(const UserId& user, std::size_t count) override {
    const auto known = store_.find_user(user);
    if (!known) return known.error();
    if (!*known) return std::vector<Entry>();
    auto page = store_.read_before((*known)->inbox, kEnd, count);
    if (!page) return page.error();
    std::erase_if(page->entries, [](const Entry& entry) {
      return entry.kind != EntryKind::kPrivateMessage || entry.is_removed;
    });
    return std::move(page->entries);
  }

  Result<HighestIds> highest_ids() override {
    const auto newest = store_.newest_messages();
    if (!newest) return newest.error();
    return HighestIds{newest->chat, newest->inbox};
  }

 private:
  Store& store_;
};

}  // namespace

struct SharedState::Valkey {
  Valkey(const Settings& settings, Store& store, const Directory& directory, Metrics& metrics)
      : source(store),
        link(*settings.valkey, settings.valkey_timeout, metrics),
        mirror(link, source, directory, metrics) {}

  StoredMessages source;
  ValkeyLink link;
  ValkeyMirror mirror;
};

SharedState::SharedState(const Settings& settings, Store& store, const Directory& directory,
                         Metrics& metrics)
    : limiter_(make_memory_rate_limiter(system_clock(), kRateWindowsMax)), bus_(make_memory_bus()) {
  if (!settings.valkey) return;
  valkey_ = std::make_unique<Valkey>(settings, store, directory, metrics);
  limiter_ = make_valkey_rate_limiter(valkey_->link, std::move(limiter_), metrics);
  bus_ = make_mirroring_bus(std::move(bus_), valkey_->mirror);
}

SharedState::~SharedState() { stop(); }

std::function<bool()> SharedState::is_valkey_up() const {
  if (!valkey_) return {};
  return [&link = valkey_->link] { return link.is_up(); };
}

void SharedState::start() {
  if (!valkey_) return;
  valkey_->mirror.start();
  valkey_->link.start();
}

// The mirror says goodbye over the link, and the link's thread wakes the mirror: both are there
// until both have ended.
void SharedState::stop() {
  if (!valkey_) return;
  valkey_->mirror.stop();
  valkey_->link.stop();
}

}  // namespace hubbub
