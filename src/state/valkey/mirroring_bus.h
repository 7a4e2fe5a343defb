// A bus that hands everything on to another, and to the mirror in Valkey.
#pragma once

#include <memory>

#include "state/bus.h"
#include "state/valkey/mirror.h"

namespace hubbub {

// Owns `bus`; borrows the mirror.
std::unique_ptr<Bus> make_mirroring_bus(std::unique_ptr<Bus> bus, ValkeyMirror& mirror);

}  // namespace hubbub
