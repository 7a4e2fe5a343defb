// openapi.json and the route table say the same: the same routes, open to the same roles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>

#include "rest/api.h"
#include "rest/embedded_file.h"

namespace hubbub {
namespace {

using Lines = std::set<std::string>;

std::string line_of(std::string_view method, std::string_view path, std::string_view role) {
  std::string line;
  for (const char c : method) line += static_cast<char>(std::toupper(c));
  return line.append(" ").append(path).append(": ").append(role);
}

std::string_view least_role(const Route& route) {
  if (!route.verb) return "none";
  return role_name(command_table()[static_cast<std::size_t>(*route.verb)].least_role);
}

class OpenApiTest : public testing::Test {
 protected:
  OpenApiTest() {
    for (const auto& file : description_files()) {
      if (file.path == "/openapi.json") text = simdjson::padded_string(file.bytes);
    }
    document = parser.parse(text);
  }

  simdjson::padded_string text;
  simdjson::dom::parser parser;
  simdjson::dom::element document;
};

TEST_F(OpenApiTest, DescribesTheRoutesThatThereAre) {
  Lines described, served;
  for (const auto [path, methods] : document["paths"].get_object()) {
    for (const auto [method, operation] : methods.get_object()) {
      described.insert(line_of(method, path, operation["x-least-role"].get_string()));
    }
  }
  for (const auto& route : route_table()) {
    // One that takes any method is described by the one that clients use.
    served.insert(
        line_of(route.method == "*" ? "GET" : route.method, route.path, least_role(route)));
  }
  EXPECT_EQ(described, served);
}

TEST_F(OpenApiTest, WhatNeedsARoleSaysHowItRefuses) {
  for (const auto [path, methods] : document["paths"].get_object()) {
    for (const auto [method, operation] : methods.get_object()) {
      const std::string_view role = operation["x-least-role"].get_string();
      const auto has = [&operation](const char* status) {
        return operation["responses"].at_key(status).error() == simdjson::SUCCESS;
      };
      EXPECT_TRUE(has("400")) << method << path;
      EXPECT_EQ(has("401"), role != "none") << method << path;
      const bool is_for_staff = role == "moderator" || role == "admin";
      EXPECT_TRUE(!is_for_staff || has("403")) << method << path;
    }
  }
}

}  // namespace
}  // namespace hubbub
