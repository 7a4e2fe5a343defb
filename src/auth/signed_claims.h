// What a token says, once one of its issuer's keys is known to have signed it.
#pragma once

#include <functional>
#include <string>

#include "auth/json_object.h"
#include "auth/jwt.h"
#include "auth/key_source.h"
#include "base/error.h"
#include "base/reactor.h"

namespace hubbub {

// Answers inside the call when the key is known, else later, on `home`, after a fetch of the keys.
// REQUIRES: `keys` outlives the answer. Cost: some 30 us. Thread: home's.
// Errors: kUnauthorized with a detail for the log that holds nothing of the token; kUnavailable,
// with the time after which to try again, when the issuer cannot be asked about the key.
void read_signed_claims(std::string token, JwtUse use, KeySource& keys, Reactor& home,
                        std::function<void(Result<JsonObject>)> answer);

}  // namespace hubbub
