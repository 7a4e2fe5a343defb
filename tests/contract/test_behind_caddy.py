"""Behind a real reverse proxy: whose request it is, and who is served without a token.

All of 127.0.0.0/8 is this machine, so a client may have another address than the proxy, 127.0.0.1.
"""

import pytest
from websockets.sync.client import connect as open_websocket

from harness.caddy import Caddy
from harness.patience import SOON

ORIGIN = "https://dashboard.example"
PROXY, DASHBOARD, STRANGER = "127.0.0.1", "127.0.0.5", "127.0.0.9"


@pytest.fixture(scope="module")
def chat(make_shared_chat):
    return make_shared_chat(HUBBUB_COMPAT_OPEN_ADMIN="true", HUBBUB_ALLOWED_ORIGINS=ORIGIN,
                            HUBBUB_COMPAT_OPEN_ADMIN_FROM=f"{PROXY},{DASHBOARD}",
                            HUBBUB_TRUSTED_PROXIES=PROXY, PUBLIC_HOSTNAME="dashboard.example")


@pytest.fixture
def make_caddy(chat, tmp_path):
    started = []

    def make(*options):
        started.append(Caddy(tmp_path, chat.server.port, *options))
        return started[-1]
    yield make
    for one in started:
        one.close()


@pytest.fixture
def caddy(make_caddy):
    return make_caddy()


def test_the_dashboard_is_served_and_a_stranger_is_not(caddy):
    for method in ("GET", "PATCH"):
        assert caddy.http(method, "/channels", DASHBOARD).status_code in (200, 400)
        assert caddy.http(method, "/channels", STRANGER).status_code == 401


def test_a_stranger_who_claims_the_dashboards_address_is_not_believed(caddy):
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        for claimed in (DASHBOARD, PROXY, f"for={DASHBOARD}"):
            answer = caddy.http("GET", "/users", STRANGER, headers={name: claimed})
            assert answer.status_code == 401, (name, claimed)


def test_a_client_beyond_a_second_proxy_counts_and_not_that_proxy(make_caddy):
    caddy = make_caddy("trusted_proxies 127.0.0.0/8")
    for chain, status in (("203.0.113.5", 401), (f"{DASHBOARD}, 203.0.113.5", 401),
                          (DASHBOARD, 200)):
        answer = caddy.http("GET", "/users", PROXY, headers={"X-Forwarded-For": chain})
        assert answer.status_code == status, chain


def test_a_proxy_that_hides_its_clients_opens_nothing(make_caddy):
    caddy = make_caddy("header_up -X-Forwarded-For")
    for client in (PROXY, DASHBOARD, STRANGER):
        assert caddy.http("GET", "/users", client).status_code == 401, client


def test_a_foreign_host_is_refused_and_its_own_is_not(caddy):
    for host, status in (("chat.dashboard.example", 200), ("evil.example", 403)):
        assert caddy.http("GET", "/users", DASHBOARD, headers={"Host": host}).status_code == status


def test_a_proxy_that_rewrites_host_does_not_hide_a_foreign_one(make_caddy):
    caddy = make_caddy("header_up Host {upstream_hostport}")
    for host, status in (("chat.dashboard.example", 200), ("evil.example", 403)):
        assert caddy.http("GET", "/users", DASHBOARD, headers={"Host": host}).status_code == status


def test_a_write_by_a_page_of_another_origin_is_refused(caddy):
    for origin, status in ((ORIGIN, 400), ("https://evil.example", 403)):
        answer = caddy.http("PATCH", "/channels", DASHBOARD, json={}, headers={"Origin": origin})
        assert answer.status_code == status, origin


def test_with_a_token_everyone_is_served_and_the_audit_log_has_their_address(chat, caddy):
    token = {"Authorization": "Bearer " + chat.token("admin", roles=["admin"])}
    caddy.http("POST", "/channels", STRANGER, headers=token, json={"name": "from-afar"})
    (record,) = caddy.http("GET", "/audit?limit=1", STRANGER, headers=token).json()["records"]
    assert (record["action"], record["address"]) == ("channel.create", STRANGER)


def test_metrics_are_not_open_to_a_proxys_clients(caddy):
    assert caddy.http("GET", "/metrics", PROXY).status_code == 401


def test_a_websocket_goes_through(chat, caddy):
    url = f"ws://127.0.0.1:{caddy.port}/ws?token={chat.token('alice')}"
    with open_websocket(url, proxy=None, open_timeout=SOON) as websocket:
        assert "active_channels" in websocket.recv(SOON)
