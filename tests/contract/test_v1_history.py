"""hubbub.v1: history in pages."""

import pytest


@pytest.fixture(scope="module")
def reader(shared_chat):
    writer = shared_chat.connect("writer")
    for number in range(1, 121):
        writer.send(f"text {number}")
    return shared_chat.connect("reader")


def page(reader, **bounds):
    log = reader.channel()["id"]
    answer = reader.history(log, **bounds)
    assert list(answer) == ["log", "epoch", "messages", "has_more"]
    assert answer["epoch"] == reader.channel()["epoch"]
    return [one["seq"] for one in answer["messages"]], answer["has_more"]


@pytest.mark.parametrize("bounds, wanted, has_more", [
    ({}, range(71, 121), True),
    ({"limit": 200}, range(1, 121), False),
    ({"limit": 120}, range(1, 121), False),
    ({"limit": 119}, range(2, 121), True),
    ({"before": 71}, range(21, 71), True),
    ({"before": 11, "limit": 10}, range(1, 11), False),
    ({"before": 1}, [], False),
    ({"after": 100, "limit": 10}, range(101, 111), True),
    ({"after": 110, "limit": 10}, range(111, 121), False),
    ({"after": 120}, [], False),
    ({"after": 0, "limit": 1}, [1], True),
    ({"before": 2**53 - 1, "limit": 1}, [120], True),
])
def test_a_page_is_oldest_first_between_its_bounds(reader, bounds, wanted, has_more):
    assert page(reader, **bounds) == (list(wanted), has_more)


def test_paging_back_shows_every_message_once(reader):
    seen, before = [], None
    while True:
        numbers, has_more = page(reader, limit=50, **({"before": before} if before else {}))
        seen = numbers + seen
        if not has_more:
            break
        before = numbers[0]
    assert seen == list(range(1, 121))


def test_a_message_in_history_is_whole(reader):
    message = reader.history(reader.channel()["id"], limit=1)["messages"][0]
    assert list(message)[:4] == ["log", "epoch", "seq", "message_id"]
    assert (message["channel"], message["username"], message["message"]) == (
        "general", "writer", "text 120")
    assert "send_key" not in message


def test_the_inbox_has_a_history_of_both_directions(shared_chat):
    alice, bob = shared_chat.connect("alice"), shared_chat.connect("bob")
    alice.send_private("bob", "ping")
    bob.send_private("alice", "pong")
    for person in (alice, bob):
        messages = person.history("inbox")["messages"]
        assert [(one["seq"], one["message"]) for one in messages] == [(1, "ping"), (2, "pong")]
