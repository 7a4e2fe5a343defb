"""Backup and restore with SQLite, by the words of docs/operations.md."""

import os
import re
import shutil
import sqlite3

from harness.server import REPOSITORY


def new_epochs():
    """The statement that the page tells to run after a restore."""
    with open(os.path.join(REPOSITORY, "docs/operations.md"), encoding="utf-8") as file:
        return re.search(r"^ +(UPDATE logs .*;) +-- SQLite$", file.read(), re.MULTILINE)[1]


def back_up(chat, path):
    """While the server runs, as `sqlite3 hubbub.db ".backup …"` does."""
    source = sqlite3.connect(os.path.join(chat.server.folder, "hubbub.db"))
    copy = sqlite3.connect(path)
    with source, copy:
        source.backup(copy)
    source.close()
    copy.close()


def restore(chat, path):
    database = os.path.join(chat.server.folder, "hubbub.db")
    shutil.copy(path, database)
    for ending in ("-wal", "-shm"):
        if os.path.exists(database + ending):
            os.remove(database + ending)
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(new_epochs())
    connection.close()


def test_after_a_restore_nobody_takes_new_messages_for_those_they_had_seen(make_chat, tmp_path):
    chat = make_chat(HUBBUB_DATABASE_URL="sqlite:hubbub.db")
    bob = chat.connect("bob")
    bob.send("before the copy")
    back_up(chat, tmp_path / "copy.db")
    seen = bob.send("lost with the disk")
    chat.server.stop()
    restore(chat, tmp_path / "copy.db")
    chat.server.start()

    bob = chat.connect("bob")
    again = bob.send("under the number of the lost one")
    assert again["seq"] == seen["seq"] and again["epoch"] != seen["epoch"]
    frames = bob.subscribe(bob.channel()["id"], {name: seen[name] for name in ("epoch", "seq")})
    assert [one["payload"]["reason"] for one in frames if one["type"] == "gap"] == ["epoch"]
    texts = [one["payload"]["message"] for one in frames if one["type"] == "chat_message"]
    assert texts == ["before the copy", "under the number of the lost one"]
