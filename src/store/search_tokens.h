// The words of a text as the search knows them, in any script. Both twins of the Store index a
// message under these and look for these of a keyword, all of which must be there: nothing that
// the database makes of words itself has a say, so both find the same.
//
//  - Letters are folded (case, width, ligatures: NFKC_Casefold) and lose their accents: "Ärger",
//    "arger" and "ÄRGER" are one word, with and without Arabic vowel signs too. Marks without which
//    a word is another word stay: Thai and Indian vowels, the kana's voice marks.
//  - A word is a run of letters and digits. Of a-z alone, it is cut to its English stem (Porter2,
//    as PostgreSQL's `english`): "running" finds "runs".
//  - Chinese, Japanese and Korean: each character and each pair of neighbours. A dictionary cuts
//    the same characters in one way inside a sentence and in another when they are typed alone, and
//    Korean words carry their particles; with pairs, whatever is typed is found wherever it stands.
//    The price: a text that has all pairs in another order is found too.
//  - Thai, Lao, Khmer, Burmese: ICU's dictionary. Pairs of their few letters would be in nearly
//    every longer message. What the dictionary takes for one word ("Khmer language") is not found
//    by a part of it.
//  - Each emoji and flag by itself, whatever its skin colour.
//
// Pure; thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hubbub {

// A longer word counts by its beginning.
inline constexpr std::size_t kSearchTokenBytesMax = 64;
// Each character and each pair of the longest message, 4,000 characters of Chinese. What is beyond
// cannot be found.
inline constexpr std::size_t kSearchTokensMax = 8'192;

// In the order of the text, repeated where the text repeats them. Empty where it has no word.
// Cost: 0.1 to 0.2 µs a word of ASCII, the stem most of it; docs/query-plans.md has the
// measurements.
std::vector<std::string> search_tokens(std::string_view text);

}  // namespace hubbub
