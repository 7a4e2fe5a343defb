#include "app/service_notices.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <string>

#include "base/log_line.h"

namespace hubbub {
namespace {

std::optional<long> number_of(const char* text) {
  if (!text) return std::nullopt;
  long number = 0;
  const char* const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, number);
  if (error != std::errc() || stop != end || number <= 0) return std::nullopt;
  return number;
}

}  // namespace

ServiceNotices::ServiceNotices(const std::function<const char*(const char*)>& environment) {
  const char* const path = environment("NOTIFY_SOCKET");
  if (!path || !*path) return;
  path_ = path;
  socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  // sd_watchdog_enabled(3): set for one process, which need not be this one.
  const auto microseconds = number_of(environment("WATCHDOG_USEC"));
  const auto pid = number_of(environment("WATCHDOG_PID"));
  if (microseconds && (!pid || *pid == ::getpid())) {
    // Twice within the time, so that one notice may be late.
    alive_interval_ = std::chrono::microseconds(*microseconds) / 2;
  }
}

ServiceNotices::~ServiceNotices() {
  if (socket_ >= 0) ::close(socket_);
}

void ServiceNotices::tell(std::string_view notice) {
  if (socket_ < 0) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto size = std::min(path_.size(), sizeof(address.sun_path) - 1);
  std::memcpy(address.sun_path, path_.data(), size);
  // '@' stands for the zero byte of an abstract address.
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + size);
  const auto sent = ::sendto(socket_, notice.data(), notice.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), length);
  if (sent < 0) LogLine(Level::kWarning, "service_manager_unreachable").with("socket", path_);
}

}  // namespace hubbub
