#include "wire/activity_frame.h"

#include <array>
#include <charconv>
#include <string_view>

#include "wire/json_writer.h"

namespace hubbub::v1 {
namespace {

// With one decimal.
void write_rate(JsonWriter& json, std::string_view name, double per_second) {
  // The largest double has 309 digits before its point.
  std::array<char, 320> text;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), per_second, std::chars_format::fixed, 1)
          .ptr;
  json.key(name).raw({text.data(), end});
}

}  // namespace

Shared<Frame> activity(const Activity& activity) {
  JsonWriter json;
  json.object().member("type", "activity").member("sender", "Server").key("payload").object();
  json.member("at", format_time(activity.at))
      .member("connections", activity.connections)
      .member("users_online", activity.users_online);
  write_rate(json, "messages_per_second", activity.messages_per_second);
  write_rate(json, "deliveries_per_second", activity.deliveries_per_second);
  write_rate(json, "refused_per_second", activity.refused_per_second);
  json.member("log_waiting", activity.log_waiting).member("memory_bytes", activity.memory_bytes);
  json.end_object().end_object();
  return Frame::text(json.text());
}

Shared<Frame> activity_unwatched() {
  return Frame::text(R"({"type":"activity_unwatched","sender":"Server","payload":{}})");
}

}  // namespace hubbub::v1
