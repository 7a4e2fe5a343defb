#include "load/report.h"

#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace hubbub::bench {
namespace {

// Standard streams, epoll, files of /proc.
constexpr std::size_t kOtherDescriptors = 20;

}  // namespace

void raise_descriptor_limit(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= connections + kOtherDescriptors) return;
  std::fprintf(stderr,
               "hubbub_load: %zu connections need as many file descriptors and %zu more, here and "
               "in the server; the hard limit is %llu (ulimit -Hn)\n",
               connections, kOtherDescriptors, static_cast<unsigned long long>(limit.rlim_cur));
  std::exit(2);
}

std::chrono::nanoseconds own_cpu() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

double seconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

double growth(const ProcessUsage& before, const ProcessUsage& after) {
  return static_cast<double>(after.memory_bytes) - static_cast<double>(before.memory_bytes);
}

void member(JsonWriter& json, const char* name, double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  json.key(name).raw(text.data());
}

void member(JsonWriter& json, const char* name, const Latency& latency) {
  json.key(name).object();
  member(json, "p50", latency.percentile_us(0.5));
  member(json, "p90", latency.percentile_us(0.9));
  member(json, "p99", latency.percentile_us(0.99));
  member(json, "p999", latency.percentile_us(0.999));
  member(json, "max", latency.percentile_us(1));
  json.end_object();
}

void member(JsonWriter& json, const char* name, const std::vector<std::string>& texts) {
  json.key(name).array();
  for (const auto& text : texts) json.string(text);
  json.end_array();
}

}  // namespace hubbub::bench
