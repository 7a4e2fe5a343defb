#include "state/bus.h"

#include <utility>

namespace hubbub {
namespace {

class MemoryBus final : public Bus {
 public:
  void attach(Reactor& reactor, BusListener& listener) override {
    listeners_.emplace_back(&reactor, &listener);
  }

  void publish(Shared<Publication> publication) override {
    for (const auto& [reactor, listener] : listeners_) {
      reactor->post([listener = listener, publication] { listener->on_publication(*publication); });
    }
  }

  void publish(Shared<PresenceNotice> notice) override {
    for (const auto& [reactor, listener] : listeners_) {
      reactor->post([listener = listener, notice] { listener->on_presence(*notice); });
    }
  }

  void publish(Shared<SignOut> sign_out) override {
    for (const auto& [reactor, listener] : listeners_) {
      reactor->post([listener = listener, sign_out] { listener->on_sign_out(*sign_out); });
    }
  }

 private:
  std::vector<std::pair<Reactor*, BusListener*>> listeners_;
};

}  // namespace

std::unique_ptr<Bus> make_memory_bus() { return std::make_unique<MemoryBus>(); }

}  // namespace hubbub
