// PostgreSQL's words (store/sql/dialect.h). Its times are timestamps without a zone, in UTC.
#pragma once

#include "store/sql/dialect.h"

namespace hubbub::postgres {

const sql::Dialect& dialect();

}  // namespace hubbub::postgres
