// Writes JSON text straight into a string, in the order of the calls: the old protocol fixes the
// order of its members. Cost: appends only.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace hubbub {

// REQUIRES: calls that make a whole value: object() … end_object(), a key() before each value in
// one.
class JsonWriter {
 public:
  JsonWriter& object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  // REQUIRES: `name` needs no escaping.
  JsonWriter& key(std::string_view name);
  // REQUIRES: UTF-8. Control characters, `"`, `\`, and `<`, `>`, `&`, U+2028/9 are escaped, as
  // existing clients are used to.
  JsonWriter& string(std::string_view value);
  JsonWriter& number(std::integral auto value) { return raw(std::to_string(value)); }
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  // A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  // A member in one call.
  JsonWriter& member(std::string_view name, std::string_view value) {
    return key(name).string(value);
  }
  JsonWriter& member(std::string_view name, const char* value) { return key(name).string(value); }
  JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& member(std::string_view name, std::integral auto value) {
    return key(name).number(value);
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace hubbub
