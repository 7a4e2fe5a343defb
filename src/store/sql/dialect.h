// What the two databases say in words of their own. Everything else is written once, in SQL that
// both take: ?1 for the first parameter, RETURNING, ON CONFLICT, UPDATE … FROM, CAST(… AS bigint).
//
// Two values, sqlite::dialect() and postgres::dialect(); they never change. Thread: any.
#pragma once

#include <string>

namespace hubbub::sql {

struct Dialect {
  // A join in the order in which it is written, where the planner would choose another: followed by
  // ON.
  const char* ordered_join;
  // Before a column: keeps it out of the choice of an index.
  const char* unindexed;
  // The greater of two values.
  const char* greatest;
  // Where in a text another one begins, from 1; 0: nowhere.
  const char* position;
  // After a SELECT: nobody else may change these rows until the transaction ends.
  const char* for_update;
  // Channels that are there, and archived ones (archived_at is not null), with the same columns.
  const char* all_channels;
  // What the old server counts messages by.
  const char* message_number;
  // Who wrote a message m of chat_messages, where its row has no name.
  const char* author_name;
  // users.username, in an order without regard to the case of ASCII, and folded
  // (store/case_folding.h).
  const char* username_order;
  const char* username_folded;
  // ?1 id, ?2 username, ?3 when, ?4 role, ?5 username folded.
  const char* upsert_user;
  // ?1 channel, ?2 when.
  const char* archive_channel;
  const char* restore_channel;
  // ?1 channel, there or archived.
  const char* delete_channel;
  // A parameter as a UUID.
  std::string (*uuid)(const std::string& parameter);
  // YYYY-MM-DD of a time; of a number of days since 1970.
  std::string (*day)(const std::string& time);
  std::string (*day_of_number)(const std::string& days);
  // From one time to another, in microseconds; none below 0.
  std::string (*length)(const std::string& start, const std::string& end);
};

}  // namespace hubbub::sql
