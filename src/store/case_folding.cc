#include "store/case_folding.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "base/check.h"

namespace hubbub {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string case_folded(std::string_view text) {
  std::string folded;
  if (std::ranges::all_of(text, is_ascii)) {
    folded.resize(text.size());
    std::ranges::transform(text, folded.begin(), lower);
    return folded;
  }
  UErrorCode code = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(code);
  HUBBUB_CHECK(U_SUCCESS(code));
  icu::StringByteSink<std::string> sink(&folded);
  folding->normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, code);
  HUBBUB_CHECK(U_SUCCESS(code));
  return folded;
}

}  // namespace hubbub
