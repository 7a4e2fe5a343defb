"""RFC 6455: what is not a valid frame ends that connection, with the right code."""

import json
import struct

import pytest

from harness.raw_socket import (BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, RawSocket, frame)
from harness.tokens import sub_of

LIMIT = 65536
SAY = json.dumps({"type": "chat_message", "send_key": "k", "channel": "general",
                  "message": "hello"}).encode()


@pytest.fixture(params=["hubbub.v1", "old"])
def socket(shared_chat, request):
    socket = RawSocket(shared_chat.server.port)
    token = shared_chat.token("mallory")
    if request.param == "old":
        socket.upgrade(f"/ws?token={token}")
    else:
        socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{token}"])
    socket.read_frame()
    yield socket
    socket.close()
    assert shared_chat.server.is_running()


def close_frame(code=None, reason=b""):
    return frame(CLOSE, b"" if code is None else struct.pack("!H", code) + reason)


@pytest.mark.parametrize("sent", [
    frame(TEXT, b"{}", masked=False),
    frame(PING, b"", masked=False),
    frame(TEXT, b"{}", rsv=4),
    frame(TEXT, b"{}", rsv=2),
    frame(PING, b"", rsv=1),
    frame(0x3, b""),
    frame(0x7, b""),
    frame(0xB, b""),
    frame(0xF, b""),
    frame(PING, b"a" * 126),
    frame(PONG, b"a" * 70_000),
    frame(CLOSE, b"a" * 200),
    frame(PING, b"", fin=False),
    frame(CLOSE, b"", fin=False),
    frame(CONTINUATION, b"x"),
    frame(CONTINUATION, b"x", fin=False),
    frame(TEXT, b"a", fin=False) + frame(TEXT, b"b"),
    frame(TEXT, b"a", fin=False) + frame(BINARY, b"b", fin=False),
    frame(TEXT, b"a", length_form=16),
    frame(TEXT, b"a" * 200, length_form=64),
    b"\x81\xff" + struct.pack("!Q", 1 << 63) + b"mask",
    frame(CLOSE, b"\x03"),
    close_frame(999),
    close_frame(1004),
    close_frame(1005),
    close_frame(1006),
    close_frame(1015),
    close_frame(2999),
    close_frame(5000),
], ids=lambda sent: sent[:6].hex())
def test_a_broken_frame_is_a_protocol_error(socket, sent):
    socket.send(sent)
    assert socket.close_code() == 1002
    socket.expect_end()


@pytest.mark.parametrize("sent", [
    frame(TEXT, b"\xff"),
    frame(TEXT, b"\xc0\xaf"),
    frame(TEXT, b"\xed\xa0\x80"),
    frame(TEXT, b"\xf4\x90\x80\x80"),
    frame(TEXT, b"\xe2\x82"),
    frame(TEXT, b"\xe2\x82", fin=False) + frame(CONTINUATION, b"\x28"),
    frame(TEXT, b"{\"type\":\"\xff", fin=False),
    close_frame(1000, b"\xff"),
], ids=lambda sent: sent[:12].hex())
def test_text_that_is_not_utf_8_is_an_invalid_payload(socket, sent):
    socket.send(sent)
    assert socket.close_code() == 1007
    socket.expect_end()


@pytest.mark.parametrize("sent", [
    frame(TEXT, b" " * (LIMIT + 1)),
    frame(BINARY, b" " * (LIMIT + 1)),
    frame(TEXT, b" " * 40_000, fin=False) + frame(CONTINUATION, b" " * 40_000),
    # Announced only: it must not wait, nor make room, for what was announced.
    b"\x81\xff" + struct.pack("!Q", 1 << 40) + b"mask",
], ids=["text", "binary", "fragments", "announced"])
def test_a_message_past_64_kib_is_too_big(socket, sent):
    socket.send(sent)
    assert socket.close_code() == 1009
    socket.expect_end()


def test_a_message_of_64_kib_is_taken(socket):
    padded = SAY + b" " * (LIMIT - len(SAY))
    socket.send(frame(TEXT, padded))
    while json.loads(socket.read_until(TEXT))["type"] not in ("ack", "chat_message"):
        pass


@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_message_in_small_fragments_with_pings_between_is_one(shared_chat, size):
    socket = RawSocket(shared_chat.server.port)
    token = shared_chat.token("alice")
    socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{token}"])
    parts = [SAY[at:at + size] for at in range(0, len(SAY), size)]
    for number, part in enumerate(parts[:-1]):
        socket.send(frame(CONTINUATION if number else TEXT, part, fin=False))
        socket.send(frame(PING, b"%d" % number))
        assert socket.read_until(PONG) == b"%d" % number
    socket.send(frame(CONTINUATION, parts[-1]))
    while json.loads(socket.read_until(TEXT))["type"] != "ack":
        pass
    socket.close()


def test_bytes_may_come_one_by_one(shared_chat):
    socket = RawSocket(shared_chat.server.port)
    token = shared_chat.token("alice")
    socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: hubbub.v1, bearer.{token}"])
    for byte in frame(TEXT, SAY):
        socket.send(bytes([byte]))
    while json.loads(socket.read_until(TEXT))["type"] != "ack":
        pass
    socket.close()


def test_empty_fragments_without_end_are_not_taken_for_ever(socket):
    """Each costs the sender 6 bytes and must cost us no memory: it is the sender's time only."""
    socket.send(frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 20_000)
    socket.send(frame(PING, b"here"))
    try:
        assert socket.read_until(PONG) == b"here"
    except (ConnectionError, AssertionError):
        pass  # closing is as good


@pytest.mark.parametrize("code", [1000, 1001, 1011, 3000, 4999])
def test_a_close_is_answered_with_its_code_and_the_connection_ends(socket, code):
    socket.send(close_frame(code, b"bye"))
    assert socket.close_code() == code
    socket.expect_end()


def test_a_close_without_a_code_is_answered(socket):
    socket.send(close_frame())
    payload = socket.read_until(CLOSE)
    assert payload in (b"", struct.pack("!H", 1000))
    socket.expect_end()


def test_after_a_close_nothing_more_is_taken(shared_chat):
    watcher = shared_chat.listen("watcher")
    socket = RawSocket(shared_chat.server.port)
    socket.upgrade(f"/ws?token={shared_chat.token('mallory')}")
    late = json.dumps({"type": "chat_message", "channel": "general", "message": "late"}).encode()
    socket.send(close_frame(1000) + frame(TEXT, late))
    socket.expect_end()
    watcher.send("end")
    seen = watcher.until("chat_message", message="end")
    assert "late" not in [one["payload"].get("message") for one in seen
                          if one["payload"].get("owner_id") == sub_of("mallory")]


def test_a_ping_is_answered_with_its_payload_and_a_pong_is_not(socket):
    socket.send(frame(PONG, b"unasked") + frame(PING, b"a" * 125))
    assert socket.read_until(PONG) == b"a" * 125


def test_frames_sent_with_the_upgrade_request_are_not_lost(shared_chat):
    """A client may not wait for the answer; what it sent is read after the upgrade."""
    socket = RawSocket(shared_chat.server.port)
    token = shared_chat.token("alice")
    head = "\r\n".join([
        f"GET /ws?token={token} HTTP/1.1", "Host: localhost", "Connection: Upgrade",
        "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]).encode()
    socket.send(head + frame(PING, b"early"))
    answer = b""
    while b"\r\n\r\n" not in answer:
        socket._receive()
        answer, socket._waiting = answer + socket._waiting, b""
    head, _, socket._waiting = answer.partition(b"\r\n\r\n")
    # RFC 6455 1.3: the example's key and its answer.
    assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head
    assert socket.read_until(PONG) == b"early"
    socket.close()
