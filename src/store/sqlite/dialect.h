// SQLite's words (store/sql/dialect.h). Its times are microseconds since 1970.
#pragma once

#include "store/sql/dialect.h"

namespace hubbub::sqlite {

const sql::Dialect& dialect();

}  // namespace hubbub::sqlite
