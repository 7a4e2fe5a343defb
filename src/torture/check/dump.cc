#include "torture/check/dump.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace hubbub::torture {
namespace {

// A text file; the cells of a line are separated by tabs.
class Table {
 public:
  Table(const std::string& folder, const std::string& name) : path_(folder + '/' + name) {
    file_.open(path_, std::ios::binary | std::ios::trunc);
    check();
  }

  template <class First, class... Rest>
  void line(const First& first, const Rest&... rest) {
    file_ << first;
    ((file_ << '\t' << rest), ...);
    file_ << '\n';
  }

  void close() {
    file_.close();
    check();
  }

 private:
  void check() {
    if (!file_) throw std::runtime_error("cannot write " + path_);
  }

  const std::string path_;
  std::ofstream file_;
};

std::string in_words(Manner manner) {
  switch (manner) {
    case Manner::kPatient:
      return "patient";
    case Manner::kHasty:
      return "hasty";
    case Manner::kFickle:
      return "fickle";
    case Manner::kOld:
      return "old";
  }
  return "";
}

// "channel-2", "inbox-7": by index, since a name may not be one of a file.
std::string in_words(const Log& log) {
  return (log.kind == Log::Kind::kInbox ? "inbox-" : "channel-") + std::to_string(log.index);
}

std::string in_words(const MessageName& message) {
  return std::to_string(message.writer) + '-' + std::to_string(message.number);
}

// A foreign text may hold anything; it stays one cell of one line.
std::string one_cell(std::string text) {
  std::ranges::replace_if(
      text, [](char letter) { return static_cast<unsigned char>(letter) < ' '; }, ' ');
  return text;
}

void write_writer(const std::string& folder, std::size_t index, const WriterHistory& writer) {
  const std::string name = "writer-" + std::to_string(index) + '-' + in_words(writer.manner);
  Table sent(folder, name + "-sent.tsv");
  sent.line("message", "log", "recipient", "first_connection", "tries", "refusals", "send_key");
  for (const Sent& message : writer.sent) {
    const bool is_private = message.log.kind == Log::Kind::kInbox;
    const bool has_key = writer.manner != Manner::kOld;
    sent.line(in_words(message.message), in_words(message.log),
              is_private ? username_of(message.recipient) : "", message.first_connection,
              message.tries, message.refusals, has_key ? send_key_of(message.message) : "");
  }
  sent.close();
  Table acks(folder, name + "-acks.tsv");
  acks.line("message", "log", "epoch", "seq", "message_id", "connection", "repeated");
  for (const Ack& ack : writer.acks) {
    acks.line(in_words(ack.message), in_words(ack.log), ack.position.epoch, ack.position.seq,
              ack.message_id, ack.connection, ack.is_repeated ? "yes" : "no");
  }
  acks.close();
}

void write_reader(const std::string& folder, std::size_t index, const ReaderHistory& reader) {
  const std::string name = "reader-" + std::to_string(index);
  Table starts(folder, name + "-starts.tsv");
  starts.line("log", "epoch", "seq");
  for (const auto& start : reader.starts) {
    starts.line(in_words(start.log), start.since.epoch, start.since.seq);
  }
  starts.close();
  Table seen(folder, name + "-seen.tsv");
  seen.line("log", "epoch", "seq", "message_id", "message");
  for (const Seen& entry : reader.seen) {
    const bool is_known = entry.epoch < reader.epochs.size();
    seen.line(in_words(entry.log), is_known ? reader.epochs[entry.epoch] : "?", entry.seq,
              entry.message_id, in_words(entry.message));
  }
  seen.close();
}

void write_old_reader(const std::string& folder, std::size_t index,
                      const OldReaderHistory& reader) {
  Table table(folder, "old-reader-" + std::to_string(index) + "-shown.tsv");
  table.line("connection", "log", "cache_id", "message");
  for (const auto& shown : reader.shown) {
    table.line(shown.connection, in_words(shown.log), shown.cache_id, in_words(shown.message));
  }
  table.close();
}

void write_log(const std::string& folder, const StoredLog& log) {
  Table table(folder, "log-" + in_words(log.log) + ".tsv");
  table.line("epoch", "seq", "message_id", "owner_id", "send_key", "message", "foreign_text");
  for (const StoredEntry& entry : log.entries) {
    table.line(log.epoch, entry.seq, entry.message_id, one_cell(entry.owner_id),
               one_cell(entry.send_key), entry.message ? in_words(*entry.message) : "",
               one_cell(entry.foreign_text));
  }
  table.close();
}

void write_cast(const std::string& folder, const History& history) {
  Table table(folder, "cast.tsv");
  table.line("what", "index", "name", "person");
  for (std::size_t i = 0; i < history.channels.size(); ++i) {
    table.line("channel", i, one_cell(history.channels[i]), "");
  }
  const auto write = [&](const char* what, const auto& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
      table.line(what, i, "", username_of(all[i].person));
  };
  write("writer", history.writers);
  write("reader", history.readers);
  write("old reader", history.old_readers);
  table.close();
}

void write_complaints(const std::string& folder, const History& history, const Stored& stored) {
  Table table(folder, "complaints.tsv");
  table.line("whose", "complaint");
  const auto write = [&](const std::string& whose, const std::vector<std::string>& complaints) {
    for (const std::string& complaint : complaints) table.line(whose, one_cell(complaint));
  };
  for (std::size_t i = 0; i < history.readers.size(); ++i) {
    write("reader " + std::to_string(i), history.readers[i].complaints);
  }
  for (std::size_t i = 0; i < history.old_readers.size(); ++i) {
    write("old reader " + std::to_string(i), history.old_readers[i].complaints);
  }
  write("database", stored.complaints);
  table.close();
}

}  // namespace

void dump(const History& history, const Stored& stored, const Verdict& verdict,
          const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("cannot make the folder " + folder + ": " + error.message());
  Table findings(folder, "findings.txt");
  for (const std::string& sentence : verdict.findings.sentences())
    findings.line(one_cell(sentence));
  findings.close();
  write_cast(folder, history);
  write_complaints(folder, history, stored);
  for (std::size_t i = 0; i < history.writers.size(); ++i) {
    write_writer(folder, i, history.writers[i]);
  }
  for (std::size_t i = 0; i < history.readers.size(); ++i) {
    write_reader(folder, i, history.readers[i]);
  }
  for (std::size_t i = 0; i < history.old_readers.size(); ++i) {
    write_old_reader(folder, i, history.old_readers[i]);
  }
  for (const StoredLog& log : stored.logs) write_log(folder, log);
}

}  // namespace hubbub::torture
