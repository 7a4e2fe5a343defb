// Tests: a database for one test, gone with it, in the cluster that HUBBUB_TEST_POSTGRESQL names
// (tests/services/run.py starts one). Without it these tests fail.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "store/postgres/database.h"

namespace hubbub::postgres {

class TestDatabase {
 public:
  TestDatabase() { EXPECT_TRUE(run("CREATE DATABASE " + name_)); }
  ~TestDatabase() { EXPECT_TRUE(run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)")); }
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  [[nodiscard]] std::string url() const {
    const std::string cluster = cluster_url();
    return cluster.substr(0, cluster.rfind('/') + 1) + name_;
  }

 private:
  static std::string cluster_url() {
    const char* url = std::getenv("HUBBUB_TEST_POSTGRESQL");
    EXPECT_NE(url, nullptr) << "run this by tests/services/run.py postgresql -- …";
    return url ? url : "postgresql://127.0.0.1:1/none";
  }
  static std::string next_name() {
    static std::atomic<int> count{0};
    return "store_test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  }
  static Status run(const std::string& sql) {
    auto connection = Connection::open(cluster_url(), {});
    if (!connection) return connection.error();
    return (*connection)->execute(sql);
  }

  const std::string name_ = next_name();
};

}  // namespace hubbub::postgres
