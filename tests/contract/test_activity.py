"""Who was here and for how long, where they talked, and who was refused. docs/api.md, Activity."""

import datetime
import re

import pytest

from harness.patience import eventually
from harness.problems import problem_of
from harness.tokens import sub_of


def today():
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def ask(chat, path):
    answer = chat.http("GET", "/activity/" + path, by="moderator")
    assert answer.status_code == 200, answer.text
    return answer.json()


def days(chat, query=""):
    found = ask(chat, "sessions" + query)
    assert list(found) == ["type", "sender", "payload"]
    assert (found["type"], found["sender"]) == ("session_activity", "Server")
    return found["payload"]["session_activity"]


def restarted(chat):
    """After it everything that happened is on disk."""
    chat.server.restart()
    return chat


def test_without_sessions_the_lists_are_empty_and_not_null(chat):
    assert days(chat) == []
    assert ask(chat, "users") == {"users": []}
    assert ask(chat, "channels")["payload"]["channels"] == []
    assert ask(chat, "limits") == {"users": []}


def test_sessions_are_counted_by_day_and_person(chat):
    before = today()
    for name in ("alice", "alice", "bob"):
        chat.connect(name).close()
    found = days(restarted(chat))
    if before == today():
        assert [(one["session_date"], one["session_count"]) for one in found] == [(before, 3)]
    assert list(found[0]) == ["session_date", "session_count", "total_duration"]
    assert re.fullmatch(r"00:00:\d\d(\.\d{1,6})?", found[0]["total_duration"])
    assert sum(one["session_count"] for one in days(chat, f"?user_id={sub_of('bob')}")) == 1
    assert days(chat, "?user_id=nobody") == []


def test_an_open_session_counts_up_to_now(chat):
    alice = chat.connect("alice")
    def is_counted():
        return [one["total_duration"] for one in days(chat)]
    first = eventually(is_counted, 30)
    def is_longer():
        return is_counted() > first
    eventually(is_longer)
    alice.send("still here")


def test_old_protocol_sessions_count_too(chat):
    chat.connect_old("alice").close()
    assert sum(one["session_count"] for one in days(restarted(chat))) == 1


def test_people_come_by_the_time_they_spent(chat):
    alice = chat.connect("alice")
    for _ in range(2):
        chat.connect("bob").close()
    alice.close()
    users = ask(restarted(chat), "users")["users"]
    assert list(users[0]) == ["user_id", "username", "session_count", "total_seconds"]
    assert {one["username"]: one["session_count"] for one in users} == {"alice": 1, "bob": 2}
    assert users[0]["username"] == "alice" and users[0]["user_id"] == sub_of("alice")
    assert isinstance(users[0]["total_seconds"], int)
    assert len(ask(chat, "users?limit=1")["users"]) == 1


def test_messages_are_counted_by_channel(chat):
    chat.create_channel("second")
    alice = chat.connect("alice")
    said = [alice.send(text) for text in ("one", "two", "three")]
    alice.send("four", channel="second")
    chat.http("DELETE", "/messages", by="moderator", json={"ids": [said[0]["message_id"]]})
    found = ask(chat, "channels")
    assert list(found) == ["type", "sender", "payload"]
    assert (found["type"], found["sender"]) == ("message_count_by_channel", "Server")
    counts = found["payload"]["channels"]
    assert list(counts[0]) == ["channel", "message_count"]
    assert {one["channel"]: one["message_count"] for one in counts} == {"general": 2, "second": 1}


def test_connections_are_counted_now_and_at_the_peak_of_each_day(chat):
    people = [chat.connect(name) for name in ("alice", "alice", "bob")]
    def all_are_online():
        found = ask(chat, "connections")
        return (found["connections"], found["users_online"]) == (3, 2)
    eventually(all_are_online)
    # At once, though the store learns of it with the next record of sessions only.
    assert ask(chat, "connections")["days"][-1]["peak"] == 3
    for one in people:
        one.close()
    before = today()
    found = ask(restarted(chat), "connections?days=366")
    assert list(found) == ["connections", "users_online", "days"]
    assert (found["connections"], found["users_online"]) == (0, 0)
    if before == today():
        assert found["days"] == [{"date": before, "peak": 3}]


def test_who_runs_into_the_limit_is_shown_the_latest_first(chat):
    chat.limit_messages(1, 60)
    alice, bob = chat.connect("alice"), chat.connect("bob")
    for person, count in ((alice, 4), (bob, 2)):
        for number in range(count):
            person.send(f"message {number}")
    users = ask(chat, "limits")["users"]
    assert list(users[0]) == ["user_id", "username", "refused", "last_refused_at"]
    assert [(one["username"], one["refused"]) for one in users] == [("bob", 1), ("alice", 3)]
    assert users[0]["user_id"] == bob.sub
    assert users[0]["last_refused_at"] >= users[1]["last_refused_at"]


@pytest.mark.parametrize("path, text", [
    ("users?days=0", "Invalid 'days' query parameter"),
    ("users?days=367", "Invalid 'days' query parameter"),
    ("users?days=x", "Invalid 'days' query parameter"),
    ("users?limit=0", "Invalid 'limit' query parameter"),
    ("connections?days=0", "Invalid 'days' query parameter")])
def test_bad_bounds_are_refused(shared_chat, path, text):
    answer = shared_chat.http("GET", "/activity/" + path, by="moderator")
    assert problem_of(answer) == (400, text)


@pytest.mark.parametrize("path", ["sessions", "channels"])
def test_every_method_is_answered_as_on_the_old_server(shared_chat, path):
    for method in ("POST", "PUT", "DELETE"):
        assert shared_chat.http(method, f"/activity/{path}", by="moderator").status_code == 200
