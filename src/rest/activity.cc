// /activity: who was here, for how long, and where they talked. Days are those of UTC.
#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "rest/handlers.h"
#include "rest/interval_text.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

constexpr std::int64_t kSessionDays = 7;
constexpr std::int64_t kUserDays = 7;
constexpr std::int64_t kConnectionDays = 30;
constexpr std::size_t kDateLength = 10;  // of an RFC 3339 time, in front

// The beginning of the first of `days` days, of which today is the last.
Time start_of(std::int64_t days, Time now) {
  return std::chrono::floor<std::chrono::days>(now) - std::chrono::days(days - 1);
}

HttpResponse sessions_reply(const std::vector<SessionDay>& days) {
  JsonWriter json;
  json.object().member("type", "session_activity").member("sender", "Server").key("payload");
  json.object().key("session_activity").array();
  for (const auto& day : days) {
    json.object()
        .member("session_date", day.date)
        .member("session_count", day.session_count)
        .member("total_duration", clock_text(day.total))
        .end_object();
  }
  json.end_array().end_object().end_object();
  return json_reply(200, json.take());
}

HttpResponse channels_reply(const std::vector<ChannelMessageCount>& channels, Role reader) {
  JsonWriter json;
  json.object()
      .member("type", "message_count_by_channel")
      .member("sender", "Server")
      .key("payload");
  json.object().key("channels").array();
  for (const auto& channel : channels) {
    if (!has_at_least(reader, channel.audience)) continue;
    json.object()
        .member("channel", channel.channel)
        .member("message_count", channel.message_count)
        .end_object();
  }
  json.end_array().end_object().end_object();
  return json_reply(200, json.take());
}

HttpResponse users_reply(const std::vector<UserActivity>& users) {
  JsonWriter json;
  json.object().key("users").array();
  for (const auto& one : users) {
    json.object()
        .member("user_id", one.user.id.value)
        .member("username", one.user.username)
        .member("session_count", one.session_count)
        .member("total_seconds", std::chrono::floor<std::chrono::seconds>(one.total).count())
        .end_object();
  }
  json.end_array().end_object();
  return json_reply(200, json.take());
}

// The store learns of a peak with the next record of sessions, within seconds; what it does not
// know yet counts here already.
void count_in(std::vector<ConnectionDay>& days, const std::string& today, std::int64_t peak) {
  if (days.empty() || days.back().date != today) days.push_back({today, 0});
  days.back().peak = std::max(days.back().peak, peak);
}

HttpResponse connections_reply(const std::vector<ConnectionDay>& days, std::int64_t connections,
                               std::size_t users_online) {
  JsonWriter json;
  json.object().member("connections", connections).member("users_online", users_online);
  json.key("days").array();
  for (const auto& day : days) {
    json.object().member("date", day.date).member("peak", day.peak).end_object();
  }
  json.end_array().end_object();
  return json_reply(200, json.take());
}

}  // namespace

void get_session_activity(Api& api, const RestCall& call) {
  const UserId user{std::string(form_field(call.query, "user_id"))};
  api.read(
      call,
      [user, now = api.now()](Store& store) {
        return store.records().session_days(user, start_of(kSessionDays, now), now);
      },
      sessions_reply);
}

void get_channel_activity(Api& api, const RestCall& call) {
  api.read(
      call, [](Store& store) { return store.records().message_counts(); },
      [reader = call.caller.role](const std::vector<ChannelMessageCount>& channels) {
        return channels_reply(channels, reader);
      });
}

void get_user_activity(Api& api, const RestCall& call) {
  const auto days = read_days(call.query, kUserDays);
  if (!days) return call.refuse(days.error());
  const auto page = read_page(call.query);
  if (!page) return call.refuse(page.error());
  api.read(
      call,
      [days = *days, limit = page->limit, now = api.now()](Store& store) {
        return store.records().user_activity(start_of(days, now), now, limit);
      },
      users_reply);
}

void get_connection_activity(Api& api, const RestCall& call) {
  const auto days = read_days(call.query, kConnectionDays);
  if (!days) return call.refuse(days.error());
  const auto& census = api.services().node.census;
  const auto connections = census.open();
  const auto users_online = api.host().hub.roster()->size();
  api.read(
      call,
      [since = start_of(*days, api.now()), today = format_time(api.now()).substr(0, kDateLength),
       peak = census.peak()](Store& store) {
        auto peaks = store.records().connection_peaks(since);
        if (peaks && peak > 0) count_in(*peaks, today, peak);
        return peaks;
      },
      [connections, users_online](const std::vector<ConnectionDay>& peaks) {
        return connections_reply(peaks, connections, users_online);
      });
}

void get_refused_senders(Api& api, const RestCall& call) {
  JsonWriter json;
  json.object().key("users").array();
  for (const auto& sender : api.services().writer.refusals().recent()) {
    json.object()
        .member("user_id", sender.user.id.value)
        .member("username", sender.user.username)
        .member("refused", sender.refused)
        .member("last_refused_at", format_time(sender.last_refused_at))
        .end_object();
  }
  json.end_array().end_object();
  call.reply(json_reply(200, json.take()));
}

}  // namespace hubbub::rest
