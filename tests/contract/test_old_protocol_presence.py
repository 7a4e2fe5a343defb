"""Who is online, as the old protocol tells it."""

import time

import pytest

from harness.patience import SOON
from harness.tokens import sub_of

# Someone who reconnects within it is not announced as gone. docs/protocol.md, user_status
GRACE_SECONDS = 2


@pytest.fixture
def watcher(chat):
    watcher = chat.connect_old("watcher")
    watcher.greeting()
    return watcher


def statuses(frames, name):
    return [frame["payload"]["status"] for frame in frames
            if frame["type"] == "user_status" and frame["payload"]["username"] == name]


def fence(chat, watcher):
    """Everything that happened before has been told once this person is announced."""
    name = f"fence{time.monotonic_ns()}"
    chat.connect_old(name).greeting()
    return watcher.until("user_status", username=name)


def test_someone_who_comes_is_announced(chat, watcher):
    chat.connect_old("alice")
    told = watcher.expect("user_status", username="alice")
    assert told == {"username": "alice", "id": sub_of("alice"), "status": True}
    assert list(told) == ["username", "id", "status"]


def test_someone_who_goes_is_announced_after_the_grace(chat, watcher):
    alice = chat.connect_old("alice")
    watcher.expect("user_status", username="alice", status=True)
    left = time.monotonic()
    alice.close()
    watcher.expect("user_status", GRACE_SECONDS + SOON, username="alice", status=False)
    assert time.monotonic() - left > GRACE_SECONDS * 0.75


def test_someone_who_reconnects_in_time_never_went(chat, watcher):
    first = chat.connect_old("alice")
    watcher.expect("user_status", username="alice", status=True)
    first.close()
    chat.connect_old("alice").greeting()
    chat.connect_old("bob").close()
    # Bob went later than alice did, and his going is announced.
    seen = watcher.until("user_status", GRACE_SECONDS + SOON, username="bob", status=False)
    assert False not in statuses(seen, "alice")


def test_someone_with_another_connection_stays(chat, watcher):
    first, second = chat.connect_old("alice"), chat.connect_old("alice")
    first.greeting(), second.greeting()
    first.close()
    chat.connect_old("bob").close()
    seen = watcher.until("user_status", GRACE_SECONDS + SOON, username="bob", status=False)
    assert False not in statuses(seen, "alice")
    assert "alice" in {one["username"] for one in
                       chat.connect_old("carol").expect("connected_users")["users"]}
    second.close()
    watcher.expect("user_status", GRACE_SECONDS + SOON, username="alice", status=False)


def test_a_lost_connection_counts_as_gone(chat, watcher):
    alice = chat.connect_old("alice")
    watcher.expect("user_status", username="alice", status=True)
    alice.vanish()
    watcher.expect("user_status", GRACE_SECONDS + SOON, username="alice", status=False)


def test_a_dashboard_is_neither_listed_nor_announced(chat, watcher):
    dashboard = chat.connect_old("admin", azp="WebClient", roles=["admin"])
    listed = dashboard.expect("connected_users")["users"]
    assert {one["username"] for one in listed} == {"watcher"}
    assert statuses(fence(chat, watcher), "admin") == []
    dashboard.close()
    chat.connect_old("bob").close()
    seen = watcher.until("user_status", GRACE_SECONDS + SOON, username="bob", status=False)
    assert statuses(seen, "admin") == []


def test_a_dashboard_that_ends_takes_nobody_offline(chat, watcher):
    """Quirk of the old server: the end of any connection announced its user as gone."""
    chat.connect_old("alice").greeting()
    dashboard = chat.connect_old("alice", azp="WebClient")
    dashboard.greeting()
    dashboard.close()
    chat.connect_old("bob").close()
    seen = watcher.until("user_status", GRACE_SECONDS + SOON, username="bob", status=False)
    assert False not in statuses(seen, "alice")


def test_a_dashboard_gets_everything(chat, watcher):
    dashboard = chat.connect_old("admin", azp="WebClient", roles=["admin"])
    dashboard.greeting()
    watcher.send("hello")
    dashboard.expect("chat_message", message="hello")


def test_without_anyone_visible_the_list_is_empty_and_not_null(chat):
    dashboard = chat.connect_old("admin", azp="WebClient")
    assert dashboard.expect("connected_users") == {"users": []}
