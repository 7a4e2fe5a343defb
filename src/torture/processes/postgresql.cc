#include "torture/processes/postgresql.h"

#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "torture/processes/free_port.h"

namespace hubbub::torture {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql";  // Debian: below it, by version
constexpr const char* kDatabase = "hubbub";
constexpr std::chrono::seconds kClusterStartsWithin{60};
constexpr std::chrono::seconds kClusterStopsWithin{20};

std::string program_path(const std::string& name) {
  int newest = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(kPrograms, error)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (std::filesystem::exists(entry.path() / "bin" / name)) newest = std::max(newest, version);
  }
  if (newest == 0) {
    throw std::runtime_error("PostgreSQL is not installed (Debian: apt install postgresql)");
  }
  return std::string(kPrograms) + "/" + std::to_string(newest) + "/bin/" + name;
}

std::string url_of(std::uint16_t port, const std::string& database) {
  return "postgresql://hubbub@127.0.0.1:" + std::to_string(port) + "/" + database;
}

// One that nobody has waited for yet has ended too.
bool has_ended(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto end = text.rfind(')');
  return end == std::string::npos || end + 2 >= text.size() || text[end + 2] == 'Z';
}

std::optional<std::pair<uid_t, gid_t>> other_user() {
  if (::getuid() != 0) return {};
  const passwd* user = ::getpwnam("postgres");
  if (!user) throw std::runtime_error("PostgreSQL does not run as root, and no user is 'postgres'");
  return std::pair(user->pw_uid, user->pw_gid);
}

}  // namespace

Postgresql::Postgresql(std::string folder)
    : folder_(std::move(folder)),
      log_path_(folder_ + ".log"),
      port_(free_port()),
      url_(url_of(port_, kDatabase)),
      user_(other_user()) {
  if (user_ && ::chown(folder_.c_str(), user_->first, user_->second) != 0) {
    throw std::runtime_error(folder_ + " cannot be given to the user 'postgres'");
  }
  run("initdb", {"--pgdata", folder_, "--username", "hubbub", "--auth", "trust", "--encoding",
                 "UTF8", "--locale", "C.UTF-8", "--no-sync"});
  std::ofstream(folder_ + "/postgresql.auto.conf")
      << "listen_addresses = '127.0.0.1'\nport = " << port_
      << "\nunix_socket_directories = ''\nmax_wal_size = '128MB'\nmin_wal_size = '32MB'\n";
  start();
  execute("postgres", std::string("CREATE DATABASE ") + kDatabase);
}

Command Postgresql::command(const std::string& program, std::vector<std::string> words) const {
  words.insert(words.begin(), program_path(program));
  return {std::move(words), {}, "/", log_path_, user_};
}

void Postgresql::run(const std::string& program, std::vector<std::string> words) {
  ChildProcess child(command(program, std::move(words)));
  if (child.wait(kClusterStartsWithin) != 0)
    throw std::runtime_error(program + ": " + last_log_lines());
}

void Postgresql::start() {
  process_ = std::make_unique<ChildProcess>(command("postgres", {"-D", folder_}));
  const auto until = std::chrono::steady_clock::now() + kClusterStartsWithin;
  const auto url = url_of(port_, "postgres");
  while (::PQping(url.c_str()) != PQPING_OK) {
    if (process_->exit_status() || std::chrono::steady_clock::now() > until) {
      throw std::runtime_error("PostgreSQL does not start: " + last_log_lines());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void Postgresql::kill() {
  // The first one first, so that it makes no more.
  process_->signal(SIGSTOP);
  const auto children = process_->descendants();
  for (const auto pid : children) ::kill(pid, SIGKILL);
  process_->signal(SIGKILL);
  process_->wait(kClusterStopsWithin);
  process_.reset();
  // The last one frees the shared memory, without which the next start fails.
  const auto until = std::chrono::steady_clock::now() + kClusterStopsWithin;
  for (const auto pid : children) {
    while (!has_ended(pid) && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
}

void Postgresql::restart() {
  process_->signal(SIGINT);
  if (!process_->wait(kClusterStopsWithin)) throw std::runtime_error("PostgreSQL does not stop");
  start();
}

void Postgresql::freeze() {
  process_->signal(SIGSTOP);
  for (const auto pid : process_->descendants()) ::kill(pid, SIGSTOP);
}

void Postgresql::thaw() {
  for (const auto pid : process_->descendants()) ::kill(pid, SIGCONT);
  process_->signal(SIGCONT);
}

void Postgresql::cut_connections() {
  execute("postgres", std::string("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                  " WHERE datname = '") +
                          kDatabase + "'");
}

void Postgresql::execute(const std::string& database, const std::string& statement) {
  PGconn* connection = ::PQconnectdb(url_of(port_, database).c_str());
  PGresult* result = ::PQexec(connection, statement.c_str());
  const auto status = ::PQresultStatus(result);
  const std::string words = ::PQerrorMessage(connection);
  ::PQclear(result);
  ::PQfinish(connection);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(statement + ": " + words);
  }
}

std::string Postgresql::last_log_lines() const {
  std::ifstream file(log_path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::size_t kBytesMax = 2'000;
  return text.substr(text.size() - std::min(text.size(), kBytesMax));
}

}  // namespace hubbub::torture
