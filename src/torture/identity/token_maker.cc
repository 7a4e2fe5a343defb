#include "torture/identity/token_maker.h"

#include <openssl/evp.h>

#include <array>
#include <ctime>
#include <stdexcept>
#include <vector>

namespace hubbub::torture {
namespace {

constexpr std::string_view kKeyId = "torture";
constexpr std::time_t kLifetimeSeconds = 24 * 3600;

// RFC 4648 5, without padding.
std::string base64url(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (auto& letter : text) {
    if (letter == '+') letter = '-';
    if (letter == '/') letter = '_';
  }
  return text;
}

std::string text_member(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":\"" + std::string(value) + "\"";
}

}  // namespace

TokenMaker::TokenMaker(std::string issuer)
    : issuer_(std::move(issuer)), key_(::EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
  if (!key_) throw std::runtime_error("OpenSSL makes no Ed25519 key");
}

TokenMaker::~TokenMaker() { ::EVP_PKEY_free(key_); }

std::string TokenMaker::make(std::string_view user_id, std::string_view username,
                             std::string_view role) const {
  const auto now = std::time(nullptr);
  const std::string header =
      "{" + text_member("alg", "EdDSA") + "," + text_member("kid", kKeyId) + "}";
  const std::string claims = "{" + text_member("iss", issuer_) + "," + text_member("sub", user_id) +
                             "," + text_member("preferred_username", username) + "," +
                             text_member("azp", "ChatClient") + ",\"iat\":" + std::to_string(now) +
                             ",\"exp\":" + std::to_string(now + kLifetimeSeconds) +
                             ",\"realm_access\":{\"roles\":[" +
                             (role.empty() ? "" : "\"" + std::string(role) + "\"") + "]}}";
  std::string token = base64url(header) + "." + base64url(claims);
  std::array<unsigned char, 64> signature{};
  std::size_t length = signature.size();
  EVP_MD_CTX* context = ::EVP_MD_CTX_new();
  const bool is_signed =
      ::EVP_DigestSignInit(context, nullptr, nullptr, nullptr, key_) == 1 &&
      ::EVP_DigestSign(context, signature.data(), &length,
                       reinterpret_cast<const unsigned char*>(token.data()), token.size()) == 1;
  ::EVP_MD_CTX_free(context);
  if (!is_signed) throw std::runtime_error("OpenSSL does not sign");
  return token + "." + base64url({reinterpret_cast<const char*>(signature.data()), length});
}

std::string TokenMaker::key_set() const {
  std::array<unsigned char, 32> point{};
  std::size_t length = point.size();
  ::EVP_PKEY_get_raw_public_key(key_, point.data(), &length);
  return "{\"keys\":[{" + text_member("kty", "OKP") + "," + text_member("crv", "Ed25519") + "," +
         text_member("use", "sig") + "," + text_member("alg", "EdDSA") + "," +
         text_member("kid", kKeyId) + "," +
         text_member("x", base64url({reinterpret_cast<const char*>(point.data()), length})) + "}]}";
}

}  // namespace hubbub::torture
