#include "base/reactor.h"

#include <boost/asio/executor_work_guard.hpp>

namespace hubbub {

void Reactor::start() {
  thread_ = std::thread([this] {
    const auto guard = boost::asio::make_work_guard(context_);
    context_.restart();
    context_.run();
  });
}

void Reactor::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace hubbub
