// Frames as a client sends them, for tests and fuzzing.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "wire/frame.h"

namespace hubbub {

struct ClientFrame {
  Opcode opcode = Opcode::kText;
  bool is_final = true;
  std::array<char, 4> mask = {'\x37', '\xFA', '\x21', '\x3D'};  // RFC 6455 5.7
};

// Masked, in the shortest form.
std::string client_frame(std::string_view payload, ClientFrame frame = {});

// The payload of a close frame.
std::string close_payload(unsigned code, std::string_view reason = {});

}  // namespace hubbub
