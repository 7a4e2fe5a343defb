#include "wire/header_list.h"

#include <algorithm>

namespace hubbub {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

std::vector<std::string_view> header_list(const HttpHeaders& headers, std::string_view name) {
  std::vector<std::string_view> members;
  for (const auto& [key, value] : headers) {
    if (!equal_ignoring_case(key, name)) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      if (const auto member = trimmed(rest.substr(0, comma)); !member.empty()) {
        members.push_back(member);
      }
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return members;
}

bool header_list_has(const HttpHeaders& headers, std::string_view name, std::string_view member) {
  const auto members = header_list(headers, name);
  return std::any_of(members.begin(), members.end(),
                     [member](std::string_view one) { return equal_ignoring_case(one, member); });
}

}  // namespace hubbub
