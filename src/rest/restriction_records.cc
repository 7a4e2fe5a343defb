#include "rest/restriction_records.h"

#include <string>

#include "rest/interval_text.h"
#include "rest/page_query.h"

namespace hubbub {

Result<BanQuery> read_restriction_query(const FormFields& query, Time now) {
  const auto page = read_page(query);
  if (!page) return page.error();
  return BanQuery{.user = UserId{std::string(form_field(query, "user_id"))},
                  .is_active_only = is_set(query, "active"),
                  .now = now,
                  .limit = page->limit,
                  .offset = page->offset};
}

// The id is a string: existing clients use it as a key and as a form's value.
void write_ban(JsonWriter& json, const Ban& ban) {
  json.object()
      .member("id", std::to_string(ban.id))
      .member("owner_id", ban.by.user.id.value)
      .member("owner_username", ban.by.user.username)
      .member("banished_id", ban.user.value)
      .member("banished_username", ban.username);
  if (ban.has_reason) json.member("reason", ban.reason);
  json.member("start", format_time(ban.start));
  if (ban.end) {
    json.member("end", format_time(*ban.end));
    json.member("duration", interval_text(*ban.end - ban.start));
  }
  json.member("pardoned", ban.is_pardoned).end_object();
}

void write_mute(JsonWriter& json, const Mute& mute, Role reader) {
  json.object()
      .member("id", mute.id)
      .member("owner_id", mute.by.user.id.value)
      .member("owner_username", mute.by.user.username)
      .member("user_id", mute.user.value)
      .member("username", mute.username);
  if (mute.channel) {
    const bool is_seen = has_at_least(reader, mute.channel_audience);
    json.member("channel_id", mute.channel.value)
        .member("channel", is_seen ? std::string_view(mute.channel_name) : "");
  }
  if (mute.has_reason) json.member("reason", mute.reason);
  json.member("start", format_time(mute.start));
  if (mute.end) json.member("end", format_time(*mute.end));
  json.member("lifted", mute.is_lifted).end_object();
}

}  // namespace hubbub
