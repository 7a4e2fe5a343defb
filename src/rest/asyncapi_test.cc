// asyncapi.json and the code say the same: the same commands, error codes and close codes.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <array>
#include <map>
#include <set>

#include "rest/embedded_file.h"
#include "wire/command_codec.h"
#include "wire/error_table.h"
#include "wire/frame.h"

namespace hubbub {
namespace {

using simdjson::dom::element;
using Messages = std::map<std::string, element>;

// What routes alone refuse with: no error frame brings it.
constexpr std::array kOfRoutesOnly = {Code::kUnauthorized,    Code::kBanned,   Code::kNotFound,
                                      Code::kConflict,        Code::kTooLarge, Code::kInternal,
                                      Code::kMethodNotAllowed};

// No default: a new enumerator does not compile until it stands here, and so fails the test until
// it is described.
bool is_used(CloseCode code) {
  switch (code) {
    case CloseCode::kNormal:
    case CloseCode::kGoingAway:
    case CloseCode::kProtocolError:
    case CloseCode::kUnsupportedData:
    case CloseCode::kInvalidPayload:
    case CloseCode::kPolicyViolation:
    case CloseCode::kMessageTooBig:
    case CloseCode::kInternalError:
    case CloseCode::kTryAgainLater:
    case CloseCode::kMalformed:
    case CloseCode::kUnauthorized:
    case CloseCode::kBanned:
    case CloseCode::kIdle:
    case CloseCode::kTooManyConnections:
      return true;
  }
  return false;
}

std::string without(element object, std::string_view left_out) {
  std::string json;
  for (const auto [name, value] : object.get_object()) {
    if (name == left_out) continue;
    json.append(json.empty() ? "{\"" : ",\"").append(name).append("\":");
    json += simdjson::minify(value);
  }
  return json.empty() ? "{}" : json + "}";
}

// "accepted", or "<code> <field>".
std::string verdict(std::string_view json) {
  const auto decoded = decode_command(json);
  if (decoded.command) return "accepted";
  const auto& error = decoded.command.error();
  return std::string(error_row(error.code).name) + " " + error.field;
}

class AsyncApiTest : public testing::Test {
 protected:
  AsyncApiTest() {
    for (const auto& file : description_files()) {
      if (file.path == "/asyncapi.json") text = simdjson::padded_string(file.bytes);
    }
    document = parser.parse(text);
    components = document["components"];
  }

  // By type: those whose key is `<type>_frame` or `<type>_command`.
  Messages messages(const std::string& suffix) const {
    Messages found;
    for (const auto [key, message] : components["messages"].get_object()) {
      if (!key.ends_with(suffix)) continue;
      const std::string_view type = message["name"];
      EXPECT_EQ(key, std::string(type) + suffix);
      found.emplace(type, message);
    }
    return found;
  }

  simdjson::padded_string text;
  simdjson::dom::parser parser;
  element document, components;
};

TEST_F(AsyncApiTest, NamesEveryErrorThatASessionAnswersWith) {
  std::map<std::string_view, bool> described, answered;
  for (const auto row : components["schemas"]["ErrorCode"]["oneOf"].get_array()) {
    described.emplace(row["const"].get_string(), row["x-may-retry"].get_bool());
  }
  for (const auto& row : error_table()) {
    if (std::ranges::find(kOfRoutesOnly, row.code) == kOfRoutesOnly.end()) {
      answered.emplace(row.name, row.may_retry);
    }
  }
  EXPECT_EQ(described, answered);
}

TEST_F(AsyncApiTest, NamesEveryCloseCode) {
  std::set<std::uint64_t> described, used;
  for (const auto row : components["schemas"]["CloseCode"]["oneOf"].get_array()) {
    described.insert(row["const"].get_uint64());
  }
  // RFC 6455 7.4: the codes that a close frame may hold.
  for (std::uint16_t code = 1000; code < 5000; ++code) {
    if (is_used(CloseCode{code})) used.insert(code);
  }
  EXPECT_EQ(described, used);
}

TEST_F(AsyncApiTest, ShowsAnExampleOfEveryCommandThatThereIs) {
  std::set<std::size_t> shown;
  const auto commands = messages("_command");
  for (const auto& [type, command] : commands) {
    for (const auto example : command["examples"].get_array()) {
      const auto decoded = decode_command(std::string(simdjson::minify(example["payload"])));
      ASSERT_TRUE(decoded.command) << simdjson::minify(example["payload"]);
      EXPECT_EQ(decoded.type, type);
      shown.insert(decoded.command->index());
    }
  }
  EXPECT_EQ(shown.size(), std::variant_size_v<ClientCommand>);
  EXPECT_EQ(commands.size(), std::variant_size_v<ClientCommand>);
}

TEST_F(AsyncApiTest, WhatIsNotDescribedAsACommandIsNone) {
  const auto commands = messages("_command");
  for (const auto& [type, frame] : messages("_frame")) {
    if (commands.contains(type)) continue;
    EXPECT_EQ(verdict(R"({"type":")" + type + "\"}"), "unknown_command type");
  }
}

TEST_F(AsyncApiTest, ACommandNeedsWhatIsDescribedAsRequired) {
  for (const auto& [type, command] : messages("_command")) {
    for (const auto example : command["examples"].get_array()) {
      for (const std::string_view member : command["payload"]["required"].get_array()) {
        const auto json = without(example["payload"], member);
        EXPECT_EQ(verdict(json), "malformed " + std::string(member)) << json;
      }
    }
  }
}

TEST_F(AsyncApiTest, EveryMemberOfACommandIsRead) {
  for (const auto& [type, command] : messages("_command")) {
    for (const auto [member, schema] : command["payload"]["properties"].get_object()) {
      // None is a boolean: one that is looked at is refused.
      const std::string name(member);
      EXPECT_EQ(verdict("{\"" + name + R"(":true,"type":")" + type + "\"}"), "malformed " + name);
    }
  }
}

}  // namespace
}  // namespace hubbub
