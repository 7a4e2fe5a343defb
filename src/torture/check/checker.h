// Judges one run of `hubbub torture`: what everybody noted about it against what the database has
// afterwards. It proves, or says exactly where it is not so:
//
//  1. Nothing is lost. Every acknowledged message is in the store, once, at the very log, epoch,
//  seq
//     and id that were acknowledged; a private one in both inboxes. A message acknowledged more
//     than once was always given the same place, and at most once as new. No two were given one
//     place. (messages_rule.cc, acks_rule.cc)
//  2. Nothing is doubled or foreign. Every log has its entries from first to head, each once; every
//     entry is a message of the run, in a log in which it belongs, once, by the person who sent it,
//     under its own key and id. What was refused, given up or never answered is there at most once.
//     (logs_rule.cc)
//  3. Order. What a writer sent one after the other is stored one after the other. Of a fickle
//     writer, who gives up messages that may still be underway, this holds for what was
//     acknowledged; of a hasty
//     writer, who has many underway, this holds for what was acknowledged at the first try, on one
//     connection; of an old one, who gets no answer, for each connection. (order_rule.cc)
//  4. Everybody sees it. A reader of hubbub.v1 saw every entry of every log that is theirs, from
//     where they began to the head, each once, in order, as it is stored, and nothing else. One of
//     the old protocol saw on each connection a part of each log without a gap, in order, each
//     message once, and nothing that is not theirs. (v1_readers_rule.cc, old_readers_rule.cc)
//  5. Nobody complained: no reader, not the database's own check, and memory stayed in its bound.
//
// Pure: asks nothing of the server, and shares no code with it.
#pragma once

#include "torture/check/verdict.h"
#include "torture/history/history.h"

namespace hubbub::torture {

// Cost: about linear in all that was sent, stored and seen.
Verdict check(const History& history, const Stored& stored);

}  // namespace hubbub::torture
