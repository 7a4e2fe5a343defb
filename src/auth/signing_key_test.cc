#include "auth/signing_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "auth/key_set.h"
#include "store/temporary_folder.h"

namespace hubbub {
namespace {

class SigningKeyTest : public testing::Test {
 protected:
  mode_t mode() const {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777;
  }
  TemporaryFolder folder;
  const std::string path = folder.path() + "/signing-key.pem";
};

TEST_F(SigningKeyTest, IsMadeOnceForItsOwnerAlone) {
  const auto first = SigningKey::load_or_create(path);
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(mode(), 0600U);
  const auto again = SigningKey::load_or_create(path);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->id(), first->id());
  EXPECT_EQ(again->key_set(), first->key_set());
  const std::filesystem::directory_iterator files(folder.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "nothing is left beside it";
}

TEST_F(SigningKeyTest, ItsTokensAreGoodByItsKeySet) {
  const auto key = SigningKey::generate();
  const auto token = key.sign(R"({"sub":"a"})");
  const auto keys = KeySet::parse(key.key_set());
  ASSERT_TRUE(keys) << keys.error().detail;
  const auto jwt = parse_jwt(token);
  ASSERT_TRUE(jwt) << jwt.error().detail;
  EXPECT_EQ(jwt->key_id, key.id());
  EXPECT_EQ((*keys)->verify(*jwt), SignatureCheck::kGood);
  EXPECT_EQ((*KeySet::parse(SigningKey::generate().key_set()))->verify(*jwt),
            SignatureCheck::kUnknownKey);
}

TEST_F(SigningKeyTest, OthersMayNotReadIt) {
  ASSERT_TRUE(SigningKey::load_or_create(path));
  ::chmod(path.c_str(), 0644);
  ASSERT_TRUE(SigningKey::load_or_create(path));
  EXPECT_EQ(mode(), 0600U);
}

TEST_F(SigningKeyTest, ABrokenFileIsLeftAlone) {
  std::ofstream(path) << "not a key";
  const auto key = SigningKey::load_or_create(path);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().detail, testing::HasSubstr("not an RSA key"));
  std::string text;
  std::getline(std::ifstream(path), text);
  EXPECT_EQ(text, "not a key");
}

TEST_F(SigningKeyTest, AMissingFolderIsSaid) {
  const auto key = SigningKey::load_or_create(folder.path() + "/missing/key.pem");
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().detail, testing::HasSubstr("No such file"));
}

}  // namespace
}  // namespace hubbub
