// The world in which the faults of a disk are tested: a folder, its Disk, and a process that does
// with files what it is told (tests/programs/disk_user.cc).
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "torture/faults/disk.h"

namespace hubbub::torture {

// One life of the process.
class DiskUser {
 public:
  DiskUser(const Disk& disk, const std::string& folder) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    EXPECT_EQ(::pipe2(input.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(output.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    std::vector<std::string> variables;
    for (const auto& [name, value] : disk.environment()) variables.push_back(name + '=' + value);
    std::vector<char*> environment;
    for (auto& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    auto program =
        std::filesystem::read_symlink("/proc/self/exe").replace_filename("disk_user").string();
    std::array<char*, 2> arguments{program.data(), nullptr};
    EXPECT_EQ(::posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(),
                            environment.data()),
              0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(input[0]);
    ::close(output[1]);
    commands_ = input[1];
    answers_ = ::fdopen(output[0], "r");
  }
  ~DiskUser() {
    kill();
    ::close(commands_);
    std::fclose(answers_);
  }
  DiskUser(const DiskUser&) = delete;
  DiskUser& operator=(const DiskUser&) = delete;

  void tell(const std::string& command) const {
    const auto line = command + '\n';
    EXPECT_EQ(::write(commands_, line.data(), line.size()), static_cast<ssize_t>(line.size()));
  }
  // Nothing: it is dead, and has said all.
  std::optional<std::string> answer() {
    std::array<char, 200> line{};
    if (!std::fgets(line.data(), line.size(), answers_)) return {};
    std::string text(line.data());
    if (text.back() == '\n') text.pop_back();
    return text;
  }
  long ask(const std::string& command) {
    tell(command);
    const auto text = answer();
    EXPECT_TRUE(text) << command;
    return text ? std::atol(text->c_str()) : -1;
  }
  // What it said before can still be read.
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }

 private:
  pid_t process_ = -1;
  int commands_ = -1;
  std::FILE* answers_ = nullptr;
};

class DiskWorld : public ::testing::Test {
 protected:
  DiskWorld() { restart(); }
  ~DiskWorld() override {
    user.reset();
    std::filesystem::remove_all(root);
  }

  // Starts the process, after killing the one that is there: the page cache stays as it is.
  void restart() {
    user.reset();
    user.emplace(disk, folder);
  }
  // Cuts the power and starts the process again.
  Discarded lose_power(std::uint64_t seed) {
    user.reset();
    const auto discarded = disk.lose_power(seed);
    restart();
    return discarded;
  }
  // Commands of which each must do.
  void all(const std::vector<std::string>& commands) {
    for (const auto& command : commands) EXPECT_GE(user->ask(command), 0) << command;
  }
  [[nodiscard]] std::string bytes_of(const std::string& name) const {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
  }
  [[nodiscard]] bool is_there(const std::string& name) const {
    return std::filesystem::exists(folder + "/" + name);
  }

  // In memory: how long this machine's disk takes for a sync proves nothing here.
  const std::string root = [] {
    std::string name = "/dev/shm/hubbub-disk-XXXXXX";
    EXPECT_TRUE(::mkdtemp(name.data()));
    return name;
  }();
  const std::string folder = root + "/data";
  Disk disk{folder, root + "/scratch"};
  std::optional<DiskUser> user;
};

}  // namespace hubbub::torture
