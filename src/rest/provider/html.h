// The look of the provider's pages: one small document each, without scripts. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hubbub {

// For text and for attribute values in double quotes.
std::string escape_html(std::string_view text);

struct Field {
  std::string name;
  std::string label;
  std::string value = {};  // what was typed; never of a password
  std::string type = "text";
  std::string autocomplete = {};
  std::string hint = {};
  std::string error = {};  // shown beside it
  bool is_first = false;   // takes the focus
};

struct Form {
  std::string action;
  std::vector<Field> fields;
  std::vector<std::pair<std::string, std::string>> hidden;
  std::string button;
  std::string error = {};  // about the form as a whole
};

std::string form_html(const Form& form);
// `text` is plain.
std::string paragraph(std::string_view text);
std::string link(std::string_view href, std::string_view text);
std::string button_link(std::string_view href, std::string_view text);

// A whole document. `body` is HTML; `head` too, usually empty.
std::string document(std::string_view server_name, std::string_view title, std::string_view body,
                     std::string_view head = {});

}  // namespace hubbub
