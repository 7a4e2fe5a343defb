#include "torture/processes/child_process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace hubbub::torture {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

bool becomes(const std::pair<uid_t, gid_t>& user) {
  return ::setgroups(0, nullptr) == 0 && ::setgid(user.second) == 0 && ::setuid(user.first) == 0;
}

// The child's part: only what may be called between fork() and exec() in a program with threads.
[[noreturn]] void run(const Command& command, pid_t parent, int log, char** words, char** names) {
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  // Ctrl-C on the terminal is for the parent alone.
  ::setsid();
  bool is_ready = ::chdir(command.folder.c_str()) == 0;
  if (command.user) is_ready = is_ready && becomes(*command.user);
  // After the change of user, which would undo it.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (is_ready && ::getppid() == parent) ::execve(words[0], words, names);
  ::_exit(127);
}

// The parent of each process, by pid.
std::map<pid_t, pid_t> parents() {
  std::map<pid_t, pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto pid = std::atoi(entry.path().filename().c_str());
    if (pid <= 0) continue;
    std::ifstream file(entry.path() / "stat");
    std::string text;
    std::getline(file, text);
    // pid (name, which may hold anything) state ppid
    const auto end = text.rfind(')');
    if (end == std::string::npos || end + 4 >= text.size()) continue;
    found[pid] = std::atoi(text.c_str() + end + 4);
  }
  return found;
}

}  // namespace

ChildProcess::ChildProcess(const Command& command) {
  auto words = command.words;
  std::vector<std::string> names;
  if (const char* path = std::getenv("PATH")) names.push_back("PATH=" + std::string(path));
  for (const auto& [name, value] : command.environment) names.push_back(name + "=" + value);
  const auto word_pointers = pointers_to(words);
  const auto name_pointers = pointers_to(names);
  const int log = ::open(command.log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (log < 0) throw std::runtime_error(command.log_path + ": " + std::strerror(errno));
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) {
    run(command, self, log, const_cast<char**>(word_pointers.data()),
        const_cast<char**>(name_pointers.data()));
  }
  ::close(log);
  if (pid_ < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (pidfd_ < 0) throw std::runtime_error(std::string("pidfd_open: ") + std::strerror(errno));
}

ChildProcess::~ChildProcess() {
  if (!status_) {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(pidfd_);
}

void ChildProcess::signal(int number) const {
  // Never of another process: until it is waited for, the pid is taken.
  if (!status_) ::kill(pid_, number);
}

std::optional<int> ChildProcess::exit_status() {
  int status = 0;
  if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) {
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return status_;
}

std::optional<int> ChildProcess::wait(std::chrono::milliseconds patience) {
  pollfd ended{pidfd_, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!exit_status()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    ::poll(&ended, 1, static_cast<int>(left.count()));
  }
  return exit_status();
}

std::int64_t ChildProcess::resident_bytes() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  std::int64_t pages = 0, resident_pages = 0;
  file >> pages >> resident_pages;
  return resident_pages * ::sysconf(_SC_PAGESIZE);
}

std::vector<pid_t> ChildProcess::descendants() const {
  const auto parent_of = parents();
  std::vector<pid_t> found{pid_};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto& [pid, parent] : parent_of) {
      if (parent == found[i]) found.push_back(pid);
    }
  }
  found.erase(found.begin());
  return found;
}

}  // namespace hubbub::torture
