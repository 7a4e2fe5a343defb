#include "rest/json_body.h"

#include <simdjson.h>

namespace hubbub {

struct JsonBody::Document {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
};

namespace {

template <class Value, class View = Value>
Result<std::optional<Value>> read(const simdjson::dom::object& object, std::string_view name) {
  simdjson::dom::element member;
  if (object.at_key(name).get(member) != simdjson::SUCCESS || member.is_null()) {
    return std::optional<Value>();
  }
  View value;
  if (member.get(value) != simdjson::SUCCESS) {
    return Error{Code::kMalformed, {}, std::string(name)};
  }
  return std::optional<Value>(Value(value));
}

}  // namespace

Result<JsonBody> JsonBody::parse(std::string_view text) {
  auto document = std::make_unique<Document>();
  const auto parsed = document->parser.parse(text.data(), text.size());
  if (parsed.get(document->object) != simdjson::SUCCESS) return Error{Code::kMalformed};
  return JsonBody(std::move(document));
}

JsonBody::JsonBody(std::unique_ptr<Document> document) : document_(std::move(document)) {}
JsonBody::JsonBody(JsonBody&&) noexcept = default;
JsonBody::~JsonBody() = default;

Result<std::optional<std::string>> JsonBody::text(std::string_view name) const {
  return read<std::string, std::string_view>(document_->object, name);
}

Result<std::optional<std::int64_t>> JsonBody::integer(std::string_view name) const {
  return read<std::int64_t>(document_->object, name);
}

}  // namespace hubbub
