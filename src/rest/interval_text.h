// Lengths of time as PostgreSQL prints them, which existing clients read. Pure.
#pragma once

#include <chrono>
#include <string>

namespace hubbub {

// `1 day 05:59:59.999578`, `2 days`, `00:00:01.5`: days, then what is left of one unless nothing
// is. REQUIRES: not negative.
std::string interval_text(std::chrono::microseconds interval);

// `HH:MM:SS[.ffffff]`; hours go on past 24. REQUIRES: not negative.
std::string clock_text(std::chrono::microseconds interval);

}  // namespace hubbub
