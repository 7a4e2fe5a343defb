#include "state/valkey/rate_limiter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hubbub {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// For each key its count and the milliseconds that are left of its window. A window that has no end
// (the old server could die between INCR and EXPIRE), that ends later than the limits now say, or
// whose counter is no number, starts anew.
constexpr std::string_view kScript = R"lua(
local window = tonumber(ARGV[1])
local answers = {}
for i, key in ipairs(KEYS) do
  local count = redis.pcall('INCR', key)
  local left = -1
  if type(count) == 'number' then left = redis.call('PTTL', key) end
  if left < 0 or left > window * 1000 then
    redis.call('SET', key, 1, 'EX', window)
    count, left = 1, window * 1000
  end
  answers[2 * i - 1], answers[2 * i] = count, left
end
return answers
)lua";

class ValkeyRateLimiter final : public RateLimiter {
 public:
  ValkeyRateLimiter(ValkeyLink& link, std::unique_ptr<RateLimiter> local, Metrics& metrics)
      : link_(link),
        local_(std::move(local)),
        fallbacks_(metrics.counter("hubbub_valkey_fallbacks_total",
                                   "Verdicts on messages taken locally, without Valkey.")) {}

  std::vector<RateVerdict> admit(std::span<const UserId> senders,
                                 const MessageLimits& limits) override {
    auto verdicts = local_->admit(senders, limits);
    if (senders.empty()) return verdicts;
    if (const auto generation = link_.generation(); generation != generation_) {
      connection_ = generation == 0 ? nullptr : link_.take_ready(generation);
      generation_ = generation;
    }
    if (!connection_ || !count(senders, limits, verdicts)) fallbacks_.add(senders.size());
    return verdicts;
  }

 private:
  // False, and the verdicts as they were, when Valkey did not answer in time, or with an error.
  bool count(std::span<const UserId> senders, const MessageLimits& limits,
             std::vector<RateVerdict>& verdicts) {
    auto reply = ask(senders, limits);
    if (reply && reply->items.size() != 2 * senders.size()) {
      reply = Error{Code::kUnavailable, "the script's answer is not what it should be"};
    }
    if (!reply) {
      connection_.reset();
      link_.report_failure(generation_, reply.error());
      return false;
    }
    for (std::size_t i = 0; i < senders.size(); ++i) {
      const bool is_allowed = reply->items[2 * i].integer <= limits.message_limit;
      const auto left = std::max<std::int64_t>(reply->items[2 * i + 1].integer, 1);
      verdicts[i] = {is_allowed, is_allowed ? 0 : left};
    }
    return true;
  }

  // One round trip; two where the server does not know the script yet.
  Result<ValkeyReply> ask(std::span<const UserId> senders, const MessageLimits& limits) {
    const auto deadline = steady_clock::now() + link_.timeout();
    ValkeyCommand command = {"EVALSHA", digest_, std::to_string(senders.size())};
    command.reserve(senders.size() + 4);
    for (const auto& sender : senders) command.push_back("ratelimit:" + sender.value);
    command.push_back(std::to_string(limits.window_seconds));
    if (!digest_.empty()) {
      auto replies = connection_->exchange({&command, 1}, link_.timeout());
      if (!replies) return replies.error();
      auto& reply = replies->front();
      if (const auto* error = reply.first_error()) {
        if (!error->text.starts_with("NOSCRIPT")) return Error{Code::kUnavailable, error->text};
      } else {
        return std::move(reply);
      }
    }
    command[0] = "EVAL";
    command[1] = kScript;
    const std::array<ValkeyCommand, 2> commands = {
        {{"SCRIPT", "LOAD", std::string(kScript)}, std::move(command)}};
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    auto replies = connection_->run(commands, left);
    if (!replies) return replies.error();
    digest_ = replies->front().text;
    return std::move(replies->back());
  }

  ValkeyLink& link_;
  const std::unique_ptr<RateLimiter> local_;
  Counter& fallbacks_;
  std::uint64_t generation_ = 0;  // of connection_
  std::unique_ptr<ValkeyConnection> connection_;
  std::string digest_;  // the script's name at the server
};

}  // namespace

std::unique_ptr<RateLimiter> make_valkey_rate_limiter(ValkeyLink& link,
                                                      std::unique_ptr<RateLimiter> local,
                                                      Metrics& metrics) {
  return std::make_unique<ValkeyRateLimiter>(link, std::move(local), metrics);
}

}  // namespace hubbub
