"""hubbub.v1: the first frame, and the ways to show a token."""

import pytest

from harness.raw_socket import RawSocket
from harness.tokens import sub_of

HELLO_KEYS = ["session_id", "server_id", "server_name", "user", "roles", "limits",
              "heartbeat_seconds", "token_expires_at", "channels", "inbox", "users"]


def test_hello_comes_first_with_everything_that_the_page_promises(chat):
    chat.create_channel("empty", "nobody spoke")
    alice = chat.connect("alice", roles=["admin"])
    assert list(alice.seen[0]) == ["type", "sender", "payload"]
    assert alice.seen[0]["sender"] == "Server"
    hello = alice.hello
    assert list(hello) == HELLO_KEYS
    assert hello["user"] == {"id": sub_of("alice"), "username": "alice"}
    assert set(hello["roles"]) >= {"member", "admin"}
    assert hello["limits"] == {
        "message_length_max": 4000, "send_key_length_max": 64, "frame_bytes_max": 65536,
        "history_count_max": 200, "message_limit": 100_000, "window_seconds": 10}
    assert [one["name"] for one in hello["channels"]] == ["general", "empty"]
    for channel in hello["channels"]:
        assert list(channel) == ["id", "name", "description", "sort_order", "epoch", "seq",
                                 "read_only", "staff_only", "private", "slow_mode_seconds"]
        assert channel["seq"] == 0 and channel["epoch"]
    assert hello["inbox"]["seq"] == 0 and hello["inbox"]["epoch"]


def test_everybody_online_is_listed_once_and_dashboards_never(chat):
    for _ in range(2):
        chat.connect("bob")
    chat.connect_old("carol").greeting()
    chat.connect("root", azp="WebClient")
    users = chat.connect("alice").hello["users"]
    assert sorted(one["username"] for one in users) == ["alice", "bob", "carol"]
    assert {one["id"] for one in users} == {sub_of(name) for name in ("alice", "bob", "carol")}


def test_positions_in_hello_are_the_ends_of_the_logs(chat):
    alice = chat.connect("alice")
    for text in "abc":
        alice.send(text)
    alice.send_private("alice", "note")
    again = chat.connect("alice")
    assert again.channel()["seq"] == 3
    assert again.hello["inbox"]["seq"] == 1
    assert again.channel()["epoch"] == alice.channel()["epoch"]


def test_a_session_has_a_name_of_its_own_and_the_server_keeps_its(chat):
    first, second = chat.connect("alice").hello, chat.connect("alice").hello
    assert first["session_id"] != second["session_id"]
    assert first["server_id"] == second["server_id"]


@pytest.mark.parametrize("place", ["subprotocol", "header", "query"])
def test_a_token_may_come_in_three_places_and_is_never_echoed(shared_chat, place):
    token = shared_chat.token("alice")
    socket = RawSocket(shared_chat.server.port)
    path = f"/ws?token={token}" if place == "query" else "/ws"
    offered = "hubbub.v1" + (f", bearer.{token}" if place == "subprotocol" else "")
    headers = [f"Sec-WebSocket-Protocol: {offered}"]
    if place == "header":
        headers.append(f"Authorization: Bearer {token}")
    answered = socket.upgrade(path, headers)
    assert answered["sec-websocket-protocol"] == "hubbub.v1"
    assert token not in str(answered)
    _, payload = socket.read_frame()
    assert b'"hello"' in payload and token.encode() not in payload
    socket.close()


def test_the_order_of_the_offered_subprotocols_does_not_matter(shared_chat):
    socket = RawSocket(shared_chat.server.port)
    token = shared_chat.token("alice")
    answered = socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: bearer.{token}, hubbub.v1"])
    assert answered["sec-websocket-protocol"] == "hubbub.v1"
    socket.close()
