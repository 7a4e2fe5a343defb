#include "rest/body_reader.h"

#include <utility>

namespace hubbub {

BodyReader::BodyReader(std::string_view text, std::string_view sentence)
    : sentence_(sentence), body_(JsonBody::parse(text)) {
  if (!body_) refuse("");
}

void BodyReader::refuse(const std::string& field) {
  error_ = Error{Code::kMalformed, sentence_, field};
}

template <class T>
std::optional<T> BodyReader::take(Result<std::optional<T>> member) {
  if (member) return std::move(*member);
  refuse(member.error().field);
  return std::nullopt;
}

std::optional<std::string> BodyReader::text(std::string_view name) {
  return error_ ? std::nullopt : take(body_->text(name));
}

std::optional<std::int64_t> BodyReader::integer(std::string_view name) {
  return error_ ? std::nullopt : take(body_->integer(name));
}

std::optional<bool> BodyReader::boolean(std::string_view name) {
  return error_ ? std::nullopt : take(body_->boolean(name));
}

std::optional<std::vector<std::int64_t>> BodyReader::integers(std::string_view name) {
  return error_ ? std::nullopt : take(body_->integers(name));
}

}  // namespace hubbub
