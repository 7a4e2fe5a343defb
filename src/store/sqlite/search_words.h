// What a person typed, as an FTS5 query.
#pragma once

#include <string>
#include <string_view>

namespace hubbub::sqlite {

// Each word quoted, so that no character of it has a meaning to FTS5; all must occur. Empty when
// there is no word at all.
std::string match_all_words(std::string_view typed);

}  // namespace hubbub::sqlite
