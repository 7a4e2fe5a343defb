// What the commands that measure have in common: the shape of what they print, and their means.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "load/latency.h"
#include "load/process_usage.h"
#include "wire/json_writer.h"

namespace hubbub::bench {

// Raises the soft limit of file descriptors to the hard one. Ends the program with a text when it
// does not suffice for so many connections.
void raise_descriptor_limit(std::size_t connections);

// The CPU time of this program.
std::chrono::nanoseconds own_cpu();
double seconds(std::chrono::nanoseconds duration);
// Unit: bytes; below 0: it gave some back.
double growth(const ProcessUsage& before, const ProcessUsage& after);

void member(JsonWriter& json, const char* name, double value);
void member(JsonWriter& json, const char* name, const Latency& latency);
void member(JsonWriter& json, const char* name, const std::vector<std::string>& texts);

}  // namespace hubbub::bench
