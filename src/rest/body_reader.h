// Reads a JSON body member by member. The first member of a wrong type, or a body that is no JSON
// object, becomes the one refusal; after it everything reads as missing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "rest/json_body.h"

namespace hubbub {

class BodyReader {
 public:
  // `sentence`: what the refusal says, as the old server did on this route.
  BodyReader(std::string_view text, std::string_view sentence);

  // Nothing when the member is missing or null.
  std::optional<std::string> text(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::vector<std::int64_t>> integers(std::string_view name);

  // kMalformed, with the field that is to blame. Read it after the members.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  template <class T>
  std::optional<T> take(Result<std::optional<T>> member);
  void refuse(const std::string& field);

  const std::string sentence_;
  Result<JsonBody> body_;
  std::optional<Error> error_;
};

}  // namespace hubbub
