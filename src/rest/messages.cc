// /messages: search.
#include <algorithm>

#include "rest/handlers.h"
#include "rest/reply.h"
#include "rest/whole_number.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

constexpr std::int64_t kDefaultLimit = 50;
constexpr std::int64_t kLimitMax = 500;
constexpr std::int64_t kOffsetMax = 1'000'000;

Result<MessageSearch> read_search(const FormFields& query) {
  MessageSearch search;
  for (const auto& [name, value] : query) {
    if (name == "channel" && !value.empty()) search.channels.push_back(value);
  }
  search.keyword = form_field(query, "keyword");
  search.author.value = form_field(query, "user_id");
  search.limit = kDefaultLimit;
  if (const auto text = form_field(query, "limit"); !text.empty()) {
    const auto limit = whole_number(text);
    if (!limit || *limit <= 0) {
      return Error{Code::kInvalid, "Invalid 'limit' query parameter", "limit"};
    }
    search.limit = std::min(*limit, kLimitMax);
  }
  if (const auto text = form_field(query, "offset"); !text.empty()) {
    const auto offset = whole_number(text);
    if (!offset || *offset < 0 || *offset > kOffsetMax) {
      return Error{Code::kInvalid, "Invalid 'offset' query parameter", "offset"};
    }
    search.offset = *offset;
  }
  return search;
}

HttpResponse page_reply(const MessageSearchPage& page) {
  JsonWriter json;
  json.object().member("type", "message_search_result").member("sender", "server").key("payload");
  json.object().key("messages").array();
  for (const auto& entry : page.messages) {
    json.object()
        .member("id", entry.message_id.value)
        .member("owner_id", entry.author.id.value)
        .member("username", entry.author.username)
        .member("channel", entry.channel_name)
        .member("message", entry.text)
        .member("authored_at", format_time(entry.authored_at))
        .end_object();
  }
  json.end_array().member("has_more", page.has_more).end_object().end_object();
  return json_reply(200, json.take());
}

}  // namespace

void get_messages(Api& api, const RestCall& call) {
  auto search = read_search(call.query);
  if (!search) return call.refuse(search.error());
  api.read(
      call, [search = std::move(*search)](Store& store) { return store.search(search); },
      page_reply);
}

}  // namespace hubbub::rest
