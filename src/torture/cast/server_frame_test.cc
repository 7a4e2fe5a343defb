#include "torture/cast/server_frame.h"

#include <gtest/gtest.h>

namespace hubbub::torture {
namespace {

using Type = V1Frame::Type;

TEST(V1FrameTest, HelloTellsWhereEveryLogEnds) {
  const auto hello = decode_v1(R"({"type":"hello","sender":"Server","payload":{"channels":[)"
                               R"({"id":7,"name":"garden","epoch":"e","seq":4},)"
                               R"({"id":9,"name":"kitchen","epoch":"f","seq":0}],)"
                               R"("inbox":{"epoch":"g","seq":2}}})");
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->type, Type::kHello);
  ASSERT_EQ(hello->channels.size(), 2U);
  EXPECT_EQ(hello->channels[1].channel_id, 9);
  EXPECT_EQ(hello->channels[0].head, (Position{"e", 4}));
  EXPECT_EQ(hello->inbox, (Position{"g", 2}));
}

TEST(V1FrameTest, AMessageIsOfAChannelOrOfTheInbox) {
  const auto said =
      decode_v1(R"({"type":"chat_message","sender":"a","payload":{"log":7,"epoch":"e","seq":5,)"
                R"("message_id":30,"owner_id":"id-a","message":"hello"}})");
  ASSERT_TRUE(said);
  EXPECT_EQ(said->type, Type::kMessage);
  EXPECT_EQ(said->channel_id, 7);
  EXPECT_EQ(said->position, (Position{"e", 5}));
  EXPECT_EQ(said->message_id, 30);
  EXPECT_EQ(said->text, "hello");
  const auto told = decode_v1(
      R"({"type":"private_chat_message","sender":"a","payload":{"log":"inbox","epoch":"e","seq":1,)"
      R"("message_id":3,"owner_id":"id-a","message":"psst","send_key":"k"}})");
  ASSERT_TRUE(told);
  EXPECT_FALSE(told->channel_id);
  EXPECT_EQ(told->send_key, "k");
}

TEST(V1FrameTest, AnswersNameTheirKey) {
  const auto ack = decode_v1(
      R"({"type":"ack","sender":"Server","payload":{"send_key":"k","log":7,"epoch":"e","seq":5,)"
      R"("message_id":30,"repeated":true}})");
  ASSERT_TRUE(ack);
  EXPECT_EQ(ack->type, Type::kAck);
  EXPECT_TRUE(ack->is_repeated);
  const auto error = decode_v1(
      R"({"type":"error","sender":"Server","payload":{"send_key":"k","code":"unavailable",)"
      R"("message":"…","retry_after_ms":2000}})");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->text, "unavailable");
  EXPECT_EQ(error->retry_after, std::chrono::seconds(2));
}

TEST(V1FrameTest, WhatLacksAPromisedMemberIsNoFrame) {
  EXPECT_FALSE(decode_v1(R"({"type":"ack","sender":"Server","payload":{"send_key":"k"}})"));
  EXPECT_FALSE(decode_v1(R"({"type":"hello")"));
  EXPECT_FALSE(decode_v1("[]"));
  const auto other = decode_v1(R"({"type":"heartbeat","sender":"Server","payload":{"heads":[]}})");
  ASSERT_TRUE(other);
  EXPECT_EQ(other->type, Type::kOther);
}

TEST(OldFrameTest, AGreetingHasManyMessagesAndAMessageOne) {
  const auto bulk =
      decode_old(R"({"type":"bulk_chat_messages","sender":"Server","payload":{"messages":[)"
                 R"({"cacheID":1,"owner_id":"id-a","channel":"garden","message":"one"},)"
                 R"({"cacheID":2,"owner_id":"id-b","channel":"garden","message":"two"}]}})");
  ASSERT_TRUE(bulk);
  ASSERT_EQ(bulk->messages.size(), 2U);
  EXPECT_EQ(bulk->messages[1].text, "two");
  const auto one = decode_old(
      R"({"type":"private_chat_message","sender":"a","payload":{"cacheID":3,"owner_id":"id-a",)"
      R"("recipient_id":"id-b","message":"psst"}})");
  ASSERT_TRUE(one);
  ASSERT_EQ(one->messages.size(), 1U);
  EXPECT_EQ(one->messages[0].recipient_id, "id-b");
  EXPECT_FALSE(decode_old(R"({"type":"chat_message","sender":"a","payload":{"cacheID":"3"}})"));
}

}  // namespace
}  // namespace hubbub::torture
