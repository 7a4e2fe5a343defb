"""Where the servers under test keep what they store, and how a test looks into it.

A file of SQLite in the server's folder; with HUBBUB_TEST_STORE=postgresql a database of its own,
for each folder one, in the cluster that the tests share (tests/services/run.py).
"""

import atexit
import contextlib
import os
import sqlite3

from harness import postgresql

IS_POSTGRESQL = os.environ.get("HUBBUB_TEST_STORE", "sqlite") == "postgresql"
_made = {}


def _cluster():
    url = os.environ.get("HUBBUB_TEST_POSTGRESQL")
    assert url, "no HUBBUB_TEST_POSTGRESQL: run this by tests/services/run.py postgresql -- …"
    return url


def url_of(folder):
    """For HUBBUB_DATABASE_URL: a server that starts again in a folder finds what it left."""
    if not IS_POSTGRESQL:
        return f"sqlite:{folder}/hubbub.db"
    if folder not in _made:
        name = f"hubbub_{os.getpid()}_{len(_made) + 1}"
        postgresql.make_database(_cluster(), name)
        _made[folder] = name
    return _cluster().rpartition("/")[0] + "/" + _made[folder]


def drop(folder):
    """With its folder a database goes too."""
    if name := _made.get(folder):
        _made[folder] = None
        postgresql.drop_database(_cluster(), name)


@atexit.register
def _drop_all():
    """Those of folders that pytest keeps (tmp_path)."""
    for folder in _made:
        drop(folder)


def _rows(server, in_sqlite, in_postgresql):
    url = server.settings["HUBBUB_DATABASE_URL"]
    if url.startswith("postgresql:"):
        return postgresql.execute(url, in_postgresql)
    path = url.removeprefix("sqlite:")
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(in_sqlite).fetchall()


def sessions(server):
    """(owner, start, end) of each connection, oldest first; times in microseconds."""
    return _rows(
        server,
        "SELECT owner_id, start_time, end_time FROM chat_sessions ORDER BY id",
        "SELECT owner_id, (extract(epoch FROM start_time) * 1000000)::bigint,"
        " (extract(epoch FROM end_time) * 1000000)::bigint"
        " FROM chatserver.chat_sessions ORDER BY id")
