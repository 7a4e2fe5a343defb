// The URL of a PostgreSQL database: postgresql://user:password@host/database?sslmode=…, with the
// parameters that libpq knows. Pure; thread: any.
#pragma once

#include <string>

#include "base/error.h"

namespace hubbub::postgres {

bool is_postgres(const std::string& url);

// As libpq takes it: without search_path, which the old server's drivers know and which is always
// `chatserver` here. Errors: kUnavailable with a sentence for the operator, without the password.
Result<std::string> checked_url(const std::string& url);

}  // namespace hubbub::postgres
