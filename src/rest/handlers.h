// The handlers that route_table.cc names, by page of docs/api.md. Each checks its request, takes
// one step and answers; what may be refused is in the table there.
#pragma once

#include "rest/api.h"

namespace hubbub::rest {

// about.cc
void get_discovery(Api& api, const RestCall& call);
void get_client_settings(Api& api, const RestCall& call);
// health.cc
void get_health(Api& api, const RestCall& call);
void get_liveness(Api& api, const RestCall& call);
void get_readiness(Api& api, const RestCall& call);
void get_metrics(Api& api, const RestCall& call);
// channels.cc
void get_channels(Api& api, const RestCall& call);
void post_channel(Api& api, const RestCall& call);
void patch_channel(Api& api, const RestCall& call);
void delete_channel(Api& api, const RestCall& call);
// messages.cc
void get_messages(Api& api, const RestCall& call);
// limits.cc
void get_limits(Api& api, const RestCall& call);
void patch_limits(Api& api, const RestCall& call);

}  // namespace hubbub::rest
