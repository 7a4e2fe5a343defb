"""HUBBUB_COMPAT_OPEN_ADMIN: the old dashboard, which sends no token, and nobody else."""

import subprocess

import pytest

from harness.server import BINARY, Server, temporary_folder

ORIGIN = "https://dashboard.example"
HOST = "chat.dashboard.example"
OPEN = {"HUBBUB_COMPAT_OPEN_ADMIN": "true", "HUBBUB_ALLOWED_ORIGINS": ORIGIN,
        "PUBLIC_HOSTNAME": "dashboard.example"}

# What the old dashboard may call, and a body with which that leaves nothing behind.
READS = ["/channels", "/messages", "/users", "/users?username=alice", "/users/bans",
         "/activity/sessions", "/activity/channels", "/ratelimits"]
WRITES = [("POST", "/channels", {}), ("PATCH", "/channels", {}), ("DELETE", "/channels", None),
          ("DELETE", "/messages", {}), ("POST", "/users/ban", {}), ("DELETE", "/users/ban", None),
          ("PATCH", "/ratelimits", {"id": 1})]
NEW = [("GET", "/users/profile?id=x"), ("POST", "/users/mute"), ("DELETE", "/users/mute?mute_id=1"),
       ("GET", "/users/mutes"), ("GET", "/audit"), ("GET", "/activity/users"),
       ("GET", "/activity/connections"), ("GET", "/activity/limits"), ("PATCH", "/accounts"),
       ("POST", "/accounts/reset"), ("GET", "/accounts/invitations"),
       ("POST", "/accounts/invitations"), ("DELETE", "/accounts/invitations?code=x")]


@pytest.fixture(scope="module")
def open_chat(make_shared_chat):
    return make_shared_chat(**OPEN)


def is_open(answer):
    """Whether the request was looked at; a write without content is then malformed."""
    assert answer.status_code in (200, 400, 401, 403), answer.text
    return answer.status_code in (200, 400)


@pytest.mark.parametrize("path", READS)
def test_an_old_read_is_open(open_chat, path):
    assert open_chat.http("GET", path).status_code == 200


@pytest.mark.parametrize("method, path, body", WRITES, ids=str)
def test_an_old_write_is_open(open_chat, method, path, body):
    answer = open_chat.http(method, path, json=body, headers={"Origin": ORIGIN})
    assert answer.status_code == 400, answer.text
    assert answer.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("method, path", NEW, ids=str)
def test_what_the_old_server_did_not_have_stays_shut(open_chat, method, path):
    assert open_chat.http(method, path).status_code == 401


@pytest.mark.parametrize("method, path", [("GET", path) for path in READS]
                         + [(method, path) for method, path, _ in WRITES], ids=str)
def test_without_the_setting_all_is_shut(shared_chat, method, path):
    assert shared_chat.http(method, path).status_code == 401


def test_a_token_that_is_sent_is_judged_as_ever(open_chat):
    assert open_chat.http("GET", "/users", headers={"Authorization": "Bearer bad"}).status_code == 401
    assert open_chat.http("GET", "/users?token=bad").status_code == 401
    assert open_chat.http("GET", "/users", headers={"Authorization": "Basic eDp5"}).status_code == 401
    assert open_chat.http("POST", "/channels", by="alice", json={"name": "x"}).status_code == 403


@pytest.mark.parametrize("headers", [
    {"X-Forwarded-For": "203.0.113.5"}, {"X-Forwarded-For": "127.0.0.1, 203.0.113.5"},
    {"X-Forwarded-For": "unknown"}, {"X-Forwarded-For": ""}, {"Forwarded": "for=203.0.113.5"},
    {"X-Real-IP": "203.0.113.5"}, {"Via": "1.1 proxy"}, {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "203.0.113.5"},
    {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=203.0.113.5"},
], ids=str)
def test_behind_a_proxy_on_loopback_the_client_counts(open_chat, headers):
    assert not is_open(open_chat.http("GET", "/users", headers=headers))
    assert not is_open(open_chat.http("POST", "/channels", json={}, headers=headers))


def test_a_client_on_this_machine_is_served_through_a_proxy_too(open_chat):
    headers = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https",
               "X-Forwarded-Host": HOST, "Via": "1.1 Caddy"}
    assert is_open(open_chat.http("GET", "/users", headers=headers))


def test_a_stranger_who_names_an_allowed_address_is_not_believed(make_chat):
    chat = make_chat(**OPEN, HUBBUB_TRUSTED_PROXIES="192.0.2.1",
                     HUBBUB_COMPAT_OPEN_ADMIN_FROM="198.51.100.7,127.0.0.1")
    for claimed in ("198.51.100.7", "127.0.0.1"):
        assert not is_open(chat.http("GET", "/users", headers={"X-Forwarded-For": claimed}))
    assert is_open(chat.http("GET", "/users"))


def test_addresses_and_networks_may_be_named(make_chat):
    chat = make_chat(**OPEN, HUBBUB_COMPAT_OPEN_ADMIN_FROM="198.51.100.0/24,2001:db8::7")
    for client, wanted in (("198.51.100.9", True), ("198.51.101.9", False), ("2001:db8::7", True),
                           ("2001:db8::8", False), ("127.0.0.1", False)):
        answer = chat.http("GET", "/users", headers={"X-Forwarded-For": client})
        assert is_open(answer) == wanted, client
    assert not is_open(chat.http("GET", "/users"))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://dashboard.example.evil",
                                    "http://dashboard.example", "*"])
def test_a_write_by_another_page_is_refused(open_chat, origin):
    for method, path, body in WRITES:
        answer = open_chat.http(method, path, json=body, headers={"Origin": origin})
        assert answer.status_code == 403
        assert answer.text == "Pages of this origin may not change anything here.\n"
        assert "access-control-allow-origin" not in answer.headers


def test_a_page_of_another_origin_cannot_read_the_answer(open_chat):
    answer = open_chat.http("GET", "/users", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "chat.dashboard.example.evil", "192.0.2.1:8080"])
def test_a_request_for_another_host_is_refused_reads_too(open_chat, host):
    for headers in ({"Host": host}, {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": host}):
        for method in ("GET", "POST"):
            answer = open_chat.http(method, "/channels", headers=headers)
            assert answer.status_code == 403
            assert answer.text == "This server is not asked for under this host name.\n"


@pytest.mark.parametrize("host", [HOST, HOST + ":8443", "localhost", "127.0.0.1:1", "[::1]:8080"])
def test_its_own_hosts_are_known(open_chat, host):
    assert is_open(open_chat.http("GET", "/users", headers={"Host": host}))


def test_what_it_does_is_recorded_under_its_own_name(make_chat):
    chat = make_chat(**OPEN)
    chat.http("POST", "/channels", json={"name": "by-the-dashboard"})
    record = chat.http("GET", "/audit", by="admin").json()["records"][0]
    assert (record["actor_id"], record["actor_username"]) == ("open-admin", "old dashboard")
    assert (record["action"], record["address"]) == ("channel.create", "127.0.0.1")


def test_an_unmodified_dashboard_makes_all_its_calls(make_chat):
    chat = make_chat(**OPEN)

    def load(path):
        """From its own server: no Origin, no token."""
        answer = chat.http("GET", path, headers={"Host": HOST})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def browse(method, path, body=None):
        """From the browser; a write is asked for before (CORS) and carries JSON."""
        headers = {"Host": HOST, "Origin": ORIGIN}
        if method != "GET":
            asked = chat.http("OPTIONS", path, headers={
                **headers, "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": "content-type"})
            assert asked.status_code == 200 and asked.text == ""
            assert asked.headers["access-control-allow-origin"] == ORIGIN
            assert method in asked.headers["access-control-allow-methods"]
            assert "content-type" in asked.headers["access-control-allow-headers"].lower()
        answer = chat.http(method, path, json=body, headers=headers)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        return answer.json() if answer.content else None

    alice = chat.connect("alice")
    alice.send("hello old world")
    chat.server.restart()  # ends her session, so that it is counted
    general = load("/channels")["channels"][0]["id"]
    (message,) = load("/messages")["payload"]["messages"]
    assert alice.sub in [user["id"] for user in load("/users")["payload"]["users"]]
    assert load("/users?username=alice")["payload"]["users"][0]["id"] == alice.sub
    assert load("/users/bans")["payload"]["records"] == []
    assert load("/ratelimits")["rate_limiter"]["id"] == 1

    assert browse("GET", "/channels")["channels"][0]["id"] == general
    assert browse("GET", "/activity/sessions")["payload"]["session_activity"]
    assert browse("GET", f"/activity/sessions?user_id={alice.sub}")["payload"]["session_activity"]
    assert browse("GET", "/activity/channels")["payload"]["channels"]
    found = browse("GET", f"/messages?user_id={alice.sub}&limit=10&offset=0")["payload"]
    assert found["messages"] == [message]

    browse("POST", "/channels", {"name": "second", "description": None})
    second = load("/channels")["channels"][1]["id"]
    browse("PATCH", "/channels", {"id": second, "name": "first", "description": "x"})
    browse("PATCH", "/channels", {"id": second, "before_id": general})
    assert [one["id"] for one in load("/channels")["channels"]] == [second, general]
    browse("DELETE", f"/channels?id={second}&purge=0")
    browse("DELETE", "/messages", {"ids": [message["id"]]})
    browse("POST", "/users/ban", {"banished_id": alice.sub, "reason": None, "duration": 1})
    (ban,) = load("/users/bans")["payload"]["records"]
    assert isinstance(ban["id"], str)
    browse("DELETE", f"/users/ban?ban_id={ban['id']}")
    browse("PATCH", "/ratelimits", {"id": 1, "message_limit": 5, "window_seconds": 9})


def test_it_is_said_at_start_and_in_client_json(open_chat, shared_chat):
    assert " administration_is_open " in open_chat.server.output
    assert open_chat.http("GET", "/client.json").json()["open_admin"] is True
    assert " administration_is_open " not in shared_chat.server.output
    assert shared_chat.http("GET", "/client.json").json()["open_admin"] is False


@pytest.mark.parametrize("settings, sentence", [
    ({}, "HUBBUB_COMPAT_OPEN_ADMIN needs HUBBUB_ALLOWED_ORIGINS to list"),
    ({"HUBBUB_ALLOWED_ORIGINS": f"{ORIGIN},*"}, "HUBBUB_COMPAT_OPEN_ADMIN needs"),
    ({"HUBBUB_ALLOWED_ORIGINS": ORIGIN, "HUBBUB_COMPAT_OPEN_ADMIN_FROM": "everyone"},
     "'everyone' is not an IP address or network"),
])
def test_a_start_that_would_open_it_to_all_is_refused(settings, sentence):
    with temporary_folder() as folder:
        server = Server(folder, HUBBUB_COMPAT_OPEN_ADMIN="true", **settings)
        ended = subprocess.run([BINARY, "serve"], cwd=folder, env=server.settings, timeout=60,
                               capture_output=True, text=True)
    assert ended.returncode != 0
    assert sentence in ended.stderr
