"""SIGTERM and Ctrl-C: what was accepted is finished, everyone is told when to come back."""

import contextlib
import json
import signal

import pytest
import websockets.exceptions

from harness.failing_disk import FailingDisk
from harness.outages import stored
from harness.patience import SOON
from harness.raw_socket import RawSocket


def frames_until_closed(person):
    with contextlib.suppress(websockets.exceptions.ConnectionClosed):
        while True:
            person.next(SOON)
    return person.seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_every_message_that_was_stored_was_acknowledged_before_the_close(chat, number):
    people = [chat.connect(f"person{n}") for n in range(3)]
    for n in range(400):
        for person in people:
            person.say(type="chat_message", channel="general", send_key=f"k{n}",
                       message=f"{person.username} {n}")
    people[0].answer_to("k10")  # in the midst of it
    assert chat.server.end_by(number) == 0
    acked = {}
    for person in people:
        for one in frames_until_closed(person):
            payload = one["payload"]
            if one["type"] == "ack":
                acked[payload["seq"]] = f"{person.username} {payload['send_key'][1:]}"
            if one["type"] == "error":
                assert payload["code"] in ("unavailable", "overloaded"), payload
        assert person.close_code == 1001
    chat.server.start()
    assert dict(stored(chat)) == acked


def test_everyone_comes_back_at_another_moment(chat):
    people = [chat.connect(f"person{n}") for n in range(20)]
    chat.server.stop()
    delays = [json.loads(person.expect_close()[1])["retry_in_ms"] for person in people]
    assert all(0 <= delay <= 5_000 for delay in delays)
    assert len(set(delays)) > 10


def test_one_who_takes_nothing_holds_up_nobodys_stop(chat):
    sloth = RawSocket(chat.server.port, receive_bytes=4096)
    sloth.upgrade(f"/ws?token={chat.token('sloth')}")
    writer = chat.connect("writer")
    for n in range(300):
        writer.send("x" * 4000, send_key=f"k{n}")
    assert chat.server.end_by(signal.SIGTERM) == 0
    assert writer.expect_close()[0] == 1001
    sloth.close()
    chat.server.start()
    assert len(stored(chat)) == 300


def test_a_second_signal_leaves_at_once(make_chat, tmp_path):
    disk = FailingDisk(tmp_path)
    chat = make_chat(HUBBUB_DATABASE_URL="sqlite:hubbub.db", **disk.settings)
    alice = chat.connect("alice")
    acked = alice.send("acknowledged", send_key="k")
    disk.fail("late 600000")
    alice.say(type="chat_message", channel="general", message="under way", send_key="k2")
    alice.settle()
    chat.server.signal(signal.SIGTERM)
    chat.server.wait_for(r" stopping ")
    assert chat.server.end_by(signal.SIGTERM) == 130
    disk.mend()
    chat.server.start()
    assert chat.connect("alice").send("acknowledged", send_key="k") == {**acked, "repeated": True}
