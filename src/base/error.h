// What can go wrong, as a value. Expected outcomes travel as Result<T>; bugs abort (base/check.h).
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <utility>

namespace hubbub {

// Every refusal that a user can see. wire/error_table.h gives each its name on the wire, its HTTP
// status, its text and whether trying again helps.
enum class Code : std::uint8_t {
  kMalformed,
  kUnknownCommand,
  kInvalid,
  kUnknownChannel,
  kUnknownUser,
  kUnknownLog,
  kForbidden,
  kUnauthorized,
  kTokenInvalid,
  kBanned,
  kMuted,
  kSlowMode,
  kReadOnly,
  kNotFound,
  kConflict,
  kSendKeyConflict,
  kRateLimited,
  kOverloaded,
  kUnavailable,
  kTooLarge,
  kMethodNotAllowed,
  kInternal,
};

struct Error {
  Code code = Code::kInternal;
  // For the log; shown to the sender only where the error table says so.
  std::string detail = {};
  // The member of the request that was refused, or empty.
  std::string field = {};
  // Unit: milliseconds. 0: nothing to say.
  std::int64_t retry_after_ms = 0;
};

// REQUIRES of boost::system::result: what value() throws when there is none. Only tests call
// value() unchecked; elsewhere has_value() comes first.
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;
using Status = Result<void>;

}  // namespace hubbub
