"""Live figures: for whoever asked and may, once a second at most. docs/protocol.md, activity"""

from datetime import datetime, timedelta

MEMBERS = ["at", "connections", "users_online", "messages_per_second", "deliveries_per_second",
           "refused_per_second", "log_waiting", "memory_bytes"]


def time_of(figures):
    return datetime.fromisoformat(figures["at"])


def test_figures_come_at_once_and_then_every_second(chat):
    bob = chat.listen("bob")
    root = chat.connect("root", roles=["admin"])
    root.say(type="watch_activity")
    first = root.expect("activity")
    assert list(first) == MEMBERS
    assert first["connections"] == 2
    assert first["memory_bytes"] > 1_000_000
    second = root.expect("activity")
    bob.send("hello")
    third = root.expect("activity")
    assert third["messages_per_second"] > 0
    assert third["deliveries_per_second"] > 0
    assert time_of(second) - time_of(first) >= timedelta(seconds=1)
    assert time_of(third) - time_of(second) >= timedelta(seconds=1)


def test_a_refused_message_shows(chat):
    chat.limit_messages(1, 60)
    root = chat.connect("root", roles=["moderator"])
    root.say(type="watch_activity")
    root.expect("activity")
    bob = chat.connect("bob")
    bob.send("one")
    assert bob.send("two")["code"] == "rate_limited"
    assert root.expect("activity")["refused_per_second"] > 0


def test_after_unwatch_nothing_more_comes(chat):
    """Another who watches on shows that time went by."""
    root = chat.connect("root", roles=["admin"])
    other = chat.connect("other", roles=["moderator"])
    for person in (root, other):
        person.say(type="watch_activity")
        person.expect("activity")
    root.say(type="unwatch_activity")
    assert root.expect("activity_unwatched") == {}
    seen = len(root.payloads("activity"))
    for _ in range(2):
        other.expect("activity")
    root.send("a mark")
    assert len(root.payloads("activity")) == seen


def test_a_member_is_refused(chat):
    error = chat.connect("bob").error_of(type="watch_activity")
    assert error["code"] == "forbidden"
    assert error["command"] == "watch_activity"
