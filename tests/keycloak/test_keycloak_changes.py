"""A real Keycloak changes its keys, and is away for a while, while people are connected."""

import pytest
from playwright.sync_api import expect

from harness.patience import SOON, eventually
from visitor import PASSWORD

# The server asks for keys at most this often. Seconds.
FETCH_SPACING = 10


def status_of(chat, token):
    return chat.http("GET", "/channels",
                     headers={"Authorization": f"Bearer {token}"}).status_code


def accept_new_key(chat, token):
    def is_accepted():
        return status_of(chat, token) == 200
    eventually(is_accepted, FETCH_SPACING + SOON, every=0.25)


def test_keys_are_rotated_while_people_are_connected(chat, person, keycloak, enter):
    alice, bob = enter("alice"), person("bob").name
    talker = chat.listen(bob)
    before, kept_back = chat.issuer.sign_in(bob), chat.token(bob)
    old_providers = keycloak.admin.rotate_keys()
    after = chat.token(bob)
    assert chat.issuer.key_of(after) != chat.issuer.key_of(kept_back)
    accept_new_key(chat, after)
    assert chat.connect_raw(bob, after).expect("hello")

    # What was open is open, and takes a token of the new key.
    talker.send("over the old connection")
    alice.sees("over the old connection")
    fresh = chat.issuer.refresh(before)
    assert chat.issuer.key_of(fresh["access_token"]) == chat.issuer.key_of(after)
    talker.say(type="refresh_token", token=fresh["access_token"])
    talker.expect("token_refreshed")

    # The old key is still published: a token that the server never saw is good.
    assert status_of(chat, kept_back) == 200

    unseen = before["access_token"]
    keycloak.admin.withdraw_keys(old_providers)
    keycloak.admin.rotate_keys()
    # Only a token of a yet newer key makes the server ask.
    accept_new_key(chat, chat.token(bob))
    assert status_of(chat, unseen) == 401
    alice.say("and still here")
    talker.expect("chat_message", message="and still here")


@pytest.fixture
def away(keycloak):
    """away(): Keycloak is stopped until away.end()."""
    class Away:
        is_away = False

        def begin(self):
            keycloak.stop()
            self.is_away = True

        def end(self):
            if self.is_away:
                self.is_away = False
                keycloak.start()
    away = Away()
    yield away
    away.end()


def test_while_keycloak_is_away_those_who_are_known_talk_on(chat, person, enter, away):
    alice, carol = enter("alice"), person("carol").name
    bob = person("bob").name
    seen, unseen = chat.issuer.sign_in(bob), chat.token(bob)
    talker = chat.connect_raw(bob, seen["access_token"])
    talker.hello = talker.expect("hello")
    away.begin()

    talker.send("without Keycloak")
    alice.sees("without Keycloak")
    # Whoever loses the connection comes back, with a token that was seen or with one that was not.
    talker.close()
    for token in (seen["access_token"], unseen):
        again = chat.connect_raw(bob, token)
        again.hello = again.expect("hello")
        again.send("back")
    alice.page.reload()
    alice.reach_chat()
    alice.say("after a reload")
    alice.sees("after a reload")

    away.end()
    # Sessions outlive it, and whoever is new signs in.
    fresh = chat.issuer.refresh(seen)
    again.say(type="refresh_token", token=fresh["access_token"])
    again.expect("token_refreshed")
    assert chat.connect(carol).hello


def test_a_page_whose_token_ends_meanwhile_comes_back_by_itself(enter, keycloak, away):
    """25 s after its end the connection is closed; the page goes on asking for a token."""
    keycloak.admin.change_realm(accessTokenLifespan=30)
    try:
        alice = enter("alice")
        away.begin()
        alice.sees_connection("Reconnecting", 30 + 25 + 5 + SOON)
        alice.mark_page()
        away.end()
        expect(alice.page.get_by_test_id("connection-state")).not_to_contain_text(
            "Reconnecting", timeout=(35 + SOON) * 1000)
        alice.say("here again")
        alice.sees("here again")
        assert alice.is_same_page()
    finally:
        away.end()
        keycloak.admin.change_realm(accessTokenLifespan=300)


def test_who_signs_in_while_it_is_away_does_so_once_it_is_back(visit, person, away):
    alice = visit(person("alice").name)
    alice.page.goto("/")
    alice.page.get_by_test_id("sign-in").wait_for()
    away.begin()
    alice.page.get_by_test_id("sign-in").click()
    alice.page.wait_for_url(lambda url: not url.startswith(alice.url))
    away.end()
    alice.page.goto("/")
    alice.reach_chat(PASSWORD)
