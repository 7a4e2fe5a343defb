#include "net/frame_parser.h"

#include <gmock/gmock.h>

#include <random>

#include "net/client_frame.h"
#include "net/frame_header.h"
#include "net/frame_parser_check.h"

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kMessageBytesMax = 70'000;

class FrameParserTest : public testing::Test {
 protected:
  // What these bytes give: each message as its text, control frames with their name before.
  std::vector<std::string> feed(std::string bytes) {
    held_.push_back(std::make_unique<std::string>(std::move(bytes)));
    std::span<char> rest(*held_.back());
    std::vector<std::string> seen;
    while (const auto received = parser_.next(rest)) {
      seen.push_back(prefix(received->opcode) + std::string(received->payload));
    }
    return seen;
  }
  std::vector<std::string> feed_in_pieces(std::string_view bytes, std::size_t piece_bytes) {
    std::vector<std::string> seen;
    for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
      for (auto& one : feed(std::string(bytes.substr(at, piece_bytes)))) {
        seen.push_back(std::move(one));
      }
    }
    return seen;
  }
  // 0: none.
  int failure() { return parser_.has_failed() ? static_cast<int>(parser_.failure().code) : 0; }

  static std::string part(std::string_view payload, Opcode opcode, bool is_final) {
    return client_frame(payload, {.opcode = opcode, .is_final = is_final});
  }
  static std::string control(Opcode opcode, std::string_view payload) {
    return client_frame(payload, {.opcode = opcode});
  }

  FrameParser parser_{kMessageBytesMax};

 private:
  static std::string prefix(Opcode opcode) {
    switch (opcode) {
      case Opcode::kPing:
        return "ping:";
      case Opcode::kPong:
        return "pong:";
      case Opcode::kClose:
        return "close:";
      case Opcode::kBinary:
        return "binary:";
      default:
        return "";
    }
  }
  std::vector<std::unique_ptr<std::string>> held_;
};

TEST_F(FrameParserTest, ReadsTheExampleOfTheRfc) {
  // RFC 6455 5.7: a single-frame masked text message.
  EXPECT_THAT(feed("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), ElementsAre("Hello"));
}

TEST_F(FrameParserTest, AWholeFrameIsHandedOutWhereItLies) {
  auto bytes = client_frame("no copy");
  std::span<char> rest(bytes);
  const auto received = parser_.next(rest);
  ASSERT_TRUE(received);
  EXPECT_EQ(received->payload.data(), bytes.data() + 6);
  EXPECT_TRUE(rest.empty());
}

TEST_F(FrameParserTest, ReadsEveryFormOfLengthInPiecesOfAnySize) {
  for (const std::size_t size : {0UL, 1UL, 125UL, 126UL, 127UL, 65535UL, 65536UL}) {
    const std::string text(size, 'x');
    const auto bytes = client_frame(text) + client_frame("next");
    for (const std::size_t piece : {1UL, 2UL, 3UL, 7UL, 13UL, 4096UL, bytes.size()}) {
      EXPECT_THAT(feed_in_pieces(bytes, piece), ElementsAre(text, "next")) << size << " " << piece;
    }
  }
}

TEST_F(FrameParserTest, UnmasksAcrossPiecesThatAreNoMultipleOfTheMask) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += static_cast<char>('a' + i % 26);
  for (std::size_t piece = 1; piece < 40; ++piece) {
    EXPECT_THAT(feed_in_pieces(client_frame(text), piece), ElementsAre(text)) << piece;
  }
}

TEST_F(FrameParserTest, ControlFramesComeBetweenFragments) {
  EXPECT_THAT(feed(part("one ", Opcode::kText, false) + control(Opcode::kPing, "p") +
                   part("two ", Opcode::kContinuation, false) + control(Opcode::kPong, "q") +
                   part("three", Opcode::kContinuation, true) + client_frame("next")),
              ElementsAre("ping:p", "pong:q", "one two three", "next"));
}

TEST_F(FrameParserTest, RefusesWhatTheRfcForbids) {
  const std::vector<std::pair<std::string, std::string>> forbidden = {
      {"a reserved bit", "\xC1\x80"},
      {"a reserved opcode", "\x83\x80"},
      {"a reserved control opcode", "\x8B\x80"},
      {"no mask", std::string("\x81\x01") + "a"},
      {"a fragmented control frame", "\x09"},
      {"a control frame of 126 bytes", "\x89\xFE"},
      {"16 bits for 125", std::string("\x81\xFE\x00\x7D", 4)},
      {"64 bits for 65535", std::string("\x81\xFF\0\0\0\0\0\0\xFF\xFF", 10)},
      {"the top bit of 64", std::string("\x82\xFF\x80\0\0\0\0\x01\0\0", 10)},
      {"a continuation of nothing", part("a", Opcode::kContinuation, true)},
      {"a message within a message", part("a", Opcode::kText, false) + client_frame("b")},
  };
  for (const auto& [what, bytes] : forbidden) {
    for (const std::size_t piece : {std::size_t{1}, bytes.size()}) {
      FrameParser parser(kMessageBytesMax);
      auto copy = bytes;
      for (std::size_t at = 0; at < copy.size(); at += piece) {
        std::span<char> rest(copy.data() + at, std::min(piece, copy.size() - at));
        EXPECT_FALSE(parser.next(rest)) << what;
      }
      ASSERT_TRUE(parser.has_failed()) << what;
      EXPECT_EQ(parser.failure().code, CloseCode::kProtocolError) << what;
    }
  }
}

TEST_F(FrameParserTest, NothingComesAfterAFailure) {
  EXPECT_THAT(feed("\xC1\x80"), IsEmpty());
  EXPECT_THAT(feed(client_frame("hello")), IsEmpty());
  EXPECT_EQ(failure(), 1002);
}

TEST_F(FrameParserTest, BadTextFailsBeforeItsFrameIsWhole) {
  auto bytes = client_frame("good \xC0\xAF and much more");
  bytes.resize(12);  // the header, and up to the bad byte
  feed(bytes);
  EXPECT_EQ(failure(), 1007);
}

TEST_F(FrameParserTest, BadTextFailsInAnEarlierFragment) {
  feed(part("\xED\xA0", Opcode::kText, false));
  EXPECT_EQ(failure(), 1007);
}

TEST_F(FrameParserTest, ACodePointMayBeCutByAFragmentButNotByTheEnd) {
  EXPECT_THAT(
      feed(part("\xE2\x82", Opcode::kText, false) + part("\xAC", Opcode::kContinuation, true)),
      ElementsAre("\xE2\x82\xAC"));
  feed(part("\xE2\x82", Opcode::kText, false) + part("", Opcode::kContinuation, true));
  EXPECT_EQ(failure(), 1007);
}

TEST_F(FrameParserTest, BinaryNeedNotBeText) {
  EXPECT_THAT(feed(control(Opcode::kBinary, "\xFF\xFE")), ElementsAre("binary:\xFF\xFE"));
}

TEST_F(FrameParserTest, AMessageOfTheLimitPassesAndOneMoreByteDoesNot) {
  EXPECT_THAT(feed(client_frame(std::string(kMessageBytesMax, 'x'))), testing::SizeIs(1));
  auto header = client_frame(std::string(kMessageBytesMax + 1, 'x'));
  header.resize(14);
  feed(header);
  EXPECT_EQ(failure(), 1009);
}

TEST_F(FrameParserTest, FragmentsTogetherMustKeepTheLimit) {
  feed(part(std::string(kMessageBytesMax, 'x'), Opcode::kText, false));
  EXPECT_EQ(failure(), 0);
  feed(part("x", Opcode::kContinuation, true));
  EXPECT_EQ(failure(), 1009);
}

TEST_F(FrameParserTest, CloseFramesAreJudged) {
  const auto verdict = [](const std::string& payload) {
    FrameParser parser(kMessageBytesMax);
    auto bytes = client_frame(payload, {.opcode = Opcode::kClose});
    std::span<char> rest(bytes);
    return parser.next(rest) ? 0 : static_cast<int>(parser.failure().code);
  };
  EXPECT_EQ(verdict(""), 0);
  EXPECT_EQ(verdict("\x03"), 1002);
  for (const unsigned code : {1000U, 1003U, 1007U, 1014U, 3000U, 4999U}) {
    EXPECT_EQ(verdict(close_payload(code, "why")), 0) << code;
  }
  for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1015U, 1100U, 2999U, 5000U}) {
    EXPECT_EQ(verdict(close_payload(code)), 1002) << code;
  }
  EXPECT_EQ(verdict(close_payload(1000, "\xFF")), 1007);
}

TEST_F(FrameParserTest, WhateverComesPiecesMakeNoDifference) {
  std::mt19937 random(1);  // NOLINT: the same cases each time
  const auto below = [&random](unsigned bound) { return random() % bound; };
  const std::vector<Opcode> opcodes = {Opcode::kContinuation, Opcode::kText, Opcode::kBinary,
                                       Opcode::kClose,        Opcode::kPing, Opcode::kPong,
                                       Opcode::kText,         Opcode::kText};
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = {static_cast<char>(below(256)), static_cast<char>(below(256)),
                         static_cast<char>(below(256)), static_cast<char>(below(256))};
    for (unsigned frames = below(6); frames > 0; --frames) {
      const auto opcode = opcodes[below(static_cast<unsigned>(opcodes.size()))];
      const bool is_control = static_cast<int>(opcode) >= 8;
      std::string payload(below(is_control ? 126 : 200), 'x');
      if (below(4) == 0) payload += "\xE2\x82\xAC";
      if (is_control) payload.resize(std::min<std::size_t>(payload.size(), 125));
      bytes += client_frame(payload, {.opcode = opcode, .is_final = is_control || below(3) != 0});
    }
    if (below(3) == 0 && bytes.size() > 4) {
      bytes[4 + below(static_cast<unsigned>(bytes.size() - 4))] ^=
          static_cast<char>(1U << below(8));
    }
    check_frame_parser({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  }
}

}  // namespace
}  // namespace hubbub
