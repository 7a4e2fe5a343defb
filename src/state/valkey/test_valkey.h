// Tests: a real server, named by HUBBUB_TEST_VALKEY; these suites have "Valkey" in their names and
// fail without it. They empty the database of which they say so, and no other.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "state/valkey/connection.h"

namespace hubbub {

class ValkeyTest : public testing::Test {
 protected:
  static constexpr std::chrono::milliseconds kPatience{2'000};
  static constexpr int kDatabase = 9;

  void SetUp() override {
    const char* url = std::getenv("HUBBUB_TEST_VALKEY");
    ASSERT_NE(url, nullptr) << "HUBBUB_TEST_VALKEY must say where a Valkey is: redis://host:port";
    auto parsed = parse_valkey_url(url);
    ASSERT_TRUE(parsed) << parsed.error().detail;
    address = *parsed;
    address.database = kDatabase;
    auto opened = ValkeyConnection::open(address, kPatience);
    ASSERT_TRUE(opened) << opened.error().detail;
    connection = std::move(*opened);
    ask({"FLUSHDB"});
  }

  ValkeyReply ask(ValkeyCommand command) {
    auto replies = connection->exchange({&command, 1}, kPatience);
    EXPECT_TRUE(replies) << replies.error().detail;
    return replies ? std::move(replies->front()) : ValkeyReply();
  }
  std::string text(ValkeyCommand command) { return ask(std::move(command)).text; }
  std::int64_t integer(ValkeyCommand command) { return ask(std::move(command)).integer; }
  std::vector<std::string> list(const std::string& key) {
    std::vector<std::string> texts;
    for (auto& item : ask({"LRANGE", key, "0", "-1"}).items) texts.push_back(std::move(item.text));
    return texts;
  }

  // Fails when it does not become so.
  template <class Condition>
  static void await(Condition is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!is_so()) {
      if (std::chrono::steady_clock::now() > end) FAIL() << "waited in vain";
      std::this_thread::yield();
    }
  }

  ValkeyAddress address;
  std::unique_ptr<ValkeyConnection> connection;
};

}  // namespace hubbub
