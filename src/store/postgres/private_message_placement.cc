#include "store/postgres/private_message_placement.h"

namespace hubbub::postgres {
namespace {

constexpr const char* kSelectPage =
    "SELECT id, owner_id, recipient_id FROM private_messages"
    " WHERE sender_seq IS NULL AND id > ?1 ORDER BY id LIMIT 4000";

// A message to oneself has one place: recipient_log is 0.
constexpr const char* kWritePage =
    "WITH given AS MATERIALIZED (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[],"
    " $4::bigint[], $5::bigint[]) AS g(id, sender_log, sender_seq, recipient_log, recipient_seq)),"
    " placed AS (UPDATE private_messages p SET sender_seq = g.sender_seq,"
    " recipient_seq = CASE WHEN g.recipient_log > 0 THEN g.recipient_seq END"
    " FROM given g WHERE p.id = g.id)"
    " INSERT INTO log_entries(log_id, seq, kind, message_id)"
    " SELECT sender_log, sender_seq, 2, id FROM given"
    " UNION ALL SELECT recipient_log, recipient_seq, 2, id FROM given WHERE recipient_log > 0";

}  // namespace

PrivateMessagePlacement::PrivateMessagePlacement(Database& database, sql::LogHeads& heads)
    : heads_(heads), select_page_(database, kSelectPage), write_page_(database, kWritePage) {}

Status PrivateMessagePlacement::place_all() {
  for (std::int64_t after = 0;;) {
    auto last = place_page(after);
    if (!last) return last.error();
    if (*last == 0) return {};
    after = *last;
  }
}

Result<std::int64_t> PrivateMessagePlacement::place_page(std::int64_t after) {
  Integers ids;
  std::vector<std::pair<std::string, std::string>> people;
  {
    sql::Rows rows = select_page_.query(after);
    while (rows.next()) {
      ids.push_back(rows.integer(0));
      people.emplace_back(rows.text(1), rows.text(2));
    }
    if (!rows.status()) return rows.status().error();
  }
  if (ids.empty()) return std::int64_t{0};
  Integers sender_logs;
  Integers sender_seqs;
  Integers recipient_logs;
  Integers recipient_seqs;
  for (const auto& [sender, recipient] : people) {
    auto sent = take_next(sender);
    if (!sent) return sent.error();
    Result<Place> received = Place{};
    if (recipient != sender) received = take_next(recipient);
    if (!received) return received.error();
    sender_logs.push_back(sent->log.value);
    sender_seqs.push_back(static_cast<std::int64_t>(sent->seq));
    recipient_logs.push_back(received->log.value);
    recipient_seqs.push_back(static_cast<std::int64_t>(received->seq));
  }
  Status done = write_page_.change(ids, sender_logs, sender_seqs, recipient_logs, recipient_seqs);
  if (!done) return done.error();
  message_count_ += std::ssize(ids);
  return ids.back();
}

Result<PrivateMessagePlacement::Place> PrivateMessagePlacement::take_next(
    const std::string& owner) {
  auto found = inboxes_.find(owner);
  if (found == inboxes_.end()) {
    auto inbox = heads_.find_or_make_inbox(UserId{owner});
    if (!inbox) return inbox.error();
    found = inboxes_.emplace(owner, *inbox).first;
  }
  auto position = heads_.take_next(found->second);
  if (!position) return position.error();
  return Place{found->second, position->seq};
}

}  // namespace hubbub::postgres
