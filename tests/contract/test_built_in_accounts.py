"""Accounts of the server's own: from the first link to a token, and the command line beside it."""

import json
import os
import re
import stat
import subprocess

import pytest
from websockets.sync.client import connect

from harness.account_browser import PASSWORD
from harness.patience import SOON
from harness.server import BINARY


def link_in(text):
    return re.search(r"https?://\S+", text)[0]


def test_the_first_link_makes_an_administrator_and_works_once(house):
    alice = house.administrator()
    token = alice.tokens().json()["access_token"]
    assert alice.with_token("POST", "/channels", token, json={"name": "new"}).status_code == 201
    assert house.browser().get(house.link("/setup")).status_code in (403, 404)


def test_an_invitation_makes_a_member(house):
    house.administrator()
    bob = house.member()
    token = bob.tokens().json()["access_token"]
    assert bob.with_token("GET", "/channels", token).status_code == 200
    assert bob.with_token("POST", "/channels", token, json={"name": "new"}).status_code == 403


def test_its_token_opens_the_chat(house):
    token = house.administrator().tokens().json()["access_token"]
    with connect(house.server.url.replace("http", "ws") + "/ws", proxy=None,
                 subprotocols=["hubbub.v1", f"bearer.{token}"]) as socket:
        hello = json.loads(socket.recv(timeout=SOON))
    assert hello["payload"]["user"]["username"] == "alice"
    assert hello["payload"]["roles"] == ["member", "moderator", "admin"]


@pytest.mark.parametrize("changes", [
    {"code_challenge": None}, {"code_challenge_method": "plain"}, {"code_challenge_method": None}])
def test_a_code_needs_pkce_with_s256(house, changes):
    answer = house.administrator().authorize(**changes)
    assert answer.status_code in (302, 303)
    assert "error=invalid_request" in answer.headers["location"]


@pytest.mark.parametrize("redirect", ["/other", "//evil.example/", "https://evil.example/", "/?x=1"])
def test_a_code_goes_to_known_places_only(house, redirect):
    answer = house.administrator().authorize(redirect_uri=house.server.url + redirect
                                             if redirect.startswith("/") else redirect)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_a_code_works_once_and_for_whoever_asked_for_it(house):
    alice = house.administrator()
    code = alice.code()
    assert alice.tokens(code, code_verifier="x" * 43).json()["error"] == "invalid_grant"
    code = alice.code()
    first = alice.tokens(code).json()
    assert alice.tokens(code).json()["error"] == "invalid_grant"
    # RFC 6749 4.1.2: what the code led to goes with it.
    assert alice.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_token_that_comes_twice_ends_its_family(house):
    alice = house.administrator()
    first = alice.tokens().json()["refresh_token"]
    second = alice.refresh(first).json()["refresh_token"]
    third = alice.refresh(second).json()["refresh_token"]
    assert alice.refresh(first).json()["error"] == "invalid_grant"
    assert alice.refresh(third).json()["error"] == "invalid_grant"


def test_a_form_of_another_site_is_refused(house):
    page = house.browser().get(house.link("/setup"))
    fields = {"username": "mallory", "password": PASSWORD, "form_token": "x" * 43,
              "code": house.link("/setup").rpartition("=")[2]}
    mallory = house.browser()
    answer = mallory._http.post(page.url.path, data=fields,
                                headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "mallory" not in house.command("list").stdout


def test_guessing_passwords_is_slowed_down_and_then_stopped(house):
    house.administrator()
    guesser = house.browser()
    answers = []
    for _ in range(12):
        page = guesser.authorize()
        answers.append(guesser.submit(page, username="alice", password="wrong guess"))
    assert answers[0].status_code == 403
    assert answers[-1].status_code == 429
    page = guesser.authorize()
    assert guesser.submit(page, username="alice", password=PASSWORD).status_code == 429


@pytest.mark.parametrize("sign_up, is_open", [("open", True), ("invite", False), ("closed", False)])
def test_who_may_sign_up_without_an_invitation_is_a_setting(make_house, sign_up, is_open):
    house = make_house(HUBBUB_SIGN_UP=sign_up)
    house.administrator()
    carol = house.browser()
    page = carol.get("/join")
    if "<form" in page.text:
        carol.submit(page, username="carol", password=PASSWORD)
    assert ("carol" in house.command("list").stdout) == is_open


def test_the_command_line_keeps_accounts_while_the_server_runs(house):
    house.administrator()
    link = link_in(house.command("add", "dora").stdout)
    dora = house.browser()
    assert dora.submit(dora.get(link), password=PASSWORD).status_code in (302, 303)
    assert house.command("grant", "dora", "moderator").returncode == 0
    listed = house.command("list").stdout
    assert re.search(r"dora\s+moderator", listed)
    assert dora.tokens().status_code == 200
    assert house.command("disable", "dora").returncode == 0
    assert house.browser().authorize(prompt="none").headers["location"].find("login_required") > 0
    assert dora.authorize(prompt="none").headers["location"].find("login_required") > 0
    nobody = house.command("reset", "nobody")
    assert nobody.returncode == 1 and "nobody" in nobody.stderr


def test_a_reset_link_sets_a_new_password_once(house):
    house.administrator()
    link = link_in(house.command("reset", "alice").stdout)
    alice = house.browser()
    assert alice.submit(alice.get(link), password="another long password").status_code in (302, 303)
    assert house.browser().get(link).status_code in (403, 404)
    again = house.browser()
    page = again.authorize()
    assert again.submit(page, username="alice", password=PASSWORD).status_code == 403
    page = again.authorize()
    signed_in = again.submit(page, username="alice", password="another long password")
    assert signed_in.status_code in (302, 303)


def test_accounts_keys_and_sign_ins_survive_a_restart(house):
    alice = house.administrator()
    tokens = alice.tokens().json()
    house.server.restart()
    assert alice.with_token("GET", "/channels", tokens["access_token"]).status_code == 200
    assert alice.refresh(tokens["refresh_token"]).status_code == 200


def test_the_signing_key_is_its_owners_alone(house):
    path = os.path.join(house.server.folder, "signing_key.pem")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_secrets_are_in_no_log_line(house):
    alice = house.administrator()
    tokens = alice.tokens().json()
    for secret in (PASSWORD, tokens["access_token"], tokens["refresh_token"]):
        assert secret not in house.server.output


@pytest.mark.parametrize("path", [
    "/setup", "/join", "/account", "/reset", "/realms/hubbub/.well-known/openid-configuration",
    "/realms/hubbub/protocol/openid-connect/auth", "/realms/hubbub/protocol/openid-connect/certs"])
def test_another_issuer_switches_all_of_it_off(shared_chat, path):
    assert shared_chat.http("GET", path).status_code == 404


def test_the_command_line_says_that_people_are_kept_elsewhere(shared_chat):
    environment = {**shared_chat.server.settings, "PATH": os.environ["PATH"]}
    done = subprocess.run([BINARY, "user", "list"], env=environment, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=SOON, check=False)
    assert done.returncode == 1
    assert "OpenID provider" in done.stderr
