#include "net/http_reader.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

constexpr std::size_t kHeaderBytesMax = 1000;
constexpr std::size_t kBodyBytesMax = 100;
using Progress = HttpReader::Progress;

class HttpReaderTest : public testing::Test {
 protected:
  // The refusal's status; 0 when it is a request, -1 when more is needed.
  int verdict(std::string bytes) {
    HttpReader fresh(kHeaderBytesMax, kBodyBytesMax);
    switch (fresh.feed(bytes)) {
      case Progress::kMore:
        return -1;
      case Progress::kRequest:
        return 0;
      case Progress::kRefused:
        return fresh.refusal();
    }
    return -2;
  }
  HttpRequest read(std::string bytes) {
    pending = std::move(bytes);
    EXPECT_EQ(reader.feed(pending), Progress::kRequest);
    return reader.take().request;
  }
  static std::string get(std::string_view target, std::string_view more = {}) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(more) + "\r\n";
  }

  HttpReader reader{kHeaderBytesMax, kBodyBytesMax};
  std::string pending;
};

TEST_F(HttpReaderTest, SplitsTheTarget) {
  const auto request = read(get("/a%20b/c?x=1&y=%3F?", "X-One: 1\r\nx-one: 2\r\n"));
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/a%20b/c");
  EXPECT_EQ(request.query, "x=1&y=%3F?");
  EXPECT_EQ(request.headers.size(), 3U);
  EXPECT_EQ(request.header("x-ONE"), "1");
}

TEST_F(HttpReaderTest, TakesTheOtherFormsOfATarget) {
  EXPECT_EQ(read(get("http://example.org/a?b")).path, "/a");
  EXPECT_EQ(read(get("http://example.org")).path, "/");
  EXPECT_EQ(read("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").path, "/");
  EXPECT_EQ(read("CONNECT example.org:443 HTTP/1.1\r\nHost: h\r\n\r\n").path, "");
  EXPECT_EQ(read(get("ws")).path, "");
}

TEST_F(HttpReaderTest, ReadsARequestInPiecesOfAnySize) {
  const std::string bytes =
      "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET /next HTTP/1.1\r\nHost: "
      "h\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    HttpReader reader(kHeaderBytesMax, kBodyBytesMax);
    std::string pending;
    std::vector<std::string> seen;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      pending += bytes.substr(at, piece);
      while (reader.feed(pending) == Progress::kRequest) {
        const auto request = reader.take().request;
        seen.push_back(request.path + request.body);
      }
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"/phello", "/next"})) << piece;
  }
}

TEST_F(HttpReaderTest, ReadsAChunkedBodyInPiecesOfAnySize) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    HttpReader reader(kHeaderBytesMax, kBodyBytesMax);
    std::string pending;
    auto progress = Progress::kMore;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      pending += bytes.substr(at, piece);
      progress = reader.feed(pending);
      ASSERT_NE(progress, Progress::kRefused) << piece;
    }
    ASSERT_EQ(progress, Progress::kRequest) << piece;
    EXPECT_EQ(reader.take().request.body, "hello world");
  }
}

// Beast 1.81 alone aborts here: anybody could have ended the server with it.
TEST_F(HttpReaderTest, WaitsForALastChunkThatComesInPieces) {
  pending = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  EXPECT_EQ(reader.feed(pending), Progress::kMore);
  pending += "\r";
  EXPECT_EQ(reader.feed(pending), Progress::kMore);
  pending += "\n";
  EXPECT_EQ(reader.feed(pending), Progress::kRequest);
  EXPECT_EQ(reader.take().request.body, "");
}

TEST_F(HttpReaderTest, KeepsTheConnectionAsTheVersionAndTheHeaderSay) {
  const auto keeps = [this](std::string bytes) {
    pending = std::move(bytes);
    EXPECT_EQ(reader.feed(pending), Progress::kRequest);
    return reader.take().keep_alive;
  };
  EXPECT_TRUE(keeps(get("/")));
  EXPECT_FALSE(keeps(get("/", "Connection: close\r\n")));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST_F(HttpReaderTest, RefusesWhatIsNotHttp) {
  EXPECT_EQ(verdict("hello\r\n\r\n"), 400);
  EXPECT_EQ(verdict("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 400);  // TLS
  EXPECT_EQ(verdict("GET / HTTP/2.0\r\nHost: h\r\n\r\n"), 505);
  EXPECT_EQ(verdict("GET /\x01 HTTP/1.1\r\nHost: h\r\n\r\n"), 400);
  EXPECT_EQ(verdict(get("/", "Bad Name: x\r\n")), 400);
  EXPECT_EQ(verdict(get("/", "Name : x\r\n")), 400);
  EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: h"), -1);
}

TEST_F(HttpReaderTest, RefusesWhatTwoReadersCouldReadDifferently) {
  const auto post = [](std::string_view headers, std::string_view body = {}) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n" + std::string(body);
  };
  EXPECT_EQ(verdict("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(verdict("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(verdict(post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(verdict(post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(verdict(post("Content-Length: 1\r\nContent-Length: 2\r\n", "xx")), 400);
  EXPECT_EQ(verdict(post("Content-Length: 1\r\nContent-Length: 1\r\n", "x")), 400);
  EXPECT_EQ(verdict(post("Content-Length: +1\r\n", "x")), 400);
  EXPECT_EQ(verdict(post("Content-Length: -1\r\n", "x")), 400);
  EXPECT_EQ(verdict(post("Content-Length: 0x1\r\n", "x")), 400);
  EXPECT_EQ(verdict(post("Transfer-Encoding: gzip\r\n")), 501);
  EXPECT_EQ(verdict(post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")), 501);
  EXPECT_EQ(verdict(post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")), 501);
  EXPECT_EQ(verdict("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(verdict(post("Transfer-Encoding: chunked\r\n", "1\r\nxx\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(verdict("GET / HTTP/1.1\nHost: h\n\n"), 505);
}

TEST_F(HttpReaderTest, KeepsTheLimits) {
  EXPECT_EQ(verdict(get("/", "X: " + std::string(kHeaderBytesMax, 'x') + "\r\n")), 431);
  EXPECT_EQ(verdict("GET /" + std::string(2 * kHeaderBytesMax, 'x')), 431);
  EXPECT_EQ(verdict("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"), 413);
  EXPECT_EQ(verdict("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n"),
            400);
  EXPECT_EQ(verdict("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" +
                    std::string(0x65, 'x')),
            413);
}

TEST_F(HttpReaderTest, SaysOnceThatTheBodyIsWaitedFor) {
  pending = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n";
  ASSERT_EQ(reader.feed(pending), Progress::kMore);
  EXPECT_TRUE(reader.is_in_body());
  EXPECT_TRUE(reader.wants_continue());
  EXPECT_FALSE(reader.wants_continue());
}

TEST_F(HttpReaderTest, SkipsEmptyLinesBetweenRequests) {
  EXPECT_EQ(verdict("\r\n\r\n"), -1);
  EXPECT_EQ(verdict("\r\n" + get("/")), 0);
}

}  // namespace
}  // namespace hubbub
