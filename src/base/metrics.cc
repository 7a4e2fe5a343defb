#include "base/metrics.h"

#include <map>
#include <vector>

namespace hubbub {

std::int64_t Metrics::Entry::value() const {
  if (is_counter) return static_cast<std::int64_t>(counter.value());
  return read ? read() : gauge.value();
}

Metrics::Entry& Metrics::find_or_add(std::string_view name, std::string_view help,
                                     std::string_view labels, bool is_counter) {
  std::lock_guard lock(mutex_);
  for (auto& entry : entries_) {
    if (entry.name == name && entry.labels == labels) return entry;
  }
  auto& entry = entries_.emplace_back();
  entry.name = name;
  entry.help = help;
  entry.labels = labels;
  entry.is_counter = is_counter;
  return entry;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, std::string_view labels) {
  return find_or_add(name, help, labels, true).counter;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, std::string_view labels) {
  return find_or_add(name, help, labels, false).gauge;
}

void Metrics::observed(std::string_view name, std::string_view help,
                       std::function<std::int64_t()> read) {
  auto& entry = find_or_add(name, help, {}, false);
  std::lock_guard lock(mutex_);
  entry.read = std::move(read);
}

std::int64_t Metrics::sum(std::string_view name) const {
  std::lock_guard lock(mutex_);
  std::int64_t sum = 0;
  for (const auto& entry : entries_) {
    if (entry.name == name) sum += entry.value();
  }
  return sum;
}

std::string Metrics::print() const {
  std::lock_guard lock(mutex_);
  std::map<std::string_view, std::vector<const Entry*>> by_name;
  for (const auto& entry : entries_) by_name[entry.name].push_back(&entry);
  std::string text;
  for (const auto& [name, family] : by_name) {
    text.append("# HELP ").append(name).append(" ").append(family.front()->help).append("\n");
    text.append("# TYPE ").append(name);
    text.append(family.front()->is_counter ? " counter\n" : " gauge\n");
    for (const Entry* entry : family) {
      text.append(name);
      if (!entry->labels.empty()) text.append("{").append(entry->labels).append("}");
      text.append(" ").append(std::to_string(entry->value())).append("\n");
    }
  }
  return text;
}

}  // namespace hubbub
