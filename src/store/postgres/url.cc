#include "store/postgres/url.h"

#include <libpq-fe.h>

#include <memory>

namespace hubbub::postgres {
namespace {

std::string without_search_path(const std::string& url) {
  const auto question = url.find('?');
  if (question == std::string::npos) return url;
  std::string kept;
  for (std::size_t at = question + 1; at < url.size();) {
    const auto end = std::min(url.find('&', at), url.size());
    const std::string parameter = url.substr(at, end - at);
    if (!parameter.starts_with("search_path=")) kept += (kept.empty() ? "?" : "&") + parameter;
    at = end + 1;
  }
  return url.substr(0, question) + kept;
}

}  // namespace

bool is_postgres(const std::string& url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Result<std::string> checked_url(const std::string& url) {
  const std::string checked = without_search_path(url);
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(checked.c_str(), &message);
  const std::unique_ptr<char, decltype(&PQfreemem)> freed(message, PQfreemem);
  if (options) {
    PQconninfoFree(options);
    return checked;
  }
  std::string detail = "the database URL cannot be used: ";
  // libpq repeats what it did not understand, which may be a part of the password.
  std::string reason = message ? message : "no memory";
  if (reason.find("query parameter") == std::string::npos) {
    reason = "it is not of the form postgresql://user:password@host:port/database";
  }
  while (reason.ends_with('\n')) reason.pop_back();
  return Error{Code::kUnavailable, detail + reason};
}

}  // namespace hubbub::postgres
