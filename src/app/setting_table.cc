// The settings, one row each: its names, its default, what it means, how it is read.
#include <array>
#include <optional>
#include <utility>

#include "app/setting_values.h"
#include "app/settings.h"

namespace hubbub {
namespace {

using Row = SettingRow;
using Text = const std::string&;

Status assign_text(std::string& target, Text text) {
  target = text;
  return {};
}

// Assigns what a parser returned. Errors: the parser's.
template <class Target, class Value>
Status assign(Target& target, Result<Value> value) {
  if (!value) return value.error();
  target = static_cast<Target>(*value);
  return {};
}

constexpr std::chrono::seconds kOneSecond{1};

template <class Duration>
Status assign_duration(Duration& target, Text text, Duration low = Duration::zero()) {
  const auto value = parse_duration(text);
  if (!value) return value.error();
  if (*value < low) {
    return Error{Code::kInvalid,
                 low < kOneSecond ? "must be a millisecond at least" : "must be a second at least"};
  }
  target = std::chrono::duration_cast<Duration>(*value);
  if (target != *value) return Error{Code::kInvalid, "must be whole seconds"};
  return {};
}

Status assign_bytes(std::size_t& target, Text text, std::size_t low) {
  const auto value = parse_bytes(text);
  if (!value) return value.error();
  if (*value < low) return Error{Code::kInvalid, "must be " + std::to_string(low) + " at least"};
  target = *value;
  return {};
}

// Less holds no command with a token in it (refresh_token).
constexpr std::size_t kBytesLeast = 1024;
// Less would not hold what greetings are kept ready.
constexpr std::size_t kTotalBytesLeast = 1024 * 1024;

Status assign_list(std::vector<std::string>& target, Text text) {
  target = parse_list(text);
  if (target.empty()) return Error{Code::kInvalid, "must not be empty"};
  return {};
}

Status assign_flag(bool& target, Text text) {
  if (text != "true" && text != "false") return Error{Code::kInvalid, "must be true or false"};
  target = text == "true";
  return {};
}

Status assign_one_of(std::string& target, Text text,
                     std::initializer_list<std::string_view> words) {
  for (const auto word : words) {
    if (text == word) {
      target = text;
      return {};
    }
  }
  std::string all;
  for (const auto word : words) all.append(all.empty() ? "" : ", ").append(word);
  return Error{Code::kInvalid, "must be one of " + all};
}

Status assign_level(Level& level, Text text) {
  constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warning", "error"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i]) {
      level = static_cast<Level>(i);
      return {};
    }
  }
  return Error{Code::kInvalid, "must be one of debug, info, warning, error"};
}

Status assign_valkey(std::optional<ValkeyAddress>& target, Text text) {
  target.reset();
  if (text.empty()) return {};
  auto address = parse_valkey_url(text);
  if (!address) return address.error();
  target = std::move(*address);
  return {};
}

// An absolute URL, kept without a slash at its end.
Status assign_url(std::string& target, Text text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) {
    return Error{Code::kInvalid, "must start with http:// or https://"};
  }
  target = text;
  while (target.ends_with('/')) target.pop_back();
  return {};
}

constexpr std::array kRows = {
    Row{"listen", "HUBBUB_LISTEN", "127.0.0.1:8080", "address and port to serve",
        [](Settings& s, Text v) { return assign_text(s.listen, v); }},
    Row{"data_dir", "HUBBUB_DATA_DIR", "./data", "folder of the database and the keys",
        [](Settings& s, Text v) { return assign_text(s.data_dir, v); }},
    Row{"database_url", "HUBBUB_DATABASE_URL", "sqlite:<data_dir>/hubbub.db", "where messages are",
        [](Settings& s, Text v) { return assign_text(s.database_url, v); }},
    Row{"valkey_url", "HUBBUB_VALKEY_URL", "", "Valkey or Redis; empty: none",
        [](Settings& s, Text v) { return assign_valkey(s.valkey, v); }, true},
    Row{"valkey_timeout", "HUBBUB_VALKEY_TIMEOUT", "100ms", "how long a message may wait for it",
        [](Settings& s, Text v) {
          return assign_duration(s.valkey_timeout, v, std::chrono::milliseconds(1));
        }},
    Row{"public_url", "HUBBUB_PUBLIC_URL", "http://localhost:<port>", "how browsers reach the server",
        [](Settings& s, Text v) { return assign_url(s.public_url, v); }},
    Row{"server_name", "HUBBUB_SERVER_NAME", "Hubbub", "the name people see",
        [](Settings& s, Text v) { return assign_text(s.server_name, v); }},
    Row{"oidc_issuer", "HUBBUB_OIDC_ISSUER", "", "OpenID provider; empty: built-in accounts",
        [](Settings& s, Text v) { return assign_text(s.issuer, v); }},
    Row{"oidc_jwks_url", "HUBBUB_OIDC_JWKS_URL", "", "its keys; empty: by discovery",
        [](Settings& s, Text v) { return assign_url(s.jwks_url, v); }},
    Row{"oidc_clients", "HUBBUB_OIDC_CLIENTS", "ChatClient,WebClient", "clients whose tokens count",
        [](Settings& s, Text v) { return assign_list(s.tokens.allowed_clients, v); }},
    Row{"oidc_roles_path", "HUBBUB_OIDC_ROLES_PATH", "realm_access.roles", "the roles in a token",
        [](Settings& s, Text v) { return assign_text(s.tokens.roles_path, v); }},
    Row{"admin_role", "HUBBUB_ADMIN_ROLE", "admin", "the role that makes an administrator",
        [](Settings& s, Text v) { return assign_text(s.tokens.admin_role, v); }},
    Row{"moderator_role", "HUBBUB_MODERATOR_ROLE", "moderator", "the role that makes a moderator",
        [](Settings& s, Text v) { return assign_text(s.tokens.moderator_role, v); }},
    Row{"realm", "HUBBUB_REALM", "hubbub", "realm of the built-in accounts, in their URLs",
        [](Settings& s, Text v) { return assign_text(s.realm, v); }},
    Row{"sign_up", "HUBBUB_SIGN_UP", "invite", "built-in accounts: open, invite or closed",
        [](Settings& s, Text v) {
          return assign_one_of(s.sign_up, v, {"open", "invite", "closed"});
        }},
    Row{"allowed_origins", "HUBBUB_ALLOWED_ORIGINS", "*", "origins that may call the API (CORS)",
        [](Settings& s, Text v) { return assign_list(s.allowed_origins, v); }},
    Row{"trusted_proxies", "HUBBUB_TRUSTED_PROXIES", "127.0.0.1,::1",
        "whose forwarded headers are believed",
        [](Settings& s, Text v) { return assign_list(s.trusted_proxies, v); }},
    Row{"compat_open_admin", "HUBBUB_COMPAT_OPEN_ADMIN", "false",
        "true: the old dashboard is served without a token",
        [](Settings& s, Text v) { return assign_flag(s.compat_open_admin, v); }},
    Row{"compat_open_admin_from", "HUBBUB_COMPAT_OPEN_ADMIN_FROM", "127.0.0.1,::1",
        "addresses and networks from which it is",
        [](Settings& s, Text v) { return assign_list(s.compat_open_admin_from, v); }},
    Row{"legacy_session_max", "HUBBUB_LEGACY_SESSION_MAX", "12h",
        "how long an old client may outlive its token",
        [](Settings& s, Text v) { return assign_duration(s.session.old_session_max, v); }},
    Row{"reactors", "HUBBUB_REACTORS", "0", "threads for connections; 0: one for each core",
        [](Settings& s, Text v) { return assign(s.reactors, parse_integer(v, 0, 256)); }},
    Row{"workers", "HUBBUB_WORKERS", "4", "threads for reads, passwords and key fetches",
        [](Settings& s, Text v) { return assign(s.workers, parse_integer(v, 1, 256)); }},
    Row{"heartbeat_seconds", "HUBBUB_HEARTBEAT_SECONDS", "25", "between heartbeats (hubbub.v1)",
        [](Settings& s, Text v) {
          const auto seconds = parse_integer(v, 1, 3'600);
          if (!seconds) return Status(seconds.error());
          s.session.heartbeat_interval = std::chrono::seconds(*seconds);
          return Status();
        }},
    Row{"presence_grace", "HUBBUB_PRESENCE_GRACE", "2s", "an absence so short is not announced",
        [](Settings& s, Text v) { return assign_duration(s.presence_grace, v); }},
    Row{"flush_interval", "HUBBUB_FLUSH_INTERVAL", "5ms", "least time between sends to one reader",
        [](Settings& s, Text v) { return assign_duration(s.net.flush_interval, v); }},
    Row{"ping_after", "HUBBUB_PING_AFTER", "30s", "silence after which a peer is pinged",
        [](Settings& s, Text v) { return assign_duration(s.net.ping_after, v, kOneSecond); }},
    Row{"idle_max", "HUBBUB_IDLE_MAX", "75s", "silence after which a peer is closed (4408)",
        [](Settings& s, Text v) { return assign_duration(s.net.idle_max, v, kOneSecond); }},
    Row{"stall_max", "HUBBUB_STALL_MAX", "30s", "a peer that takes nothing for so long is cut off",
        [](Settings& s, Text v) { return assign_duration(s.net.stall_max, v, kOneSecond); }},
    Row{"frame_bytes_max", "HUBBUB_FRAME_BYTES_MAX", "64KiB", "the largest message of a client",
        [](Settings& s, Text v) {
          return assign_bytes(s.net.message_bytes_max, v, kBytesLeast);
        }},
    Row{"outbox_bytes_max", "HUBBUB_OUTBOX_BYTES_MAX", "256KiB", "what may wait for one connection",
        [](Settings& s, Text v) { return assign_bytes(s.net.outbox_bytes_max, v, kBytesLeast); }},
    Row{"outbox_total_bytes_max", "HUBBUB_OUTBOX_TOTAL_BYTES_MAX", "256MiB",
        "what may wait for all connections together",
        [](Settings& s, Text v) {
          return assign_bytes(s.net.outbox_total_bytes_max, v, kTotalBytesLeast);
        }},
    Row{"connections_max", "HUBBUB_CONNECTIONS_MAX", "100000", "connections in all",
        [](Settings& s, Text v) {
          return assign(s.net.connections_max, parse_integer(v, 1, 10'000'000));
        }},
    Row{"connections_per_user_max", "HUBBUB_CONNECTIONS_PER_USER_MAX", "50",
        "connections of a person",
        [](Settings& s, Text v) {
          return assign(s.session.connections_per_user_max, parse_integer(v, 1, 1'000'000));
        }},
    Row{"connects_per_minute", "HUBBUB_CONNECTS_PER_MINUTE", "600",
        "new WebSockets of one address; 0: no bound",
        [](Settings& s, Text v) {
          return assign(s.session.connects_per_minute, parse_integer(v, 0, 1'000'000));
        }},
    Row{"sign_ins_waiting_max", "HUBBUB_SIGN_INS_WAITING_MAX", "20000",
        "connections that wait for their turn to sign in; more are told to come back",
        [](Settings& s, Text v) {
          return assign(s.session.sign_ins.waiting_max, parse_integer(v, 0, 1'000'000));
        }},
    Row{"log_level", "HUBBUB_LOG_LEVEL", "info", "debug, info, warning or error",
        [](Settings& s, Text v) { return assign_level(s.log_level, v); }},
};

}  // namespace

std::span<const SettingRow> setting_table() { return kRows; }

}  // namespace hubbub
