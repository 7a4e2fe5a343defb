// Every route of the API and the verb that it needs; the verb names the role
// (command/command_table.h).
#include <array>

#include "rest/api.h"
#include "rest/handlers.h"

namespace hubbub {
namespace {

constexpr std::array kRoutes = {
    Route{"*", "/discovery", {}, rest::get_discovery},
    Route{"GET", "/client.json", {}, rest::get_client_settings},
    Route{"GET", "/openapi.json", {}, rest::get_description},
    Route{"GET", "/asyncapi.json", {}, rest::get_description},
    Route{"POST", "/backchannel-logout", {}, rest::post_backchannel_logout},
    Route{"GET", "/health", {}, rest::get_health},
    Route{"GET", "/healthz", {}, rest::get_liveness},
    Route{"GET", "/readyz", {}, rest::get_readiness},
    Route{"GET", "/metrics", Verb::kReadMetrics, rest::get_metrics},
    Route{"GET", "/channels", Verb::kListChannels, rest::get_channels},
    Route{"POST", "/channels", Verb::kCreateChannel, rest::post_channel},
    Route{"PATCH", "/channels", Verb::kUpdateChannel, rest::patch_channel},
    Route{"DELETE", "/channels", Verb::kDeleteChannel, rest::delete_channel},
    Route{"GET", "/messages", Verb::kSearchMessages, rest::get_messages},
    Route{"DELETE", "/messages", Verb::kRemoveMessages, rest::delete_messages},
    Route{"*", "/users", Verb::kReadPeople, rest::get_people},
    Route{"GET", "/users/profile", Verb::kReadPeople, rest::get_profile},
    Route{"POST", "/users/ban", Verb::kBanUser, rest::post_ban},
    Route{"DELETE", "/users/ban", Verb::kPardonBan, rest::delete_ban},
    Route{"GET", "/users/bans", Verb::kReadBans, rest::get_bans},
    Route{"POST", "/users/mute", Verb::kMuteUser, rest::post_mute},
    Route{"DELETE", "/users/mute", Verb::kUnmuteUser, rest::delete_mute},
    Route{"GET", "/users/mutes", Verb::kReadBans, rest::get_mutes},
    Route{"*", "/activity/sessions", Verb::kReadActivity, rest::get_session_activity},
    Route{"*", "/activity/channels", Verb::kReadActivity, rest::get_channel_activity},
    Route{"GET", "/activity/users", Verb::kReadActivity, rest::get_user_activity},
    Route{"GET", "/activity/connections", Verb::kReadActivity, rest::get_connection_activity},
    Route{"GET", "/activity/limits", Verb::kReadActivity, rest::get_refused_senders},
    Route{"GET", "/ratelimits", Verb::kReadLimits, rest::get_limits},
    Route{"PATCH", "/ratelimits", Verb::kUpdateLimits, rest::patch_limits},
    Route{"GET", "/audit", Verb::kReadAuditLog, rest::get_audit_log},
    Route{"PATCH", "/accounts", Verb::kChangeAccounts, rest::patch_account},
    Route{"POST", "/accounts/reset", Verb::kChangeAccounts, rest::post_reset_link},
    Route{"GET", "/accounts/invitations", Verb::kReadInvitations, rest::get_invitations},
    Route{"POST", "/accounts/invitations", Verb::kChangeAccounts, rest::post_invitation},
    Route{"DELETE", "/accounts/invitations", Verb::kChangeAccounts, rest::delete_invitation},
};

}  // namespace

std::span<const Route> route_table() { return kRoutes; }

}  // namespace hubbub
