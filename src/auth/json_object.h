// A JSON object of a token, a key or a discovery document, read strictly (RFC 8259, and RFC 7519 4
// for names): a member that is there twice, at any depth, refuses the whole text, since two readers
// would each believe another one.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace hubbub {

// A handle: copies share the text that they were parsed from. Thread: any, unchanging.
class JsonObject {
 public:
  // Errors: kInvalid: not one JSON object, not UTF-8, a repeated member, or nested too deeply.
  static Result<JsonObject> parse(std::string_view text);

  [[nodiscard]] bool has(std::string_view name) const;
  // Nothing when missing or of another type. Borrows: the text of this object.
  [[nodiscard]] std::optional<std::string_view> string(std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view name) const;
  [[nodiscard]] std::optional<JsonObject> object(std::string_view name) const;
  // The elements of an array of strings, or the one string. Nothing for anything else.
  [[nodiscard]] std::optional<std::vector<std::string_view>> strings(std::string_view name) const;
  // Nothing unless it is an array of objects.
  [[nodiscard]] std::optional<std::vector<JsonObject>> objects(std::string_view name) const;

 private:
  struct Node;
  explicit JsonObject(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

  std::shared_ptr<const Node> node_;
};

}  // namespace hubbub
