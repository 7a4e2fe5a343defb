"""Chat through a real Caddy with deploy/caddy/Caddyfile.dev: TLS by its own authority, both
protocols, REST, and whose request it is."""

import concurrent.futures
import contextlib
import ssl

import httpx
import pytest
from websockets.sync.client import connect as open_websocket

from harness.chat import Person
from harness.patience import SOON
from harness.through_caddy import chat_through
from harness.tokens import sub_of

STRANGER = "127.0.0.9"


def test_both_protocols_talk_over_wss(chat):
    alice, bob = chat.connect_old("alice"), chat.listen("bob")
    alice.greeting()
    bob.subscribe("inbox")
    alice.send("over the old protocol")
    bob.expect("chat_message", message="over the old protocol", username="alice")
    assert bob.send("over the new one").keys() >= {"seq", "epoch"}
    alice.expect("chat_message", message="over the new one", username="bob")
    alice.send_private("bob", "only for you")
    bob.expect("private_chat_message", message="only for you", owner_id=sub_of("alice"))


def test_rest_is_served_under_both_names(chat):
    token = {"Authorization": "Bearer " + chat.token("bob")}
    for host in ("localhost", "chat.localhost"):
        answer = chat.caddy.http("GET", "/channels", host, headers=token)
        assert [one["name"] for one in answer.json()["channels"]] == ["general"]


def test_the_pages_find_the_socket_under_the_same_name(chat):
    settings = chat.caddy.http("GET", "/client.json").json()
    assert settings["websocket_url"] == f"wss://localhost:{chat.caddy.port}/ws"
    assert "<!doctype html>" in chat.caddy.http("GET", "/").text.lower()


def test_plain_http_is_sent_to_https(chat):
    answer = httpx.get(f"http://127.0.0.1:{chat.caddy.http_port}/channels",
                       headers={"Host": "localhost"}, timeout=SOON, trust_env=False)
    assert (answer.status_code, answer.headers["location"][:17]) == (308, "https://localhost")


def test_nobody_else_believes_its_certificates(chat):
    with pytest.raises(ssl.SSLCertVerificationError):
        open_websocket(f"wss://localhost:{chat.caddy.port}/ws", proxy=None, open_timeout=SOON,
                       ssl=ssl.create_default_context(), server_hostname="localhost")


def created_from(chat, name, **options):
    """The address that the audit log keeps of who made a channel."""
    token = {"Authorization": "Bearer " + chat.token("admin", roles=["admin"])}
    options["headers"] = {**token, **options.get("headers", {})}
    answer = chat.caddy.http("POST", "/channels", json={"name": name}, **options)
    assert answer.status_code == 201, answer.text
    (record,) = chat.http("GET", "/audit?limit=1", by="admin").json()["records"]
    assert (record["action"], record["target"]) == ("channel.create", "#" + name)
    return record["address"]


def test_the_clients_address_is_the_one_that_caddy_saw(chat):
    assert created_from(chat, "by-a-stranger", client=STRANGER) == STRANGER


def test_what_a_client_claims_of_its_address_is_not_believed(chat):
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        claim = {name: "for=203.0.113.7" if name == "Forwarded" else "203.0.113.7"}
        assert created_from(chat, "c-" + name.lower(), client=STRANGER, headers=claim) == STRANGER


def test_a_caddy_that_is_not_trusted_is_itself_the_client(issuer):
    with chat_through("Caddyfile.dev", issuer, HUBBUB_TRUSTED_PROXIES="127.0.0.77") as chat:
        assert created_from(chat, "untrusted", client=STRANGER) == "127.0.0.1"


def test_after_a_restart_of_the_server_nobody_was_told_of_an_error(chat):
    """Requests wait at Caddy until it is there again."""
    chat.server.stop()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = pool.submit(chat.caddy.http, "GET", "/healthz")
        chat.server.start()
        assert asked.result(SOON).status_code == 200


def comes_back(chat, name):
    """Caddy 2.6 leaves a connection unanswered, one in some thirty, that comes as it reloads."""
    for _ in range(3):
        with contextlib.suppress(TimeoutError):
            return chat.connect(name)
    raise AssertionError(f"{name} was not let in three times")


def test_a_reload_ends_sockets_and_they_are_let_in_again(chat):
    """Caddy 2.6 cannot keep them. Nothing is missed."""
    alice, bob = chat.listen("alice"), chat.connect("bob")
    position = {name: bob.send("before")[name] for name in ("epoch", "seq")}
    alice.expect("chat_message", message="before")
    chat.caddy.reload()
    assert Person.expect_close(alice)[0] == 1001  # Caddy's own, without a word of when to return
    comes_back(chat, "bob").send("between")
    again = comes_back(chat, "alice")
    frames = again.subscribe(again.channel()["id"], since=position)
    assert [one["payload"]["message"] for one in frames if one["type"] == "chat_message"] \
        == ["between"]
