// Holds with and without built pages (web/dist).
#include "rest/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rest/answered_header.h"
#include "rest/embedded_file.h"

namespace hubbub {
namespace {

using testing::HasSubstr;

HttpRequest request(std::string method, std::string path) {
  HttpRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  return request;
}

TEST(PagesTest, TheChatIsAtTheRootWhateverWasBuilt) {
  ASSERT_TRUE(is_page(request("GET", "/")));
  const auto page = serve_page(request("GET", "/"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("<html"));
}

TEST(PagesTest, TheDashboardIsAtAdminAndAllPathsBelow) {
  const auto dashboard = serve_page(request("GET", "/admin")).body;
  for (const auto* path : {"/admin", "/admin/", "/admin/people", "/admin/people/a%7C7"}) {
    ASSERT_TRUE(is_page(request("GET", path))) << path;
    const auto page = serve_page(request("GET", path));
    EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8") << path;
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache") << path;
    EXPECT_EQ(page.body, dashboard) << path;
  }
  for (const auto& file : embedded_files()) {
    if (file.path == "/admin/index.html") {
      EXPECT_EQ(dashboard, file.bytes);
    }
  }
  EXPECT_FALSE(is_page(request("GET", "/administrator")));
  EXPECT_FALSE(is_page(request("POST", "/admin")));
}

TEST(PagesTest, AreOnlyRead) {
  EXPECT_TRUE(is_page(request("HEAD", "/")));
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
    EXPECT_FALSE(is_page(request(method, "/"))) << method;
  }
}

TEST(PagesTest, AreNothingButTheirFiles) {
  for (const auto* path : {"", "/nothing", "//", "/assets/", "/../etc/passwd", "/%69ndex.html"}) {
    EXPECT_FALSE(is_page(request("GET", path))) << path;
  }
}

TEST(PagesTest, EveryFileIsServedAtItsPath) {
  for (const auto& file : embedded_files()) {
    const auto asked = request("GET", std::string(file.path));
    ASSERT_TRUE(is_page(asked)) << file.path;
    const auto page = serve_page(asked);
    EXPECT_EQ(page.body, file.bytes) << file.path;
    EXPECT_NE(header(page, "Content-Type"), "application/octet-stream") << file.path;
    const bool is_asset = file.path.starts_with("/assets/");
    EXPECT_EQ(header(page, "Cache-Control"),
              is_asset ? "public, max-age=31536000, immutable" : "no-cache")
        << file.path;
  }
}

TEST(PagesTest, LetNobodyFrameThemOrGuessTheirType) {
  const auto page = serve_page(request("GET", "/"));
  EXPECT_EQ(header(page, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(page, "Referrer-Policy"), "no-referrer");
  const auto policy = header(page, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'self'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(policy.find("script-src"), std::string::npos) << "scripts: our own only";
}

}  // namespace
}  // namespace hubbub
