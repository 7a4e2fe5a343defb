// Bans and mutes as the routes ask for them and show them. docs/api.md, People. Pure.
#pragma once

#include "base/error.h"
#include "store/records.h"
#include "wire/http_message.h"
#include "wire/json_writer.h"

namespace hubbub {

// Errors: kInvalid, as read_page().
Result<BanQuery> read_restriction_query(const FormFields& query, Time now);

void write_ban(JsonWriter& json, const Ban& ban);
// A channel that the reader does not see has no name for them.
void write_mute(JsonWriter& json, const Mute& mute, Role reader);

}  // namespace hubbub
