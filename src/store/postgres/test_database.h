// Tests: a database for one test, gone with it, in the cluster that HUBBUB_TEST_POSTGRESQL names
// (tests/services/run.py starts one). Without it these tests fail.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "store/postgres/database.h"
#include "store/postgres/migrations.h"

namespace hubbub::postgres {

class TestDatabase {
 public:
  enum class Contents { kNothing, kSchema };

  // kSchema: a copy of one that was migrated once for all tests, which is three times as fast.
  explicit TestDatabase(Contents contents = Contents::kSchema) {
    std::string sql = "CREATE DATABASE " + name_;
    if (contents == Contents::kSchema) sql += " TEMPLATE " + migrated_name();
    run(sql);
  }
  ~TestDatabase() { run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)"); }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  [[nodiscard]] std::string url() const {
    const std::string cluster = cluster_url();
    return cluster.substr(0, cluster.rfind('/') + 1) + name_;
  }

 private:
  static std::string migrated_name() {
    static const TestDatabase migrated(Contents::kNothing);
    static const bool is_migrated = [] {
      Database database(migrated.url());
      return database.transact([&] { return migrate(database); }).has_value();
    }();
    EXPECT_TRUE(is_migrated);
    return migrated.name_;
  }
  static std::string cluster_url() {
    const char* url = std::getenv("HUBBUB_TEST_POSTGRESQL");
    EXPECT_NE(url, nullptr) << "run this by tests/services/run.py postgresql -- …";
    return url ? url : "postgresql://127.0.0.1:1/none";
  }
  static std::string next_name() {
    static std::atomic<int> count{0};
    return "store_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  }
  static void run(const std::string& sql) {
    auto connection = Connection::open(cluster_url(), {});
    ASSERT_TRUE(connection) << connection.error().detail;
    const Status done = (*connection)->execute(sql);
    ASSERT_TRUE(done) << done.error().detail;
  }

  const std::string name_ = next_name();
};

}  // namespace hubbub::postgres
