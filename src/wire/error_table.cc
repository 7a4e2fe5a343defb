#include "wire/error_table.h"

#include <array>

#include "base/check.h"

namespace hubbub {
namespace {

// In the order of enum Code.
constexpr std::array kRows = {
    ErrorRow{Code::kMalformed, "malformed", 400, "This is not a valid message.", false},
    ErrorRow{Code::kUnknownCommand, "unknown_command", 400, "There is no such command.", false},
    ErrorRow{Code::kInvalid, "invalid", 400, "A value is out of bounds.", false},
    ErrorRow{Code::kUnknownChannel, "unknown_channel", 404, "There is no such channel.", false},
    ErrorRow{Code::kUnknownUser, "unknown_user", 404, "There is no such person.", false},
    ErrorRow{Code::kUnknownLog, "unknown_log", 404, "There is no such log.", false},
    ErrorRow{Code::kForbidden, "forbidden", 403, "Your role does not allow this.", false},
    ErrorRow{Code::kUnauthorized, "unauthorized", 401, "Unauthorized", false},
    ErrorRow{Code::kTokenInvalid, "token_invalid", 401, "This token cannot be used here.", false},
    ErrorRow{Code::kBanned, "banned", 401, "User is banned.", false},
    ErrorRow{Code::kMuted, "muted", 403, "You are muted here.", false},
    ErrorRow{Code::kSlowMode, "slow_mode", 429, "Slow mode: wait before you write again.", true},
    ErrorRow{Code::kReadOnly, "read_only", 403, "Only moderators write in this channel.", false},
    ErrorRow{Code::kNotFound, "not_found", 404, "404 page not found", false},
    ErrorRow{Code::kConflict, "conflict", 409, "This name is taken.", false},
    ErrorRow{Code::kSendKeyConflict, "send_key_conflict", 409,
             "This send key was used for another message.", false},
    ErrorRow{Code::kRateLimited, "rate_limited", 429, "Too many messages; wait a moment.", true},
    ErrorRow{Code::kOverloaded, "overloaded", 503, "The server is busy; try again.", true},
    ErrorRow{Code::kUnavailable, "unavailable", 503, "Not stored just now; try again.", true},
    ErrorRow{Code::kTooLarge, "too_large", 413, "This is too large.", false},
    ErrorRow{Code::kMethodNotAllowed, "method_not_allowed", 405, "Method Not Allowed", false},
    ErrorRow{Code::kInternal, "internal", 500, "Internal Server Error", true},
};

}  // namespace

std::span<const ErrorRow> error_table() { return kRows; }

const ErrorRow& error_row(Code code) {
  const auto& row = kRows[static_cast<std::size_t>(code)];
  HUBBUB_CHECK(row.code == code);
  return row;
}

std::string_view error_text(const Error& error) {
  const auto& row = error_row(error.code);
  const bool is_for_sender = row.http_status == 400 || row.http_status == 404 ||
                             row.http_status == 409 || row.http_status == 413 ||
                             error.code == Code::kForbidden;
  return is_for_sender && !error.detail.empty() ? std::string_view(error.detail) : row.text;
}

}  // namespace hubbub
