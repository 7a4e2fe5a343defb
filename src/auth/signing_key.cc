#include "auth/signing_key.h"

#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "auth/base64url.h"
#include "auth/secret.h"
#include "base/check.h"
#include "base/log_line.h"
#include "base/random.h"

namespace hubbub {
namespace {

constexpr unsigned kRsaBits = 2048;
constexpr std::size_t kFileBytesMax = 64 * 1024;

using Key = std::shared_ptr<EVP_PKEY>;

Error failed(const std::string& path, const std::string& why) {
  return Error{Code::kUnavailable, "signing key " + path + ": " + why};
}

std::string number(const Key& key, const char* name) {
  BIGNUM* value = nullptr;
  HUBBUB_CHECK(EVP_PKEY_get_bn_param(key.get(), name, &value) == 1);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
  BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
  BN_free(value);
  return base64url_encode(bytes);
}

std::string to_pem(const Key& key) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  HUBBUB_CHECK(memory && PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0,
                                                  nullptr, nullptr) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Key from_pem(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  // The empty password: without it OpenSSL would ask on the terminal.
  Key key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, const_cast<char*>("")),
          EVP_PKEY_free);
  ERR_clear_error();
  const bool is_usable = key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA &&
                         EVP_PKEY_get_bits(key.get()) >= static_cast<int>(kRsaBits);
  return is_usable ? key : nullptr;
}

class File {
 public:
  File(const std::string& path, int flags)
      : handle_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (handle_ >= 0) ::close(handle_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int handle() const { return handle_; }
  [[nodiscard]] bool is_open() const { return handle_ >= 0; }

 private:
  const int handle_;
};

Result<Key> read_key(const std::string& path, const File& file) {
  struct stat status {};
  if (::fstat(file.handle(), &status) == 0 && (status.st_mode & 077) != 0) {
    LogLine(Level::kWarning, "signing_key_was_readable_by_others").with("path", path);
    if (::fchmod(file.handle(), 0600) != 0) return failed(path, "others may read it; chmod 600 it");
  }
  std::string pem(kFileBytesMax, '\0');
  std::size_t size = 0;
  while (size < pem.size()) {
    const auto got = ::read(file.handle(), pem.data() + size, pem.size() - size);
    if (got < 0) return failed(path, std::strerror(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  pem.resize(size);
  auto key = from_pem(pem);
  if (!key) return failed(path, "not an RSA key of 2048 bits or more in PEM");
  return key;
}

// Written beside, brought to the disk, then named: a crash leaves the old state or the new one.
// link() and not rename(): of two that start at once the first one's key stays.
Status write_key(const std::string& path, const std::string& pem) {
  const auto beside = path + "." + random_token(6);
  {
    const File file(beside, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) return failed(path, std::strerror(errno));
    const bool is_whole =
        ::write(file.handle(), pem.data(), pem.size()) == static_cast<ssize_t>(pem.size()) &&
        ::fsync(file.handle()) == 0;
    if (!is_whole) {
      const int reason = errno;
      ::unlink(beside.c_str());
      return failed(path, std::strerror(reason));
    }
  }
  const bool is_linked = ::link(beside.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const int reason = errno;
  ::unlink(beside.c_str());
  if (!is_linked) return failed(path, std::strerror(reason));
  const auto folder = std::filesystem::path(path).parent_path();
  const File directory(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || ::fsync(directory.handle()) != 0) {
    return failed(path, std::strerror(errno));
  }
  return {};
}

}  // namespace

SigningKey::SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {
  const auto n = number(key_, OSSL_PKEY_PARAM_RSA_N);
  const auto e = number(key_, OSSL_PKEY_PARAM_RSA_E);
  // RFC 7638 3: these members, in this order.
  id_ = secret_hash(R"({"e":")" + e + R"(","kty":"RSA","n":")" + n + "\"}");
  key_set_ = R"({"keys":[{"kid":")" + id_ + R"(","kty":"RSA","alg":"RS256","use":"sig","n":")" + n +
             R"(","e":")" + e + "\"}]}";
}

SigningKey SigningKey::generate() {
  Key key(EVP_RSA_gen(kRsaBits), EVP_PKEY_free);
  HUBBUB_CHECK(key);
  return SigningKey(std::move(key));
}

Result<SigningKey> SigningKey::load_or_create(const std::string& path) {
  for (const bool may_create : {true, false}) {
    const File file(path, O_RDONLY);
    if (file.is_open()) {
      auto key = read_key(path, file);
      if (!key) return key.error();
      return SigningKey(std::move(*key));
    }
    if (errno != ENOENT || !may_create) break;
    if (auto written = write_key(path, to_pem(generate().key_)); !written) return written.error();
  }
  return failed(path, std::strerror(errno));
}

std::string SigningKey::sign(std::string_view payload) const {
  const auto text = base64url_encode(R"({"alg":"RS256","typ":"JWT","kid":")" + id_ + "\"}") + "." +
                    base64url_encode(payload);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())), '\0');
  std::size_t size = signature.size();
  HUBBUB_CHECK(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key_.get(),
                                     nullptr) == 1);
  HUBBUB_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                              &size, reinterpret_cast<const unsigned char*>(text.data()),
                              text.size()) == 1);
  signature.resize(size);
  return text + "." + base64url_encode(signature);
}

}  // namespace hubbub
