"""People of a real Keycloak talk: in the pages, and with clients of the old server."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from harness.chat import OldClient
from visitor import PASSWORD


def test_two_people_sign_in_through_keycloaks_page_and_talk(enter):
    alice, bob = enter("alice"), enter("bob")
    for one in (alice, bob):
        assert one.page.url.startswith(one.url)
    alice.sees_online(bob.name)
    alice.say("Hello from Keycloak")
    bob.sees("Hello from Keycloak")
    bob.say("Coming!")
    alice.sees("Coming!")


def test_somebody_new_registers_on_keycloaks_page(visit, enter):
    bob = enter("bob")
    newcomer = visit("new-here")
    page = newcomer.page
    page.goto("/")
    page.get_by_test_id("sign-in").click()
    page.get_by_role("link", name="Register").click()

    def register(username, password):
        page.locator("#username").fill(username)
        page.locator("#password").fill(password)
        page.locator("#password-confirm").fill(password)
        page.get_by_role("button", name="Register").click()
    register(newcomer.name, "short")
    expect(page.get_by_text("minimum length 10")).to_be_visible()
    # A name that the chat would refuse is refused here, where its owner can choose another.
    register("n" * 65, PASSWORD)
    expect(page.get_by_text("between 1 and 64")).to_be_visible()
    register(newcomer.name, PASSWORD)
    newcomer.reach_chat()
    newcomer.say("I am new here")
    bob.sees("I am new here")


@pytest.mark.parametrize("redirect", ["http://localhost:1337/callback",
                                      "http://127.0.0.1:1337/callback"])
def test_a_client_of_the_old_server_signs_in_and_talks(chat, person, redirect):
    alice, bob = person("alice"), person("bob")
    tokens = chat.issuer.sign_in(alice.name, redirect=redirect)
    old = OldClient(chat.open(f"/ws?token={tokens['access_token']}"), alice.name)
    old.greeting()
    new = chat.listen(bob.name)
    old.send("from the old one")
    assert new.expect("chat_message", message="from the old one")["username"] == alice.name
    new.send("to the old one")
    old.expect("chat_message", message="to the old one", username=bob.name)
    old.close()


def test_the_pages_get_keycloaks_own_endpoints(chat, keycloak):
    told = chat.http("GET", "/client.json").json()
    endpoints = keycloak.issuer + "/protocol/openid-connect"
    assert told["issuer"] == keycloak.issuer
    assert told["authorization_endpoint"] == endpoints + "/auth"
    assert told["token_endpoint"] == endpoints + "/token"
    assert told["end_session_endpoint"] == endpoints + "/logout"


def test_the_role_in_keycloak_is_the_role_here(chat, person):
    for role, status in ((None, 403), ("moderator", 403), ("admin", 200)):
        one = person("somebody", *([role] if role else []))
        bearer = {"Authorization": "Bearer " + chat.token(one.name)}
        assert chat.http("GET", "/audit", headers=bearer).status_code == status, role
        status = 404 if role else 403
        assert chat.http("DELETE", "/messages", json={"ids": [987654]},
                         headers=bearer).status_code == status, role


# --- who is not let in ---

def assert_refused(chat, token):
    bearer = {"Authorization": f"Bearer {token}"}
    assert chat.http("GET", "/channels", headers=bearer).status_code == 401
    assert chat.http("GET", f"/ws?token={token}").status_code == 401


def test_a_token_of_another_client_is_refused(chat, person, keycloak):
    alice = person("alice")
    keycloak.admin.create_client("OtherClient")
    answer = chat.issuer.direct_grant(keycloak.issuer, "OtherClient", alice.name)
    assert_refused(chat, answer.json()["access_token"])


def test_a_token_of_another_realm_is_refused(chat, keycloak):
    keycloak.admin.create_realm("Elsewhere")
    keycloak.admin.create_client("ChatClient", realm="Elsewhere")
    keycloak.admin.create_user("alice", PASSWORD, realm="Elsewhere")
    issuer = keycloak.issuer.rsplit("/", 1)[0] + "/Elsewhere"
    answer = chat.issuer.direct_grant(issuer, "ChatClient", "alice")
    assert_refused(chat, answer.json()["access_token"])


def test_an_identity_token_and_a_refresh_token_are_refused(chat, person):
    tokens = chat.issuer.sign_in(person("alice").name)
    assert_refused(chat, tokens["id_token"])
    assert_refused(chat, tokens["refresh_token"])


@pytest.mark.parametrize("client", ["ChatClient", "WebClient"])
def test_the_realm_gives_no_tokens_but_by_its_page_with_pkce(chat, person, keycloak, client):
    issuer = chat.issuer
    answer = issuer.direct_grant(keycloak.issuer, client, person("alice").name)
    assert answer.json()["error"] == "unauthorized_client"
    here = issuer.redirects[client]
    without = issuer.ask_for_code(client, here)
    assert "code_challenge_method" in without.headers["location"]
    plain = issuer.ask_for_code(client, here, code_challenge="c" * 43,
                                code_challenge_method="plain")
    assert "error=invalid_request" in plain.headers["location"]
    for foreign in ("https://evil.example/", here + "x", "http://localhost:1338/callback"):
        assert issuer.ask_for_code(client, foreign).status_code == 400


def test_nobody_registers_a_client_of_their_own(keycloak):
    answer = httpx.post(keycloak.issuer + "/clients-registrations/openid-connect",
                        json={"redirect_uris": ["https://evil.example/"]}, trust_env=False)
    assert answer.status_code == 403


def test_an_administrators_token_of_the_chat_administers_no_keycloak(chat, person, keycloak):
    """Only the two roles of the chat are in it, whatever else its owner may do in Keycloak."""
    alice = person("alice", "admin")
    keycloak.admin.grant_administration(alice.id)
    token = chat.token(alice.name)
    assert not keycloak.admin.accepts(token)
    assert re.search('"roles":\\["admin"\\]', chat.issuer.claims_of(token))
