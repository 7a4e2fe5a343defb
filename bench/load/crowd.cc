#include "load/crowd.h"

#include <algorithm>
#include <array>

namespace hubbub::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBufferBytes = 256 * 1024;
constexpr std::size_t kFailuresMax = 10;
constexpr std::size_t kOpeningMax = 200;
// Together below three minutes.
constexpr auto kOpeningLimit = 60s;
constexpr auto kReturningLimit = 75s;
constexpr auto kListeningLimit = 20s;

Instant clock_now() { return std::chrono::steady_clock::now(); }

// docs/protocol.md, Closing: who comes back after that. HTTP: 429 and 503, while it is not yet one.
bool may_come_back(int refusal) {
  constexpr std::array kPassing = {0, 429, 503, 1000, 1001, 1005, 1011, 1013, 4408, 4429};
  return std::find(kPassing.begin(), kPassing.end(), refusal) != kPassing.end();
}

}  // namespace

Crowd::Crowd(const Options& options, const Tokens& tokens, Script& script)
    : options_(options), script_(script), buffer_(kBufferBytes) {
  for (std::size_t i = 0; i < options.crowd; ++i) {
    Member& member = members_.emplace_back();
    member.index = i;
    member.upgrade = script.upgrade(&tokens, options.connections + i % options.users);
  }
}

void Crowd::complain(const Member& member, const std::string& what) {
  if (failures_.size() >= kFailuresMax) return;
  failures_.push_back("connection " + std::to_string(member.index) + " of the crowd: " + what);
}

void Crowd::run() {
  come_in(kOpeningLimit, kOpeningMax);
  phase_ = Phase::kListening;
  listen_until([this] { return is_cut_wanted_.load(); });
  if (!is_over()) {
    cut_all();
    phase_ = Phase::kReturning;
    come_in(kReturningLimit, members_.size());
    if (!is_over()) note_return();
    phase_ = Phase::kBack;
    const Instant end = clock_now() + kListeningLimit;
    listen_until([&] { return clock_now() > end || has_everything(); });
    if (!is_over() && !has_everything()) failures_.emplace_back("the crowd misses messages");
  }
  phase_ = Phase::kOver;
}

void Crowd::come_in(std::chrono::seconds limit, std::size_t opening_max) {
  const Instant begin = clock_now();
  for (Member& member : members_) attempts_.push({begin, &member});
  while (in_count_ < members_.size() && !is_over()) {
    const Instant now = clock_now();
    while (!attempts_.empty() && attempts_.top().at <= now && underway_count_ < opening_max) {
      Member& member = *attempts_.top().member;
      attempts_.pop();
      attempt(member);
    }
    turn(10ms);
    if (now - begin > limit) {
      failures_.push_back("only " + std::to_string(in_count_) + " of the crowd are in after " +
                          std::to_string(limit.count()) + " s; turned away " +
                          std::to_string(return_.refused_count) +
                          " times: " + return_.first_refusal);
    }
  }
}

void Crowd::attempt(Member& member) {
  ++underway_count_;
  member.has_channel = member.has_inbox = false;
  member.client.emplace(options_.connections + member.index, Protocol::kV1, member.upgrade);
  member.client->open(options_.host, options_.port, {});
  if (member.client->state() == Client::State::kFailed) return on_failed(member);
  poller_.add(*member.client, &member);
}

void Crowd::cut_all() {
  return_ = {};
  return_.before = read_usage(options_.server_pid);
  return_.begin = clock_now();
  for (Member& member : members_) {
    member.client->reset_when_closed();
    member.client.reset();
    member.back_off.reset();
  }
  members_.front().is_faulty = options_.fault != Fault::kNone;
  in_count_ = 0;
}

void Crowd::note_return() {
  return_.end = clock_now();
  return_.after = read_usage(options_.server_pid);
  for (const Member& member : members_) {
    if (member.client) return_.received_bytes += member.client->received_bytes();
  }
}

void Crowd::listen_until(const std::function<bool()>& is_done) {
  while (!is_over() && !is_done()) turn(10ms);
}

bool Crowd::has_everything() const {
  const auto count = message_count_.load();
  if (count < 0 || journal_.message_count() != static_cast<std::size_t>(count)) return false;
  return std::all_of(members_.begin(), members_.end(), [&](const Member& member) {
    return member.channel->seq == journal_.last_seq();
  });
}

void Crowd::turn(std::chrono::nanoseconds wait) {
  poller_.wait(wait, [this](void* owner, std::uint32_t events) {
    on_events(*static_cast<Member*>(owner), events);
  });
}

void Crowd::on_events(Member& member, std::uint32_t events) {
  Client& client = *member.client;
  if ((events & EPOLLOUT) != 0) client.on_writable();
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && client.state() != Client::State::kFailed) {
    client.on_readable(buffer_,
                       [&](std::string_view payload, std::size_t) { on_frame(member, payload); });
  }
  if (client.state() == Client::State::kFailed) {
    poller_.remove(client);
    on_failed(member);
  } else {
    poller_.watch(client, &member);
  }
}

void Crowd::on_failed(Member& member) {
  const Client& client = *member.client;
  // Nobody has a reason to end a connection that was let in, or to refuse it for good.
  if (member.has_channel || !may_come_back(client.refusal())) {
    return complain(member, client.failure());
  }
  if (return_.refused_count++ == 0) return_.first_refusal = client.failure();
  return_.received_bytes += client.received_bytes();
  attempts_.push({clock_now() + member.back_off.next(client.retry_after(), random_), &member});
  member.client.reset();
  --underway_count_;
}

void Crowd::on_frame(Member& member, std::string_view payload) {
  Client& client = *member.client;
  if (const auto name = script_.find_name(payload); !name.empty()) {
    const auto seq = read_seq(payload);
    if (!seq) return client.fail("a message without seq");
    if (std::exchange(member.is_faulty, false)) {
      if (options_.fault == Fault::kLose) return;
      on_message(member, *seq, name);
    }
    return on_message(member, *seq, name);
  }
  switch (script_.meaning(payload)) {
    case Script::Meaning::kHello:
      client.push_text(script_.subscribe(Script::Log::kChannel, member.channel));
      client.push_text(script_.subscribe(Script::Log::kInbox, member.inbox));
      client.flush();
      break;
    case Script::Meaning::kGreeted:
      on_subscribed(member, payload);
      break;
    case Script::Meaning::kGap:
    case Script::Meaning::kRefused:
      complain(member, std::string(payload.substr(0, 300)));
      break;
    case Script::Meaning::kNothing:
      break;
  }
}

void Crowd::on_message(Member& member, std::uint64_t seq, std::string_view name) {
  if (!member.channel) return complain(member, "a message before any subscription");
  const auto has = member.channel->seq;
  const std::string what = "has " + std::to_string(has) + " and was given " + std::to_string(seq);
  switch (journal_.receive(has, seq, name)) {
    case Journal::Verdict::kNext:
      member.channel->seq = seq;
      if (!member.has_channel) ++return_.replayed_messages;
      break;
    case Journal::Verdict::kMissed:
      complain(member, what + ": something is lost");
      break;
    case Journal::Verdict::kRepeated:
      complain(member, what + ": it comes twice");
      break;
    case Journal::Verdict::kOther:
      complain(member, what + ": not the message that others have there");
      break;
  }
}

void Crowd::on_subscribed(Member& member, std::string_view payload) {
  const auto position = read_position(payload);
  if (!position) return complain(member, "subscribed without a position");
  const bool is_inbox = is_of_inbox(payload);
  auto& known = is_inbox ? member.inbox : member.channel;
  if (known && (known->epoch != position->epoch || known->seq != position->seq)) {
    return complain(member, "was told that it has " + std::to_string(position->seq) + ", and has " +
                                std::to_string(known->seq) +
                                (known->seq < position->seq ? ": something is lost" : ""));
  }
  if (!known && !is_inbox && !journal_.begin_after(position->seq)) {
    return complain(member,
                    "its log ends at " + std::to_string(position->seq) + ", the others' elsewhere");
  }
  if (!known) known = position;
  (is_inbox ? member.has_inbox : member.has_channel) = true;
  if (!member.has_channel || !member.has_inbox) return;
  member.client->set_ready();
  --underway_count_;
  ++in_count_;
  if (phase() == Phase::kReturning) return_.took.record(clock_now() - return_.begin);
}

}  // namespace hubbub::bench
