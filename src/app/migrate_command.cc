// hubbub migrate: what the start of the server does to an existing database, by itself, and told.
#include <cstdio>
#include <map>
#include <string>

#include "app/commands.h"
#include "app/data_dir.h"
#include "app/valkey_old_queues.h"
#include "store/migrate_store.h"

namespace hubbub {
namespace {

constexpr std::size_t kEntryShownMax = 100;
constexpr std::size_t kEntriesShownMax = 20;

void line(const char* what, std::int64_t count) {
  std::printf("  %-44s %lld\n", what, static_cast<long long>(count));
}

// The beginning of an entry, on one line.
std::string shown(const std::string& entry) {
  std::string text;
  for (const char c : entry.substr(0, kEntryShownMax)) {
    text += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  // Not in the middle of a character.
  while (entry.size() > text.size() && !text.empty() &&
         (static_cast<unsigned char>(entry[text.size()]) & 0xc0) == 0x80) {
    text.pop_back();
  }
  return entry.size() > text.size() ? text + "…" : text;
}

void print_set_aside(const AdoptionReport& adopted) {
  if (adopted.set_aside.empty()) return;
  std::puts("\nSet aside, since they cannot be stored; kept in chatserver.set_aside_entries:");
  std::size_t count = 0;
  for (const auto& one : adopted.set_aside) {
    if (++count > kEntriesShownMax) {
      std::printf("  … and %zu more\n", adopted.set_aside.size() - kEntriesShownMax);
      break;
    }
    std::printf("  %s: %s\n    %s\n", one.list.c_str(), one.reason.c_str(),
                shown(one.entry).c_str());
  }
}

void print_adoption(const AdoptionReport& adopted) {
  std::puts(adopted.is_first ? "\nTaken over from the old server:"
                             : "\nTaken over of what the old server wrote meanwhile:");
  line("channels", adopted.channel_count);
  line("messages", adopted.message_count);
  line("private messages", adopted.private_message_count);
  line("of these, from its lists in Valkey", adopted.queued_count);
  line("entries of the lists that were stored already", adopted.known_queued_count);
  line("entries of the lists set aside", std::ssize(adopted.set_aside));
  line("people whose names were found", adopted.person_count);
  line("people without a name, until they sign in", adopted.unknown_person_count);
  line("archived channels, for messages without one", std::ssize(adopted.archived_channels));
  for (const auto& name : adopted.archived_channels) {
    std::printf("    %s\n", name.empty() ? "(without a name)" : name.c_str());
  }
  print_set_aside(adopted);
}

void print(const MigrationReport& report, bool is_dry_run) {
  if (is_dry_run) std::puts("Dry run: nothing was changed. This would happen:\n");
  if (report.steps.empty()) {
    std::printf("The schema is up to date (version %lld).\n",
                static_cast<long long>(report.schema));
  } else {
    std::printf("Steps of the schema, up to version %lld:\n",
                static_cast<long long>(report.schema));
    for (const auto& step : report.steps) std::printf("  %s\n", step.c_str());
  }
  if (report.adoption.is_empty()) {
    std::puts("Nothing is left of an old server to take over.");
  } else {
    print_adoption(report.adoption);
  }
  if (!report.queues_unread.empty()) {
    std::printf("\nThe old server's lists in Valkey were not looked at: %s.\n",
                report.queues_unread.c_str());
  }
  std::puts(is_dry_run ? "\nNext: hubbub migrate, or start the server, which does the same."
                       : "\nNext: start the server.");
}

}  // namespace

int migrate_command(const Settings& settings, bool is_dry_run) {
  // A server on SQLite holds it while it runs; one on PostgreSQL holds a lock there too.
  auto data_dir = DataDir::open(settings.data_dir);
  auto failure = data_dir ? std::string() : data_dir.error().detail;
  if (data_dir) {
    const auto queues = ValkeyOldQueues::of(settings);
    const auto report = migrate_store(settings.database_url, queues.get(), is_dry_run);
    if (report) {
      print(*report, is_dry_run);
      return 0;
    }
    failure = report.error().detail;
  }
  std::fprintf(stderr, "hubbub migrate: %s\n", failure.c_str());
  return 1;
}

}  // namespace hubbub
