// People whom a token has named, as Records has them. Thread: the connection's.
#pragma once

#include "store/records.h"
#include "store/sql/database.h"

namespace hubbub::sql {

Result<RecordPage<Person>> read_people(Database& database, const PeopleQuery& query);
// As of one instant.
Result<std::optional<PersonProfile>> read_profile(Database& database, const UserId& user, Time now);

}  // namespace hubbub::sql
