#include "wire/frame.h"

#include <gtest/gtest.h>

namespace hubbub {
namespace {

// The header before a text of so many bytes, in hexadecimal.
std::string header_of(std::size_t payload_bytes) {
  const std::string payload(payload_bytes, 'x');
  const auto frame = Frame::text(payload);
  EXPECT_EQ(frame->payload(), payload);
  const auto header = frame->bytes().substr(0, frame->bytes().size() - payload_bytes);
  std::string text;
  for (const unsigned char c : header) {
    text += "0123456789abcdef"[c >> 4];
    text += "0123456789abcdef"[c & 15];
  }
  return text;
}

// RFC 6455 5.2: the shortest form of the length is the only right one.
TEST(FrameTest, WritesEachLengthInItsShortestForm) {
  EXPECT_EQ(header_of(0), "8100");
  EXPECT_EQ(header_of(125), "817d");
  EXPECT_EQ(header_of(126), "817e007e");
  EXPECT_EQ(header_of(65'535), "817effff");
  EXPECT_EQ(header_of(65'536), "817f0000000000010000");
}

TEST(FrameTest, IsFinalUnmaskedAndOfItsOpcode) {
  EXPECT_EQ(Frame::encode(Opcode::kPing, "a")->bytes(),
            "\x89\x01"
            "a");
  EXPECT_EQ(Frame::encode(Opcode::kClose, "")->bytes(), std::string("\x88\0", 2));
}

TEST(FrameDeathTest, AControlFrameIsShort) {
  EXPECT_EQ(Frame::encode(Opcode::kPong, std::string(125, 'x'))->payload().size(), 125U);
  EXPECT_DEATH(Frame::encode(Opcode::kPong, std::string(126, 'x')), "check failed");
}

}  // namespace
}  // namespace hubbub
