// Tests only: makes keys of every kind and signs whatever it is told, right or wrong.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>
#include <vector>

#include "auth/algorithm.h"
#include "auth/base64url.h"
#include "base/check.h"

namespace hubbub {

class TestSigner {
 public:
  explicit TestSigner(Algorithm algorithm, unsigned rsa_bits = 2048, std::string id = "key-1")
      : algorithm_(algorithm), id_(std::move(id)), key_(make(algorithm, rsa_bits), EVP_PKEY_free) {
    HUBBUB_CHECK(key_);
  }

  // The same key, used for another algorithm.
  [[nodiscard]] TestSigner with(Algorithm algorithm) const { return {algorithm, id_, key_}; }

  [[nodiscard]] std::string header(const std::string& more = "") const {
    return R"({"alg":")" + std::string(traits_of(algorithm_).name) + R"(","kid":")" + id_ + "\"" +
           more + "}";
  }
  [[nodiscard]] std::string token(const std::string& payload) const {
    return token(header(), payload);
  }
  // The header's own word is not looked at: the key signs as its algorithm says.
  [[nodiscard]] std::string token(const std::string& header, const std::string& payload) const {
    const auto text = base64url_encode(header) + "." + base64url_encode(payload);
    return text + "." + base64url_encode(signature(text));
  }

  // `more`: members after the first ones, each with a leading comma.
  [[nodiscard]] std::string jwk(const std::string& more = "") const {
    return R"({"kid":")" + id_ + "\"," + public_members() + more + "}";
  }
  static std::string key_set(const std::vector<std::string>& keys) {
    std::string text;
    for (const auto& key : keys) text += (text.empty() ? "" : ",") + key;
    return "{\"keys\":[" + text + "]}";
  }

  [[nodiscard]] std::string signature(const std::string& text) const {
    const auto& traits = traits_of(algorithm_);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* key_context = nullptr;
    const std::string digest(traits.digest);
    HUBBUB_CHECK(EVP_DigestSignInit_ex(context, &key_context,
                                       digest.empty() ? nullptr : digest.c_str(), nullptr, nullptr,
                                       key_.get(), nullptr) == 1);
    if (traits.is_pss) {
      EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, pss_salt_bytes);
    }
    std::string bytes(1024, '\0');
    std::size_t size = bytes.size();
    HUBBUB_CHECK(EVP_DigestSign(context, data(bytes), &size,
                                reinterpret_cast<const unsigned char*>(text.data()),
                                text.size()) == 1);
    EVP_MD_CTX_free(context);
    bytes.resize(size);
    const bool is_ecdsa = traits.key_kind == KeyKind::kP256 || traits.key_kind == KeyKind::kP384;
    return is_ecdsa ? from_der(bytes, traits.key_kind == KeyKind::kP256 ? 32 : 48) : bytes;
  }

  [[nodiscard]] std::string modulus() const { return number(OSSL_PKEY_PARAM_RSA_N); }
  [[nodiscard]] std::string coordinate(const char* name) const { return number(name); }

  int pss_salt_bytes = RSA_PSS_SALTLEN_DIGEST;

 private:
  TestSigner(Algorithm algorithm, std::string id, std::shared_ptr<EVP_PKEY> key)
      : algorithm_(algorithm), id_(std::move(id)), key_(std::move(key)) {}

  static EVP_PKEY* make(Algorithm algorithm, unsigned rsa_bits) {
    switch (traits_of(algorithm).key_kind) {
      case KeyKind::kRsa:
        return EVP_RSA_gen(rsa_bits);
      case KeyKind::kP256:
        return EVP_EC_gen("P-256");
      case KeyKind::kP384:
        return EVP_EC_gen("P-384");
      case KeyKind::kEd25519:
        return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    }
    return nullptr;
  }

  static unsigned char* data(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
  }

  [[nodiscard]] std::string number(const char* name) const {
    BIGNUM* value = nullptr;
    HUBBUB_CHECK(EVP_PKEY_get_bn_param(key_.get(), name, &value) == 1);
    const auto kind = traits_of(algorithm_).key_kind;
    const int size = kind == KeyKind::kP256   ? 32
                     : kind == KeyKind::kP384 ? 48
                                              : BN_num_bytes(value);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(value, data(bytes), size);
    BN_free(value);
    return base64url_encode(bytes);
  }

  [[nodiscard]] std::string public_members() const {
    switch (traits_of(algorithm_).key_kind) {
      case KeyKind::kRsa:
        return R"("kty":"RSA","n":")" + modulus() + R"(","e":")" + number(OSSL_PKEY_PARAM_RSA_E) +
               "\"";
      case KeyKind::kP256:
      case KeyKind::kP384:
        return R"("kty":"EC","crv":")" +
               std::string(traits_of(algorithm_).key_kind == KeyKind::kP256 ? "P-256" : "P-384") +
               R"(","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X) + R"(","y":")" +
               number(OSSL_PKEY_PARAM_EC_PUB_Y) + "\"";
      case KeyKind::kEd25519:
        break;
    }
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    HUBBUB_CHECK(EVP_PKEY_get_raw_public_key(key_.get(), data(raw), &size) == 1);
    return R"("kty":"OKP","crv":"Ed25519","x":")" + base64url_encode(raw) + "\"";
  }

  static std::string from_der(const std::string& der, int length) {
    const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* parts = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()));
    std::string bytes(static_cast<std::size_t>(2 * length), '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(parts), data(bytes), length);
    BN_bn2binpad(ECDSA_SIG_get0_s(parts), data(bytes) + length, length);
    ECDSA_SIG_free(parts);
    return bytes;
  }

  const Algorithm algorithm_;
  const std::string id_;
  const std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace hubbub
