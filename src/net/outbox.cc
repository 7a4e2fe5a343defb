#include "net/outbox.h"

#include <algorithm>

#include "base/check.h"

namespace hubbub {
namespace {

iovec span_of(std::string_view bytes) {
  // sendmsg() does not write through it.
  return {const_cast<char*>(bytes.data()), bytes.size()};
}

}  // namespace

Outbox::Outbox(std::size_t bytes_max, std::size_t urgent_bytes_max)
    : bytes_max_(static_cast<std::uint32_t>(bytes_max)),
      urgent_bytes_max_(static_cast<std::uint32_t>(urgent_bytes_max)) {
  HUBBUB_CHECK(bytes_max_ == bytes_max && urgent_bytes_max_ == urgent_bytes_max);
}

bool Outbox::push(const Shared<Frame>& frame) {
  const auto bytes = frame->bytes().size();
  if (bytes > bytes_max_ - counted_bytes_) return false;
  counted_bytes_ += static_cast<std::uint32_t>(bytes);
  line_.push(frame, Kind::kCounted);
  return true;
}

bool Outbox::push_urgent(const Shared<Frame>& frame) {
  const auto bytes = frame->bytes().size();
  if (bytes > urgent_bytes_max_ - urgent_bytes_) return false;
  urgent_bytes_ += static_cast<std::uint32_t>(bytes);
  line_.insert(urgent_count_++, frame, Kind::kUrgent);
  return true;
}

void Outbox::push_unbounded(const Shared<Frame>& frame) { line_.push(frame, Kind::kUnbounded); }

void Outbox::push_handshake(const Shared<Frame>& frame) {
  HUBBUB_CHECK(is_empty());
  partial_ = {frame, Kind::kHandshake};
}

std::size_t Outbox::gather(std::span<iovec> spans) const {
  std::size_t used = 0;
  if (partial_.frame && !spans.empty()) {
    spans[used++] = span_of(partial_.frame->bytes().substr(partial_sent_));
  }
  const auto count = std::min(line_.size(), spans.size() - used);
  for (std::size_t i = 0; i < count; ++i) spans[used++] = span_of(line_.at(i).frame->bytes());
  return used;
}

std::size_t Outbox::finish(const FrameLane::Entry& entry) {
  const auto bytes = static_cast<std::uint32_t>(entry.frame->bytes().size());
  if (entry.kind == Kind::kCounted) counted_bytes_ -= bytes;
  if (entry.kind == Kind::kUrgent) urgent_bytes_ -= bytes;
  return entry.kind == Kind::kHandshake ? 0 : 1;
}

std::size_t Outbox::consume(std::size_t bytes) {
  std::size_t frames = 0;
  while (bytes > 0) {
    if (!partial_.frame) {
      HUBBUB_CHECK(!is_empty());
      partial_ = line_.pop();
      if (partial_.kind == Kind::kUrgent) --urgent_count_;
      partial_sent_ = 0;
    }
    const auto left = partial_.frame->bytes().size() - partial_sent_;
    if (bytes < left) {
      partial_sent_ += static_cast<std::uint32_t>(bytes);
      break;
    }
    bytes -= left;
    frames += finish(partial_);
    partial_.frame.reset();
    partial_sent_ = 0;
  }
  return frames;
}

void Outbox::release_if_empty() {
  if (line_.is_empty()) line_.release();
}

}  // namespace hubbub
