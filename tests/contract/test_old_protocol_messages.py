"""The old protocol's chat: who gets what, and how often."""

import json

import pytest

from harness.patience import eventually
from harness.tokens import sub_of


def connected(chat, *names):
    people = [chat.connect_old(name) for name in names]
    for person in people:
        person.greeting()
    return people


def texts(frames, kind="chat_message"):
    return [frame["payload"]["message"] for frame in frames if frame["type"] == kind]


def test_a_message_reaches_everyone_and_its_author(chat):
    alice, bob = connected(chat, "alice", "bob")
    alice.send("hello")
    wanted = {"owner_id": sub_of("alice"), "username": "alice", "channel": "general",
              "message": "hello"}
    assert alice.expect("chat_message", **wanted) == bob.expect("chat_message", **wanted)


def test_a_message_to_a_channel_that_is_not_there_is_dropped(chat):
    alice, = connected(chat, "alice")
    alice.send("lost", channel="nowhere")
    alice.send("kept")
    assert texts(alice.until("chat_message", message="kept")) == ["kept"]


def test_messages_arrive_in_the_order_in_which_they_were_sent(chat):
    alice, bob = connected(chat, "alice", "bob")
    for number in range(200):
        alice.send(str(number))
    assert texts(bob.until("chat_message", message="199")) == [str(n) for n in range(200)]


def test_a_private_message_comes_once_to_each_connection_of_both_and_to_nobody_else(chat):
    alice, alice_too, bob, carol = connected(chat, "alice", "alice", "bob", "carol")
    alice.send_private("bob", "psst")
    for person in (alice, alice_too, bob):
        person.expect("private_chat_message", message="psst")
    alice.send("end")
    for person in (alice, alice_too, bob):
        assert texts(person.until("chat_message", message="end"), "private_chat_message") == []
    assert texts(carol.until("chat_message", message="end"), "private_chat_message") == []
    told = bob.payloads("private_chat_message")[0]
    assert (told["owner_id"], told["username"]) == (sub_of("alice"), "alice")
    assert (told["recipient_id"], told["recipient"]) == (sub_of("bob"), "bob")


def test_a_private_message_to_oneself_comes_once(chat):
    alice, = connected(chat, "alice")
    alice.send_private("alice", "note")
    alice.expect("private_chat_message", message="note")
    alice.send("end")
    assert texts(alice.until("chat_message", message="end"), "private_chat_message") == []
    again = chat.connect_old("alice")
    assert len(again.expect("bulk_private_messages")["messages"]) == 1


def test_text_comes_back_as_it_was(chat):
    alice, = connected(chat, "alice")
    text = "<b>&amp;</b> \u2028\u2029 \U0001f41d \"quoted\" \\ tab\t newline\n end"
    alice.send(text)
    assert alice.expect("chat_message")["message"] == text


@pytest.mark.parametrize("said", [
    "", "nonsense", "[]", "null", "7", '"text"', "{", '{"type":', "{}", '{"type":7}',
    '{"type":"typing"}', '{"type":"subscribe","log":1}', '{"type":"chat_message"}',
    '{"type":"chat_message","channel":1,"message":"x"}',
    '{"type":"chat_message","channel":"general","message":null}',
    '{"type":"private_chat_message","message":"x"}',
    '{"type":"private_chat_message","recipient_id":"nobody","message":"x"}',
    '{"type":"chat_message","channel":"general","message":"a\\u0000b"}',
    '{"type":"chat_message","channel":"general","message":"\\ud800"}',
    "[" * 5000,
])
def test_what_is_not_understood_is_ignored_and_the_connection_stays(shared_chat, said):
    alice, = connected(shared_chat, "alice")
    alice.say_raw(said)
    alice.send("still here")
    assert texts(alice.until("chat_message", message="still here")) == ["still here"]
    alice.close()


def test_more_than_any_number_of_broken_messages_does_not_end_an_old_connection(shared_chat):
    alice, = connected(shared_chat, "alice")
    for _ in range(100):
        alice.say_raw("nonsense")
    alice.send("still here")
    alice.expect("chat_message", message="still here")
    alice.close()


def test_a_binary_frame_is_taken_and_answered_with_text(chat):
    alice, = connected(chat, "alice")
    alice.say_raw(json.dumps({"type": "chat_message", "channel": "general",
                              "message": "bytes"}).encode())
    alice.expect("chat_message", message="bytes")


def test_unknown_members_are_ignored(chat):
    alice, = connected(chat, "alice")
    alice.say(type="chat_message", channel="general", message="hi", username="mallory", extra=[1])
    assert alice.expect("chat_message")["username"] == "alice"


def test_past_the_limit_messages_are_dropped_silently(chat):
    alice, bob = connected(chat, "alice", "bob")
    chat.limit_messages(3, 3600)
    for text in ("one", "two", "three", "four", "five"):
        alice.send(text)
    alice.send_private("bob", "six")
    alice.settle()
    bob.send("end")
    seen = bob.until("chat_message", message="end")
    assert texts(seen) == ["one", "two", "three", "end"]
    assert texts(seen, "private_chat_message") == []


def test_the_limit_is_one_for_all_connections_of_a_person(chat):
    alice, alice_too, bob = connected(chat, "alice", "alice", "bob")
    chat.limit_messages(1, 3600)
    alice.send("one")
    alice_too.expect("chat_message", message="one")
    alice_too.send("two")
    alice_too.settle()
    bob.send("end")
    assert texts(bob.until("chat_message", message="end")) == ["one", "end"]


def test_a_window_that_has_passed_counts_no_more(chat):
    alice, = connected(chat, "alice")
    chat.limit_messages(1, 1)
    alice.send("one")
    alice.expect("chat_message", message="one")

    def a_later_one_arrives():
        alice.send("later")
        try:
            return alice.expect("chat_message", seconds=0.3, message="later")
        except AssertionError:
            return None
    eventually(a_later_one_arrives)
