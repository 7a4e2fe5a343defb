#include "torture/run.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>
#include <stdexcept>

#include "torture/check/checker.h"
#include "torture/check/dump.h"
#include "torture/check/stored_logs.h"
#include "torture/identity/issuer.h"
#include "torture/nemesis/nemesis.h"
#include "torture/processes/http_request.h"

namespace hubbub::torture {
namespace {

constexpr std::chrono::seconds kFinishWithin{60};
constexpr std::chrono::seconds kAdministerWithin{10};
constexpr const char* kAdmin = "id-torture-admin";
constexpr std::int64_t kMebibyte = 1024 * 1024;
// What the server may take with these few people, whatever is done to it and to them. In half an
// hour it takes up to 35 MiB: a queue without a bound would show.
constexpr std::int64_t kMemoryBytesBound = 96 * kMebibyte;
// A message with all its indexes, in SQLite's file and its write-ahead log.
constexpr std::int64_t kBytesPerMessage = 2'000;
constexpr std::int64_t kDiskBytesMin = 64 * kMebibyte;

volatile sig_atomic_t is_interrupted = 0;

std::string make_folder(const Options& options) {
  const auto parent = options.parent_folder.empty()
                          ? std::filesystem::temp_directory_path().string()
                          : std::filesystem::absolute(options.parent_folder).string();
  std::string path = parent + "/hubbub-torture-XXXXXX";
  if (!::mkdtemp(path.data())) throw std::runtime_error(parent + " is not writable");
  // PostgreSQL, as another user, must pass through.
  std::filesystem::permissions(path, std::filesystem::perms(0711));
  return path;
}

// What was stored, and its sender heard so only when asking again.
std::uint64_t repeated_acks(const History& history) {
  std::uint64_t count = 0;
  for (const auto& writer : history.writers) {
    count += static_cast<std::uint64_t>(std::ranges::count(writer.acks, true, &Ack::is_repeated));
  }
  return count;
}

// One run, from the folder to the verdict.
class Run {
 public:
  explicit Run(const Options& options)
      : options_(options), folder_(make_folder(options)), data_(folder_ + "/data") {
    std::filesystem::create_directory(data_);
  }
  ~Run() {
    server_.reset();
    postgresql_.reset();
    small_disk_.reset();
    std::error_code error;
    if (!is_kept_) std::filesystem::remove_all(folder_, error);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  // The exit status.
  int carry_out() {
    std::printf("seed %llu, %s, in %s\n", static_cast<unsigned long long>(options_.seed),
                options_.store == Store::kSqlite ? "SQLite" : "PostgreSQL", folder_.c_str());
    prepare_store();
    start_server();
    Cast cast(options_, kChannels, server_->port(), issuer_.tokens());
    cast.start();
    Nemesis nemesis({server_.get(), &cast, disk_.get(), small_disk_.get(), postgresql_.get(),
                     options_.store == Store::kSqlite ? sqlite_path() : ""},
                    diary_, options_.seed);
    try {
      nemesis.rage(options_.duration, [] { return is_interrupted != 0; });
    } catch (const ServerFailed& failure) {
      keep_folder();
      std::printf("%s\nthe server failed; all of it is in %s\n", failure.what(), folder_.c_str());
      return 1;
    }
    for (const auto& late : cast.finish(kFinishWithin)) {
      diary_.complain(late + " was not done within a minute of the last fault");
    }
    const auto status = server_->stop();
    if (status != 0) diary_.complain("the server did not end well in the end");
    auto history = cast.history();
    history.memory_bytes_max = nemesis.memory_bytes_max();
    history.memory_bytes_bound = kMemoryBytesBound;
    return judge(history);
  }

 private:
  inline static const std::vector<std::string> kChannels = {"garden", "kitchen", "workshop"};

  [[nodiscard]] std::string sqlite_path() const { return data_ + "/hubbub.db"; }

  void prepare_store() {
    if (options_.store == Store::kPostgresql) {
      const auto cluster = folder_ + "/postgresql";
      std::filesystem::create_directory(cluster);
      postgresql_ = std::make_unique<Postgresql>(cluster);
      return;
    }
    const auto messages = options_.duration.count() * options_.rate;
    small_disk_ = SmallDisk::mount(data_, kDiskBytesMin + messages * kBytesPerMessage);
    disk_ = std::make_unique<Disk>(data_, folder_ + "/disk");
  }

  void start_server() {
    ChatServer::Setup setup;
    setup.program = options_.server.empty() ? "/proc/self/exe" : options_.server;
    setup.program = std::filesystem::canonical(setup.program);
    setup.folder = data_;
    setup.log_path = folder_ + "/server.log";
    setup.database_url = postgresql_ ? postgresql_->url() : "sqlite:" + sqlite_path();
    setup.issuer_url = issuer_.url();
    if (disk_) setup.environment = disk_->environment();
    server_ = std::make_unique<ChatServer>(setup);
    if (!server_->start()) {
      throw std::runtime_error("the server does not start:\n" + server_->last_log_lines(4'000));
    }
    for (const auto& channel : kChannels) {
      administer("POST", "/channels", R"({"name":")" + channel + R"("})", 201);
    }
    // What is refused for being too much says nothing about what is lost.
    administer("PATCH", "/ratelimits", R"({"id":1,"message_limit":1000000,"window_seconds":1})",
               200);
  }

  void administer(std::string_view method, std::string_view target, std::string_view body,
                  int expected) {
    const auto token = issuer_.tokens().make(kAdmin, "torture-admin", "admin");
    const auto answer =
        http_request(server_->port(), method, target, token, body, kAdministerWithin);
    if (answer && answer->status == expected) return;
    throw std::runtime_error(std::string(target) + ": " + (answer ? answer->body : "no answer"));
  }

  int judge(const History& history) {
    const Known known{history.people, kChannels, {kAdmin}};
    auto stored = postgresql_ ? read_postgresql(postgresql_->url(), known)
                              : read_sqlite(sqlite_path(), known);
    for (const auto& complaint : diary_.complaints()) stored.complaints.push_back(complaint);
    const auto verdict = check(history, stored);
    print_counts(history, verdict);
    for (const auto& sentence : verdict.findings.sentences()) std::printf("%s\n", sentence.c_str());
    std::string histories;
    if (!verdict.is_clean()) {
      histories = folder_ + "/histories";
      dump(history, stored, verdict, histories);
    }
    if (options_.keeps_folder || !verdict.is_clean()) keep_folder();
    std::printf("%s\n", summary(verdict, diary_.count("killed"), histories).c_str());
    return verdict.is_clean() ? 0 : 1;
  }

  void keep_folder() {
    is_kept_ = true;
    // The small disk goes with this run.
    if (small_disk_) std::filesystem::copy(data_, folder_ + "/data-kept");
  }

  void print_counts(const History& history, const Verdict& verdict) const {
    std::string line;
    for (const auto& [kind, count] : diary_.counts()) {
      line += (line.empty() ? "" : ", ") + kind + " " + std::to_string(count);
    }
    const auto count = [](std::uint64_t number) { return std::to_string(number); };
    line += "\n" + count(verdict.stored) + " messages stored, " + count(verdict.seen) +
            " entries shown, " + count(verdict.shown_old) + " in the old protocol; " +
            count(repeated_acks(history)) + " answered as repeated; the server took " +
            std::to_string(history.memory_bytes_max / kMebibyte) + " MiB of memory at most";
    if (disk_) {
      const auto disk = disk_->counts();
      line += "\nof the disk's " + count(disk.syncs) + " syncs " + count(disk.syncs_failed) +
              " failed, of " + count(disk.writes) + " writes " + count(disk.writes_refused) +
              " were refused";
    }
    std::printf("%s\n", line.c_str());
  }

  const Options options_;
  const std::string folder_;
  const std::string data_;
  bool is_kept_ = false;
  Diary diary_;
  Issuer issuer_;
  std::unique_ptr<SmallDisk> small_disk_;
  std::unique_ptr<Disk> disk_;
  std::unique_ptr<Postgresql> postgresql_;
  std::unique_ptr<ChatServer> server_;
};

}  // namespace

int run(Options options) {
  if (options.seed == 0) options.seed = std::random_device()();
  ::signal(SIGPIPE, SIG_IGN);
  // The first one ends the torture, and what was done so far is judged; the second ends the
  // program.
  struct sigaction action {};
  action.sa_handler = [](int) { is_interrupted = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  try {
    return Run(options).carry_out();
  } catch (const std::exception& error) {
    std::printf("hubbub torture: %s\n", error.what());
    return 2;
  }
}

}  // namespace hubbub::torture
