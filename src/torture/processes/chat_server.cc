#include "torture/processes/chat_server.h"

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "torture/processes/free_port.h"
#include "torture/processes/http_request.h"

namespace hubbub::torture {
namespace {

constexpr std::chrono::milliseconds kAskAgainAfter{10};
constexpr std::chrono::seconds kServerStartsWithin{30};
constexpr std::chrono::seconds kServerStopsWithin{12};

}  // namespace

ChatServer::ChatServer(Setup setup) : setup_(std::move(setup)), port_(free_port()) {}

bool ChatServer::start() {
  const auto until = std::chrono::steady_clock::now() + kServerStartsWithin;
  Command command{{setup_.program, "serve"}, setup_.environment, setup_.folder, setup_.log_path};
  const Environment own = {
      {"HUBBUB_LISTEN", "127.0.0.1:" + std::to_string(port_)},
      {"HUBBUB_DATA_DIR", setup_.folder},
      {"HUBBUB_DATABASE_URL", setup_.database_url},
      {"HUBBUB_OIDC_ISSUER", setup_.issuer_url},
      // Everybody comes from one address, and often.
      {"HUBBUB_CONNECTS_PER_MINUTE", "0"},
      // More threads than cores, and bounds that are soon reached: what is rare elsewhere is common
      // here.
      {"HUBBUB_REACTORS", "3"},
      {"HUBBUB_OUTBOX_BYTES_MAX", "16KiB"},
      {"HUBBUB_STALL_MAX", "3s"},
  };
  command.environment.insert(command.environment.end(), own.begin(), own.end());
  process_ = std::make_unique<ChildProcess>(command);
  while (std::chrono::steady_clock::now() < until) {
    const auto answer = http_request(port_, "GET", "/readyz", "", "", std::chrono::seconds(1));
    if (answer && answer->status == 200) return true;
    if (process_->wait(kAskAgainAfter)) break;
  }
  process_.reset();
  return false;
}

void ChatServer::kill() {
  if (process_) process_->signal(SIGKILL);
  if (process_) process_->wait(std::chrono::seconds(10));
  process_.reset();
}

std::optional<int> ChatServer::stop() {
  process_->signal(SIGTERM);
  const auto status = process_->wait(kServerStopsWithin);
  process_.reset();
  return status;
}

void ChatServer::freeze() { process_->signal(SIGSTOP); }
void ChatServer::thaw() { process_->signal(SIGCONT); }

std::optional<int> ChatServer::unexpected_end() {
  return process_ ? process_->exit_status() : std::nullopt;
}

std::int64_t ChatServer::resident_bytes() const {
  return process_ ? process_->resident_bytes() : 0;
}

std::string ChatServer::last_log_lines(std::size_t bytes_max) const {
  std::ifstream file(setup_.log_path, std::ios::binary);
  std::error_code error;
  const auto size = std::filesystem::file_size(setup_.log_path, error);
  if (!error && size > bytes_max) file.seekg(static_cast<std::streamoff>(size - bytes_max));
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace hubbub::torture
