"""/accounts: what an administrator does to built-in accounts while the server runs."""

import base64
import json

import pytest
from websockets.sync.client import connect

from harness.chat import V1Client
from harness.patience import SOON, eventually
from harness.problems import problem_of


class Tenant:
    """Somebody with an account, a token and as many connections as they like."""

    def __init__(self, house, browser):
        self.house = house
        self.browser = browser
        self.token = browser.tokens().json()["access_token"]
        claims = self.token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        self.id, self.name = claims["sub"], claims["preferred_username"]

    def ask(self, method, path, body=None, **options):
        if body is not None:
            options["json"] = body
        return self.browser.with_token(method, path, self.token, **options)

    def open_page(self):
        websocket = connect(self.house.server.url.replace("http", "ws") + "/ws", proxy=None,
                            subprotocols=["hubbub.v1", f"bearer.{self.token}"],
                            open_timeout=SOON, close_timeout=SOON)
        return V1Client(websocket, self.name)

    def connect(self):
        person = self.open_page()
        first = person.next()
        assert first["type"] == "hello", first
        person.hello = first["payload"]
        return person


@pytest.fixture
def alice(house):
    """The administrator."""
    return Tenant(house, house.administrator())


@pytest.fixture
def bob(house, alice):
    return Tenant(house, house.member())


def assign(alice, bob, role):
    answer = alice.ask("PATCH", "/accounts", {"id": bob.id, "role": role})
    assert (answer.status_code, answer.json()) == (200, {"message": "Account updated"})


def disable(alice, bob, disabled=True):
    answer = alice.ask("PATCH", "/accounts", {"id": bob.id, "disabled": disabled})
    assert (answer.status_code, answer.json()) == (200, {"message": "Account updated"})


def account_of(alice, who):
    return alice.ask("GET", f"/users/profile?id={who.id}").json()["account"]


def audit(alice):
    """What was done to accounts, the oldest first."""
    records = alice.ask("GET", "/audit?action=account.").json()["records"]
    return [(one["action"], one["target"], one["before"], one["after"])
            for one in reversed(records)]


def test_a_new_role_counts_at_once_whatever_the_token_says(alice, bob):
    assign(alice, bob, "moderator")
    assert bob.ask("GET", "/users").status_code == 200
    assert bob.ask("GET", "/audit").status_code == 403
    assign(alice, bob, "admin")
    assert bob.ask("GET", "/audit").status_code == 200
    assert Tenant(bob.house, bob.browser).ask("GET", "/audit").status_code == 200
    token_of_an_administrator = Tenant(bob.house, bob.browser)
    assign(alice, bob, "member")
    assert token_of_an_administrator.ask("GET", "/users").status_code == 403
    page = token_of_an_administrator.connect()
    assert page.hello["roles"] == ["member"]
    page.say(type="refresh_token", token=token_of_an_administrator.token)
    page.expect("token_refreshed")
    assert page.command("watch_activity")["code"] == "forbidden"
    page.close()
    assert audit(alice) == [
        ("account.role", "bob", {"role": "member"}, {"role": "moderator"}),
        ("account.role", "bob", {"role": "moderator"}, {"role": "admin"}),
        ("account.role", "bob", {"role": "admin"}, {"role": "member"})]


def test_a_new_role_acts_on_open_connections_at_once(alice, bob):
    general = alice.ask("GET", "/channels").json()["channels"][0]["id"]
    alice.ask("PATCH", "/channels", {"id": general, "staff_only": True})
    page = bob.connect()
    assert page.hello["channels"] == []
    assign(alice, bob, "moderator")
    assert page.expect("channel_created")["channel"]["id"] == general
    assert "seq" in page.command("chat_message", channel_id=general, message="now I may")
    assign(alice, bob, "member")
    assert page.expect("channel_removed")["channel"]["id"] == general
    assert page.command("chat_message", channel_id=general,
                        message="not any more")["code"] == "unknown_channel"
    page.close()


def test_the_same_role_again_leaves_no_record(alice, bob):
    assign(alice, bob, "member")
    disable(alice, bob, False)
    assert audit(alice) == []


def test_disabling_ends_connections_and_sign_ins(alice, bob):
    page = bob.connect()
    refresh = bob.browser.tokens().json()["refresh_token"]
    disable(alice, bob)
    assert 4400 <= page.expect_close()[0] < 4500
    assert bob.browser.refresh(refresh).status_code == 400
    assert bob.ask("GET", "/channels").status_code == 401
    assert bob.open_page().expect_close()[0] == 4401
    assert "login_required" in bob.browser.authorize(prompt="none").headers["location"]
    assert account_of(alice, bob)["disabled"] is True
    disable(alice, bob, False)
    assert account_of(alice, bob)["disabled"] is False
    page = bob.browser.authorize()
    assert bob.browser.submit(page, username="bob", password="correct horse battery staple"
                              ).status_code in (302, 303)
    assert audit(alice) == [
        ("account.disable", "bob", {"disabled": False}, {"disabled": True}),
        ("account.enable", "bob", {"disabled": True}, {"disabled": False})]


def test_a_profile_shows_the_account(alice, bob):
    bob.connect().close()
    def is_known():
        return alice.ask("GET", f"/users/profile?id={bob.id}").status_code == 200
    eventually(is_known)
    account = account_of(alice, bob)
    assert list(account) == ["roles", "disabled", "created_at"]
    assert (account["roles"], account["disabled"]) == ([], False)
    assign(alice, bob, "moderator")
    assert account_of(alice, bob)["roles"] == ["moderator"]


def test_nobody_changes_their_own_account(alice):
    for change in ({"role": "member"}, {"role": "admin"}, {"disabled": True}):
        answer = alice.ask("PATCH", "/accounts", {"id": alice.id, **change})
        assert answer.status_code == 409
    assert alice.ask("GET", "/audit").status_code == 200


def test_the_last_administrator_stays_one(alice, bob):
    """Of the command line the running server hears nothing: Alice's token still counts."""
    assign(alice, bob, "admin")
    assert alice.house.command("revoke", alice.name, "admin").returncode == 0
    for change in ({"role": "moderator"}, {"disabled": True}):
        answer = alice.ask("PATCH", "/accounts", {"id": bob.id, **change})
        assert problem_of(answer) == (
            409, "This is the last administrator; make another one first")


@pytest.mark.parametrize("body, status, text", [
    (b"", 400, "Invalid JSON body"), (b'{"id":7,"role":"admin"}', 400, "Invalid JSON body"),
    (b'{"id":"x","disabled":"true"}', 400, "Invalid JSON body"),
    (b"{}", 400, "id is required"),
    (b'{"id":"x"}', 400, "Either role or disabled is required"),
    (b'{"id":"x","role":"admin","disabled":true}', 400, "Either role or disabled is required"),
    (b'{"id":"x","role":"root"}', 400, "role must be member, moderator or admin"),
    (b'{"id":"x","role":"admin"}', 404, "There is no such account"),
    (b'{"id":"x","disabled":true}', 404, "There is no such account")], ids=repr)
def test_a_bad_change_is_refused(alice, body, status, text):
    answer = alice.ask("PATCH", "/accounts", content=body)
    assert problem_of(answer) == (status, text)


def test_a_reset_link_sets_a_new_password(alice, bob):
    answer = alice.ask("POST", "/accounts/reset", {"id": bob.id})
    assert answer.status_code == 200
    said = answer.json()
    assert list(said) == ["url", "expires_in_seconds"]
    assert said["expires_in_seconds"] == 86_400
    browser = bob.house.browser()
    assert browser.submit(browser.get(said["url"]),
                          password="another long password").status_code in (302, 303)
    assert audit(alice) == [("account.reset_link", "bob", None, None)]
    assert said["url"].partition("code=")[2] not in alice.ask("GET", "/audit").text


@pytest.mark.parametrize("body, status", [({}, 400), ({"id": 7}, 400), ({"id": "x"}, 404)])
def test_a_bad_reset_is_refused(alice, body, status):
    answer = alice.ask("POST", "/accounts/reset", body)
    assert answer.status_code == status and answer.text != "404 page not found\n"


def invitations(alice):
    answer = alice.ask("GET", "/accounts/invitations")
    assert answer.status_code == 200
    return answer.json()["invitations"]


def test_an_invitation_is_made_listed_used_and_revoked(alice):
    house = alice.house
    answer = alice.ask("POST", "/accounts/invitations", {"uses": 2, "days": 7})
    assert answer.status_code == 201
    made = answer.json()
    assert list(made) == ["url", "code"] and made["url"].endswith("/join?code=" + made["code"])

    shown = next(one for one in invitations(alice) if one["code"] == made["code"])
    assert list(shown) == ["code", "url", "uses_left", "expires_at", "created_by", "created_at"]
    assert (shown["url"], shown["uses_left"], shown["created_by"]) == (made["url"], 2, "alice")
    assert shown["created_at"] < shown["expires_at"]

    assert house.browser().sign_up(made["url"], "carol").status_code in (302, 303)
    assert [one["uses_left"] for one in invitations(alice) if one["code"] == made["code"]] == [1]

    answer = alice.ask("DELETE", f"/accounts/invitations?code={made['code']}")
    assert (answer.status_code, answer.json()) == (200, {"message": "Invitation revoked"})
    assert made["code"] not in [one["code"] for one in invitations(alice)]
    assert house.browser().get(made["url"]).status_code in (403, 404)
    actions = [(action, after or before) for action, _, before, after in audit(alice)]
    assert [action for action, _ in actions] == ["account.invite", "account.revoke_invitation"]
    assert [state["uses_left"] for _, state in actions] == [2, 1]
    assert made["code"] not in alice.ask("GET", "/audit").text


def test_an_invitation_is_for_one_person_until_used_unless_said_otherwise(alice):
    made = alice.ask("POST", "/accounts/invitations", {}).json()
    shown = next(one for one in invitations(alice) if one["code"] == made["code"])
    assert shown["uses_left"] == 1 and "expires_at" not in shown


@pytest.mark.parametrize("body", [{"uses": 0}, {"uses": 10_001}, {"uses": "1"}, {"days": 0},
                                  {"days": 367}], ids=str)
def test_a_bad_invitation_is_refused(alice, body):
    assert alice.ask("POST", "/accounts/invitations", body).status_code == 400


@pytest.mark.parametrize("query, status", [("", 400), ("?code=", 400), ("?code=x", 404)])
def test_a_bad_revocation_is_refused(alice, query, status):
    answer = alice.ask("DELETE", "/accounts/invitations" + query)
    assert answer.status_code == status and answer.text != "404 page not found\n"


@pytest.mark.parametrize("method, path", [
    ("PATCH", "/accounts"), ("POST", "/accounts/reset"), ("GET", "/accounts/invitations"),
    ("POST", "/accounts/invitations"), ("DELETE", "/accounts/invitations?code=x")])
def test_accounts_are_for_administrators(alice, bob, method, path):
    assign(alice, bob, "moderator")
    moderator = Tenant(bob.house, bob.browser)
    assert moderator.ask(method, path).status_code == 403
    assert bob.browser.with_token(method, path, "nonsense").status_code == 401


@pytest.mark.parametrize("method, path", [
    ("PATCH", "/accounts"), ("POST", "/accounts/reset"), ("GET", "/accounts/invitations"),
    ("POST", "/accounts/invitations"), ("DELETE", "/accounts/invitations?code=x")])
def test_with_another_provider_there_are_none(shared_chat, method, path):
    answer = shared_chat.http(method, path, by="admin")
    assert problem_of(answer) == (404, "There are no built-in accounts here")


def test_the_command_line_leaves_records_too(alice, bob):
    house = alice.house
    for words in (["grant", bob.name, "moderator"], ["disable", bob.name], ["enable", bob.name],
                  ["reset", bob.name], ["invite"], ["add", "carol"]):
        assert house.command(*words).returncode == 0
    assert house.command("disable", "nobody").returncode == 1
    shown = alice.ask("GET", "/audit").json()["records"][:6]
    assert [(one["action"], one["target"]) for one in reversed(shown)] == [
        ("account.role", bob.name), ("account.disable", bob.name), ("account.enable", bob.name),
        ("account.reset_link", bob.name), ("account.invite", "one person"),
        ("account.add", "carol")]
    assert {one["actor_username"] for one in shown} == {"command line"}
    assert shown[-1]["after"] == {"role": "moderator", "granted": True}
