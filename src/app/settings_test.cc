#include "app/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/temporary_folder.h"

namespace hubbub {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class SettingsTest : public testing::Test {
 protected:
  Result<Settings> make() const {
    const auto read = [this](const char* name) {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second.c_str();
    };
    return make_settings(file, read, flags);
  }
  std::string complaint() const {
    const auto made = make();
    return made ? "none" : made.error().detail;
  }

  SettingValues file, environment, flags;
};

TEST_F(SettingsTest, AFlagWinsOverTheEnvironmentAndThatOverTheFile) {
  file = {{"realm", "file"}, {"admin_role", "file"}, {"server_name", "file"}};
  environment = {{"HUBBUB_REALM", "environment"}, {"HUBBUB_ADMIN_ROLE", "environment"}};
  flags = {{"realm", "flag"}};
  const auto settings = make().value();
  EXPECT_EQ(settings.realm, "flag");
  EXPECT_EQ(settings.tokens.admin_role, "environment");
  EXPECT_EQ(settings.server_name, "file");
  EXPECT_EQ(settings.sign_up, "invite");
}

TEST_F(SettingsTest, WhatIsSetToNothingIsNotSet) {
  file = {{"public_url", ""}, {"workers", "7"}};
  environment = {{"HUBBUB_WORKERS", ""}};
  EXPECT_EQ(make().value().workers, 7U);
}

TEST_F(SettingsTest, RoutesAreOpenedForNamedOriginsOnly) {
  environment = {{"HUBBUB_COMPAT_OPEN_ADMIN", "true"}};
  EXPECT_THAT(complaint(), HasSubstr("HUBBUB_COMPAT_OPEN_ADMIN needs HUBBUB_ALLOWED_ORIGINS"));
  environment.emplace("HUBBUB_ALLOWED_ORIGINS", "https://a.example,*");
  EXPECT_THAT(complaint(), HasSubstr("HUBBUB_COMPAT_OPEN_ADMIN needs HUBBUB_ALLOWED_ORIGINS"));
  environment["HUBBUB_ALLOWED_ORIGINS"] = "https://a.example";
  EXPECT_EQ(complaint(), "none");
}

TEST_F(SettingsTest, SaysWhatIsWrongAndWhereItStood) {
  file = {{"workers", "many"}};
  EXPECT_THAT(complaint(), AllOf(HasSubstr("hubbub.toml: workers"), HasSubstr("'many'"),
                                 HasSubstr("from 1 to 256")));
  file.clear();
  environment = {{"HUBBUB_WORKERS", "many"}};
  EXPECT_THAT(complaint(), HasSubstr("HUBBUB_WORKERS 'many'"));
  environment.clear();
  flags = {{"workers", "many"}};
  EXPECT_THAT(complaint(), HasSubstr("--workers 'many'"));
}

TEST_F(SettingsTest, WhatMayHoldAPasswordIsNotRepeated) {
  environment = {{"HUBBUB_VALKEY_URL", "redis://user:sesame@valkey"}};
  EXPECT_EQ(complaint(), "HUBBUB_VALKEY_URL must name a port after the host, such as :6379");
}

TEST_F(SettingsTest, DerivesWhatWasLeftEmpty) {
  flags = {{"data_dir", "/srv/chat"}, {"frame_bytes_max", "1KiB"}};
  const auto settings = make().value();
  EXPECT_EQ(settings.database_url, "sqlite:/srv/chat/hubbub.db");
  EXPECT_GE(settings.reactors, 1U);
  EXPECT_EQ(settings.session.frame_bytes_max, 1'024U) << "what hello tells is what net/ takes";
}

TEST_F(SettingsTest, TheOldServersNamesStandForTheIssuer) {
  environment = {{"KC_HOSTNAME", "kc.example"}, {"REALM_NAME", "R"}, {"CHAT_CLIENT_NAME", "C"}};
  const auto settings = make().value();
  EXPECT_EQ(settings.issuer, "https://kc.example/realms/R");
  EXPECT_EQ(settings.jwks_url, "http://keycloak:8080/realms/R/protocol/openid-connect/certs");
  EXPECT_TRUE(settings.old_names.any());
  EXPECT_EQ(settings.old_names.chat_client_name, "C");
  EXPECT_FALSE(settings.old_names.public_hostname);
}

TEST_F(SettingsTest, TheOldNamesGiveWayToTheNew) {
  environment = {{"KC_HOSTNAME", "kc.example"},
                 {"REALM_NAME", "R"},
                 {"HUBBUB_OIDC_ISSUER", "https://id.example"}};
  const auto settings = make().value();
  EXPECT_EQ(settings.issuer, "https://id.example");
  EXPECT_EQ(settings.jwks_url, "");
  EXPECT_EQ(settings.old_names.kc_hostname, "kc.example") << "/discovery still answers with it";
}

TEST_F(SettingsTest, HalfOfTheOldNamesIsNoIssuer) {
  environment = {{"KC_HOSTNAME", "kc.example"}};
  EXPECT_EQ(make().value().issuer, "");
  environment = {{"KC_HOSTNAME", ""}, {"REALM_NAME", ""}};
  EXPECT_EQ(make().value().issuer, "");
  EXPECT_TRUE(make().value().old_names.any()) << "set, though to nothing";
}

class SettingsFileTest : public testing::Test {
 protected:
  Result<SettingValues> read(const std::string& text) const {
    const auto path = folder.path() + "/hubbub.toml";
    std::FILE* file = std::fopen(path.c_str(), "w");
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
    return read_settings_file(path);
  }
  std::string complaint(const std::string& text) const {
    const auto values = read(text);
    return values ? "none" : values.error().detail;
  }

  TemporaryFolder folder;
};

TEST_F(SettingsFileTest, ReadsTextNumbersAndListsAsTheEnvironmentWouldHaveThem) {
  const auto values = read(R"(
    listen = "0.0.0.0:80"   # a comment
    workers = 1_000
    trusted_proxies = ["10.0.0.1", "::1"]
  )");
  EXPECT_EQ(values.value(), (SettingValues{{"listen", "0.0.0.0:80"},
                                           {"trusted_proxies", "10.0.0.1,::1"},
                                           {"workers", "1000"}}));
}

TEST_F(SettingsFileTest, RefusesAKeyThatItDoesNotKnow) {
  EXPECT_THAT(complaint("port = 80"), HasSubstr("there is no setting 'port'"));
  EXPECT_THAT(complaint("[listen]\nport = 1"), HasSubstr("listen is no text, number or list"));
  EXPECT_THAT(complaint("[server]\nlisten = \"x\""), HasSubstr("there is no setting 'server'"));
}

TEST_F(SettingsFileTest, RefusesWhatHasNoTextForm) {
  EXPECT_THAT(complaint("workers = 1.5"), HasSubstr("workers is no text"));
  EXPECT_THAT(complaint("oidc_clients = [[\"a\"]]"), HasSubstr("oidc_clients is no text"));
  EXPECT_THAT(complaint("listen = 2026-01-02"), HasSubstr("listen is no text"));
}

TEST_F(SettingsFileTest, SaysInWhichLineItIsNotToml) {
  EXPECT_THAT(complaint("realm = \"a\"\nlisten = \n"), HasSubstr("(line 2)"));
  EXPECT_THAT(complaint("realm = \"a\"\nrealm = \"b\"\n"), HasSubstr("(line 2)"));
  const auto missing = read_settings_file(folder.path() + "/nothing.toml");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().detail, HasSubstr("nothing.toml"));
}

}  // namespace
}  // namespace hubbub
