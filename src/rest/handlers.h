// The handlers that route_table.cc names, by page of docs/api.md. Each checks its request, takes
// one step and answers; what may be refused is in the table there.
#pragma once

#include "rest/api.h"

namespace hubbub::rest {

// about.cc
void get_discovery(Api& api, const RestCall& call);
void get_client_settings(Api& api, const RestCall& call);
// descriptions.cc
void get_description(Api& api, const RestCall& call);
// backchannel_logout.cc
void post_backchannel_logout(Api& api, const RestCall& call);
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
void delete_messages(Api& api, const RestCall& call);
// people.cc
void get_people(Api& api, const RestCall& call);
void get_profile(Api& api, const RestCall& call);
// bans.cc
void post_ban(Api& api, const RestCall& call);
void delete_ban(Api& api, const RestCall& call);
void get_bans(Api& api, const RestCall& call);
// mutes.cc
void post_mute(Api& api, const RestCall& call);
void delete_mute(Api& api, const RestCall& call);
void get_mutes(Api& api, const RestCall& call);
// activity.cc
void get_session_activity(Api& api, const RestCall& call);
void get_channel_activity(Api& api, const RestCall& call);
void get_user_activity(Api& api, const RestCall& call);
void get_connection_activity(Api& api, const RestCall& call);
void get_refused_senders(Api& api, const RestCall& call);
// limits.cc
void get_limits(Api& api, const RestCall& call);
void patch_limits(Api& api, const RestCall& call);
// audit.cc
void get_audit_log(Api& api, const RestCall& call);
// accounts.cc
void patch_account(Api& api, const RestCall& call);
void post_reset_link(Api& api, const RestCall& call);
void get_invitations(Api& api, const RestCall& call);
void post_invitation(Api& api, const RestCall& call);
void delete_invitation(Api& api, const RestCall& call);

}  // namespace hubbub::rest
