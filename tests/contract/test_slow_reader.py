"""A slow client costs only itself."""

import json
import time

from harness.patience import SLOWNESS, SOON
from harness.raw_socket import TEXT, RawSocket, frame

TEXT_BYTES = 3500


def stalled_reader(chat, path_or_headers):
    """Signed in and subscribed, and then reads nothing any more."""
    socket = RawSocket(chat.server.port, receive_bytes=4096)
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
    seen, end = [], time.monotonic() + SOON * 3
    while len(seen) < count and time.monotonic() < end:
        told = json.loads(socket.read_until(TEXT))
        if told["type"] == "chat_message":
            seen.append(int(told["payload"]["message"].split()[0]))
    assert seen == list(range(count))
    socket.close()


def test_one_who_vanishes_with_a_full_queue_harms_nobody(chat):
    for _ in range(3):
        sloths = [stalled_reader(chat, "old") for _ in range(3)]
        reader, _ = flood(chat, 150)
        for socket in sloths:
            socket.close()
        reader.close()
    assert "seq" in chat.connect("alice").send("still here")
