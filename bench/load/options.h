// The command line of hubbub_load.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hubbub::bench {

enum class Protocol : std::uint8_t {
  kRaw,  // bare_send_loop: frames without a handshake
  kOld,
  kV1,
};

enum class Fault : std::uint8_t { kNone, kLose, kRepeat };

struct Options {
  std::string command;  // run, reconnect, token, keys
  Protocol protocol = Protocol::kOld;
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::string key_path;
  std::string issuer;
  std::string client = "ChatClient";  // the tokens' azp
  std::string user = "bench-admin";   // token
  std::vector<std::string> roles;     // token

  std::size_t connections = 1000;
  // How many may be opening at once.
  std::size_t opening_max = 1000;
  std::size_t senders = 10;
  std::chrono::seconds duration{10};
  // Messages a second, of all senders together. 0: as many as it takes, `window` of them underway.
  double rate = 100;
  std::size_t window = 256;
  std::string channel = "general";
  std::int64_t channel_id = 1;
  std::size_t text_bytes = 100;
  // kRaw: the length of a message's frame; 0: that of the old protocol's.
  std::size_t frame_bytes = 0;
  // So many of the connections, the last, stop reading before the first message and read on after
  // the last one. Their sockets have receive buffers of this size.
  std::size_t stopped = 0;
  std::size_t receive_buffer_bytes = 4096;
  // The kernel notes when bytes arrive, so that this program's own delays are known.
  bool is_stamped = false;

  // reconnect: `connections` talk and listen; so many others, of so many users, listen and are cut.
  std::size_t crowd = 5000;
  std::size_t users = 2500;
  // reconnect: what goes wrong on purpose, so that it is seen to be noticed.
  Fault fault = Fault::kNone;

  // What is measured; 0: nothing.
  pid_t server_pid = 0;
};

// Ends the program with a text on a wrong argument, and on --help.
Options read_options(int argc, char** argv);

}  // namespace hubbub::bench
