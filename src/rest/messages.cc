// /messages: search, and removal.
#include <utility>

#include "command/remove_messages.h"
#include "rest/body_reader.h"
#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

Result<MessageSearch> read_search(const FormFields& query, Role role) {
  const auto page = read_page(query);
  if (!page) return page.error();
  const auto before = read_before_id(query);
  if (!before) return before.error();
  MessageSearch search;
  for (const auto& [name, value] : query) {
    if (name == "channel" && !value.empty()) search.channels.push_back(value);
  }
  search.keyword = form_field(query, "keyword");
  search.author.value = form_field(query, "user_id");
  search.limit = page->limit;
  search.offset = page->offset;
  if (*before) search.before = MessageId{**before};
  search.reader = role;
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
  auto search = read_search(call.query, call.caller.role);
  if (!search) return call.refuse(search.error());
  api.read(
      call, [search = std::move(*search)](Store& store) { return store.search(search); },
      page_reply);
}

void delete_messages(Api& api, const RestCall& call) {
  BodyReader body(call.request.body, "Invalid JSON body");
  const auto ids = body.integers("ids").value_or(std::vector<std::int64_t>());
  if (body.error()) return call.refuse(*body.error());
  std::vector<MessageId> messages;
  messages.reserve(ids.size());
  for (const auto id : ids) messages.push_back(MessageId{id});
  api.submit(call, remove_messages(call.caller, std::move(messages)),
             [](const Committed&) { return HttpResponse{204}; });
}

}  // namespace hubbub::rest
