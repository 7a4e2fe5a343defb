#include "load/options.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <span>

namespace hubbub::bench {
namespace {

constexpr const char* kHelp =
    R"(hubbub_load: many connections to a chat server, every message checked at each
  hubbub_load keys  --key FILE                      prints the key set that an issuer publishes
  hubbub_load token --key FILE --issuer URL [--user NAME] [--role ROLE]...
  hubbub_load run   [options]                       prints what it measured as JSON; 1: a failure
  hubbub_load reconnect [options]                   the same, of a crowd that is cut and comes back
    --protocol old|v1|raw     raw: bare_send_loop
    --host A --port N         127.0.0.1:8080
    --key FILE --issuer URL   for tokens; not for raw
    --client NAME             the tokens' azp; WebClient is hidden from presence
    --connections N --opening-max N --senders N
    --seconds N               0: open the connections, measure their memory, and end
    --rate N                  messages a second of all senders; 0: as many as it takes
    --window N                for rate 0: messages that are underway at once
    --channel NAME --channel-id N --text-bytes N
    --frame-bytes N           raw: the length of a message's frame
    --stopped N               so many, the last, read nothing until all has been sent
    --receive-buffer N        of those, in bytes
    --crowd N --users N       reconnect: how many are cut, as how many users
    --fault lose|repeat       reconnect: one of the crowd misses or doubles one message
    --pid N                   the server's, to measure its CPU time and memory
)";

[[noreturn]] void refuse(std::string_view what) {
  std::fprintf(stderr, "hubbub_load: %.*s; see --help\n", static_cast<int>(what.size()),
               what.data());
  std::exit(2);
}

template <class Number>
Number read_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    refuse("not a number: " + std::string(text));
  }
  return number;
}

Protocol read_protocol(std::string_view text) {
  if (text == "old") return Protocol::kOld;
  if (text == "v1") return Protocol::kV1;
  if (text == "raw") return Protocol::kRaw;
  refuse("unknown protocol");
}

Fault read_fault(std::string_view text) {
  if (text == "lose") return Fault::kLose;
  if (text == "repeat") return Fault::kRepeat;
  refuse("unknown fault");
}

void apply(std::string_view name, std::string_view value, Options& options) {
  const auto number = [&](auto& into) {
    into = read_number<std::remove_reference_t<decltype(into)>>(value);
  };
  if (name == "--protocol") return void(options.protocol = read_protocol(value));
  if (name == "--host") return void(options.host = value);
  if (name == "--port") return number(options.port);
  if (name == "--key") return void(options.key_path = value);
  if (name == "--issuer") return void(options.issuer = value);
  if (name == "--client") return void(options.client = value);
  if (name == "--user") return void(options.user = value);
  if (name == "--role") return void(options.roles.emplace_back(value));
  if (name == "--connections") return number(options.connections);
  if (name == "--opening-max") return number(options.opening_max);
  if (name == "--senders") return number(options.senders);
  if (name == "--seconds") {
    return void(options.duration = std::chrono::seconds(read_number<int>(value)));
  }
  if (name == "--rate") return number(options.rate);
  if (name == "--window") return number(options.window);
  if (name == "--channel") return void(options.channel = value);
  if (name == "--channel-id") return number(options.channel_id);
  if (name == "--text-bytes") return number(options.text_bytes);
  if (name == "--frame-bytes") return number(options.frame_bytes);
  if (name == "--stopped") return number(options.stopped);
  if (name == "--receive-buffer") return number(options.receive_buffer_bytes);
  if (name == "--crowd") return number(options.crowd);
  if (name == "--users") return number(options.users);
  if (name == "--fault") return void(options.fault = read_fault(value));
  if (name == "--pid") return number(options.server_pid);
  refuse("unknown option " + std::string(name));
}

}  // namespace

Options read_options(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (argc < 2 || std::string_view(arguments[1]) == "--help") {
    std::fputs(kHelp, stdout);
    std::exit(argc < 2 ? 2 : 0);
  }
  Options options;
  options.command = arguments[1];
  for (std::size_t i = 2; i < arguments.size(); i += 2) {
    if (i + 1 == arguments.size()) refuse(std::string(arguments[i]) + " needs a value");
    apply(arguments[i], arguments[i + 1], options);
  }
  if (options.connections == 0 || options.senders == 0 || options.opening_max == 0 ||
      options.senders + options.stopped > options.connections || options.senders > 0xFFFF) {
    refuse("needs 1 to 65535 senders, and as many connections that read at least");
  }
  if (options.crowd == 0 || options.users == 0) refuse("needs a crowd of one at least");
  return options;
}

}  // namespace hubbub::bench
