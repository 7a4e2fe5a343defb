// Why a token does not count. Pure.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace hubbub {

// `why` is for the log: whoever shows the token is told that it is not valid, and no more.
inline Error token_refused(std::string why) { return Error{Code::kUnauthorized, std::move(why)}; }

}  // namespace hubbub
