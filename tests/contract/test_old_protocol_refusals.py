"""What the old protocol answers to those who may not in, before the upgrade."""

import pytest

from harness.raw_socket import RawSocket

UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


def refused(chat, query, headers=UPGRADE):
    answer = chat.http("GET", "/ws" + query, headers=headers)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    return answer.status_code, answer.text


@pytest.mark.parametrize("query", ["", "?token=", "?token=nonsense", "?token=a.b.c", "?tokens=x",
                                   "?token=%zz", "?other=1&token="])
def test_without_a_good_token_it_is_401(shared_chat, query):
    assert refused(shared_chat, query) == (401, "Unauthorized\n")


def test_the_token_is_looked_at_before_the_upgrade(shared_chat):
    assert refused(shared_chat, "?token=nonsense", headers={}) == (401, "Unauthorized\n")


@pytest.mark.parametrize("headers", [
    {},
    {**UPGRADE, "Upgrade": "h2c"},
    {**UPGRADE, "Connection": "close"},
    {name: value for name, value in UPGRADE.items() if name != "Sec-WebSocket-Key"},
])
def test_a_good_token_without_an_upgrade_is_400(shared_chat, headers):
    token = shared_chat.token("alice")
    assert refused(shared_chat, f"?token={token}", headers) == (400, "Bad Request\n")


def test_any_origin_may_connect_and_no_extension_is_agreed(shared_chat):
    socket = RawSocket(shared_chat.server.port)
    answered = socket.upgrade(f"/ws?token={shared_chat.token('alice')}", [
        "Origin: https://elsewhere.example",
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"])
    assert "sec-websocket-protocol" not in answered
    assert "sec-websocket-extensions" not in answered
    assert not any(name.startswith("access-control") for name in answered)
    socket.close()


@pytest.mark.parametrize("offered", ["chat", "hubbub.v9", "mqtt, soap"])
def test_a_subprotocol_that_is_not_known_is_not_echoed(shared_chat, offered):
    socket = RawSocket(shared_chat.server.port)
    answered = socket.upgrade(f"/ws?token={shared_chat.token('alice')}",
                              [f"Sec-WebSocket-Protocol: {offered}"])
    assert "sec-websocket-protocol" not in answered
    socket.close()


def test_a_token_in_a_header_or_a_subprotocol_serves_too(shared_chat):
    token = shared_chat.token("alice")
    socket = RawSocket(shared_chat.server.port)
    socket.upgrade("/ws", [f"Authorization: Bearer {token}"])
    socket.close()
    socket = RawSocket(shared_chat.server.port)
    answered = socket.upgrade("/ws", [f"Sec-WebSocket-Protocol: bearer.{token}"])
    assert token not in str(answered)
    socket.close()
