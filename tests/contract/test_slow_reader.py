"""A slow client costs only itself."""

import json
import time

import pytest

from harness.patience import SLOWNESS, SOON, eventually
from harness.raw_socket import TEXT, RawSocket, frame

TEXT_BYTES = 3500


def stalled_reader(chat, path_or_headers, receive_bytes=4096):
    """Signed in and subscribed, and then reads nothing any more."""
    socket = RawSocket(chat.server.port, receive_bytes)
    token = chat.token("sloth")
    if path_or_headers == "old":
        socket.upgrade(f"/ws?token={token}")
        socket.read_frame()
    else:
        socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{token}"])
        socket.read_until(TEXT)
    return socket


def flood(chat, count):
    """Sends far more than any bound for one connection, and reads it elsewhere meanwhile."""
    writer, reader = chat.connect("writer"), chat.listen("reader")
    start = time.monotonic()
    for number in range(count):
        writer.say(type="chat_message", channel="general", message=f"{number} " + "x" * TEXT_BYTES,
                   send_key=f"f{number}-{start}")
        if number % 50 == 49:
            for _ in range(50):
                reader.expect("chat_message")
    return reader, time.monotonic() - start


def seen_by(socket, count):
    """The numbers of so many messages, once it reads again."""
    seen, end = [], time.monotonic() + SOON * 3
    while len(seen) < count and time.monotonic() < end:
        told = json.loads(socket.read_until(TEXT))
        if told["type"] == "chat_message":
            seen.append(int(told["payload"]["message"].split()[0]))
    return seen


@pytest.mark.parametrize("receive_bytes", [4096, 65536])
def test_one_who_stops_reading_is_noticed_after_some_hundred_kilobytes(chat, receive_bytes):
    """Left to itself the kernel takes megabytes for it (TCP_NOTSENT_LOWAT, net/net_limits.h)."""
    socket = stalled_reader(chat, "old", receive_bytes)
    flood(chat, 250)  # 0.9 MB; the outbox alone takes 256 KiB of it
    assert chat.metric("hubbub_catch_ups_total") >= 1
    assert chat.metric("hubbub_outbox_full_total") >= 1
    assert seen_by(socket, 250) == list(range(250))
    socket.close()


@pytest.mark.parametrize("protocol", ["old", "hubbub.v1"])
def test_one_who_takes_nothing_for_the_stall_time_is_cut_off(make_chat, protocol):
    chat = make_chat(HUBBUB_STALL_MAX="1s")
    channel = chat.connect("alice").channel()
    socket = stalled_reader(chat, protocol)
    if protocol != "old":
        socket.send(frame(TEXT, json.dumps({"type": "subscribe", "log": channel["id"]}).encode()))
    flood(chat, 250)

    def is_cut():
        return chat.metric("hubbub_connections_stalled_total") == 1
    eventually(is_cut)
    assert chat.metric("hubbub_websocket_closes_total", 'code="4408"') == 1
    socket.close()
    assert "seq" in chat.connect("alice").send("still here")


def test_all_together_have_a_bound_that_costs_only_who_does_not_read(make_chat):
    """Here each might have more waiting than all together."""
    chat = make_chat(HUBBUB_OUTBOX_BYTES_MAX="64MiB", HUBBUB_OUTBOX_TOTAL_BYTES_MAX="2MiB")
    sloths = [stalled_reader(chat, "old") for _ in range(8)]
    count = 1500  # 5 MB
    reader, _ = flood(chat, count)
    assert chat.metric("hubbub_outbox_full_total") == 0
    assert chat.metric("hubbub_outbox_total_full_total") >= 8
    assert chat.metric("hubbub_catch_ups_total") == 8, "the one who reads was never sent back"
    assert chat.metric("hubbub_frames_bytes") < 4 * 2**20
    for socket in sloths:
        assert seen_by(socket, count) == list(range(count))
        socket.close()

    def is_given_back():
        return chat.metric("hubbub_frames_bytes") < 2 * 2**20
    eventually(is_given_back)
    chat.connect("writer").send("end")
    assert reader.expect("chat_message")["message"] == "end"


def test_while_one_does_not_read_the_others_are_served_and_memory_stays(chat):
    channel = chat.connect("alice").channel()
    sloths = [stalled_reader(chat, "old") for _ in range(4)]
    for _ in range(4):
        socket = stalled_reader(chat, "hubbub.v1")
        socket.send(frame(TEXT, json.dumps({"type": "subscribe", "log": channel["id"]}).encode()))
        sloths.append(socket)
    flood(chat, 200)  # warm
    before = chat.server.resident_bytes()
    count = 2000  # 7 MB for each of 8 who do not read: 56 MB if it were kept
    _, seconds = flood(chat, count)
    grown = chat.server.resident_bytes() - before
    assert seconds < 30 * SLOWNESS
    # A sanitizer keeps what was freed, 256 MiB of it, to find later uses.
    assert SLOWNESS > 1 or grown < 32 * 2**20, f"grew by {grown / 2**20:.0f} MiB"
    for socket in sloths:
        socket.close()
    assert "seq" in chat.connect("alice").send("still here")


def test_a_v1_reader_that_wakes_up_gets_everything_in_order(chat):
    channel = chat.connect("alice").channel()
    socket = stalled_reader(chat, "hubbub.v1")
    since = {"epoch": channel["epoch"], "seq": 0}
    socket.send(frame(TEXT, json.dumps({"type": "subscribe", "log": channel["id"],
                                        "since": since}).encode()))
    count = 600  # 2 MB: more than the outbox and the kernel hold
    flood(chat, count)
    seen, end = [], time.monotonic() + SOON * 3
    while len(seen) < count and time.monotonic() < end:
        told = json.loads(socket.read_until(TEXT))
        if told["type"] == "chat_message":
            seen.append(told["payload"]["seq"])
    assert seen == list(range(1, count + 1))
    socket.close()


def test_an_old_reader_that_wakes_up_gets_everything_in_order(chat):
    """Of the old protocol nobody knows positions but the server: it keeps them."""
    socket = stalled_reader(chat, "old")
    count = 600
    flood(chat, count)
    assert seen_by(socket, count) == list(range(count))
    socket.close()


def test_one_who_vanishes_with_a_full_queue_harms_nobody(chat):
    for _ in range(3):
        sloths = [stalled_reader(chat, "old") for _ in range(3)]
        reader, _ = flood(chat, 150)
        for socket in sloths:
            socket.close()
        reader.close()
    assert "seq" in chat.connect("alice").send("still here")
