#include "rest/json_body.h"

#include <simdjson.h>

#include <cmath>

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

// JSON has one kind of number: 2.0 is 2. Beyond 2^53 a double is no longer one integer.
std::optional<std::int64_t> integer_of(const simdjson::dom::element& element) {
  constexpr double kExactMax = 9007199254740992.0;
  std::int64_t exact = 0;
  if (element.get(exact) == simdjson::SUCCESS) return exact;
  double number = 0;
  if (element.get(number) != simdjson::SUCCESS) return std::nullopt;
  if (std::trunc(number) != number || std::abs(number) > kExactMax) return std::nullopt;
  return static_cast<std::int64_t>(number);
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
  const auto member = read<simdjson::dom::element>(document_->object, name);
  if (!member || !*member) return std::optional<std::int64_t>();
  const auto integer = integer_of(**member);
  if (!integer) return Error{Code::kMalformed, {}, std::string(name)};
  return integer;
}

Result<std::optional<bool>> JsonBody::boolean(std::string_view name) const {
  return read<bool>(document_->object, name);
}

Result<std::optional<std::vector<std::int64_t>>> JsonBody::integers(std::string_view name) const {
  const auto array = read<simdjson::dom::array>(document_->object, name);
  if (!array) return array.error();
  std::optional<std::vector<std::int64_t>> integers;
  if (!*array) return integers;
  integers.emplace();
  for (const auto element : **array) {
    const auto integer = integer_of(element);
    if (!integer) return Error{Code::kMalformed, {}, std::string(name)};
    integers->push_back(*integer);
  }
  return integers;
}

}  // namespace hubbub
