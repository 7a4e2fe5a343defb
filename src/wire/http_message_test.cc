#include "wire/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hubbub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::string decoded(std::string_view text) {
  const auto result = percent_decode(text, false);
  return result ? *result : "refused";
}

TEST(PercentDecodeTest, DecodesBothCases) {
  EXPECT_EQ(decoded("%41%c3%A9%2f"), "A\xC3\xA9/");
  EXPECT_EQ(decoded("plain"), "plain");
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("%41"), "A") << "an escape at the very end";
}

TEST(PercentDecodeTest, APlusIsASpaceInFormsOnly) {
  EXPECT_EQ(decoded("a+b%2Bc"), "a+b+c");
  EXPECT_EQ(percent_decode("a+b%2Bc", true).value(), "a b+c");
}

TEST(PercentDecodeTest, RefusesABrokenEscape) {
  for (const std::string_view text : {"%", "%4", "a%4", "%4g", "%g4", "%%41", "%+1"}) {
    EXPECT_EQ(decoded(text), "refused") << text;
  }
  EXPECT_EQ(decoded(std::string_view("%41").substr(0, 2)), "refused") << "reads past its end";
}

TEST(PercentDecodeTest, RefusesWhatIsNoText) {
  for (const std::string_view text : {"%00", "%ff", "%c3", "%ed%a0%80", "\xFF"}) {
    EXPECT_EQ(decoded(text), "refused") << text;
  }
}

TEST(PercentDecodeTest, IsUndoneByEncoding) {
  const std::string text = "a b&c=d/\xC3\xA9%+~-._";
  EXPECT_EQ(percent_encode(text), "a%20b%26c%3Dd%2F%C3%A9%25%2B~-._");
  EXPECT_EQ(decoded(percent_encode(text)), text);
}

TEST(ParseFormTest, KeepsOrderAndRepetitions) {
  EXPECT_THAT(parse_form("b=1&a=2&b=3").value(),
              ElementsAre(Pair("b", "1"), Pair("a", "2"), Pair("b", "3")));
  EXPECT_EQ(form_field(parse_form("b=1&b=3").value(), "b"), "1");
  EXPECT_EQ(form_field(parse_form("b=1").value(), "c"), "");
}

TEST(ParseFormTest, ReadsFieldsWithoutValueNameOrEither) {
  EXPECT_THAT(parse_form("a&b=&=c&&d=e=f&").value(),
              ElementsAre(Pair("a", ""), Pair("b", ""), Pair("", "c"), Pair("d", "e=f")));
  EXPECT_THAT(parse_form("").value(), IsEmpty());
}

TEST(ParseFormTest, DecodesAfterItSplits) {
  EXPECT_THAT(parse_form("a%26b=c%3Dd+e").value(), ElementsAre(Pair("a&b", "c=d e")));
  EXPECT_FALSE(parse_form("a=1&b=%4"));
  EXPECT_FALSE(parse_form("%zz=1"));
}

TEST(HttpHeadersTest, AreFoundInAnyCaseFirstOneFirst) {
  HttpRequest request;
  request.headers = {{"X-Name", "first"}, {"x-name", "second"}};
  EXPECT_EQ(request.header("X-NAME"), "first");
  EXPECT_EQ(request.header("X-Nam"), "");
}

TEST(HttpHeadersTest, SettingOneReplacesIt) {
  HttpResponse response;
  response.set_header("Vary", "Origin");
  response.set_header("vary", "Accept");
  EXPECT_THAT(response.headers, ElementsAre(Pair("Vary", "Accept")));
}

}  // namespace
}  // namespace hubbub
