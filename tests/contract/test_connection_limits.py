"""Pings, idle peers, too many connections: each has its setting and its close code."""

import json

import pytest
import websockets.exceptions

from harness.failing_disk import FailingDisk
from harness.patience import SOON
from harness.raw_socket import PING, PONG, TEXT, RawSocket, frame


def silent_v1(chat):
    """Answers nothing, not even pings."""
    socket = RawSocket(chat.server.port)
    token = chat.token("alice")
    socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{token}"])
    return socket


def test_a_silent_peer_is_pinged_and_then_closed_as_idle(make_chat):
    chat = make_chat(HUBBUB_PING_AFTER="1s", HUBBUB_IDLE_MAX="3s")
    socket = silent_v1(chat)
    socket.read_until(PING)
    assert socket.close_code() == 4408
    socket.expect_end()


def test_a_peer_that_answers_pings_stays(make_chat):
    chat = make_chat(HUBBUB_PING_AFTER="1s", HUBBUB_IDLE_MAX="3s")
    socket = silent_v1(chat)
    for _ in range(5):
        socket.send(frame(PONG, socket.read_until(PING)))
    socket.close()


def test_an_old_client_is_neither_pinged_nor_found_idle(make_chat):
    """The old server never pinged, and not every old client answers."""
    chat = make_chat(HUBBUB_PING_AFTER="1s", HUBBUB_IDLE_MAX="4s", HUBBUB_HEARTBEAT_SECONDS="1")
    old = RawSocket(chat.server.port)
    old.upgrade(f"/ws?token={chat.token('olaf')}")
    clock = chat.connect("alice")
    clock.subscribe(clock.channel()["id"])
    for _ in range(6):
        clock.expect("heartbeat")
    clock.send("still there?")
    seen = set()
    while TEXT not in seen or b"still there?" not in payload:
        opcode, payload = old.read_frame()
        seen.add(opcode)
    assert seen == {TEXT}
    old.close()


def test_past_the_limit_of_a_person_the_close_code_is_4429(make_chat):
    chat = make_chat(HUBBUB_CONNECTIONS_PER_USER_MAX="3")
    kept = [chat.connect("alice") for _ in range(3)]
    with chat.open(subprotocols=["hubbub.v1", f"bearer.{chat.token('alice')}"]) as websocket:
        with pytest.raises(Exception):
            while True:
                websocket.recv(timeout=SOON)
        assert websocket.close_code == 4429
    assert all("seq" in one.send("still here") for one in kept)
    chat.connect("bob")
    kept[0].close()
    assert chat.connect("alice").hello


def test_a_smaller_frame_limit_counts(make_chat):
    chat = make_chat(HUBBUB_FRAME_BYTES_MAX="8KiB")
    assert chat.connect("alice").hello["limits"]["frame_bytes_max"] == 8192
    socket = silent_v1(chat)
    socket.send(frame(TEXT, b" " * 8193))
    assert socket.close_code() == 1009


def test_past_the_limit_of_an_address_new_connections_wait(make_chat):
    chat = make_chat(HUBBUB_CONNECTS_PER_MINUTE="2")
    kept = [chat.connect("alice"), chat.connect("bob")]
    with chat.open(subprotocols=["hubbub.v1", f"bearer.{chat.token('carol')}"]) as websocket:
        with pytest.raises(websockets.exceptions.ConnectionClosed):
            websocket.recv(timeout=SOON)
        assert websocket.close_code == 4429
        assert 0 < json.loads(websocket.close_reason)["retry_in_ms"] <= 60_000
    with pytest.raises(websockets.exceptions.InvalidStatus) as refused:
        chat.connect_old("olaf")
    assert refused.value.response.status_code == 429
    assert 0 < int(refused.value.response.headers["Retry-After"]) <= 60
    assert all("seq" in one.send("still here") for one in kept)


@pytest.mark.parametrize("waiting_max, is_refused", [("20000", False), ("0", True)])
def test_of_a_crowd_some_wait_or_are_told_to_come_back_and_all_get_in(
        make_chat, tmp_path, waiting_max, is_refused):
    """While those who are in talk on. On a slow disk newcomers take long to be let in."""
    disk = FailingDisk(tmp_path)
    chat = make_chat(HUBBUB_SIGN_INS_WAITING_MAX=waiting_max, HUBBUB_CONNECTS_PER_MINUTE="0",
                     HUBBUB_DATABASE_URL="sqlite:hubbub.db", **disk.settings)
    alice, bob = chat.connect("alice"), chat.listen("bob")
    waiting = [f"person{n}" for n in range(300)]
    refusals = 0
    disk.fail("late 200")
    while waiting:
        crowd = {name: RawSocket(chat.server.port) for name in waiting}
        for name, socket in crowd.items():
            socket.ask_for_upgrade("/ws", [
                f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{chat.token(name)}"])
        alice.send("are you there?")
        bob.expect("chat_message")
        waiting = []
        for name, socket in crowd.items():
            socket.finish_upgrade()
            opcode, payload = socket.read_frame()
            if opcode == TEXT:
                assert json.loads(payload)["type"] == "hello"
                continue
            assert int.from_bytes(payload[:2], "big") == 4429
            assert json.loads(payload[2:])["retry_in_ms"] >= 1_000
            waiting.append(name)
            refusals += 1
    assert (refusals > 0) == is_refused
    assert chat.metric("hubbub_sign_ins_waiting") == 0
