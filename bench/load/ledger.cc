#include "load/ledger.h"

#include <charconv>
#include <cstdio>
#include <cstring>

namespace hubbub::bench {
namespace {

bool read_hex(std::string_view digits, std::size_t& into) {
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), into, 16);
  return error == std::errc() && end == digits.end();
}

}  // namespace

std::string Ledger::book(std::size_t sender, Instant at) {
  auto& sent_at = senders_[sender].sent_at;
  std::array<char, kNameLength + 1> name{};
  std::snprintf(name.data(), name.size(), "%04x%08x", static_cast<unsigned>(sender & 0xFFFF),
                static_cast<unsigned>(sent_at.size()));
  sent_at.push_back(at);
  ++booked_count_;
  return {name.data(), kNameLength};
}

const Instant* Ledger::receive(std::size_t index, std::string_view name) {
  if (index >= order_.size()) return receive_first(name);
  const Received& expected = order_[index];
  if (std::memcmp(expected.name.data(), name.data(), kNameLength) != 0) return nullptr;
  return &expected.sent_at;
}

const Instant* Ledger::receive_first(std::string_view name) {
  std::size_t sender = 0;
  std::size_t number = 0;
  if (!read_hex(name.substr(0, 4), sender) || !read_hex(name.substr(4), number)) return nullptr;
  if (sender >= senders_.size()) return nullptr;
  Sender& from = senders_[sender];
  if (number != from.received_count || number >= from.sent_at.size()) return nullptr;
  ++from.received_count;
  Received& received = order_.emplace_back();
  std::memcpy(received.name.data(), name.data(), kNameLength);
  received.sent_at = from.sent_at[number];
  return &received.sent_at;
}

std::string Ledger::expected(std::size_t index) const {
  if (index >= order_.size()) return {};
  return {order_[index].name.data(), kNameLength};
}

}  // namespace hubbub::bench
