#include "auth/json_object.h"

#include <simdjson.h>

#include <algorithm>

namespace hubbub {
namespace {

namespace dom = simdjson::dom;

// The deepest that anything here needs is 3 (realm_access.roles[]).
constexpr int kDepthMax = 32;

// False where an object has two members of one name, or the nesting goes beyond `depth_left`.
bool is_unambiguous(const dom::element& element, int depth_left) {
  if (element.is_array()) {
    if (depth_left == 0) return false;
    const dom::array array = element.get_array().value_unsafe();
    for (const auto child : array) {
      if (!is_unambiguous(child, depth_left - 1)) return false;
    }
  } else if (element.is_object()) {
    if (depth_left == 0) return false;
    const dom::object object = element.get_object().value_unsafe();
    std::vector<std::string_view> names;
    for (const auto& [name, child] : object) {
      names.push_back(name);
      if (!is_unambiguous(child, depth_left - 1)) return false;
    }
    // Sorted, so that thousands of members do not cost their square.
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) return false;
  }
  return true;
}

}  // namespace

struct JsonObject::Node {
  std::shared_ptr<dom::parser> parser;  // owns what `object` points into
  dom::object object;
};

Result<JsonObject> JsonObject::parse(std::string_view text) {
  auto parser = std::make_shared<dom::parser>();
  dom::element root;
  if (parser->parse(text.data(), text.size()).get(root) != simdjson::SUCCESS || !root.is_object()) {
    return Error{Code::kInvalid, "not one JSON object"};
  }
  if (!is_unambiguous(root, kDepthMax)) {
    return Error{Code::kInvalid, "JSON with a repeated member, or nested too deeply"};
  }
  const dom::object object = root.get_object().value_unsafe();
  return JsonObject(std::make_shared<const Node>(Node{std::move(parser), object}));
}

bool JsonObject::has(std::string_view name) const {
  return node_->object.at_key(name).error() == simdjson::SUCCESS;
}

std::optional<std::string_view> JsonObject::string(std::string_view name) const {
  std::string_view text;
  if (node_->object.at_key(name).get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<double> JsonObject::number(std::string_view name) const {
  double number = 0;
  if (node_->object.at_key(name).get_double().get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<JsonObject> JsonObject::object(std::string_view name) const {
  dom::object object;
  if (node_->object.at_key(name).get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  return JsonObject(std::make_shared<const Node>(Node{node_->parser, object}));
}

std::optional<std::vector<std::string_view>> JsonObject::strings(std::string_view name) const {
  if (const auto one = string(name)) return std::vector{*one};
  dom::array array;
  if (node_->object.at_key(name).get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
  std::vector<std::string_view> texts;
  for (const auto element : array) {
    std::string_view text;
    if (element.get_string().get(text) != simdjson::SUCCESS) return std::nullopt;
    texts.push_back(text);
  }
  return texts;
}

std::optional<std::vector<JsonObject>> JsonObject::objects(std::string_view name) const {
  dom::array array;
  if (node_->object.at_key(name).get_array().get(array) != simdjson::SUCCESS) return std::nullopt;
  std::vector<JsonObject> objects;
  for (const auto element : array) {
    dom::object object;
    if (element.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
    objects.push_back(JsonObject(std::make_shared<const Node>(Node{node_->parser, object})));
  }
  return objects;
}

}  // namespace hubbub
