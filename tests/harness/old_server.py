"""The old server as its database and its Valkey see it: what it left, and what it does when it runs
again. In our own words: tests/fixtures/old_server/."""

import itertools
import json
import os
from datetime import datetime, timezone

import psycopg

from harness import postgresql
from harness.server import REPOSITORY
from harness.tokens import sub_of

_FIXTURE = os.path.join(REPOSITORY, "tests/fixtures/old_server")
_numbers = itertools.count(1)
FLUSH = {"flush_messages": "cache_message_id", "flush_private_messages": "cache_private_message_id"}


def _read(name):
    with open(os.path.join(_FIXTURE, name), encoding="utf-8") as file:
        return file.read()


def queues():
    """The two lists of the fixture: [(entry, what becomes of it)], by name; and the counters."""
    content = json.loads(_read("queues.json"))
    lists = {name: [(one["entry"], one["is"]) for one in content[name]] for name in FLUSH}
    return lists, content["counters"]


class OldServer:
    """The fixture's installation: a database of its own, and `valkey` where there is one."""

    def __init__(self, valkey=None):
        self.valkey = valkey
        self._cluster = os.environ.get("HUBBUB_TEST_POSTGRESQL")
        assert self._cluster, "no HUBBUB_TEST_POSTGRESQL: run this by tests/services/run.py"
        self._name = f"old_{os.getpid()}_{next(_numbers)}"
        postgresql.make_database(self._cluster, self._name)
        self.url = self._cluster.rpartition("/")[0] + "/" + self._name
        self.run(_read("schema.sql"))
        self.run(_read("rows.sql"))
        if valkey:
            lists, counters = queues()
            for name, entries in lists.items():
                valkey.ask("RPUSH", name, *(entry for entry, _ in entries))
            for name, value in counters.items():
                valkey.ask("SET", name, value)

    def drop(self):
        postgresql.drop_database(self._cluster, self._name)

    # --- SQL ---

    def run(self, script, *values):
        """The rows of the last statement, if it has any."""
        with psycopg.connect(self.url, autocommit=True,
                             options="-csearch_path=chatserver") as connection:
            cursor = connection.execute(script, values or None)
            return cursor.fetchall() if cursor.description else None

    def table(self, name, columns):
        return self.run(f"SELECT {columns} FROM {name} ORDER BY id")

    # --- what it does ---

    def start(self):
        self.run(_read("schema.sql"))
        self.run("INSERT INTO chatserver.server_instances(server_id, server_name)"
                 " VALUES (gen_random_uuid(), 'OnRabble') ON CONFLICT DO NOTHING")
        self.run("INSERT INTO chatserver.rate_limiter(owner_id)"
                 " VALUES ('default') ON CONFLICT DO NOTHING")

    def take_message(self, username, channel, text):
        """Someone says something there: it waits in Valkey."""
        return self._take("flush_messages", {
            "owner_id": sub_of(username), "username": username, "channel": channel,
            "message": text})

    def take_private_message(self, username, recipient, text):
        return self._take("flush_private_messages", {
            "owner_id": sub_of(username), "username": username,
            "recipient_id": sub_of(recipient), "recipient": recipient, "message": text})

    def _take(self, name, message):
        cache_id = self.valkey.ask("INCR", FLUSH[name])
        message["authored_at"] = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        self.valkey.ask("RPUSH", name, json.dumps({"cache_id": cache_id, "data": message}))
        return cache_id

    def flush(self):
        """All or nothing, as it does it every two minutes."""
        columns = {"flush_messages": ("chat_messages", ("owner_id", "channel")),
                   "flush_private_messages": (
                       "private_messages", ("owner_id", "username", "recipient_id", "recipient"))}
        for name, (table, names) in columns.items():
            names = (*names, "message", "authored_at")
            entries = [json.loads(one) for one in self.valkey.ask("LRANGE", name, 0, -1)]
            statement = (f"INSERT INTO chatserver.{table}(cache_id, {', '.join(names)})"
                         f" VALUES (%s{', %s' * len(names)})")
            with psycopg.connect(self.url) as connection:
                for entry in entries:
                    connection.execute(
                        statement, (entry["cache_id"], *(entry["data"][one] for one in names)))
            self.valkey.ask("DEL", name)

    def search(self, word):
        return [text for text, in self.run(
            "SELECT m.message FROM chatserver.chat_messages m LEFT JOIN public.user_entity u"
            " ON m.owner_id::text = u.id WHERE m.search_vector @@ plainto_tsquery('english', %s)"
            " ORDER BY m.authored_at DESC LIMIT 51 OFFSET 0", word)]

    def delete_messages(self, *ids):
        self.run("DELETE FROM chatserver.chat_messages WHERE id = ANY(%s)", list(ids))

    def create_channel(self, name):
        self.run("INSERT INTO chatserver.channels(name, description, owner_id, sort_order)"
                 " SELECT %s, '', '00000000-0000-0000-0000-000000000000',"
                 " coalesce(max(sort_order), 0) + 1 FROM chatserver.channels"
                 " ON CONFLICT (name) DO NOTHING", name)

    def delete_channel(self, name, purge):
        with psycopg.connect(self.url) as connection:
            connection.execute("DELETE FROM chatserver.channels WHERE name = %s", (name,))
            if purge:
                connection.execute("DELETE FROM chatserver.chat_messages WHERE channel = %s",
                                   (name,))

    def ban(self, username):
        self.run("INSERT INTO chatserver.bans(owner_id, banished_id, reason, end_time)"
                 " VALUES ('11111111-2222-3333-4444-555555555555', %s, NULL, NULL)",
                 sub_of(username))

    def pardon(self, username):
        self.run("UPDATE chatserver.bans SET pardoned = TRUE WHERE banished_id = %s",
                 sub_of(username))

    def is_banned(self, username):
        count, = self.run("SELECT count(*) FROM chatserver.bans WHERE banished_id = %s"
                          " AND (end_time IS NULL OR end_time > now())"
                          " AND (pardoned IS NULL OR pardoned = FALSE)", sub_of(username))[0]
        return count > 0

    def record_session(self, username):
        self.run("INSERT INTO chatserver.chat_sessions(owner_id, start_time, end_time)"
                 " VALUES (%s, now() - interval '1 minute', now())", sub_of(username))

    def session_activity(self):
        return self.run("SELECT date(start_time), count(id), sum(end_time - start_time)::text"
                        " FROM chatserver.chat_sessions"
                        " WHERE start_time >= now() - interval '7 days' GROUP BY 1 ORDER BY 1")
