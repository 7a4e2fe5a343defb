#include "load/tokens.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <span>

#include "wire/json_writer.h"

namespace hubbub::bench {
namespace {

constexpr std::string_view kKeyId = "bench";
constexpr std::time_t kLifetimeSeconds = 3600;

std::string base64url(std::span<const unsigned char> bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.pop_back();  // the terminating zero
  return text;
}

std::string base64url(std::string_view text) {
  return base64url(std::span(reinterpret_cast<const unsigned char*>(text.data()), text.size()));
}

[[noreturn]] void fail(const std::string& path) {
  std::perror(path.c_str());
  std::exit(2);
}

}  // namespace

Tokens::Tokens(const std::string& key_path, std::string issuer) : issuer_(std::move(issuer)) {
  if (sodium_init() < 0) fail("libsodium");
  const int made = ::open(key_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    crypto_sign_keypair(public_key_.data(), secret_key_.data());
    const auto written = ::write(made, secret_key_.data(), secret_key_.size());
    ::close(made);
    if (written != static_cast<ssize_t>(secret_key_.size())) fail(key_path);
    return;
  }
  const int file = ::open(key_path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(key_path);
  const auto got = ::read(file, secret_key_.data(), secret_key_.size());
  ::close(file);
  if (got != static_cast<ssize_t>(secret_key_.size())) fail(key_path);
  crypto_sign_ed25519_sk_to_pk(public_key_.data(), secret_key_.data());
}

std::string Tokens::key_set() const {
  JsonWriter json;
  json.object().key("keys").array().object();
  json.member("kty", "OKP").member("crv", "Ed25519").member("use", "sig").member("alg", "EdDSA");
  json.member("kid", kKeyId).member("x", base64url(public_key_));
  json.end_object().end_array().end_object();
  return json.take();
}

std::string Tokens::make(std::string_view user, std::string_view client,
                         const std::vector<std::string>& roles) const {
  const auto now = std::time(nullptr);
  JsonWriter header;
  header.object().member("alg", "EdDSA").member("typ", "JWT").member("kid", kKeyId).end_object();
  JsonWriter claims;
  claims.object().member("iss", issuer_).member("sub", "id-" + std::string(user));
  claims.member("preferred_username", user).member("azp", client);
  claims.member("iat", now).member("exp", now + kLifetimeSeconds);
  claims.key("realm_access").object().key("roles").array();
  for (const auto& role : roles) claims.string(role);
  claims.end_array().end_object().end_object();

  std::string token = base64url(header.text()) + "." + base64url(claims.text());
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr,
                       reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                       secret_key_.data());
  token += '.';
  token += base64url(signature);
  return token;
}

}  // namespace hubbub::bench
