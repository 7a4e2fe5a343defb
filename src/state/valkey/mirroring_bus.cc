#include "state/valkey/mirroring_bus.h"

#include <utility>

namespace hubbub {
namespace {

class MirroringBus final : public Bus {
 public:
  MirroringBus(std::unique_ptr<Bus> bus, ValkeyMirror& mirror)
      : bus_(std::move(bus)), mirror_(mirror) {}

  void attach(Reactor& reactor, BusListener& listener) override { bus_->attach(reactor, listener); }

  // Those who listen come first.
  void publish(Shared<Publication> publication) override {
    bus_->publish(publication);
    mirror_.note(publication);
  }
  void publish(Shared<PresenceNotice> notice) override {
    bus_->publish(notice);
    mirror_.note(*notice);
  }
  void publish(Shared<SignOut> sign_out) override { bus_->publish(std::move(sign_out)); }

 private:
  const std::unique_ptr<Bus> bus_;
  ValkeyMirror& mirror_;
};

}  // namespace

std::unique_ptr<Bus> make_mirroring_bus(std::unique_ptr<Bus> bus, ValkeyMirror& mirror) {
  return std::make_unique<MirroringBus>(std::move(bus), mirror);
}

}  // namespace hubbub
