"""What happens while people of a real Keycloak are connected: refresh, roles, signing out."""

import pytest
from playwright.sync_api import expect

from dashboard import Dashboard
from harness.chat import OldClient
from harness.patience import SOON, eventually
from visitor import PASSWORD

# Seconds of an access token: the server says 60 s ahead that it ends.
SHORT = 63


@pytest.fixture
def short_tokens(keycloak):
    keycloak.admin.change_realm(accessTokenLifespan=SHORT)
    yield
    keycloak.admin.change_realm(accessTokenLifespan=300)


class Frames:
    """Of every WebSocket that a page opens."""

    def __init__(self, page):
        self.sockets = 0
        self.frames = []
        page.on("websocket", self._on_socket)

    def _on_socket(self, socket):
        self.sockets += 1
        socket.on("framesent", lambda frame: self.frames.append(frame))
        socket.on("framereceived", lambda frame: self.frames.append(frame))

    def count(self, kind):
        return sum(f'"type":"{kind}"' in str(frame) for frame in self.frames)


def test_the_page_refreshes_its_token_over_the_open_connection(short_tokens, visit, person, enter):
    alice, bob = visit(person("alice").name), enter("bob")
    frames = Frames(alice.page)
    alice.page.goto("/")
    alice.reach_chat(PASSWORD)
    token = alice.page.evaluate("JSON.parse(localStorage['hubbub.tokens']).accessToken")
    alice.mark_page()

    def is_refreshed():
        alice.page.evaluate("0")  # frames are reported only while the page is spoken to
        return frames.count("token_refreshed")
    eventually(is_refreshed, SHORT - 60 + 5 + SOON)
    assert frames.count("token_expiring") >= 1 and frames.count("refresh_token") >= 1
    assert alice.page.evaluate("JSON.parse(localStorage['hubbub.tokens']).accessToken") != token
    alice.say("still here")
    bob.sees("still here")
    assert frames.sockets == 1 and alice.is_same_page()


def refreshed(chat, client, tokens):
    """A new token, given to an open connection."""
    fresh = chat.issuer.refresh(tokens)
    client.say(type="refresh_token", token=fresh["access_token"])
    client.expect("token_refreshed")
    return {"Authorization": "Bearer " + fresh["access_token"]}


def test_a_role_goes_and_comes_with_the_next_token(chat, person, keycloak):
    mia = person("mia", "moderator")
    tokens = chat.issuer.sign_in(mia.name)
    client = chat.connect_raw(mia.name, tokens["access_token"])
    assert client.expect("hello")["roles"] == ["member", "moderator"]
    keycloak.admin.revoke(mia.id, "moderator")
    bearer = refreshed(chat, client, tokens)
    assert client.expect("roles_changed") == {"roles": ["member"]}
    assert chat.http("DELETE", "/messages", json={"ids": [1]}, headers=bearer).status_code == 403
    keycloak.admin.grant(mia.id, "admin")
    bearer = refreshed(chat, client, chat.issuer.last)
    assert client.expect("roles_changed") == {"roles": ["member", "moderator", "admin"]}
    assert chat.http("GET", "/audit", headers=bearer).status_code == 200


def test_who_loses_the_role_loses_the_dashboard(short_tokens, enter, keycloak):
    alice = enter("alice", "admin")
    dashboard = Dashboard(alice).open()
    dashboard.go("Audit log")
    keycloak.admin.revoke(alice.id, "admin")
    expect(dashboard.get("no-access")).to_be_visible(timeout=(SHORT - 60 + 10 + SOON) * 1000)
    # The chat stays.
    alice.say("only a member now")
    alice.sees("only a member now")


# --- signing out ---

def test_who_signs_out_in_the_page_is_signed_out_everywhere_in_that_browser(enter, keycloak, chat):
    alice, bob = enter("alice", "moderator"), enter("bob")
    dashboard = Dashboard(alice).open()
    token = alice.page.evaluate("JSON.parse(localStorage['hubbub.tokens']).accessToken")
    bearer = {"Authorization": f"Bearer {token}"}
    assert chat.http("GET", "/channels", headers=bearer).status_code == 200
    assert len(keycloak.admin.sessions(alice.id)) == 1
    alice.sign_out()
    assert alice.page.url == alice.url + "/", "Keycloak sent back without a question"
    assert keycloak.admin.sessions(alice.id) == []
    # Keycloak told the server, which told the dashboard.
    dashboard.get("sign-in").wait_for()
    expect(bob.page.get_by_test_id(f"person-{alice.name}")).to_have_count(0)
    assert chat.http("GET", "/channels", headers=bearer).status_code == 401
    # It asks for the password again.
    alice.page.get_by_test_id("sign-in").click()
    alice.page.locator("input[type=password]").wait_for()
    alice.reach_chat(PASSWORD)


def test_an_administrator_signs_somebody_out_in_keycloak(enter, keycloak, chat):
    alice, bob = enter("alice"), enter("bob")
    tokens = chat.issuer.sign_in(alice.name)["access_token"]
    old = OldClient(chat.open(f"/ws?token={tokens}"), alice.name)
    old.greeting()
    keycloak.admin.sign_out(alice.id)
    expect(alice.page.get_by_role("alert")).to_contain_text("Your session has ended")
    assert old.expect_close() == (1008, "signed out")
    assert chat.http("GET", f"/ws?token={tokens}").status_code == 401
    # Nobody keeps Alice from coming back, at once.
    alice.reach_chat(PASSWORD)
    alice.say("back again")
    bob.sees("back again")


def test_one_session_of_two_is_ended(enter, keycloak, visit):
    alice = enter("alice")
    first, = keycloak.admin.sessions(alice.id)
    elsewhere = visit(alice.name)
    elsewhere.page.goto("/")
    elsewhere.reach_chat(PASSWORD)
    elsewhere.mark_page()
    keycloak.admin.end_session(first)
    alice.page.get_by_test_id("sign-in").wait_for()
    elsewhere.say("I am still here")
    elsewhere.sees("I am still here")
    assert elsewhere.is_same_page() and "Reconnecting…" not in elsewhere.connection_texts()
