"""hubbub.v1: what is acknowledged, and that a repeated send key stores nothing twice."""

import threading
import time

import pytest

from harness.patience import SOON, eventually
from harness.tokens import sub_of

ACK_KEYS = ["send_key", "log", "epoch", "seq", "message_id", "authored_at", "repeated"]


def test_an_ack_tells_the_position_of_the_message(chat):
    alice, bob = chat.listen("alice"), chat.listen("bob")
    channel = alice.channel()
    ack = alice.send("hello", send_key="k1")
    assert list(ack) == ACK_KEYS
    assert (ack["send_key"], ack["log"], ack["repeated"]) == ("k1", channel["id"], False)
    assert (ack["epoch"], ack["seq"]) == (channel["epoch"], 1)

    message = bob.expect("chat_message")
    assert {name: message[name] for name in ("log", "epoch", "seq", "message_id", "authored_at")} \
        == {name: ack[name] for name in ("log", "epoch", "seq", "message_id", "authored_at")}
    assert message["channel_id"] == channel["id"] and message["channel"] == "general"
    assert (message["owner_id"], message["username"]) == (sub_of("alice"), "alice")
    assert message["message"] == "hello"
    assert bob.seen[-1]["sender"] == "alice"


def test_the_send_key_is_shown_on_the_authors_connections_only(chat):
    alice, alice_too, bob = chat.listen("alice"), chat.listen("alice"), chat.listen("bob")
    alice.say(type="chat_message", channel="general", message="hi", send_key="mine")
    assert alice.expect("chat_message")["send_key"] == "mine"
    assert alice_too.expect("chat_message")["send_key"] == "mine"
    assert "send_key" not in bob.expect("chat_message")


def test_a_channel_may_be_named_by_its_id_or_its_name(chat):
    alice = chat.connect("alice")
    by_id = alice.command("chat_message", channel_id=alice.channel()["id"], message="a")
    by_name = alice.send("b")
    assert (by_id["log"], by_id["seq"], by_name["seq"]) == (by_name["log"], 1, 2)


def test_seq_counts_without_a_gap_for_everyone_together(chat):
    people = [chat.connect(f"person{number}") for number in range(4)]
    acks = []

    def talk(person):
        acks.extend(person.send(f"{person.username} {number}")["seq"] for number in range(25))
    threads = [threading.Thread(target=talk, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(acks) == list(range(1, 101))


def test_a_repeated_key_is_answered_as_the_first_time_and_stored_once(chat):
    alice, bob = chat.connect("alice"), chat.listen("bob")
    first = alice.send("once", send_key="k")
    again = alice.send("once", send_key="k")
    assert again == {**first, "repeated": True}
    from_elsewhere = chat.connect("alice").send("once", send_key="k")
    assert from_elsewhere == {**first, "repeated": True}
    alice.send("end")
    seen = [frame["payload"]["message"] for frame in bob.until("chat_message", message="end")
            if frame["type"] == "chat_message"]
    assert seen == ["once", "end"]


def test_the_same_key_many_times_at_once_is_stored_once(chat):
    alice = chat.connect("alice")
    for _ in range(20):
        alice.say(type="chat_message", channel="general", message="x", send_key="k")
    answers = [alice.answer_to("k") for _ in range(20)]
    assert {answer["seq"] for answer in answers} == {1}
    assert sorted(answer["repeated"] for answer in answers) == [False] + [True] * 19
    assert alice.send("next")["seq"] == 2


def test_two_people_may_use_the_same_key(chat):
    assert chat.connect("alice").send("a", send_key="k")["seq"] == 1
    assert chat.connect("bob").send("b", send_key="k")["seq"] == 2


def test_the_same_key_with_another_text_or_log_is_refused(chat):
    chat.create_channel("second")
    alice = chat.connect("alice")
    alice.send("one", send_key="k")
    assert alice.send("two", send_key="k")["code"] == "send_key_conflict"
    assert alice.send("one", channel="second", send_key="k")["code"] == "send_key_conflict"
    assert alice.send_private("alice", "one", send_key="k")["code"] == "send_key_conflict"


def test_a_private_message_has_a_seq_in_either_inbox(chat):
    alice, bob = chat.connect("alice"), chat.connect("bob")
    bob.send_private("bob", "a note, so that the two inboxes differ")
    alice.subscribe("inbox")
    bob.subscribe("inbox")
    ack = alice.send_private("bob", "psst", send_key="k")
    assert (ack["log"], ack["seq"], ack["epoch"]) == ("inbox", 1, alice.hello["inbox"]["epoch"])
    mine = alice.expect("private_chat_message")
    theirs = bob.expect("private_chat_message")
    assert (mine["seq"], theirs["seq"]) == (1, 2)
    assert mine["log"] == theirs["log"] == "inbox"
    assert mine["send_key"] == "k" and "send_key" not in theirs
    assert theirs["epoch"] == bob.hello["inbox"]["epoch"] != mine["epoch"]
    for told in (mine, theirs):
        assert (told["owner_id"], told["recipient_id"]) == (sub_of("alice"), sub_of("bob"))
        assert (told["username"], told["recipient"], told["message"]) == ("alice", "bob", "psst")


def test_someone_who_is_away_finds_private_messages_later(chat):
    chat.connect("bob").close()
    chat.connect("alice").send_private("bob", "for later")
    bob = chat.connect("bob")
    assert bob.hello["inbox"]["seq"] == 1
    assert [one["message"] for one in bob.history("inbox")["messages"]] == ["for later"]


def test_nobody_else_sees_a_private_message(chat):
    alice, carol = chat.connect("alice"), chat.listen("carol")
    carol.subscribe("inbox")
    chat.connect("bob")
    alice.send_private("bob", "psst")
    alice.send("end")
    seen = carol.until("chat_message", message="end")
    assert not [frame for frame in seen if frame["type"] == "private_chat_message"]
    assert carol.history("inbox")["messages"] == []


def test_both_protocols_see_each_others_messages(chat):
    new, old = chat.listen("alice"), chat.connect_old("bob")
    old.greeting()
    new.send("from the new")
    old.expect("chat_message", message="from the new")
    old.send("from the old")
    assert "send_key" not in new.expect("chat_message", message="from the old")


@pytest.mark.parametrize("length", [1, 4000])
def test_a_message_of_every_allowed_length_is_taken(shared_chat, length):
    alice = shared_chat.listen("alice")
    text = "\U0001f41d" * length
    assert "seq" in alice.send(text)
    assert alice.expect("chat_message", message=text)
    alice.close()


def test_past_the_limit_the_answer_says_when_to_try_again(chat):
    alice = chat.connect("alice")
    chat.limit_messages(2, 2)
    alice.send("one")
    alice.send("two")
    refused = alice.send("three", send_key="k")
    assert refused["code"] == "rate_limited" and 0 < refused["retry_after_ms"] <= 2000
    time.sleep(refused["retry_after_ms"] / 1000 + 0.05)  # the very thing that the server asks for
    assert alice.send("three", send_key="k")["seq"] == 3


def test_changed_limits_are_told(chat):
    alice = chat.connect("alice")
    chat.limit_messages(7, 77)
    assert alice.expect("limits_updated") == {"message_limit": 7, "window_seconds": 77}


def test_a_repetition_past_the_limit_is_answered_when_it_waited(chat):
    alice = chat.connect("alice")
    chat.limit_messages(1, 1)
    first = alice.send("one", send_key="k")

    def is_answered():
        answer = alice.send("one", send_key="k")
        return answer if answer.get("code") != "rate_limited" else None
    assert eventually(is_answered) == {**first, "repeated": True}


def test_many_messages_sent_without_waiting_are_all_answered(chat):
    """By one who reads all the while: acked, or refused with what to do, but never cut off."""
    alice = chat.connect("alice")
    count = 2000
    for number in range(count):
        alice.say(type="chat_message", channel="general", message="x", send_key=f"k{number}")
    answers = []
    while len(answers) < count:  # a refusal may overtake the acks of what came before
        frame = alice.next(SOON)
        if frame["type"] in ("ack", "error"):
            answers.append(frame["payload"])
    assert len({answer["send_key"] for answer in answers}) == count
    assert {answer.get("code") for answer in answers} <= {None, "overloaded"}
    stored = sorted(answer["seq"] for answer in answers if "seq" in answer)
    assert stored == list(range(1, len(stored) + 1))


def test_the_devices_of_one_person_stay_in_step(chat):
    """The sender's others too, of either protocol."""
    alice, alice_too, alice_old = chat.connect("alice"), chat.connect("alice"), \
        chat.connect_old("alice")
    bob, bob_old = chat.connect("bob"), chat.connect_old("bob")
    for old in (alice_old, bob_old):
        old.greeting()
    for person in (alice, alice_too, bob):
        person.subscribe("inbox")
    texts = [f"from alice {n}" for n in range(3)]
    for text in texts:
        alice.send_private("bob", text)
    bob_old.send_private("alice", "from bob")
    for person in (alice, alice_too, alice_old, bob, bob_old):
        person.until("private_chat_message", message="from bob")
        assert [one["message"] for one in person.payloads("private_chat_message")] == [
            *texts, "from bob"]
    assert [one["seq"] for one in alice_too.payloads("private_chat_message")] == [1, 2, 3, 4]


def test_a_send_key_is_known_as_long_as_its_message(chat):
    """To another device, after a restart, of a removed message, of an archived channel."""
    chat.connect("bob").close()
    second = chat.create_channel("second")
    alice = chat.connect("alice")
    acks = {"a": alice.send("public", send_key="a"),
            "b": alice.send_private("bob", "private", send_key="b"),
            "c": alice.send("elsewhere", channel="second", send_key="c")}

    def repeated(person):
        return {"a": person.send("public", send_key="a"),
                "b": person.send_private("bob", "private", send_key="b"),
                "c": person.command("chat_message", channel_id=second, message="elsewhere",
                                    send_key="c")}
    expected = {key: {**ack, "repeated": True} for key, ack in acks.items()}
    assert repeated(chat.connect("alice")) == expected
    chat.http("DELETE", f"/messages?id={acks['a']['message_id']}", by="admin")
    chat.http("DELETE", f"/channels?id={second}", by="admin")
    assert chat.connect("alice").send("new", channel="second")["code"] == "unknown_channel"
    assert repeated(chat.connect("alice")) == expected
    chat.server.restart()
    assert repeated(chat.connect("alice")) == expected
