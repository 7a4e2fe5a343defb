"""A log whose beginning is gone: what cannot be had is told, never passed over.

The server has no setting that trims yet; the test does it in the database, as one would.
"""

import contextlib
import os
import sqlite3

import pytest


@pytest.fixture
def chat(make_chat):
    return make_chat(HUBBUB_DATABASE_URL="sqlite:hubbub.db")


def trim(chat, first):
    """Nothing before `first` is left of the channel's log."""
    chat.server.stop()
    path = os.path.join(chat.server.folder, "hubbub.db")
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        log, = database.execute("SELECT log_id FROM channels WHERE name = 'general'").fetchone()
        database.execute("DELETE FROM log_entries WHERE log_id = ? AND seq < ?", (log, first))
        database.execute("UPDATE logs SET first_seq = ? WHERE id = ?", (first, log))
    chat.server.start()


@pytest.fixture
def bob(chat):
    """Of six entries the last three are left."""
    for number in range(6):
        chat.connect("alice").send(f"message {number}")
    assert chat.connect("alice").channel()["seq"] == 6
    trim(chat, 4)
    return chat.connect("bob")


def answer(person, **since):
    channel = person.channel()
    frames = person.subscribe(channel["id"], {"epoch": channel["epoch"], **since})
    gaps = [(one["payload"]["from"], one["payload"]["to"], one["payload"]["reason"])
            for one in frames if one["type"] == "gap"]
    return gaps, [one["payload"]["seq"] for one in frames if one["type"] == "chat_message"]


def test_a_position_before_it_is_answered_with_a_gap_and_the_rest(bob):
    assert answer(bob, seq=1) == ([(2, 3, "retention")], [4, 5, 6])


def test_the_position_just_before_it_has_missed_nothing(bob):
    assert answer(bob, seq=3) == ([], [4, 5, 6])


def test_one_of_another_history_is_told_both(bob):
    assert answer(bob, epoch="another", seq=5) == (
        [(1, 5, "epoch"), (1, 3, "retention")], [4, 5, 6])
