#include "store/sqlite/extensions.h"

#include <sqlite3.h>

#include <string_view>

#include "store/case_folding.h"
#include "store/search_tokens.h"

namespace hubbub::sqlite {
namespace {

using TakeToken = int(void* to, int flags, const char* token, int size, int begin, int end);

// FTS5 wants something that is not null for each table; ours has no state.
int make_tokenizer(void* state, const char**, int, Fts5Tokenizer** made) {
  *made = static_cast<Fts5Tokenizer*>(state);
  return SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer*) {}

// Where in the text a token stood only matters to snippets, which nobody asks for.
int tokenize(Fts5Tokenizer*, void* to, int flags, const char* text, int size, TakeToken* take) {
  if (flags & FTS5_TOKENIZE_QUERY) return take(to, 0, text, size, 0, size);
  for (const std::string& token : search_tokens({text, static_cast<std::size_t>(size)})) {
    const int code = take(to, 0, token.data(), static_cast<int>(token.size()), 0, size);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

// https://www.sqlite.org/fts5.html#extending_fts5
fts5_api* find_fts5(sqlite3* handle) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

void case_folded_of(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (!text) return;
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const std::string folded = case_folded({text, size});
  sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

int register_extensions(sqlite3* handle) {
  fts5_api* fts5 = find_fts5(handle);
  if (!fts5) return SQLITE_ERROR;
  fts5_tokenizer tokenizer{make_tokenizer, delete_tokenizer, tokenize};
  const int code = fts5->xCreateTokenizer(fts5, "hubbub", fts5, &tokenizer, nullptr);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(handle, "case_folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                    nullptr, case_folded_of, nullptr, nullptr, nullptr);
}

}  // namespace hubbub::sqlite
