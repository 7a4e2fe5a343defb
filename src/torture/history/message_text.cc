#include "torture/history/message_text.h"

#include <charconv>

namespace hubbub::torture {
namespace {

constexpr std::size_t kFillerMin = 16;
constexpr std::size_t kFillerSpread = 362;

// Takes a number and the space behind it off the beginning.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() + text.size() || *end != ' ') return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

}  // namespace

std::string text_of(const MessageName& message) {
  std::string text = std::to_string(message.writer) + ' ' + std::to_string(message.number) + ' ';
  // Mixed, so that messages beside each other differ in length and in letters.
  const auto mixed = (message.writer * 2'654'435'761U) ^ (message.number * 2'246'822'519U);
  const auto letter = static_cast<char>('a' + mixed % 26);
  text.append(kFillerMin + (mixed >> 8U) % kFillerSpread, letter);
  return text;
}

std::string send_key_of(const MessageName& message) {
  return 'w' + std::to_string(message.writer) + '-' + std::to_string(message.number);
}

std::optional<MessageName> message_of(std::string_view text) {
  auto rest = text;
  const auto writer = take_number(rest);
  if (!writer) return {};
  const auto number = take_number(rest);
  if (!number) return {};
  const MessageName message{*writer, *number};
  if (text_of(message) != text) return {};
  return message;
}

}  // namespace hubbub::torture
