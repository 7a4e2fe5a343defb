"""What clients of the old server meet on its ways and no other file shows."""

import re

import pytest
from websockets.sync.client import connect as open_websocket

from harness.patience import SOON
from harness.tokens import sub_of


def test_names_that_are_not_set_are_empty_in_discovery(make_chat):
    chat = make_chat(PUBLIC_HOSTNAME="example.org")
    said = chat.http("GET", "/discovery").json()
    assert said["chat_url"] == "wss://chat.example.org/ws"
    assert said["auth_url"] == "/realms//protocol/openid-connect/auth"
    assert (said["health_url"], said["chat_client"]) == ("/health", "")
    assert said["server_name"] == "OnRabble"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_content_type_of_a_request_is_not_looked_at(chat, content_type):
    headers = {"Content-Type": content_type}
    assert chat.http("GET", "/discovery", headers=headers).status_code == 200
    answer = chat.http("POST", "/channels", by="admin", headers=headers, content='{"name":"new"}')
    assert answer.status_code == 201


@pytest.mark.parametrize("method, path, body", [
    ("GET", "/discovery", None), ("GET", "/channels", None), ("GET", "/messages", None),
    ("GET", "/users", None), ("GET", "/users/bans", None), ("GET", "/activity/sessions", None),
    ("GET", "/activity/channels", None), ("GET", "/ratelimits", None),
    ("POST", "/channels", {"name": "new"}), ("PATCH", "/channels", {"id": 1}),
    ("PATCH", "/ratelimits", {"id": 1, "message_limit": 5, "window_seconds": 5}),
    ("DELETE", "/channels?id=987", None),
])
def test_a_body_ends_with_one_newline(chat, method, path, body):
    text = chat.http(method, path, by="admin", json=body).text
    assert text.endswith("\n") and text.count("\n") == 1


def test_answers_of_writes_are_json(chat):
    answers = [chat.http("POST", "/channels", by="admin", json={"name": "new"}),
               chat.http("PATCH", "/channels", by="admin",
                         json={"id": chat.channel_id("new"), "description": "x"}),
               chat.http("DELETE", f"/channels?id={chat.channel_id('new')}", by="admin"),
               chat.http("PATCH", "/ratelimits", by="admin",
                         json={"id": 1, "message_limit": 5, "window_seconds": 5})]
    assert [answer.headers["content-type"] for answer in answers] == ["application/json"] * 4


def test_without_channels_the_list_is_empty_and_not_null(chat):
    chat.http("DELETE", f"/channels?id={chat.channel_id('general')}", by="admin")
    assert chat.http("GET", "/channels", by="alice").json() == {"channels": []}


@pytest.mark.parametrize("path", ["/ws/", "/ws/x", "/WS"])
def test_the_websocket_has_one_path(shared_chat, path):
    answer = shared_chat.http("GET", f"{path}?token={shared_chat.token('alice')}")
    assert (answer.status_code, answer.text) == (404, "404 page not found\n")


def test_stored_times_are_utc_without_trailing_zeros(chat):
    alice = chat.connect("alice")
    alice.send("now")
    (message,) = chat.http("GET", "/messages", by="alice").json()["payload"]["messages"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z", message["authored_at"])


def test_a_change_of_channels_sends_old_clients_no_frame(chat):
    alice = chat.connect_old("alice")
    alice.greeting()
    chat.create_channel("new")
    channel = chat.channel_id("new")
    general = chat.channel_id("general")
    chat.http("PATCH", "/channels", by="admin", json={"id": channel, "description": "x"})
    chat.http("PATCH", "/channels", by="admin", json={"id": channel, "before_id": general})
    alice.send("into it", channel="new")
    frames = alice.until("chat_message", message="into it")
    chat.http("DELETE", f"/channels?id={channel}", by="admin")
    alice.send("after it")
    frames += alice.until("chat_message", message="after it")
    assert {frame["type"] for frame in frames} <= {"chat_message", "user_status"}


def test_the_greeting_has_the_last_500_messages(chat):
    alice = chat.connect("alice")
    for number in range(510):
        alice.say(type="chat_message", channel="general", message=f"{number}", send_key=f"{number}")
    alice.answer_to("509")
    (greeted,) = [frame["payload"]["messages"] for frame in chat.connect_old("bob").greeting()
                  if frame["type"] == "bulk_chat_messages"]
    assert [one["message"] for one in greeted] == [f"{number}" for number in range(10, 510)]


def test_a_private_message_to_someone_absent_waits_for_them(chat):
    bob = chat.connect_old("bob")
    bob.greeting()
    bob.close()
    alice = chat.connect_old("alice")
    alice.greeting()
    alice.send_private("bob", "for later")
    alice.expect("private_chat_message")
    (waiting,) = [frame["payload"]["messages"] for frame in chat.connect_old("bob").greeting()
                  if frame["type"] == "bulk_private_messages"]
    assert [(one["message"], one["recipient_id"]) for one in waiting] == [
        ("for later", sub_of("bob"))]


@pytest.mark.parametrize("bad", [
    {"channel": "c" * 40}, {"message": "with \0 in it"}, {"message": ""}],
    ids=["channel", "zero", "empty"])
def test_one_bad_message_stops_nobodys_storing(chat, bad):
    alice = chat.connect_old("alice")
    alice.greeting()
    alice.say(**{"type": "chat_message", "channel": "general", "message": "x", **bad})
    alice.send("after it")
    alice.expect("chat_message", message="after it")
    found = chat.http("GET", "/messages", by="alice").json()["payload"]["messages"]
    assert [one["message"] for one in found] == ["after it"]


@pytest.mark.parametrize("keyword", ["horse", "run", "RUN horses", "horses%20running"])
def test_a_keyword_is_found_in_another_english_form(chat, keyword):
    alice = chat.connect("alice")
    alice.send("running horses")
    alice.send("standing cows")
    found = chat.http("GET", f"/messages?keyword={keyword}", by="alice").json()["payload"]
    assert [one["message"] for one in found["messages"]] == ["running horses"]


def test_a_new_server_starts_with_one_channel_and_limits_fit_for_talk(house):
    browser = house.administrator()
    token = browser.tokens().json()["access_token"]
    (channel,) = browser.with_token("GET", "/channels", token).json()["channels"]
    assert channel["name"] == "general"
    limits = browser.with_token("GET", "/ratelimits", token).json()["rate_limiter"]
    assert (limits["message_limit"], limits["window_seconds"]) == (20, 10)


def test_the_old_desktop_client_finds_its_way_in(house):
    """Discovery, health, a code for its own redirect with PKCE, and the socket."""
    browser = house.administrator()
    said = browser.get("/discovery").json()
    assert browser.get("http://" + said["health_url"]).status_code == 200
    assert said["auth_url"].endswith("/realms/hubbub/protocol/openid-connect/auth")
    browser.redirect = "http://localhost:1337/callback"
    code = browser.code()
    token = browser.tokens(code).json()["access_token"]
    with open_websocket(f"{said['chat_url']}?token={token}", proxy=None) as websocket:
        assert '"bulk_chat_messages"' in websocket.recv(SOON)
