// hubbub_load: opens many connections as different users, sends, checks that every connection gets
// every message in one order, and prints what it cost the server. docs/performance.md.
#include <sys/resource.h>

#include <cstdio>
#include <memory>
#include <optional>

#include "load/options.h"
#include "load/process_usage.h"
#include "load/swarm.h"
#include "wire/json_writer.h"

namespace hubbub::bench {
namespace {

void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

double seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

void member(JsonWriter& json, const char* name, double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  json.key(name).raw(text.data());
}

// What one run measured, phase by phase.
struct Measured {
  ProcessUsage before, connected, after;
  std::chrono::nanoseconds opening{}, conversing{}, own_cpu{};
};

std::chrono::nanoseconds own_cpu() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void print_report(const Options& options, const Swarm& swarm, const Ledger& ledger,
                  const Measured& measured, const std::vector<std::string>& failures) {
  const auto deliveries = static_cast<double>(swarm.delivery_count());
  const double per_delivery = deliveries > 0 ? 1 / deliveries : 0;
  const double cpu = seconds(measured.after.cpu - measured.connected.cpu);
  const double took = seconds(measured.conversing);
  const double grown = static_cast<double>(measured.connected.memory_bytes) -
                       static_cast<double>(measured.before.memory_bytes);
  JsonWriter json;
  json.object().member("connections", swarm.ready_count()).member("sent", ledger.booked_count());
  json.member("deliveries", swarm.delivery_count());
  json.member("expected", ledger.booked_count() * options.connections);
  member(json, "opening_seconds", seconds(measured.opening));
  member(json, "opening_cpu_seconds", seconds(measured.connected.cpu - measured.before.cpu));
  member(json, "seconds", took);
  member(json, "deliveries_per_second", took > 0 ? deliveries / took : 0);
  member(json, "frame_bytes", static_cast<double>(swarm.delivery_bytes()) * per_delivery);
  member(json, "cpu_seconds", cpu);
  member(json, "cpu_us_per_delivery", cpu * 1e6 * per_delivery);
  member(json, "load_cpu_seconds", seconds(measured.own_cpu));
  json.key("latency_us").object();
  member(json, "p50", swarm.latency().percentile_us(0.5));
  member(json, "p90", swarm.latency().percentile_us(0.9));
  member(json, "p99", swarm.latency().percentile_us(0.99));
  member(json, "p999", swarm.latency().percentile_us(0.999));
  member(json, "max", swarm.latency().percentile_us(1));
  json.end_object();
  member(json, "memory_bytes", static_cast<double>(measured.connected.memory_bytes));
  member(json, "bytes_per_connection", grown / static_cast<double>(options.connections));
  json.key("failures").array();
  for (const auto& failure : failures) json.string(failure);
  json.end_array().end_object();
  std::puts(json.text().c_str());
}

int run(const Options& options) {
  raise_descriptor_limit();
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
    swarm.converse();
    measured.conversing = swarm.last_delivery_at() - begin;
    measured.own_cpu = own_cpu() - cpu_before;
  }
  measured.after = read_usage(options.server_pid);

  auto failures = swarm.failures();
  if (!measured.after.is_alive) failures.emplace_back("the server is gone");
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
  const Tokens tokens(options.key_path, options.issuer);
  if (options.command == "keys") {
    std::puts(tokens.key_set().c_str());
  } else if (options.command == "token") {
    std::puts(tokens.make(options.user, options.client, options.roles).c_str());
  } else {
    std::fputs("hubbub_load: run, token or keys; see --help\n", stderr);
    return 2;
  }
  return 0;
}
