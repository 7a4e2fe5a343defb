"""Which tokens are good. The same answer counts for the API and for the socket."""

import pytest

from harness import tokens
from harness.chat import Chat
from harness.patience import SOON, eventually
from harness.server import Server


def status(chat, token):
    """Of a route that any member may call, and of an upgrade: they must agree."""
    bearer = {"Authorization": f"Bearer {token}"}
    by_api = chat.http("GET", "/channels", headers=bearer).status_code
    # Without upgrade headers a good token is 400, a bad one 401. The order: token, ban, upgrade.
    by_socket = chat.http("GET", f"/ws?token={token}").status_code
    assert (by_api, by_socket) in ((200, 400), (401, 401)), (by_api, by_socket)
    return by_api


def test_a_good_token_is_good(shared_chat):
    assert status(shared_chat, shared_chat.token("alice")) == 200


@pytest.mark.parametrize("changes", [
    {"lifetime": -1},
    {"exp": None},
    {"exp": "tomorrow"},
    {"exp": "99999999999"},
    {"nbf": 99999999999},
    {"iss": "http://127.0.0.1:1/realms/test"},
    {"iss": None},
    {"iss": ["x"]},
    {"azp": "OtherClient"},
    {"azp": None},
    {"azp": ""},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"preferred_username": None},
    {"preferred_username": ""},
    {"preferred_username": {"a": "b"}},
], ids=str)
def test_a_claim_that_is_missing_or_wrong_is_401(shared_chat, changes):
    assert status(shared_chat, shared_chat.token("alice", **changes)) == 401


def test_the_issuer_is_compared_whole(shared_chat):
    issuer = shared_chat.issuer.url
    for changed in (issuer + "/", issuer.upper(), issuer[:-1], issuer + "x"):
        assert status(shared_chat, shared_chat.token("alice", iss=changed)) == 401


def test_a_foreign_key_is_401_even_under_a_known_key_id(shared_chat):
    stranger = tokens.SigningKey(shared_chat.issuer.keys[0].kid)
    assert status(shared_chat, shared_chat.token("alice", key=stranger)) == 401


def test_no_signature_is_401(shared_chat):
    kid, claims = shared_chat.issuer.keys[0].kid, shared_chat.issuer.claims("alice")
    unsigned = tokens.unsigned(claims, kid)
    assert status(shared_chat, unsigned) == 401
    signature = shared_chat.token("alice").rsplit(".", 1)[1]
    assert status(shared_chat, unsigned + signature) == 401


def test_the_public_key_as_a_secret_is_401(shared_chat):
    key = shared_chat.issuer.keys[0]
    forged = tokens.signed_with_public_key(key, shared_chat.issuer.claims("alice"))
    assert status(shared_chat, forged) == 401


@pytest.mark.parametrize("header", [{"alg": "RS512"}, {"alg": "none"}, {"alg": "HS256"},
                                    {"alg": "rs256"}, {"alg": None}, {"crit": ["exp"]},
                                    {"crit": ["x"], "x": 1}], ids=str)
def test_a_header_that_does_not_fit_the_signature_is_401(shared_chat, header):
    issuer = shared_chat.issuer
    token = tokens.signed(issuer.keys[0], issuer.claims("alice"), **header)
    assert status(shared_chat, token) == 401


def test_every_broken_form_is_401(shared_chat):
    good = shared_chat.token("alice")
    head, claims, signature = good.split(".")
    other = shared_chat.token("bob").split(".")[1]
    flipped = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
    for broken in (f"{head}.{claims}", f"{head}.{claims}.", f"{head}..{signature}",
                   f".{claims}.{signature}", f"{good}.x", f"{good}=", f"{head}.{other}.{signature}",
                   f"{head}.{claims}.{flipped}", f"{head}.{claims}.{signature[:-4]}",
                   f"{head}.{claims}.{signature}AAAA", good.swapcase()):
        assert status(shared_chat, broken) == 401


def test_a_token_that_was_good_is_not_good_after_its_end(shared_chat):
    """A verified token is remembered, but no longer than it lives."""
    token = shared_chat.token("alice", lifetime=2)
    assert status(shared_chat, token) == 200

    def has_ended():
        return status(shared_chat, token) == 401
    eventually(has_ended, 3 + SOON, every=0.2)


def test_an_unknown_key_id_is_401(shared_chat):
    stranger = tokens.SigningKey("never-published")
    assert status(shared_chat, shared_chat.token("alice", key=stranger)) == 401


def test_made_up_key_ids_do_not_make_the_server_ask_its_issuer_each_time(chat):
    before = chat.issuer.key_fetches
    stranger = tokens.SigningKey("made-up")
    for number in range(30):
        stranger.kid = f"made-up-{number}"
        assert status(chat, chat.token("alice", key=stranger)) == 401
    assert chat.issuer.key_fetches - before <= 3


def test_a_rotated_key_is_picked_up(chat):
    before = chat.issuer.keys
    try:
        chat.issuer.rotate()
        token = chat.token("alice")

        def is_accepted():
            bearer = {"Authorization": f"Bearer {token}"}
            return chat.http("GET", "/channels", headers=bearer).status_code == 200
        # At most one fetch each 10 seconds.
        eventually(is_accepted, 11 + SOON, every=0.25)
        assert status(chat, token) == 200
        assert chat.connect_raw("alice", token).expect("hello")
    finally:
        chat.issuer.keys = before


def test_an_issuer_that_comes_up_later_is_found(tmp_path, issuer):
    """The server starts without it, and lets nobody in until it can check."""
    published, issuer.keys = issuer.keys, []
    server = Server(tmp_path, HUBBUB_OIDC_ISSUER=issuer.url)
    chat = Chat(server, issuer)
    try:
        server.start()
        token = issuer.token("alice", key=published[0])
        bearer = {"Authorization": f"Bearer {token}"}
        assert chat.http("GET", "/channels", headers=bearer).status_code in (401, 503)
        issuer.keys = published

        def is_accepted():
            return chat.http("GET", "/channels", headers=bearer).status_code == 200
        eventually(is_accepted, 12 + SOON, every=0.25)
    finally:
        issuer.keys = published
        chat.close()
        server.close()


@pytest.mark.parametrize("username", ["<script>", "ünïcødé \U0001f41d", "a" * 64])
def test_a_name_is_shown_as_it_is_in_the_token(chat, username):
    alice = chat.connect(username)
    assert alice.hello["user"]["username"] == username
    alice.subscribe(alice.channel()["id"])
    alice.send("hi")
    assert alice.expect("chat_message")["username"] == username
