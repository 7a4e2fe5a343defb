#include "state/valkey/mirror.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/log_line.h"
#include "base/random.h"

namespace hubbub {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Nobody waits for the mirror, and its lists may be megabytes.
constexpr int kPatienceFactor = 10;
// A stop waits for one exchange (app/server.h: it has some 9 seconds in all).
constexpr milliseconds kPatienceMost{3'000};
constexpr milliseconds kReadAgainAfter{1'000};

milliseconds patience_for(milliseconds timeout) {
  return std::max(timeout, std::min(timeout * kPatienceFactor, kPatienceMost));
}

}  // namespace

ValkeyMirror::ValkeyMirror(ValkeyLink& link, MirrorSource& source, const Directory& directory,
                           Metrics& metrics, MirrorSizes sizes)
    : link_(link),
      sizes_(sizes),
      presence_key_("presence:" + random_uuid()),
      mailbox_(sizes.waiting_max),
      dropped_(metrics.counter("hubbub_valkey_mirror_dropped_total",
                               "Batches that the mirror had no room for; it then starts anew.")),
      recent_(source, directory),
      private_(source, sizes.private_lists_max) {
  link_.on_up([this] { wake(); });
}

void ValkeyMirror::start() {
  thread_ = std::thread([this] { run(); });
}

void ValkeyMirror::stop() {
  mailbox_.close();
  if (thread_.joinable()) thread_.join();
}

void ValkeyMirror::note(const Shared<Publication>& publication) {
  if (publication->entries.empty() && !publication->directory) return;
  auto note = publication;
  if (mailbox_.push(note)) return;
  dropped_.add();
  has_overflowed_ = true;
}

void ValkeyMirror::note(const PresenceNotice& notice) {
  if (presence_.apply(notice)) wake();
}

// A full mailbox wakes it just as well.
void ValkeyMirror::wake() {
  Note nothing;
  static_cast<void>(mailbox_.push(nothing));
}

void ValkeyMirror::run() {
  std::vector<Note> taken;
  while (mailbox_.take_within(taken, patience())) {
    for (const auto& publication : taken) {
      if (!publication) continue;
      recent_.absorb(*publication);
      private_.absorb(*publication);
    }
    bring_over();
  }
  bring_over();
  say_goodbye();
}

milliseconds ValkeyMirror::patience() const {
  if (!connection_) return sizes_.renew_every;  // whoever brings the link up wakes it
  if (is_behind_) return kReadAgainAfter;
  if (private_.has_more()) return milliseconds(0);
  const auto left = renewed_at_ + sizes_.renew_every - steady_clock::now();
  return std::max(std::chrono::ceil<milliseconds>(left), milliseconds(0));
}

void ValkeyMirror::bring_over() {
  if (has_overflowed_.exchange(false)) forget();
  if (!has_connection()) return;
  if (steady_clock::now() - renewed_at_ >= sizes_.renew_every) renew();
  is_behind_ = false;
  std::array parts = {recent_.take_commands(), private_.take_commands(), presence_commands()};
  for (auto& part : parts) {
    if (!part) {
      LogLine(Level::kDebug, "valkey_mirror_waits").with("reason", part.error().detail);
      is_behind_ = true;
    } else if (!send(std::move(*part))) {
      return;
    }
  }
}

bool ValkeyMirror::has_connection() {
  const auto generation = link_.generation();
  if (generation != generation_ || generation == 0) {
    // Of another server, perhaps, or of one that forgot everything.
    forget();
    connection_.reset();
    generation_ = generation;
  }
  if (generation == 0) return false;
  if (connection_) return true;
  auto opened = link_.connect();
  if (!opened) {
    link_.report_failure(generation, opened.error());
    return false;
  }
  connection_ = std::move(*opened);
  renewed_at_ = steady_clock::now();
  return true;
}

Result<valkey::Commands> ValkeyMirror::presence_commands() {
  valkey::Commands commands;
  if (std::exchange(is_presence_written_, true)) {
    valkey::change_presence(commands, presence_key_, presence_.take_changes());
  } else {
    commands.push_back({"DEL", presence_key_});
    valkey::change_presence(commands, presence_key_, presence_.take_all());
  }
  return commands;
}

void ValkeyMirror::renew() {
  valkey::Commands commands;
  valkey::keep_presence(commands, presence_key_);
  commands.push_back({"EXISTS", std::string(valkey::kRecentMessages)});
  const auto replies = connection_->run(commands, patience_for(link_.timeout()));
  if (!replies) return lose_connection(replies.error());
  renewed_at_ = steady_clock::now();
  if (replies->front().integer == 0) is_presence_written_ = false;
  // Somebody emptied it while we were connected.
  if (replies->back().integer == 0 && recent_.holds_some()) forget();
}

void ValkeyMirror::say_goodbye() {
  if (connection_) send({{"DEL", presence_key_}});
  connection_.reset();
}

bool ValkeyMirror::send(valkey::Commands commands) {
  if (!connection_) return false;
  if (commands.empty()) return true;
  const auto replies =
      connection_->run(valkey::as_one(std::move(commands)), patience_for(link_.timeout()));
  if (!replies) lose_connection(replies.error());
  return replies.has_value();
}

void ValkeyMirror::lose_connection(const Error& error) {
  connection_.reset();
  forget();
  link_.report_failure(generation_, error);
}

void ValkeyMirror::forget() {
  recent_.forget();
  private_.forget();
  is_presence_written_ = false;
}

}  // namespace hubbub
