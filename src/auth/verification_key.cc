#include "auth/verification_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

#include "auth/base64url.h"
#include "base/check.h"

namespace hubbub {
namespace {

template <auto kFree>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Bignum = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Key = std::shared_ptr<EVP_PKEY>;

// RFC 7518 3.3 asks for 2048 bits or more; above 8192 a check costs a millisecond for nobody's
// good.
constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192;
// What OpenSSL itself allows with large moduli (OPENSSL_RSA_MAX_PUBEXP_BITS).
constexpr int kRsaExponentBitsMax = 64;

const unsigned char* data_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Fetched once: a fetch by name takes a lock and a search each time.
const EVP_MD* digest_of(Algorithm algorithm) {
  static const std::array<EVP_MD*, 3> digests = {EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                 EVP_MD_fetch(nullptr, "SHA384", nullptr),
                                                 EVP_MD_fetch(nullptr, "SHA512", nullptr)};
  const auto name = traits_of(algorithm).digest;
  return name == "SHA256" ? digests[0] : name == "SHA384" ? digests[1] : digests[2];
}

std::optional<std::string> member_bytes(const JsonObject& jwk, std::string_view name) {
  const auto text = jwk.string(name);
  if (!text || text->empty()) return std::nullopt;
  return base64url_decode(*text);
}

Key key_from_params(const char* type, OSSL_PARAM* params) {
  const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) <= 0) {
    return nullptr;
  }
  return {key, EVP_PKEY_free};
}

Key rsa_key(const JsonObject& jwk) {
  const auto modulus = member_bytes(jwk, "n");
  const auto exponent = member_bytes(jwk, "e");
  // A bound before the arithmetic, one byte above the largest for a leading zero.
  if (!modulus || !exponent || modulus->size() > kRsaBitsMax / 8 + 1 || exponent->size() > 9) {
    return nullptr;
  }
  const Bignum n(BN_bin2bn(data_of(*modulus), static_cast<int>(modulus->size()), nullptr));
  const Bignum e(BN_bin2bn(data_of(*exponent), static_cast<int>(exponent->size()), nullptr));
  if (!n || !e || BN_num_bits(n.get()) < kRsaBitsMin || BN_num_bits(n.get()) > kRsaBitsMax ||
      !BN_is_odd(n.get()) || !BN_is_odd(e.get()) || BN_is_one(e.get()) ||
      BN_num_bits(e.get()) > kRsaExponentBitsMax) {
    return nullptr;
  }
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  if (!builder || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) ||
      !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get())) {
    return nullptr;
  }
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  return params ? key_from_params("RSA", params.get()) : nullptr;
}

std::size_t coordinate_bytes(KeyKind kind) { return kind == KeyKind::kP256 ? 32 : 48; }

Key ec_key(const JsonObject& jwk, KeyKind kind) {
  const auto x = member_bytes(jwk, "x");
  const auto y = member_bytes(jwk, "y");
  // RFC 7518 6.2.1.2: the full length of a coordinate, no less.
  const auto length = coordinate_bytes(kind);
  if (!x || !y || x->size() != length || y->size() != length) return nullptr;
  std::string point = "\x04" + *x + *y;  // uncompressed, SEC 1 2.3.3
  std::string group = kind == KeyKind::kP256 ? "P-256" : "P-384";
  std::array<OSSL_PARAM, 3> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  auto key = key_from_params("EC", params.data());
  if (!key) return nullptr;
  const PkeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  // Refuses a point that is not on the curve.
  if (!check || EVP_PKEY_public_check(check.get()) <= 0) return nullptr;
  return key;
}

Key ed25519_key(const JsonObject& jwk) {
  const auto x = member_bytes(jwk, "x");
  if (!x || x->size() != 32) return nullptr;
  return {EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, data_of(*x), x->size()),
          EVP_PKEY_free};
}

std::optional<KeyKind> kind_of(const JsonObject& jwk) {
  const auto type = jwk.string("kty").value_or("");
  const auto curve = jwk.string("crv").value_or("");
  if (type == "RSA") return KeyKind::kRsa;
  if (type == "EC" && curve == "P-256") return KeyKind::kP256;
  if (type == "EC" && curve == "P-384") return KeyKind::kP384;
  if (type == "OKP" && curve == "Ed25519") return KeyKind::kEd25519;
  return std::nullopt;
}

// RFC 7517 4.2 and 4.3. Keycloak's set holds an encryption key beside the signing one.
bool is_for_verifying(const JsonObject& jwk) {
  if (jwk.has("use") && jwk.string("use") != "sig") return false;
  if (jwk.has("key_ops")) {
    const auto operations = jwk.strings("key_ops");
    if (!operations || jwk.string("key_ops")) return false;
    return std::find(operations->begin(), operations->end(), "verify") != operations->end();
  }
  return true;
}

// r and s side by side, as a token has them, to DER, as OpenSSL wants them. Empty when broken.
std::string ecdsa_to_der(std::string_view signature, std::size_t length) {
  const EcdsaSignature parts(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(data_of(signature), static_cast<int>(length), nullptr);
  BIGNUM* s = BN_bin2bn(data_of(signature) + length, static_cast<int>(length), nullptr);
  if (!parts || !r || !s || !ECDSA_SIG_set0(parts.get(), r, s)) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  std::array<unsigned char, 128> der;  // 2 * (48 + 1 + 2) + 3 at most
  unsigned char* end = der.data();
  const int size = i2d_ECDSA_SIG(parts.get(), &end);
  return size > 0 ? std::string(reinterpret_cast<char*>(der.data()), static_cast<std::size_t>(size))
                  : std::string();
}

bool verify_digest(EVP_PKEY* key, Algorithm algorithm, std::string_view text,
                   std::string_view signature) {
  const EVP_MD* digest = digest_of(algorithm);
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash;
  unsigned int hash_bytes = 0;
  if (!EVP_Digest(text.data(), text.size(), hash.data(), &hash_bytes, digest, nullptr))
    return false;
  const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (!context || EVP_PKEY_verify_init(context.get()) <= 0) return false;
  const auto& traits = traits_of(algorithm);
  if (traits.key_kind == KeyKind::kRsa &&
      EVP_PKEY_CTX_set_rsa_padding(
          context.get(), traits.is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) <= 0) {
    return false;
  }
  if (EVP_PKEY_CTX_set_signature_md(context.get(), digest) <= 0) return false;
  // RFC 7518 3.5: a salt as long as the hash, and MGF1 with the same hash.
  if (traits.is_pss &&
      (EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), digest) <= 0 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) <= 0)) {
    return false;
  }
  return EVP_PKEY_verify(context.get(), data_of(signature), signature.size(), hash.data(),
                         hash_bytes) == 1;
}

bool verify_ed25519(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(text),
                          text.size()) == 1;
}

}  // namespace

Result<VerificationKey> VerificationKey::from_jwk(const JsonObject& jwk) {
  if (!is_for_verifying(jwk)) return Error{Code::kInvalid, "key is not for checking signatures"};
  if (jwk.has("d")) return Error{Code::kInvalid, "key set publishes a private key"};
  const auto kind = kind_of(jwk);
  if (!kind) return Error{Code::kInvalid, "key of an unknown kind"};
  std::optional<Algorithm> only;
  if (jwk.has("alg")) {
    only = algorithm_named(jwk.string("alg").value_or(""));
    if (!only || traits_of(*only).key_kind != *kind) {
      return Error{Code::kInvalid, "key's alg is not usable"};
    }
  }
  if (jwk.has("kid") && !jwk.string("kid")) return Error{Code::kInvalid, "kid is not a string"};
  auto key = *kind == KeyKind::kRsa       ? rsa_key(jwk)
             : *kind == KeyKind::kEd25519 ? ed25519_key(jwk)
                                          : ec_key(jwk, *kind);
  ERR_clear_error();
  if (!key) return Error{Code::kInvalid, "key is broken or weak"};
  return VerificationKey(std::string(jwk.string("kid").value_or("")), *kind, only, std::move(key));
}

bool VerificationKey::allows(Algorithm algorithm) const {
  return traits_of(algorithm).key_kind == kind_ && (!only_ || *only_ == algorithm);
}

bool VerificationKey::verify(Algorithm algorithm, std::string_view text,
                             std::string_view signature) const {
  HUBBUB_CHECK(allows(algorithm));
  bool is_good = false;
  switch (kind_) {
    case KeyKind::kRsa:
      is_good = signature.size() == static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) &&
                verify_digest(key_.get(), algorithm, text, signature);
      break;
    case KeyKind::kP256:
    case KeyKind::kP384: {
      const auto length = coordinate_bytes(kind_);
      if (signature.size() != 2 * length) return false;
      const auto der = ecdsa_to_der(signature, length);
      is_good = !der.empty() && verify_digest(key_.get(), algorithm, text, der);
      break;
    }
    case KeyKind::kEd25519:
      is_good = signature.size() == 64 && verify_ed25519(key_.get(), text, signature);
      break;
  }
  // OpenSSL queues errors per thread; nobody reads them here.
  ERR_clear_error();
  return is_good;
}

}  // namespace hubbub
