"""The issuer says that somebody signed out: OpenID Connect Back-Channel Logout 1.0."""

import time

import httpx
import pytest

from harness import tokens
from harness.patience import SOON, eventually
from harness.tokens import LOGOUT_EVENT

PATH = "/backchannel-logout"


def sign_out(chat, token):
    return chat.http("POST", PATH, data={"logout_token": token})


def assert_signed_out(chat, username, **changes):
    answer = sign_out(chat, chat.issuer.logout_token(username, **changes))
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["cache-control"] == "no-store"


def status_of(chat, token):
    return chat.http("GET", "/channels",
                     headers={"Authorization": f"Bearer {token}"}).status_code


def test_it_ends_every_connection_of_that_person_at_once_and_no_others(chat):
    page, dashboard = chat.connect("alice"), chat.connect("alice", azp="WebClient")
    old, bob = chat.connect_old("alice"), chat.listen("bob")
    old.greeting()
    assert_signed_out(chat, "alice")
    assert page.expect_close() == (4401, "signed out")
    assert dashboard.expect_close() == (4401, "signed out")
    assert old.expect_close() == (1008, "signed out")
    assert "seq" in bob.send("still here")


def test_a_token_from_before_is_not_accepted_again_and_one_from_after_is(chat):
    before = chat.token("alice")
    assert status_of(chat, before) == 200
    assert_signed_out(chat, "alice")
    assert status_of(chat, before) == 401
    assert chat.connect_raw("alice", before).expect_close() == (4401, "unauthorized")
    assert chat.http("GET", f"/ws?token={before}").status_code == 401
    now = int(time.time())
    after = chat.connect("alice", iat=now + 1)
    told = after.error_of(type="refresh_token", token=before)
    assert told["code"] == "token_invalid"
    assert status_of(chat, chat.token("bob")) == 200


def test_with_a_session_id_only_that_session_ends(chat):
    phone, desk = chat.token("alice", sid="phone"), chat.token("alice", sid="desk")
    on_phone, at_desk = chat.connect_raw("alice", phone), chat.connect_raw("alice", desk)
    on_phone.expect("hello")
    at_desk.expect("hello")
    assert_signed_out(chat, "alice", sid="phone")
    assert on_phone.expect_close() == (4401, "signed out")
    assert status_of(chat, phone) == 401
    assert status_of(chat, chat.token("alice", sid="phone", iat=int(time.time()) + 9)) == 401
    at_desk.settle()
    assert status_of(chat, desk) == 200


def test_a_session_id_alone_is_enough(chat):
    alice = chat.connect("alice", sid="s1")
    assert_signed_out(chat, "alice", sub=None, sid="s1")
    assert alice.expect_close() == (4401, "signed out")


@pytest.mark.parametrize("changes, why", [
    ({"iss": "http://127.0.0.1:1/realms/test"}, "token is of another issuer"),
    ({"iss": None}, "token is of another issuer"),
    ({"aud": "OtherClient"}, "token is for another client"),
    ({"aud": None}, "token is for another client"),
    ({"iat": None}, "token lacks iat"),
    ({"iat": 99999999999}, "token is not valid yet"),
    ({"exp": None}, "token lacks exp"),
    ({"exp": 1}, "token has expired"),
    ({"jti": None}, "token lacks jti"),
    ({"sub": None}, "token lacks both sub and sid"),
    ({"sub": 7}, "token lacks sub"),
    ({"nonce": "n"}, "a logout token has no nonce"),
    ({"events": None}, "token is not a logout token"),
    ({"events": {}}, "token is not a logout token"),
    ({"events": {LOGOUT_EVENT: "yes"}}, "token is not a logout token"),
    ({"events": [LOGOUT_EVENT]}, "token is not a logout token"),
    ({"header": {"typ": "at+jwt"}}, "token header has a foreign typ"),
    ({"header": {"alg": "none"}}, "token's algorithm is not allowed"),
    ({"header": {"alg": "RS512"}}, "token's signature is not valid"),
    ({"kid": "first"}, "token's signature is not valid"),
    ({"kid": "never-published"}, "token is signed with an unknown key"),
], ids=str)
def test_what_is_not_as_it_must_be_is_refused_and_signs_nobody_out(shared_chat, changes, why):
    chat = shared_chat
    alice = chat.token("alice")
    stranger = tokens.SigningKey(changes["kid"]) if "kid" in changes else None
    answer = sign_out(chat, chat.issuer.logout_token("alice", stranger, **changes))
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {"error": "invalid_request", "error_description": why}
    assert status_of(chat, alice) == 200


@pytest.mark.parametrize("form", [{}, {"logout_token": ""}, {"token": "x"},
                                  {"logout_token": "x"}, {"logout_token": "x.y.z"}], ids=str)
def test_no_token_or_none_that_can_be_read_is_refused(shared_chat, form):
    answer = shared_chat.http("POST", PATH, data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_other_tokens_of_the_issuer_sign_nobody_out(shared_chat):
    chat = shared_chat
    access = chat.token("alice")
    identity = chat.token("alice", typ="ID", aud="ChatClient", nonce="n")
    for token in (access, identity):
        assert sign_out(chat, token).status_code == 400
    assert status_of(chat, access) == 200


def test_a_logout_token_opens_nothing(shared_chat):
    token = shared_chat.issuer.logout_token("alice", header={"typ": "JWT"}, azp="ChatClient",
                                            preferred_username="alice", typ="Logout")
    assert status_of(shared_chat, token) == 401


def test_a_logout_token_serves_once(chat):
    token = chat.issuer.logout_token("alice")
    assert sign_out(chat, token).status_code == 200
    answer = sign_out(chat, token)
    assert answer.status_code == 400
    assert answer.json()["error_description"] == "token was used before"


def test_one_that_cannot_be_checked_just_now_may_be_sent_again(chat):
    stranger = tokens.SigningKey("new-one")
    token = chat.issuer.logout_token("alice", key=stranger)
    chat.issuer.is_away = True
    try:
        # The last fetch may have been a moment ago, when the issuer was there.
        def is_unavailable():
            return sign_out(chat, token).status_code == 503
        eventually(is_unavailable, 11 + SOON, every=0.25)
    finally:
        chat.issuer.is_away = False


def test_with_built_in_accounts_there_is_no_such_route(house):
    answer = httpx.post(house.server.url + PATH, data={"logout_token": "x"}, trust_env=False)
    assert answer.status_code == 404
