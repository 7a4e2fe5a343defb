// Tests: settings as text, so that two can be compared and a difference be read.
#pragma once

#include <sstream>
#include <string>

#include "app/settings.h"

namespace hubbub {

// Every field that a row of setting_table() can reach.
inline std::string described(const Settings& all) {
  std::ostringstream text;
  const auto list = [&text](const std::vector<std::string>& items) {
    for (const auto& item : items) text << item << ",";
    text << "\n";
  };
  for (const auto* value :
       {&all.listen, &all.data_dir, &all.database_url, &all.public_url, &all.server_name,
        &all.issuer, &all.jwks_url, &all.realm, &all.sign_up, &all.tokens.roles_path,
        &all.tokens.admin_role, &all.tokens.moderator_role}) {
    text << *value << "\n";
  }
  text << (all.valkey ? all.valkey->shown() : "no valkey") << "\n";
  list(all.tokens.allowed_clients);
  list(all.allowed_origins);
  list(all.trusted_proxies);
  list(all.compat_open_admin_from);
  text << all.compat_open_admin << "\n";
  for (const auto count :
       {all.reactors, all.workers, all.net.message_bytes_max, all.net.outbox_bytes_max,
        all.net.outbox_total_bytes_max, all.net.connections_max,
        static_cast<std::size_t>(all.session.connections_per_user_max),
        static_cast<std::size_t>(all.session.connects_per_minute), all.session.sign_ins.waiting_max,
        static_cast<std::size_t>(all.log_level)}) {
    text << count << "\n";
  }
  for (const std::chrono::milliseconds time :
       {std::chrono::milliseconds(all.session.old_session_max),
        std::chrono::milliseconds(all.session.heartbeat_interval), all.presence_grace,
        all.valkey_timeout, all.net.flush_interval, std::chrono::milliseconds(all.net.ping_after),
        std::chrono::milliseconds(all.net.idle_max),
        std::chrono::milliseconds(all.net.stall_max)}) {
    text << time.count() << " ms\n";
  }
  return text.str();
}

}  // namespace hubbub
