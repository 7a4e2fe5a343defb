// hubbub_load: opens many connections as different users, sends, checks that every connection gets
// every message in one order, and prints what it cost the server. docs/performance.md.
#include <cstdio>
#include <optional>

#include "load/options.h"
#include "load/process_usage.h"
#include "load/reconnect.h"
#include "load/report.h"
#include "load/swarm.h"

namespace hubbub::bench {
namespace {

// What one run measured, phase by phase.
struct Measured {
  ProcessUsage before, connected, after, caught_up;
  std::chrono::nanoseconds opening{}, conversing{}, own_cpu{};
};

void print_report(const Options& options, const Swarm& swarm, const Ledger& ledger,
                  const Measured& measured, const std::vector<std::string>& failures) {
  const auto deliveries = static_cast<double>(swarm.delivery_count());
  const double per_delivery = deliveries > 0 ? 1 / deliveries : 0;
  const double cpu = seconds(measured.after.cpu - measured.connected.cpu);
  const double took = seconds(measured.conversing);
  const double grown = growth(measured.before, measured.connected);
  JsonWriter json;
  json.object().member("connections", swarm.ready_count()).member("sent", ledger.booked_count());
  json.member("deliveries", swarm.delivery_count());
  json.member("stopped_received", swarm.stopped_received_count());
  json.member("expected", ledger.booked_count() * options.connections);
  member(json, "opening_seconds", seconds(measured.opening));
  member(json, "opening_cpu_seconds", seconds(measured.connected.cpu - measured.before.cpu));
  member(json, "seconds", took);
  member(json, "deliveries_per_second", took > 0 ? deliveries / took : 0);
  member(json, "frame_bytes", static_cast<double>(swarm.delivery_bytes()) * per_delivery);
  member(json, "cpu_seconds", cpu);
  member(json, "cpu_us_per_delivery", cpu * 1e6 * per_delivery);
  member(json, "load_cpu_seconds", seconds(measured.own_cpu));
  member(json, "latency_us", swarm.latency());
  member(json, "memory_bytes", static_cast<double>(measured.connected.memory_bytes));
  member(json, "bytes_per_connection", grown / static_cast<double>(options.connections));
  // While messages flowed, and once those who had stopped had read on.
  member(json, "grown_bytes", growth(measured.connected, measured.after));
  member(json, "grown_bytes_caught_up", growth(measured.connected, measured.caught_up));
  member(json, "failures", failures);
  json.end_object();
  std::puts(json.text().c_str());
}

int run(const Options& options) {
  raise_descriptor_limit(options.connections);
  std::optional<Tokens> tokens;
  if (options.protocol != Protocol::kRaw) tokens.emplace(options.key_path, options.issuer);
  Script script(options);
  Ledger ledger(options.senders);
  Swarm swarm(options, tokens ? &*tokens : nullptr, script, ledger);

  Measured measured;
  measured.before = read_usage(options.server_pid);
  auto begin = std::chrono::steady_clock::now();
  swarm.open_all();
  measured.opening = std::chrono::steady_clock::now() - begin;
  swarm.settle();
  measured.connected = read_usage(options.server_pid);
  if (options.duration.count() > 0 && swarm.failures().empty()) {
    const auto cpu_before = own_cpu();
    begin = std::chrono::steady_clock::now();
    const auto end = begin + options.duration;
    swarm.converse([&] { return std::chrono::steady_clock::now() >= end; });
    measured.conversing = swarm.last_delivery_at() - begin;
    measured.own_cpu = own_cpu() - cpu_before;
  }
  measured.after = read_usage(options.server_pid);
  swarm.read_on();
  measured.caught_up = read_usage(options.server_pid);

  auto failures = swarm.failures();
  if (!measured.caught_up.is_alive) failures.emplace_back("the server is gone");
  if (swarm.delivery_count() != ledger.booked_count() * options.connections) {
    failures.emplace_back("deliveries are missing");
  }
  print_report(options, swarm, ledger, measured, failures);
  return failures.empty() ? 0 : 1;
}

}  // namespace
}  // namespace hubbub::bench

int main(int argc, char** argv) {
  using namespace hubbub::bench;
  const Options options = read_options(argc, argv);
  if (options.command == "run") return run(options);
  if (options.command == "reconnect") return run_reconnect(options);
  const Tokens tokens(options.key_path, options.issuer);
  if (options.command == "keys") {
    std::puts(tokens.key_set().c_str());
  } else if (options.command == "token") {
    std::puts(tokens.make(options.user, options.client, options.roles).c_str());
  } else {
    std::fputs("hubbub_load: run, reconnect, token or keys; see --help\n", stderr);
    return 2;
  }
  return 0;
}
