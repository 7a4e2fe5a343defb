#include "base/error.h"

#include <stdexcept>

namespace hubbub {

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error("unchecked error: " + error.detail);
}

}  // namespace hubbub
