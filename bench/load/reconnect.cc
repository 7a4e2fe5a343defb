#include "load/reconnect.h"

#include <cstdio>
#include <thread>

#include "load/crowd.h"
#include "load/report.h"
#include "load/swarm.h"

namespace hubbub::bench {
namespace {

using namespace std::chrono_literals;

// How long those who stay talk to those who are back, to see that these are live again.
constexpr auto kAfterwards = 1s;

// What those who stay saw: in quiet times, and while the others came back.
struct Seen {
  Latency quiet, latency, sent_late, read_late;
  std::chrono::nanoseconds own_cpu{};
};

auto for_seconds(std::chrono::seconds duration) {
  const Instant end = std::chrono::steady_clock::now() + duration;
  return [end] { return std::chrono::steady_clock::now() >= end; };
}

// The cut comes just after a message was sent, so that some have it and some do not.
Seen talk(const Options& options, Swarm& swarm, Crowd& crowd, const Ledger& ledger) {
  Seen seen;
  swarm.listen([&] { return crowd.phase() != Crowd::Phase::kOpening; });
  swarm.converse(for_seconds(options.duration));
  seen.quiet = swarm.latency();
  const auto cpu_before = own_cpu();
  if (crowd.phase() == Crowd::Phase::kOver) return seen;
  crowd.cut();
  swarm.converse([&] { return crowd.phase() >= Crowd::Phase::kBack; });
  seen.own_cpu = own_cpu() - cpu_before;
  seen.latency = swarm.latency();
  seen.sent_late = swarm.sent_late();
  seen.read_late = swarm.read_late();
  swarm.converse(for_seconds(kAfterwards));
  crowd.finish(ledger.booked_count());
  swarm.listen([&] { return crowd.phase() == Crowd::Phase::kOver; });
  return seen;
}

void print_report(const Options& options, const Seen& seen, const Crowd& crowd,
                  const Ledger& ledger, const std::vector<std::string>& failures) {
  const Crowd::Return& back = crowd.result();
  const auto count = static_cast<double>(options.crowd);
  JsonWriter json;
  json.object().member("connections", options.connections + options.crowd);
  json.member("crowd", options.crowd).member("users", options.connections + options.users);
  json.member("sent", ledger.booked_count());
  json.member("replayed", back.replayed_messages);
  const bool is_back = back.end != Instant{};
  member(json, "returning_seconds", is_back ? seconds(back.end - back.begin) : 0);
  member(json, "return_us", back.took);
  json.member("refused", back.refused_count).member("first_refusal", back.first_refusal);
  member(json, "cpu_seconds", seconds(back.after.cpu - back.before.cpu));
  member(json, "bytes_per_connection", static_cast<double>(back.received_bytes) / count);
  member(json, "grown_bytes", growth(back.before, back.after));
  member(json, "quiet_latency_us", seen.quiet);
  member(json, "latency_us", seen.latency);
  member(json, "sent_late_us", seen.sent_late);
  member(json, "read_late_us", seen.read_late);
  member(json, "load_cpu_seconds", seconds(seen.own_cpu));
  member(json, "failures", failures);
  json.end_object();
  std::puts(json.text().c_str());
}

}  // namespace

int run_reconnect(const Options& given) {
  Options options = given;
  options.protocol = Protocol::kV1;
  options.is_stamped = true;
  raise_descriptor_limit(options.connections + options.crowd);
  const Tokens tokens(options.key_path, options.issuer);
  // One for each thread: a script remembers where it found something.
  Script script(options);
  Script crowd_script(options);
  Ledger ledger(options.senders);
  Swarm swarm(options, &tokens, script, ledger);
  Crowd crowd(options, tokens, crowd_script);

  swarm.open_all();
  std::thread thread([&] { crowd.run(); });
  const Seen seen = talk(options, swarm, crowd, ledger);
  crowd.give_up();
  thread.join();

  auto failures = swarm.failures();
  failures.insert(failures.end(), crowd.failures().begin(), crowd.failures().end());
  if (!read_usage(options.server_pid).is_alive) failures.emplace_back("the server is gone");
  if (failures.empty() && !crowd.journal().agrees_with(ledger)) {
    failures.emplace_back("the crowd's messages are not those of the others");
  }
  print_report(options, seen, crowd, ledger, failures);
  return failures.empty() ? 0 : 1;
}

}  // namespace hubbub::bench
