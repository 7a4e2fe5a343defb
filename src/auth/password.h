// Passwords as Argon2id hashes (RFC 9106), by libsodium.
#pragma once

#include <cstddef>
#include <string>

namespace hubbub {

// libsodium's "interactive" limits: 64 MiB and two passes, some 50 to 100 ms. OWASP's minimum is 19
// MiB.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = 64 * 1024 * 1024;
};

// Each call blocks for its cost in memory and time: callers bound how many run at once.
// Thread: any worker.
class PasswordHasher {
 public:
  explicit PasswordHasher(PasswordCost cost);

  // Empty when there is no memory for it.
  [[nodiscard]] std::string hash(const std::string& password) const;
  // False for an empty hash too, after the same time as for a real one: whether an account exists,
  // or has a password, does not show.
  [[nodiscard]] bool matches(const std::string& password, const std::string& hash) const;
  // The hash was made at another cost.
  [[nodiscard]] bool is_outdated(const std::string& hash) const;

 private:
  const PasswordCost cost_;
  std::string of_nobody_;
};

}  // namespace hubbub
