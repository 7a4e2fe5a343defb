// A process that uses files and SQLite as it is told, for the tests of the faults of a disk
// (src/torture/faults). Works in its current folder; knows nothing of the faults.
//
// A line on standard input is one command; each is answered with a line: what the call returned, or
// -errno.
//   open NAME | open_new NAME | open_truncated NAME | open_directory NAME | close NAME
//   write NAME PLACE LETTER COUNT | append NAME LETTER COUNT | write_parts NAME PLACE LETTERS COUNT
//   truncate NAME SIZE | allocate NAME PLACE SIZE | sync NAME | sync_data NAME
//   unlink NAME | rename NAME NAME | link NAME NAME | copy_descriptor NAME NAME
// One command never ends:
//   rows NAME SYNCHRONOUS  says what PRAGMA integrity_check and how many rows the database has, and
//                          then commits rows 1, 2, 3 … on and on, saying the number of each once it
//                          is committed, or "refused"
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

namespace {

constexpr mode_t kMode = 0600;

class Files {
 public:
  long run(std::istringstream line) {
    std::string verb;
    std::string name;
    line >> verb >> name;
    const long result = call(verb, name, line);
    return result < 0 ? -static_cast<long>(errno) : result;
  }

 private:
  long opened(const std::string& name, int fd) {
    if (fd >= 0) open_[name] = fd;
    return fd < 0 ? -1 : 0;
  }

  long call(const std::string& verb, const std::string& name, std::istringstream& line) {
    const char* path = name.c_str();
    if (verb == "open") return opened(name, ::open(path, O_RDWR | O_CREAT, kMode));
    if (verb == "open_new") return opened(name, ::open(path, O_WRONLY | O_CREAT | O_EXCL, kMode));
    if (verb == "open_truncated") return opened(name, ::creat(path, kMode));
    if (verb == "open_directory") return opened(name, ::open(path, O_RDONLY | O_DIRECTORY));
    if (verb == "close") return ::close(open_[name]);
    if (verb == "sync") return ::fsync(open_[name]);
    if (verb == "sync_data") return ::fdatasync(open_[name]);
    if (verb == "unlink") return ::unlink(path);
    if (verb == "append") return append(open_[name], line);
    if (verb == "write") return write(open_[name], line);
    if (verb == "write_parts") return write_parts(open_[name], line);
    if (verb == "truncate" || verb == "allocate") return resize(verb, open_[name], line);
    std::string other;
    line >> other;
    if (verb == "rename") return ::rename(path, other.c_str());
    if (verb == "link") return ::link(path, other.c_str());
    if (verb == "copy_descriptor") return opened(other, ::dup(open_[name]));
    errno = ENOSYS;
    return -1;
  }

  static long write(int fd, std::istringstream& line) {
    long place = 0;
    char letter = 0;
    std::size_t count = 0;
    line >> place >> letter >> count;
    return ::pwrite(fd, std::string(count, letter).data(), count, place);
  }
  static long append(int fd, std::istringstream& line) {
    char letter = 0;
    std::size_t count = 0;
    line >> letter >> count;
    return ::write(fd, std::string(count, letter).data(), count);
  }
  static long write_parts(int fd, std::istringstream& line) {
    long place = 0;
    std::string letters;
    std::size_t count = 0;
    line >> place >> letters >> count;
    std::string first(count, letters[0]);
    std::string second(count, letters[1]);
    const iovec parts[] = {{first.data(), count}, {second.data(), count}};
    return ::pwritev(fd, parts, 2, place);
  }
  static long resize(const std::string& verb, int fd, std::istringstream& line) {
    long first = 0;
    long second = 0;
    line >> first >> second;
    if (verb == "truncate") return ::ftruncate(fd, first);
    errno = ::posix_fallocate(fd, first, second);
    return errno == 0 ? 0 : -1;
  }

  std::map<std::string, int> open_;
};

void say(const std::string& line) { std::cout << line << std::endl; }

// The first value of the last row; "refused" when it fails.
std::string ask(sqlite3* database, const std::string& sql) {
  std::string answer;
  const auto keep = [](void* into, int count, char** values, char**) {
    if (count > 0) *static_cast<std::string*>(into) = values[0] ? values[0] : "";
    return 0;
  };
  const int code = sqlite3_exec(database, sql.c_str(), keep, &answer, nullptr);
  return code == SQLITE_OK ? answer : "refused";
}

// Small bounds, so that there is a checkpoint every few rows, and the WAL is cut off after it.
void commit_rows(const std::string& name, const std::string& synchronous) {
  sqlite3* database = nullptr;
  if (sqlite3_open(name.c_str(), &database) != SQLITE_OK) return;
  ask(database, "PRAGMA synchronous = " + synchronous);
  ask(database, "PRAGMA wal_autocheckpoint = 12");
  ask(database, "PRAGMA journal_size_limit = 20000");
  ask(database, "PRAGMA journal_mode = WAL");
  ask(database, "CREATE TABLE IF NOT EXISTS rows(number INTEGER PRIMARY KEY, bytes BLOB)");
  // What an earlier process wrote to the WAL, and did not live to sync.
  ask(database, "PRAGMA wal_checkpoint(FULL)");
  say(ask(database, "PRAGMA integrity_check"));
  const auto count = ask(database, "SELECT count(*) FROM rows WHERE length(bytes) = number % 3000");
  say(count);
  for (long number = std::atol(count.c_str()) + 1;;) {
    const auto text = std::to_string(number);
    const auto done =
        ask(database, "INSERT INTO rows VALUES (" + text + ", randomblob(" + text + " % 3000))");
    say(done.empty() ? text : done);
    if (done.empty()) ++number;
  }
}

}  // namespace

int main() {
  Files files;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string verb;
    std::string name;
    std::string synchronous;
    words >> verb >> name >> synchronous;
    if (verb == "rows") commit_rows(name, synchronous);
    say(std::to_string(files.run(std::istringstream(line))));
  }
  return 0;
}
