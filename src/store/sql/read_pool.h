// Lends connections for reading, so that workers read side by side. Thread: any.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "store/sql/reader.h"

namespace hubbub::sql {

class ReadPool {
 public:
  using Open = std::function<Result<std::unique_ptr<Database>>()>;

  // Connections are opened as they are needed, at most `readers_max`, and kept.
  ReadPool(Open open, std::size_t readers_max);

  // Calls `body(Reader&)`, which gives a Result, once a connection is free.
  template <class Body>
  auto read(Body&& body) -> decltype(body(std::declval<Reader&>())) {
    auto reader = take();
    if (!reader) return reader.error();
    auto result = body(**reader);
    give_back(std::move(*reader));
    return result;
  }

 private:
  Result<std::unique_ptr<Reader>> take();
  void give_back(std::unique_ptr<Reader> reader);

  const Open open_;
  const std::size_t readers_max_;
  std::mutex mutex_;
  std::condition_variable returned_;
  // Guarded by mutex_.
  std::vector<std::unique_ptr<Reader>> idle_;
  std::size_t open_count_ = 0;
};

}  // namespace hubbub::sql
