// A request's JSON body, member by member, with a precise refusal for each. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hubbub {

class JsonBody {
 public:
  // Errors: kMalformed unless it is one JSON object.
  static Result<JsonBody> parse(std::string_view text);
  JsonBody(JsonBody&&) noexcept;
  ~JsonBody();

  // Nothing when the member is missing or null. Errors: kMalformed, with the field, for another
  // type.
  [[nodiscard]] Result<std::optional<std::string>> text(std::string_view name) const;
  [[nodiscard]] Result<std::optional<std::int64_t>> integer(std::string_view name) const;
  [[nodiscard]] Result<std::optional<bool>> boolean(std::string_view name) const;
  [[nodiscard]] Result<std::optional<std::vector<std::int64_t>>> integers(
      std::string_view name) const;

 private:
  struct Document;
  explicit JsonBody(std::unique_ptr<Document> document);
  std::unique_ptr<Document> document_;
};

}  // namespace hubbub
