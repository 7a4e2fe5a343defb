// Cuts what a server sends into WebSocket frames (RFC 6455 5.2), for one connection.
//
// Written apart from the server's own parser, so that a mistake there is not repeated here. A frame
// that lies whole in what was received is not copied; of a long one only the beginning is kept.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/frame.h"

namespace hubbub::bench {

class FrameReader {
 public:
  // Calls on_frame(Opcode, payload, frame_bytes) for each frame that ends in `bytes`. `payload`
  // holds at least the first kKeptBytes of it, or all. False: not what a server may send; the rest
  // is ignored.
  template <class OnFrame>
  [[nodiscard]] bool feed(std::string_view bytes, OnFrame&& on_frame) {
    while (!bytes.empty()) {
      if (skip_ > 0) {
        skip(bytes);
        if (skip_ == 0) finish(on_frame);
        continue;
      }
      if (!kept_.empty()) {
        if (!complete(bytes, on_frame)) return false;
        continue;
      }
      const Head head = read_head(bytes);
      if (head.is_wrong) return false;
      if (head.size == 0 || bytes.size() - head.size < head.payload_size) {
        keep(bytes, head);
        return true;
      }
      on_frame(head.opcode, bytes.substr(head.size, head.payload_size),
               head.size + head.payload_size);
      bytes.remove_prefix(head.size + head.payload_size);
    }
    return true;
  }

 private:
  // Greetings with the names of thousands of people are longer, and only counted.
  static constexpr std::size_t kKeptBytes = 4096;

  struct Head {
    bool is_wrong = false;
    Opcode opcode{};
    std::size_t size = 0;  // 0: more bytes are needed
    std::size_t payload_size = 0;
  };
  static Head read_head(std::string_view bytes);

  void skip(std::string_view& bytes) {
    const auto count = std::min(skip_, bytes.size());
    skip_ -= count;
    bytes.remove_prefix(count);
  }

  // The frame begins in `bytes` and does not end there.
  void keep(std::string_view bytes, const Head& head) {
    const auto whole = head.size + head.payload_size;
    kept_.assign(bytes.substr(0, kKeptBytes));
    skip_ = head.size > 0 && whole > kKeptBytes && bytes.size() >= kKeptBytes ? whole - bytes.size()
                                                                              : 0;
  }

  // Adds to what was kept until the frame is whole or long enough to be skipped.
  template <class OnFrame>
  bool complete(std::string_view& bytes, OnFrame&& on_frame) {
    Head head = read_head(kept_);
    while (head.size == 0 && !head.is_wrong && !bytes.empty()) {
      kept_ += bytes.front();
      bytes.remove_prefix(1);
      head = read_head(kept_);
    }
    if (head.is_wrong) return false;
    if (head.size == 0) return true;
    const auto whole = head.size + head.payload_size;
    const auto wanted = std::min(whole, kKeptBytes) - std::min(whole, kept_.size());
    const auto count = std::min(wanted, bytes.size());
    kept_ += bytes.substr(0, count);
    bytes.remove_prefix(count);
    if (kept_.size() >= whole) {
      finish(on_frame);
    } else if (kept_.size() >= kKeptBytes) {
      skip_ = whole - kept_.size();
    }
    return true;
  }

  template <class OnFrame>
  void finish(OnFrame&& on_frame) {
    const Head head = read_head(kept_);
    on_frame(head.opcode, std::string_view(kept_).substr(head.size), head.size + head.payload_size);
    kept_ = {};  // gives the memory back: thousands of idle connections share this machine
  }

  std::string kept_;
  std::size_t skip_ = 0;
};

}  // namespace hubbub::bench
