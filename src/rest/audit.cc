// /audit: what administrators and moderators did.
#include <utility>

#include "rest/handlers.h"
#include "rest/page_query.h"
#include "rest/reply.h"
#include "wire/json_writer.h"

namespace hubbub::rest {
namespace {

void write_state(JsonWriter& json, std::string_view name, const std::string& state) {
  json.key(name).raw(state.empty() ? "null" : state);
}

HttpResponse audit_reply(const RecordPage<AuditRecord>& page) {
  JsonWriter json;
  json.object().key("records").array();
  for (const auto& record : page.records) {
    json.object()
        .member("id", record.id)
        .member("at", format_time(record.at))
        .member("actor_id", record.by.user.id.value)
        .member("actor_username", record.by.user.username)
        .member("address", record.by.address)
        .member("action", record.action)
        .member("target", record.target);
    write_state(json, "before", record.before);
    write_state(json, "after", record.after);
    json.end_object();
  }
  json.end_array().member("has_more", page.has_more).end_object();
  return json_reply(200, json.take());
}

}  // namespace

void get_audit_log(Api& api, const RestCall& call) {
  const auto page = read_page(call.query);
  if (!page) return call.refuse(page.error());
  const auto before = read_before_id(call.query);
  if (!before) return call.refuse(before.error());
  const AuditQuery query{.before_id = *before,
                         .actor = UserId{std::string(form_field(call.query, "actor_id"))},
                         .action = std::string(form_field(call.query, "action")),
                         .limit = page->limit};
  api.read(
      call, [query](Store& store) { return store.records().audit(query); }, audit_reply);
}

}  // namespace hubbub::rest
