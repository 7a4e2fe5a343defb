// HTTP/1.1 requests out of a stream of bytes (RFC 9112). Strict where two readers could differ on
// where a request ends: behind a proxy that would let one person's request pass for another's.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "wire/http_message.h"

namespace hubbub {

struct ReadRequest {
  HttpRequest request;  // addresses left empty
  bool keep_alive = false;
  bool is_http_1_1 = false;
};

class HttpReader {
 public:
  HttpReader(std::size_t header_bytes_max, std::size_t body_bytes_max);
  HttpReader(const HttpReader&) = delete;
  HttpReader& operator=(const HttpReader&) = delete;
  ~HttpReader();

  enum class Progress { kMore, kRequest, kRefused };
  // Takes what it can off the front of `pending`. After kRequest take() must come; after kRefused
  // nothing.
  Progress feed(std::string& pending);
  ReadRequest take();

  // Of kRefused: the status to answer with.
  [[nodiscard]] int refusal() const { return refusal_; }
  // Part of a request is here already.
  [[nodiscard]] bool has_begun() const { return parser_ != nullptr; }
  // The header is whole, the body is not.
  [[nodiscard]] bool is_in_body() const;
  // True once for a request that waits for "100 Continue" before it sends its body (RFC
  // 9110 10.1.1).
  bool wants_continue();

 private:
  struct Parser;
  Progress refuse(int status);
  bool check_header();

  const std::size_t header_bytes_max_;
  const std::size_t body_bytes_max_;
  std::unique_ptr<Parser> parser_;  // while a request is under way
  int refusal_ = 0;
};

}  // namespace hubbub
