"""hubbub.v1: heartbeats, tokens that end, presence, and refusals told by the close code."""

import json
import time

import pytest

from harness import tokens
from harness.patience import SOON, eventually
from harness.tokens import sub_of

GRACE_SECONDS = 2


def test_a_heartbeat_tells_the_heads_of_what_is_subscribed(make_chat):
    chat = make_chat(HUBBUB_HEARTBEAT_SECONDS="1")
    alice = chat.connect("alice")
    assert alice.hello["heartbeat_seconds"] == 1
    channel, inbox = alice.channel(), alice.hello["inbox"]
    assert alice.expect("heartbeat")["heads"] == []
    alice.subscribe(channel["id"])
    alice.subscribe("inbox")
    alice.send("one")
    alice.expect("chat_message")
    heads = alice.expect("heartbeat")["heads"]
    assert sorted(heads, key=str) == sorted([
        {"log": channel["id"], "epoch": channel["epoch"], "seq": 1},
        {"log": "inbox", "epoch": inbox["epoch"], "seq": 0}], key=str)


def test_a_token_near_its_end_is_announced_and_can_be_renewed(chat):
    alice = chat.connect("alice", lifetime=6)
    announced = alice.expect("token_expiring")
    assert announced == {"expires_at": alice.hello["token_expires_at"]}
    alice.say(type="refresh_token", token=chat.token("alice", lifetime=3600))
    assert alice.expect("token_refreshed")["expires_at"] > announced["expires_at"]
    assert "seq" in alice.send("still here")


@pytest.mark.timeout(240)
def test_25_s_after_its_token_a_connection_ends_with_4401_unless_it_was_renewed(chat):
    alice, bob = chat.connect("alice", lifetime=2), chat.connect("bob", lifetime=2)
    start = time.monotonic()
    bob.say(type="refresh_token", token=chat.token("bob", lifetime=3600))
    code, _ = alice.expect_close(27 + SOON)
    assert code == 4401
    assert 25 <= time.monotonic() - start
    assert alice.payloads("token_expiring")
    assert "seq" in bob.send("still here")


@pytest.mark.parametrize("username, claims", [
    ("bob", {}), ("alice", {"azp": "WebClient"}), ("alice", {"lifetime": -10}),
    ("alice", {"iss": "http://127.0.0.1:9/realms/test"}),
])
def test_only_a_good_token_of_the_same_person_and_client_renews(shared_chat, username, claims):
    alice = shared_chat.connect("alice")
    told = alice.error_of(type="refresh_token", token=shared_chat.token(username, **claims))
    assert (told["code"], told["command"]) == ("token_invalid", "refresh_token")
    assert "seq" in alice.send("still here")
    alice.close()


def test_a_token_that_cannot_be_checked_just_now_is_no_reason_to_sign_in_again(chat):
    alice = chat.connect("alice")
    unknown = chat.token("alice", key=tokens.SigningKey("new-one"))
    chat.issuer.is_away = True
    try:
        # The last fetch may have been a moment ago, when the issuer was there.
        def answer():
            told = alice.error_of(type="refresh_token", token=unknown)
            return told if told["code"] == "unavailable" else None
        assert eventually(answer, 11 + SOON, every=0.25)["retry_after_ms"] > 0
        assert closed_with(chat, unknown) == 1013
        refused = chat.http("GET", f"/ws?token={unknown}")
        assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
        assert "seq" in alice.send("still here")
    finally:
        chat.issuer.is_away = False


def closed_with(chat, token):
    offered = ["hubbub.v1"] + ([f"bearer.{token}"] if token else [])
    with chat.open(subprotocols=offered) as websocket:
        assert websocket.subprotocol == "hubbub.v1"
        with pytest.raises(Exception):
            websocket.recv(timeout=SOON)
        return websocket.close_code


def test_a_refused_token_completes_the_upgrade_and_closes_with_4401(shared_chat):
    chat = shared_chat
    assert closed_with(chat, None) == 4401
    assert closed_with(chat, "nonsense") == 4401
    assert closed_with(chat, chat.token("alice", lifetime=-10)) == 4401
    assert closed_with(chat, tokens.unsigned(chat.issuer.claims("alice"), "first")) == 4401


def test_a_stopping_server_says_when_to_come_back(chat):
    alice, bob = chat.connect("alice"), chat.connect_old("bob")
    bob.greeting()
    chat.server.stop()
    code, reason = alice.expect_close()
    assert code == 1001
    assert 0 <= json.loads(reason)["retry_in_ms"] <= 60_000
    assert bob.expect_close()[0] == 1001


def test_who_comes_and_goes_is_told_in_one_list(chat):
    alice = chat.connect("alice")
    bob = chat.connect("bob")
    change = {"id": sub_of("bob"), "username": "bob", "status": True}

    def told_of_bob():
        while True:
            changes = alice.expect("user_status", GRACE_SECONDS + SOON)["changes"]
            found = [one for one in changes if one["username"] == "bob"]
            if found:
                return found
    assert told_of_bob() == [change]
    bob.close()
    assert told_of_bob() == [{**change, "status": False}]


def test_a_dashboard_is_not_announced(chat):
    alice = chat.connect("alice")
    chat.connect("root", azp="WebClient")
    chat.connect("bob")
    alice_saw = alice.until("user_status")
    names = {one["username"] for frame in alice_saw if frame["type"] == "user_status"
             for one in frame["payload"]["changes"]}
    assert "root" not in names


def test_a_new_person_can_be_written_to_after_signing_in_once(chat):
    alice = chat.connect("alice")
    assert alice.send_private("dave", "hi")["code"] == "unknown_user"
    chat.connect("dave").close()
    assert alice.send_private("dave", "hi")["log"] == "inbox"
