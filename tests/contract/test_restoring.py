"""Backup and restore with SQLite, by the words of docs/operations.md."""

import contextlib
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
    source = sqlite3.connect(database_of(chat))
    copy = sqlite3.connect(path)
    with source, copy:
        source.backup(copy)
    source.close()
    copy.close()


def database_of(chat):
    return os.path.join(chat.server.folder, "hubbub.db")


def put_back(chat, path):
    shutil.copy(path, database_of(chat))
    for ending in ("-wal", "-shm"):
        if os.path.exists(database_of(chat) + ending):
            os.remove(database_of(chat) + ending)


def restore(chat, path):
    put_back(chat, path)
    with contextlib.closing(sqlite3.connect(database_of(chat))) as connection, connection:
        connection.execute(new_epochs())


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


def test_a_position_that_a_restored_backup_has_not_reached_is_answered_with_a_gap(
        make_chat, tmp_path):
    """Where somebody forgot the new epochs: as long as the log is shorter than what was seen."""
    chat = make_chat(HUBBUB_DATABASE_URL="sqlite:hubbub.db")
    bob = chat.connect("bob")
    bob.send("before the copy")
    back_up(chat, tmp_path / "copy.db")
    for n in range(3):
        seen = bob.send(f"lost {n}")
    chat.server.stop()
    put_back(chat, tmp_path / "copy.db")
    chat.server.start()
    bob = chat.connect("bob")
    again = bob.send("under a number of the lost ones")
    assert (again["epoch"], again["seq"]) == (seen["epoch"], 2)
    frames = bob.subscribe(bob.channel()["id"], {name: seen[name] for name in ("epoch", "seq")})
    assert [one["payload"] for one in frames if one["type"] == "gap"] == [
        {"log": bob.channel()["id"], "from": 1, "to": 4, "reason": "epoch"}]
    assert [one["payload"]["seq"] for one in frames if one["type"] == "chat_message"] == [1, 2]


def test_new_epochs_beneath_a_running_server_are_told_to_who_is_connected(make_chat):
    chat = make_chat(HUBBUB_DATABASE_URL="sqlite:hubbub.db")
    bob, old = chat.listen("bob"), chat.connect_old("olaf")
    old.greeting()
    bob.send("one")
    before = bob.expect("chat_message")
    old.expect("chat_message", message="one")
    with contextlib.closing(sqlite3.connect(database_of(chat))) as connection, connection:
        connection.execute(new_epochs())
    after = chat.connect("alice").send("two")
    assert (after["seq"], after["epoch"] != before["epoch"]) == (2, True)
    told = bob.until("chat_message", message="two")
    assert [(one["type"], one["payload"].get("message"), one["payload"].get("reason"))
            for one in told if one["type"] in ("gap", "chat_message")] == [
        ("gap", None, "epoch"), ("chat_message", "one", None), ("chat_message", "two", None)]
    assert told[-1]["payload"]["epoch"] == after["epoch"]
    assert old.until("chat_message")[-1]["payload"]["message"] == "two"
    assert chat.connect("carol").channel()["epoch"] == after["epoch"]
