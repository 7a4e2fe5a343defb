"""What of the provider is to be had from outside, and under which port of it."""

import contextlib
import http.server
import threading

import pytest

from harness.patience import eventually
from harness.through_caddy import OWN_CERTIFICATES, installed

HOST = "keycloak.localhost"


@contextlib.contextmanager
def provider(name):
    """Stands in for one port of Keycloak: its answers tell which one, and what was asked."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"{name} {self.path}".encode()
            if "code_challenge" in self.path:
                self.send_response(302)
                self.send_header("Location", "https://localhost/?state=s&code=one-time-code")
                self.send_header("Set-Cookie", "KEYCLOAK_IDENTITY=secret-cookie")
            else:
                self.send_response(200)
            self.send_header("X-Frame-Options", "SAMEORIGIN")
            self.send_header("Strict-Transport-Security", "max-age=1")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module", params=["Caddyfile.dev", "Caddyfile.prod"])
def caddy(request):
    with provider("keycloak") as upstream, provider("management") as management:
        more = OWN_CERTIFICATES if request.param == "Caddyfile.prod" else {}
        environment = {"KEYCLOAK_UPSTREAM": upstream, "KEYCLOAK_HEALTH_UPSTREAM": management,
                       "KEYCLOAK_ADMIN_FROM": "127.0.0.5/32", **more}
        with installed(request.param, environment) as (_, caddy):
            caddy.is_production = request.param == "Caddyfile.prod"
            yield caddy


def test_people_sign_in_there(caddy):
    for path in ("/realms/Chatserver/protocol/openid-connect/auth?client_id=ChatClient",
                 "/resources/theme.css"):
        assert caddy.http("GET", path, HOST).text == "keycloak " + path


def test_the_health_that_old_clients_ask_for_is_the_management_ports(caddy):
    assert caddy.http("GET", "/health", HOST).text == "management /health/ready"


def test_its_administration_is_for_those_who_look_after_it(caddy):
    for path in ("/", "/admin/master/console/", "/realms/master/account", "/metrics"):
        stranger = caddy.http("GET", path, HOST)
        assert stranger.status_code == (404 if caddy.is_production else 200), path
        assert caddy.http("GET", path, HOST, "127.0.0.5").text == "keycloak " + path


def test_a_header_that_it_sends_itself_is_not_doubled(caddy):
    headers = caddy.http("GET", "/realms/Chatserver/account", HOST).headers
    assert headers.get_list("X-Frame-Options") == ["SAMEORIGIN"]
    assert headers.get_list("Strict-Transport-Security") == \
        ["max-age=31536000" if caddy.is_production else "max-age=1"]


def test_the_code_and_the_cookie_that_it_gives_are_not_written_down(caddy):
    path = "/realms/Chatserver/protocol/openid-connect/auth"
    answer = caddy.http("GET", path + "?code_challenge=x&login_hint=a-name", HOST)
    assert "one-time-code" in answer.headers["location"]

    def is_written():
        return f'"uri":"{path}?..."' in caddy.log()
    eventually(is_written)
    log = caddy.log()
    assert not [word for word in ("one-time-code", "secret-cookie", "a-name") if word in log]
