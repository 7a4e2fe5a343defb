#include "wire/json_writer.h"

namespace hubbub {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string& text, unsigned code_unit) {
  text += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) text += kHex[(code_unit >> shift) & 15];
}

// The length of what must be escaped at the start of `rest`, or 0.
std::size_t escape_at(std::string_view rest, std::string& text) {
  const auto c = static_cast<unsigned char>(rest.front());
  switch (c) {
    case '"':
      text += "\\\"";
      return 1;
    case '\\':
      text += "\\\\";
      return 1;
    case '\n':
      text += "\\n";
      return 1;
    case '\r':
      text += "\\r";
      return 1;
    case '\t':
      text += "\\t";
      return 1;
    case '<':
    case '>':
    case '&':
      append_escape(text, c);
      return 1;
    case 0xE2:  // U+2028 and U+2029 are E2 80 A8 and E2 80 A9
      if (rest.starts_with("\xE2\x80\xA8")) return append_escape(text, 0x2028), 3;
      if (rest.starts_with("\xE2\x80\xA9")) return append_escape(text, 0x2029), 3;
      return 0;
    default:
      if (c >= 0x20) return 0;
      append_escape(text, c);
      return 1;
  }
}

}  // namespace

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  text_.append("\"").append(name).append("\":");
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  text_ += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size();) {
    const auto c = static_cast<unsigned char>(value[i]);
    const bool may_need =
        c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xE2;
    if (!may_need) {
      ++i;
      continue;
    }
    text_.append(value.substr(plain, i - plain));
    plain = i;
    const std::size_t escaped = escape_at(value.substr(i), text_);
    plain += escaped;
    i += escaped == 0 ? 1 : escaped;
  }
  text_.append(value.substr(plain)).append("\"");
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
  return *this;
}

void JsonWriter::separate() {
  if (needs_comma_) text_ += ',';
}

}  // namespace hubbub
