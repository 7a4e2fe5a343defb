// What our statements use and SQLite does not have:
//  - the FTS5 tokenizer `hubbub`: a document's words are its search_tokens(); a query's words are
//    such tokens already and are taken as they are;
//  - case_folded(text), as store/case_folding.h.
//
// A program without them can read and change every table but chat_messages, whose triggers write
// to the index of words.
#pragma once

struct sqlite3;

namespace hubbub::sqlite {

// Gives an SQLite code. Thread: the connection's.
int register_extensions(sqlite3* handle);

}  // namespace hubbub::sqlite
