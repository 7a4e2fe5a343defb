// One thread with one event loop. A connection and all that it reaches belongs to one reactor for
// life; another thread reaches it only by post().
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <memory>
#include <thread>
#include <utility>

namespace hubbub {

class Reactor {
 public:
  // A reactor that its owner runs by hand (tests) until start() gives it a thread.
  explicit Reactor(std::size_t index) : index_(index) {}
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;
  ~Reactor() { stop(); }

  // Runs the loop on a thread of its own until stop().
  void start();
  // Ends the loop after the handler that runs now, and joins. Idempotent.
  // Thread: not this reactor's own.
  void stop();

  // Thread: any. Runs later on this reactor, in the order of the posts of one thread; work that is
  // still waiting at stop() is dropped.
  template <class Work>
  void post(Work&& work) {
    boost::asio::post(context_, std::forward<Work>(work));
  }

  // Thread: this reactor's, and before start().
  boost::asio::io_context& context() { return context_; }
  [[nodiscard]] std::size_t index() const { return index_; }

  // Tests: runs what is ready on the calling thread.
  std::size_t run_ready() {
    context_.restart();
    return context_.poll();
  }

 private:
  const std::size_t index_;
  boost::asio::io_context context_{1};
  std::thread thread_;
};

}  // namespace hubbub
