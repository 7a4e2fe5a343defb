// Signatures and keys: what must be accepted, and every way of being refused.
#include "auth/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <map>

#include "auth/test_signer.h"

namespace hubbub {
namespace {

using testing::HasSubstr;

const std::string kPayload = R"({"sub":"a"})";

// RSA keys take a tenth of a second each: made once.
const TestSigner& signer(Algorithm algorithm) {
  static std::map<Algorithm, TestSigner> signers;
  return signers.try_emplace(algorithm, algorithm).first->second;
}

SignatureCheck check(const std::string& token, const std::string& jwks) {
  const auto keys = KeySet::parse(jwks);
  EXPECT_TRUE(keys) << keys.error().detail;
  const auto jwt = parse_jwt(token);
  EXPECT_TRUE(jwt) << jwt.error().detail;
  return keys && jwt ? (*keys)->verify(*jwt) : SignatureCheck::kBad;
}
SignatureCheck check(const std::string& token, const TestSigner& key) {
  return check(token, TestSigner::key_set({key.jwk()}));
}
bool is_usable(const std::string& jwk) {
  return KeySet::parse(TestSigner::key_set({jwk})).has_value();
}
std::string refusal(const std::string& token) {
  const auto jwt = parse_jwt(token);
  return jwt ? "accepted" : jwt.error().detail;
}
std::string with_signature(const std::string& token, const std::string& signature) {
  return token.substr(0, token.rfind('.') + 1) + base64url_encode(signature);
}
std::string signature_of(const std::string& token) {
  return *base64url_decode(token.substr(token.rfind('.') + 1));
}

class EachAlgorithmTest : public testing::TestWithParam<Algorithm> {
 protected:
  const TestSigner& key = signer(GetParam());
  const std::string token = key.token(kPayload);
};

INSTANTIATE_TEST_SUITE_P(All, EachAlgorithmTest,
                         testing::Values(Algorithm::kRs256, Algorithm::kRs384, Algorithm::kRs512,
                                         Algorithm::kPs256, Algorithm::kPs384, Algorithm::kPs512,
                                         Algorithm::kEs256, Algorithm::kEs384, Algorithm::kEdDsa),
                         [](const auto& info) { return std::string(traits_of(info.param).name); });

TEST_P(EachAlgorithmTest, AGoodSignatureIsAccepted) {
  EXPECT_EQ(check(token, key), SignatureCheck::kGood);
  EXPECT_EQ(
      check(token, TestSigner::key_set({key.jwk(R"(,"use":"sig","key_ops":["verify"],"alg":")" +
                                                std::string(traits_of(GetParam()).name) + "\"")})),
      SignatureCheck::kGood);
}

TEST_P(EachAlgorithmTest, AnyChangedBitIsRefused) {
  const auto good = signature_of(token);
  for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size() - 1}) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_EQ(check(with_signature(token, bad), key), SignatureCheck::kBad) << at;
  }
  auto other = token;
  const auto payload_at = other.find('.') + 1;
  other.replace(payload_at, other.rfind('.') - payload_at, base64url_encode(R"({"sub":"b"})"));
  EXPECT_EQ(check(other, key), SignatureCheck::kBad);
}

TEST_P(EachAlgorithmTest, ASignatureOfAnotherLengthIsRefused) {
  const auto good = signature_of(token);
  for (const auto& bad : {good + '\0', '\0' + good, good.substr(1), good.substr(0, good.size() - 1),
                          std::string(1, '\0'), good + good}) {
    EXPECT_EQ(check(with_signature(token, bad), key), SignatureCheck::kBad) << bad.size();
  }
  EXPECT_EQ(check(with_signature(token, std::string(good.size(), '\0')), key),
            SignatureCheck::kBad);
}

TEST_P(EachAlgorithmTest, AnotherKeysSignatureIsRefused) {
  const TestSigner other(GetParam());
  EXPECT_EQ(check(other.token(kPayload), key), SignatureCheck::kBad);
}

TEST_P(EachAlgorithmTest, AKeyForSomethingElseIsRefused) {
  EXPECT_FALSE(is_usable(key.jwk(R"(,"use":"enc")")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"use":["sig"])")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"key_ops":["sign","encrypt"])")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"key_ops":"verify")")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"use":"sig","key_ops":["encrypt"])")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"alg":"HS256")")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"alg":"none")")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"alg":1)")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"d":"AAAA")")));
  EXPECT_FALSE(is_usable(key.jwk(R"(,"kid":"again")")));
}

TEST(KeySetTest, ADerSignatureIsNotATokenSignature) {
  const auto& key = signer(Algorithm::kEs256);
  const auto token = key.token(kPayload);
  // SEQUENCE of two INTEGERs, as OpenSSL itself would sign.
  const auto parts = signature_of(token);
  const std::string der =
      std::string("\x30\x44\x02\x20") + parts.substr(0, 32) + "\x02\x20" + parts.substr(32);
  EXPECT_EQ(check(with_signature(token, der), key), SignatureCheck::kBad);
}

TEST(KeySetTest, AlgorithmsOfOneKeyAreNotMixed) {
  const auto& key = signer(Algorithm::kRs256);
  const auto only_rs256 = TestSigner::key_set({key.jwk(R"(,"alg":"RS256")")});
  const auto says = [](std::string algorithm) {
    return R"({"alg":")" + algorithm + R"(","kid":"key-1"})";
  };
  EXPECT_EQ(check(key.token(says("RS384"), kPayload), only_rs256), SignatureCheck::kBad);
  EXPECT_EQ(check(key.token(says("PS256"), kPayload), only_rs256), SignatureCheck::kBad);
  const auto pss = key.with(Algorithm::kPs256).token(kPayload);
  EXPECT_EQ(check(pss, key), SignatureCheck::kGood) << "a key that names no algorithm";
  EXPECT_EQ(check(pss, only_rs256), SignatureCheck::kBad);
  EXPECT_EQ(check(key.token(says("RS512"), kPayload), key), SignatureCheck::kBad);
  EXPECT_EQ(check(key.token(says("ES256"), kPayload), key), SignatureCheck::kBad);
}

TEST(KeySetTest, APssSaltOfAnotherLengthIsRefused) {
  TestSigner key(Algorithm::kPs256);
  key.pss_salt_bytes = 20;
  EXPECT_EQ(check(key.token(kPayload), key), SignatureCheck::kBad);
}

TEST(KeySetTest, APublicKeyIsNoSharedSecret) {
  const auto& key = signer(Algorithm::kRs256);
  const auto text =
      base64url_encode(R"({"alg":"HS256","kid":"key-1"})") + "." + base64url_encode(kPayload);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac;
  crypto_auth_hmacsha256_state state;
  const auto secret = key.jwk();
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()),
                              secret.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  const std::string bytes(mac.begin(), mac.end());
  EXPECT_EQ(refusal(text + "." + base64url_encode(bytes)), "token's algorithm is not allowed");
}

TEST(KeySetTest, AWeakOrBrokenKeyIsLeftOut) {
  EXPECT_FALSE(is_usable(TestSigner(Algorithm::kRs256, 1024).jwk()));
  EXPECT_FALSE(is_usable(TestSigner(Algorithm::kRs256, 2047).jwk()));
  const auto n = signer(Algorithm::kRs256).modulus();
  const auto rsa = [](const std::string& n, const std::string& e) {
    return R"({"kty":"RSA","n":")" + n + R"(","e":")" + e + "\"}";
  };
  EXPECT_TRUE(is_usable(rsa(n, "AQAB")));
  EXPECT_FALSE(is_usable(rsa(n, "AQ")));  // 1: every signature is its own message
  EXPECT_FALSE(is_usable(rsa(n, "Ag")));  // even
  EXPECT_FALSE(is_usable(rsa(n, "")));
  EXPECT_FALSE(is_usable(rsa(n + "=", "AQAB")));  // padding
  EXPECT_FALSE(is_usable(rsa("AAAA" + n, "AQAB-")));
  EXPECT_FALSE(is_usable(rsa(std::string(20'000, 'A'), "AQAB")));
  const auto& ec = signer(Algorithm::kEs256);
  const auto x = ec.coordinate(OSSL_PKEY_PARAM_EC_PUB_X);
  const auto y = ec.coordinate(OSSL_PKEY_PARAM_EC_PUB_Y);
  const auto point = [](const std::string& curve, const std::string& x, const std::string& y) {
    return R"({"kty":"EC","crv":")" + curve + R"(","x":")" + x + R"(","y":")" + y + "\"}";
  };
  EXPECT_TRUE(is_usable(point("P-256", x, y)));
  EXPECT_FALSE(is_usable(point("P-256", x, x)));  // not on the curve
  EXPECT_FALSE(is_usable(point("P-384", x, y)));
  EXPECT_FALSE(is_usable(point("P-521", x, y)));
  EXPECT_FALSE(is_usable(point("P-256", x, y + "AA")));
  EXPECT_FALSE(is_usable(R"({"kty":"OKP","crv":"Ed448","x":"AAAA"})"));
  EXPECT_FALSE(is_usable(R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})"));
  EXPECT_FALSE(is_usable(R"({"kty":"oct","k":"AAAA"})"));
}

TEST(KeySetTest, UnusableKeysDoNotHideTheGoodOne) {
  const auto& key = signer(Algorithm::kEdDsa);
  const auto jwks =
      TestSigner::key_set({R"({"kty":"oct","k":"AAAA","kid":"key-1"})",
                           signer(Algorithm::kRs256).jwk(R"(,"use":"enc")"), key.jwk()});
  EXPECT_EQ(check(key.token(kPayload), jwks), SignatureCheck::kGood);
}

TEST(KeySetTest, AnUnknownKeyIdIsToldApartFromABadSignature) {
  const TestSigner other(Algorithm::kEs256, 2048, "key-2");
  const auto jwks = TestSigner::key_set({signer(Algorithm::kEs256).jwk()});
  EXPECT_EQ(check(other.token(kPayload), jwks), SignatureCheck::kUnknownKey);
}

TEST(KeySetTest, WithoutKeyIdTheOnlyFittingKeyIsMeant) {
  const auto& key = signer(Algorithm::kEs256);
  const TestSigner other(Algorithm::kEs256, 2048, "key-2");
  const auto token = key.token(R"({"alg":"ES256"})", kPayload);
  const auto& rsa = signer(Algorithm::kRs256);
  EXPECT_EQ(check(token, TestSigner::key_set({key.jwk(), rsa.jwk()})), SignatureCheck::kGood);
  EXPECT_EQ(check(token, TestSigner::key_set({key.jwk(), other.jwk()})), SignatureCheck::kBad);
  EXPECT_EQ(check(token, TestSigner::key_set({rsa.jwk()})), SignatureCheck::kUnknownKey);
}

TEST(KeySetTest, WhatIsNoKeySetIsRefused) {
  for (const char* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[1]})",
                           R"({"keys":[],"keys":[]})"}) {
    EXPECT_FALSE(KeySet::parse(text)) << text;
  }
}

class JwtTest : public testing::Test {
 protected:
  const TestSigner& key = signer(Algorithm::kEdDsa);
  const std::string token = key.token(kPayload);
  std::string with_header(const std::string& header) {
    return refusal(key.token(header, kPayload));
  }
};

TEST_F(JwtTest, MustHaveThreeParts) {
  EXPECT_EQ(refusal(token), "accepted");
  EXPECT_EQ(refusal(""), "token has not three parts");
  EXPECT_EQ(refusal(token.substr(0, token.rfind('.'))), "token has not three parts");
  EXPECT_EQ(refusal(token + "."), "token has not three parts");
  EXPECT_EQ(refusal(token + ".AAAA.AAAA"),
            "token has not three parts");  // an encrypted one, RFC 7516
  EXPECT_EQ(refusal(token.substr(0, token.rfind('.') + 1)), "token has an empty part");
  EXPECT_THAT(refusal(".."), HasSubstr("empty part"));
}

TEST_F(JwtTest, MustBeStrictBase64url) {
  const std::string why = "token is not strict base64url";
  EXPECT_EQ(refusal(token + "="), why);
  EXPECT_EQ(refusal(token + "\n"), why);
  EXPECT_EQ(refusal(" " + token), why);
  EXPECT_EQ(refusal(token.substr(0, token.size() - 1) + "+"), why);
  // 64 bytes end in a character of which 4 bits are left over: all but zero would be another
  // spelling.
  auto stray = token;
  stray.back() = static_cast<char>(stray.back() + 1);
  EXPECT_EQ(refusal(stray), why);
  EXPECT_EQ(refusal(token + "AAA"), why);
}

TEST_F(JwtTest, TheHeaderMustBeAllowed) {
  EXPECT_EQ(with_header(R"({"alg":"none"})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(R"({"alg":"None"})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(R"({"alg":"HS256"})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(R"({"alg":"rs256"})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(R"({"alg":["RS256"]})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(R"({"kid":"key-1"})"), "token's algorithm is not allowed");
  EXPECT_EQ(with_header(key.header(R"(,"crit":["exp"])")), "token header has crit");
  EXPECT_EQ(with_header(key.header(R"(,"crit":[])")), "token header has crit");
  EXPECT_EQ(with_header(R"({"alg":"EdDSA","kid":7})"), "token's kid is not a string");
  EXPECT_EQ(with_header(R"({"alg":"EdDSA","typ":"logout+jwt"})"), "token header has a foreign typ");
  EXPECT_EQ(with_header(R"({"alg":"EdDSA","typ":"at+JWT"})"), "accepted");
}

TEST_F(JwtTest, ARepeatedMemberIsRefused) {
  const std::string why = "token header: JSON with a repeated member, or nested too deeply";
  EXPECT_EQ(with_header(R"({"alg":"none","alg":"EdDSA"})"), why);
  // The same name, spelled with an escape.
  EXPECT_EQ(with_header("{\"alg\":\"none\",\"\\u0061lg\":\"EdDSA\"}"), why);
  EXPECT_EQ(with_header(R"({"alg":"EdDSA","jwk":{"kty":"OKP","kty":"RSA"}})"), why);
  EXPECT_EQ(
      with_header(R"({"alg":"EdDSA","x":)" + std::string(40, '[') + std::string(40, ']') + "}"),
      why);
}

TEST_F(JwtTest, WhatIsNoJsonObjectIsRefused) {
  for (const char* header :
       {"x", "[]", "\"alg\"", R"({"alg":"EdDSA"}x)", R"({"alg":"EdDSA",})", "{\"alg\":\"\xff\"}"}) {
    EXPECT_EQ(with_header(header), "token header: not one JSON object") << header;
  }
}

TEST_F(JwtTest, AnOverlongTokenIsRefusedUnread) {
  EXPECT_EQ(refusal(std::string(kTokenBytesMax + 1, 'A')), "token is too long");
}

}  // namespace
}  // namespace hubbub
