#include "rest/reply.h"

#include <gtest/gtest.h>

#include "rest/answered_header.h"

namespace hubbub {
namespace {

bool asks(const std::string& accept) {
  HttpRequest request;
  request.headers = {{"Accept", accept}};
  return asks_for_json(request);
}

TEST(ReplyTest, EndsEveryBodyWithANewline) {
  EXPECT_EQ(json_reply(201, "{}").body, "{}\n");
  EXPECT_EQ(json_reply(201, "{}").status, 201);
  EXPECT_EQ(header(json_reply(200, "{}"), "Content-Type"), "application/json");
  EXPECT_EQ(header(json_reply(200, "{}"), "Cache-Control"), "no-store");
  EXPECT_EQ(text_reply(200, "ok").body, "ok\n");
  EXPECT_EQ(header(text_reply(200, "ok"), "X-Content-Type-Options"), "nosniff");
}

TEST(ReplyTest, RefusesInPlainTextAsTheOldServerDid) {
  const auto refused = refusal({Code::kInvalid, "Invalid channel ID", "id"}, false);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body, "Invalid channel ID\n");
  EXPECT_EQ(header(refused, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(refusal({Code::kNotFound}, false).body, "404 page not found\n");
}

TEST(ReplyTest, GivesProblemDetailsToThoseWhoAskForJson) {
  const auto refused = refusal({Code::kInvalid, "Invalid channel ID", "id"}, true);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(header(refused, "Content-Type"), "application/problem+json");
  EXPECT_EQ(refused.body,
            R"({"type":"about:blank","title":"A value is out of bounds.","status":400,)"
            R"("code":"invalid","detail":"Invalid channel ID","field":"id"})"
            "\n");
}

TEST(ReplyTest, KeepsWhatHappenedInsideToItself) {
  for (const bool as_json : {false, true}) {
    const auto refused = refusal({Code::kInternal, "disk I/O error in /data"}, as_json);
    EXPECT_EQ(refused.status, 500);
    EXPECT_EQ(refused.body.find("/data"), std::string::npos) << refused.body;
  }
}

TEST(ReplyTest, SaysWhenToComeBackInWholeSeconds) {
  EXPECT_EQ(header(refusal({Code::kRateLimited, {}, {}, 1}, false), "Retry-After"), "1");
  EXPECT_EQ(header(refusal({Code::kRateLimited, {}, {}, 1'000}, false), "Retry-After"), "1");
  EXPECT_EQ(header(refusal({Code::kRateLimited, {}, {}, 1'001}, true), "Retry-After"), "2");
  EXPECT_EQ(header(refusal({Code::kRateLimited}, false), "Retry-After"), "none");
}

TEST(ReplyTest, AsksForATokenOnlyWhereOneIsMissing) {
  EXPECT_EQ(header(refusal({Code::kUnauthorized}, false), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(header(refusal({Code::kForbidden}, false), "WWW-Authenticate"), "none");
}

TEST(ReplyTest, AnythingIsNotAskingForJson) {
  EXPECT_TRUE(asks("application/json"));
  EXPECT_TRUE(asks("text/html, application/problem+json;q=0.9"));
  EXPECT_FALSE(asks("*/*"));
  EXPECT_FALSE(asks("text/html"));
  EXPECT_FALSE(asks(""));
}

}  // namespace
}  // namespace hubbub
