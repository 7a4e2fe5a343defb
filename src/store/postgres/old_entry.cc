#include "store/postgres/old_entry.h"

#include <simdjson.h>

#include <array>
#include <cstdio>

#include "wire/utf8.h"

namespace hubbub::postgres {
namespace {

namespace dom = simdjson::dom;

// Of the old table, in characters.
constexpr std::size_t kChannelNameMax = 24;

Error refuse(std::string reason) { return Error{Code::kInvalid, std::move(reason)}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes `count` digits from the front. -1: there are fewer.
int take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int number = 0;
  for (const char c : text.substr(0, count)) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// RFC 3339 5.6: full-date "T" partial-time, without the offset.
std::optional<Time> take_wall_clock(std::string_view& text) {
  using namespace std::chrono;
  std::array<int, 6> part{};
  constexpr std::string_view kAfter = "--T::";
  for (std::size_t i = 0; i < part.size(); ++i) {
    part[i] = take_number(text, i == 0 ? 4 : 2);
    if (part[i] < 0 || (i < kAfter.size() && !take(text, kAfter[i]))) return std::nullopt;
  }
  const year_month_day date(year(part[0]), month(static_cast<unsigned>(part[1])),
                            day(static_cast<unsigned>(part[2])));
  if (!date.ok() || part[3] > 23 || part[4] > 59 || part[5] > 59) return std::nullopt;
  std::int64_t fraction = 0;
  if (take(text, '.')) {
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    for (std::int64_t unit = 100'000; !text.empty() && is_digit(text.front()); unit /= 10) {
      fraction += unit * (text.front() - '0');
      text.remove_prefix(1);
    }
  }
  return Time(sys_days(date)) + hours(part[3]) + minutes(part[4]) + seconds(part[5]) +
         microseconds(fraction);
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z')) return std::chrono::minutes(0);
  const bool is_east = !text.empty() && text.front() == '+';
  if (!is_east && (text.empty() || text.front() != '-')) return std::nullopt;
  text.remove_prefix(1);
  const int hours = take_number(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return std::nullopt;
  const int minutes = take_number(text, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  return std::chrono::minutes((is_east ? 1 : -1) * (hours * 60 + minutes));
}

Status read_time(std::string_view text, OldEntry& entry) {
  const auto wall_clock = take_wall_clock(text);
  const auto offset = take_offset(text);
  if (!wall_clock || !offset || !text.empty()) {
    return refuse("authored_at is not a time that can be read");
  }
  entry.wall_clock = *wall_clock;
  entry.authored_at = *wall_clock - *offset;
  return {};
}

// Reads the members of `data`, each once asked for.
class Members {
 public:
  explicit Members(const dom::object& data) : data_(data) {}

  std::string text(const char* name, bool may_be_empty) {
    std::string_view value;
    if (failure_) return {};
    if (data_[name].get_string().get(value) != simdjson::SUCCESS) {
      fail(std::string(name) + " is missing or no text");
    } else if (value.find('\0') != value.npos) {
      fail(std::string(name) + " has a U+0000");
    } else if (value.empty() && !may_be_empty) {
      fail(std::string(name) + " is empty");
    }
    return std::string(value);
  }
  [[nodiscard]] Status status() const { return failure_ ? Status(*failure_) : Status(); }

 private:
  void fail(std::string reason) { failure_ = refuse(std::move(reason)); }

  const dom::object& data_;
  std::optional<Error> failure_;
};

Status read_data(OldQueue queue, const dom::object& data, OldEntry& entry) {
  Members members(data);
  entry.author.id.value = members.text("owner_id", false);
  entry.author.username = members.text("username", true);
  if (queue == OldQueue::kMessages) {
    entry.channel = members.text("channel", true);
  } else {
    entry.recipient.id.value = members.text("recipient_id", false);
    entry.recipient.username = members.text("recipient", true);
  }
  entry.text = members.text("message", true);
  const std::string time = members.text("authored_at", false);
  if (!members.status()) return members.status();
  if (const auto length = code_point_count(entry.channel); length > kChannelNameMax) {
    return refuse("the channel's name has " + std::to_string(length) + " characters, more than " +
                  std::to_string(kChannelNameMax));
  }
  return read_time(time, entry);
}

}  // namespace

Result<OldEntry> parse_old_entry(OldQueue queue, std::string_view text) {
  dom::parser parser;
  dom::object object;
  dom::object data;
  if (!is_utf8(text)) return refuse("it is not UTF-8");
  if (parser.parse(text).get_object().get(object) != simdjson::SUCCESS) {
    return refuse("it is not a JSON object");
  }
  OldEntry entry;
  if (object["cache_id"].get_int64().get(entry.cache_id) != simdjson::SUCCESS ||
      entry.cache_id < 1 || entry.cache_id > kCacheIdMax) {
    return refuse("cache_id is missing or no number from 1 to 2^52");
  }
  if (object["data"].get_object().get(data) != simdjson::SUCCESS) {
    return refuse("data is missing or no object");
  }
  if (Status read = read_data(queue, data, entry); !read) return read.error();
  return entry;
}

std::string printable(std::string_view entry) {
  const bool is_text = is_utf8(entry);
  std::string text;
  for (const char c : entry) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0 || (byte >= 0x80 && !is_text)) {
      std::array<char, 8> hex{};
      std::snprintf(hex.data(), hex.size(), "\\x%02x", byte);
      text += hex.data();
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace hubbub::postgres
