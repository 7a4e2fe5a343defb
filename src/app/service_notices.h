// What the service manager is told, in systemd's protocol (sd_notify(3)): datagrams to the socket
// that NOTIFY_SOCKET names. Ours instead of libsystemd's, which would load five more libraries for
// it.
//
// Lives on the main thread. Without a service manager every notice is silently dropped.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace hubbub {

class ServiceNotices {
 public:
  // `environment`: by name, as getenv has it.
  explicit ServiceNotices(const std::function<const char*(const char*)>& environment);
  ServiceNotices(const ServiceNotices&) = delete;
  ServiceNotices& operator=(const ServiceNotices&) = delete;
  ~ServiceNotices();

  void ready() { tell("READY=1"); }
  void stopping() { tell("STOPPING=1"); }
  // The manager kills a service that has not said this for WATCHDOG_USEC.
  void alive() { tell("WATCHDOG=1"); }
  // How often to say that; nothing when nobody waits for it.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> alive_interval() const {
    return alive_interval_;
  }

 private:
  void tell(std::string_view notice);

  std::string path_;
  int socket_ = -1;
  std::optional<std::chrono::nanoseconds> alive_interval_;
};

}  // namespace hubbub
