#include "base/log_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using testing::MatchesRegex;

class LogLineTest : public testing::Test {
 protected:
  ~LogLineTest() override { set_log_level(Level::kInfo); }

  // What goes to standard error for `value`, from the value on.
  static std::string written(std::string_view value) {
    testing::internal::CaptureStderr();
    LogLine(Level::kInfo, "event").with("key", value);
    const auto line = testing::internal::GetCapturedStderr();
    return line.substr(line.find("key=") + 4);
  }
  static std::string lines_of(Level level) {
    testing::internal::CaptureStderr();
    LogLine(level, "event").with("count", 3);
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(LogLineTest, IsTimeLevelEventAndValues) {
  testing::internal::CaptureStderr();
  LogLine(Level::kWarning, "commit_failed").with("entries", 12).with("reason", "disk");
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9:.]+Z warning commit_failed entries=12 "
                           "reason=disk\n"));
}

TEST_F(LogLineTest, QuotesWhatCouldBeMistaken) {
  EXPECT_EQ(written("plain/1:2"), "plain/1:2\n");
  EXPECT_EQ(written(""), "\"\"\n");
  EXPECT_EQ(written("two words"), "\"two words\"\n");
  EXPECT_EQ(written("a=b"), "\"a=b\"\n");
  EXPECT_EQ(written("say \"hi\" \\"), "\"say \\\"hi\\\" \\\\\"\n");
}

TEST_F(LogLineTest, AValueCannotStartALineOfItsOwn) {
  EXPECT_EQ(written("x\n2026 error forged"), "\"x?2026 error forged\"\n");
  EXPECT_EQ(written("\r\t\x1b[31m\x7f"), "\"???[31m?\"\n");
  EXPECT_EQ(written(std::string_view("\0", 1)), "\"?\"\n");
}

TEST_F(LogLineTest, StaysSilentBelowTheLevel) {
  EXPECT_EQ(lines_of(Level::kDebug), "");
  EXPECT_NE(lines_of(Level::kInfo), "");
  set_log_level(Level::kError);
  EXPECT_EQ(lines_of(Level::kWarning), "");
  EXPECT_NE(lines_of(Level::kError), "");
  set_log_level(Level::kDebug);
  EXPECT_NE(lines_of(Level::kDebug), "");
}

}  // namespace
}  // namespace hubbub
