"""The old protocol's hello: which frames, in which order, and exactly what is in them."""

import re

from harness.tokens import sub_of

MESSAGE_KEYS = ["cacheID", "owner_id", "username", "channel", "message", "authored_at"]
PRIVATE_KEYS = ["cacheID", "owner_id", "username", "recipient_id", "recipient", "message",
                "authored_at"]


def types_of(frames):
    """But for presence, which may come at any time."""
    return [frame["type"] for frame in frames if frame["type"] != "user_status"]


def greeted(chat, name):
    """What is said before the greeting came may be part of it."""
    person = chat.connect_old(name)
    person.greeting()
    return person


def test_an_empty_server_greets_with_channels_and_people(chat):
    alice = chat.connect_old("alice")
    assert types_of(alice.greeting()) == ["active_channels", "connected_users"]


def test_the_greeting_comes_in_its_order(chat):
    alice = greeted(chat, "alice")
    alice.send("hello all")
    alice.expect("chat_message")
    alice.send_private("alice", "a note")
    alice.expect("private_chat_message")

    again = chat.connect_old("alice")
    assert types_of(again.greeting()) == [
        "bulk_chat_messages", "active_channels", "bulk_private_messages", "connected_users"]


def test_every_frame_is_one_object_in_this_key_order_and_a_newline(chat):
    alice = greeted(chat, "alice")
    alice.send("hello")
    alice.expect("chat_message")
    for text, frame in zip(alice.raw, alice.seen):
        assert text.endswith("}\n") and text.count("\n") == 1
        assert list(frame) == ["type", "sender", "payload"]


def test_the_sender_is_the_server_except_in_chat(chat):
    alice = greeted(chat, "alice")
    alice.send("hello")
    alice.expect("chat_message")
    alice.send_private("alice", "a note")
    alice.expect("private_chat_message")
    for frame in alice.seen:
        is_chat = frame["type"] in ("chat_message", "private_chat_message")
        assert frame["sender"] == ("alice" if is_chat else "Server"), frame


def test_a_channel_shows_what_it_has_and_nothing_else(chat):
    chat.create_channel("second", "with words")
    alice = chat.connect_old("alice")
    channels = alice.expect("active_channels")["channels"]
    assert [one["name"] for one in channels] == ["general", "second"]
    for one in channels:
        assert list(one) == ["id", "name", "description", "sort_order"]
    assert channels[0]["description"] == ""
    assert channels[1]["description"] == "with words"
    assert [one["sort_order"] for one in channels] == [1, 2]


def test_without_channels_the_list_is_empty_and_not_null(chat):
    chat.http("DELETE", f"/channels?id={chat.channel_id('general')}", by="admin")
    assert chat.connect_old("alice").expect("active_channels") == {"channels": []}


def test_recent_messages_are_oldest_first_and_equal_to_the_live_ones(chat):
    alice = greeted(chat, "alice")
    live = []
    for text in ("one", "two", "three"):
        alice.send(text)
        live.append(alice.expect("chat_message", message=text))
    assert all(list(payload) == MESSAGE_KEYS for payload in live)

    bob = chat.connect_old("bob")
    assert bob.expect("bulk_chat_messages") == {"messages": live}


def test_private_messages_of_both_directions_are_in_the_greeting(chat):
    alice, bob = greeted(chat, "alice"), greeted(chat, "bob")
    alice.send_private("bob", "ping")
    first = bob.expect("private_chat_message")
    bob.send_private("alice", "pong")
    second = bob.expect("private_chat_message", message="pong")
    assert list(first) == PRIVATE_KEYS

    assert chat.connect_old("bob").expect("bulk_private_messages") == {"messages": [first, second]}
    greeting = chat.connect_old("carol").greeting()
    assert "bulk_private_messages" not in types_of(greeting)


def test_a_time_is_rfc_3339_in_utc_without_trailing_zeros(chat):
    alice = greeted(chat, "alice")
    alice.send("now")
    at = alice.expect("chat_message")["authored_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z", at)


def test_cache_ids_increase_and_fit_into_31_bits(chat):
    alice = greeted(chat, "alice")
    ids = []
    for text in "abc":
        alice.send(text)
        ids.append(alice.expect("chat_message", message=text)["cacheID"])
    assert ids == sorted(set(ids)) and ids[0] > 0 and ids[-1] < 2**31


def test_those_who_are_connected_are_listed_with_oneself(chat):
    chat.connect_old("alice").greeting()
    bob = chat.connect_old("bob")
    people = bob.expect("connected_users")["users"]
    assert all(list(one) == ["username", "id", "status"] for one in people)
    assert {(one["username"], one["id"], one["status"]) for one in people} == {
        ("alice", sub_of("alice"), True), ("bob", sub_of("bob"), True)}
