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
    Route{"GET", "/health", {}, rest::get_health},
    Route{"GET", "/healthz", {}, rest::get_liveness},
    Route{"GET", "/readyz", {}, rest::get_readiness},
    Route{"GET", "/metrics", Verb::kReadMetrics, rest::get_metrics},
    Route{"GET", "/channels", Verb::kListChannels, rest::get_channels},
    Route{"POST", "/channels", Verb::kCreateChannel, rest::post_channel},
    Route{"PATCH", "/channels", Verb::kUpdateChannel, rest::patch_channel},
    Route{"DELETE", "/channels", Verb::kDeleteChannel, rest::delete_channel},
    Route{"GET", "/messages", Verb::kSearchMessages, rest::get_messages},
    Route{"GET", "/ratelimits", Verb::kReadLimits, rest::get_limits},
    Route{"PATCH", "/ratelimits", Verb::kUpdateLimits, rest::patch_limits},
};

}  // namespace

std::span<const Route> route_table() { return kRoutes; }

}  // namespace hubbub
