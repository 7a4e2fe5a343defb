"""Discovery, health, metrics, CORS and the answers to what is not there."""

import pytest

from harness.raw_socket import RawSocket


def test_discovery_has_the_old_form_without_schemes(chat):
    answer = chat.http("GET", "/discovery").json()
    assert sorted(answer) == ["auth_url", "chat_client", "chat_url", "health_url", "server_id",
                              "server_name", "token_url"]
    assert all(isinstance(value, str) for value in answer.values())
    issuer = chat.issuer.url.removeprefix("http://")
    assert answer["auth_url"] == issuer + "/protocol/openid-connect/auth"
    assert answer["token_url"] == issuer + "/protocol/openid-connect/token"
    assert "://" not in answer["health_url"] and answer["health_url"].endswith("/health")
    assert answer["chat_url"] == f"ws://127.0.0.1:{chat.server.port}/ws"
    assert answer["chat_client"] == "ChatClient"
    assert answer["server_id"] == chat.connect("alice").hello["server_id"]


def test_with_the_old_names_discovery_answers_exactly_as_the_old_server(make_chat):
    chat = make_chat(KC_HOSTNAME="keycloak.localhost", REALM_NAME="Chatserver",
                     CHAT_CLIENT_NAME="ChatClient", PUBLIC_HOSTNAME="localhost")
    answer = chat.http("GET", "/discovery").json()
    start = "keycloak.localhost/realms/Chatserver/protocol/openid-connect"
    assert answer == {
        "auth_url": start + "/auth", "token_url": start + "/token",
        "health_url": "keycloak.localhost/health", "chat_url": "wss://chat.localhost/ws",
        "chat_client": "ChatClient", "server_name": answer["server_name"],
        "server_id": answer["server_id"]}


@pytest.mark.parametrize("path", ["/client.json", "/discovery"])
def test_what_a_page_needs_before_signing_in_is_there_for_all(shared_chat, path):
    answer = shared_chat.http("GET", path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")


def test_client_json_names_issuer_clients_and_socket(shared_chat):
    said = shared_chat.http("GET", "/client.json").text
    for part in (shared_chat.issuer.url, "ChatClient", "WebClient", "/ws"):
        assert part in said


def test_the_pages_are_told_the_endpoints_that_the_issuer_names(make_chat, issuer):
    issuer.discovery_changes = {"authorization_endpoint": "https://id.example/authorize",
                                "token_endpoint": "https://id.example/oauth/token",
                                "end_session_endpoint": "https://id.example/leave"}
    try:
        told = make_chat().http("GET", "/client.json").json()
        old = make_chat().http("GET", "/discovery").json()
    finally:
        issuer.discovery_changes = {}
    assert told["authorization_endpoint"] == "https://id.example/authorize"
    assert told["token_endpoint"] == "https://id.example/oauth/token"
    assert told["end_session_endpoint"] == "https://id.example/leave"
    assert old["auth_url"] == "id.example/authorize"
    assert old["token_url"] == "id.example/oauth/token"


@pytest.mark.parametrize("changes, end", [
    ({}, None),
    ({"token_endpoint": "ftp://id.example/"}, "/protocol/openid-connect/logout"),
    ({"authorization_endpoint": None}, "/protocol/openid-connect/logout"),
], ids=str)
def test_where_it_names_none_they_are_as_keycloak_has_them(make_chat, issuer, changes, end):
    issuer.discovery_changes = changes
    try:
        told = make_chat().http("GET", "/client.json").json()
    finally:
        issuer.discovery_changes = {}
    assert told["token_endpoint"] == issuer.url + "/protocol/openid-connect/token"
    # One that names the others and not this has none.
    assert told["end_session_endpoint"] == (end and issuer.url + end)


def test_keys_that_are_given_apart_do_not_wait_for_discovery(make_chat, issuer):
    """As where the issuer's public name cannot be reached from here."""
    issuer.discovery_changes = {"issuer": "https://somebody.else"}
    try:
        chat = make_chat(
            HUBBUB_OIDC_JWKS_URL=issuer.url + "/protocol/openid-connect/certs")
        told = chat.http("GET", "/client.json").json()
        assert chat.connect("alice").hello
    finally:
        issuer.discovery_changes = {}
    assert told["end_session_endpoint"] == issuer.url + "/protocol/openid-connect/logout"


@pytest.mark.parametrize("path", ["/health", "/healthz", "/readyz"])
def test_a_healthy_server_says_so(shared_chat, path):
    assert shared_chat.http("GET", path).status_code == 200


METRICS = "/metrics"


def test_metrics_are_for_loopback_and_administrators(shared_chat):
    direct = shared_chat.http("GET", METRICS)
    assert direct.status_code == 200 and "hubbub_" in direct.text
    assert direct.headers["content-type"].startswith("text/plain")
    for name, value in (("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"),
                        ("X-Forwarded-Proto", "https"), ("X-Real-IP", "127.0.0.1")):
        assert shared_chat.http("GET", METRICS, headers={name: value}).status_code == 401, name


def test_metrics_count_what_happened(chat):
    alice = chat.connect("alice")
    alice.send("hello")
    alice.error_of(type="dance")
    lines = chat.http("GET", METRICS).text.splitlines()
    values = {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1])
              for line in lines if line and not line.startswith("#")}
    assert values["hubbub_websockets"] == values["hubbub_sessions"] == 1
    assert not [name for name in values if "alice" in name or "hello" in name]


CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PATCH, OPTIONS, DELETE",
    "access-control-allow-headers": "Content-Type, Authorization",
}


def cors_of(answer):
    return {name: answer.headers.get(name) for name in CORS}


@pytest.mark.parametrize("method, path", [
    ("GET", "/channels"), ("GET", "/discovery"), ("GET", "/nothing-here"), ("PUT", "/channels"),
    ("OPTIONS", "/channels"), ("OPTIONS", "/nothing-here"), ("OPTIONS", "/messages?limit=x")])
def test_every_answer_has_the_cors_headers(shared_chat, method, path):
    answer = shared_chat.http(method, path, headers={"Origin": "https://elsewhere.example"})
    assert cors_of(answer) == CORS
    if method == "OPTIONS":
        assert (answer.status_code, answer.text) == (200, "")


def test_with_a_list_of_origins_only_those_are_allowed(make_chat):
    chat = make_chat(HUBBUB_ALLOWED_ORIGINS="https://chat.example,https://admin.example")
    for origin, wanted in (("https://chat.example", "https://chat.example"),
                           ("https://admin.example", "https://admin.example"),
                           ("https://evil.example", None), ("https://chat.example.evil", None),
                           ("null", None)):
        answer = chat.http("GET", "/discovery", headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == wanted, origin


@pytest.mark.parametrize("path", ["/nothing-here", "/channels/", "/ws/", "/ws/more", "/discovery/",
                                  "/Channels", "/%2e%2e/etc/passwd", "/../../etc/passwd",
                                  "//channels", "/assets/nothing.js"])
def test_what_is_not_there_is_404(shared_chat, path):
    socket = RawSocket(shared_chat.server.port)
    status, _ = socket.request(path, ["Connection: close"])
    assert status == 404
    socket.close()
    if not path.startswith("/assets") and ".." not in path and path[:2] != "//":
        assert shared_chat.http("GET", path).text == "404 page not found\n"


@pytest.mark.parametrize("method, path", [
    ("PUT", "/channels"), ("HEAD", "/channels"), ("DELETE", "/ratelimits"), ("POST", "/ratelimits"),
    ("PUT", "/messages"), ("PATCH", "/messages"), ("POST", "/messages"),
])
def test_a_wrong_method_is_405(shared_chat, method, path):
    answer = shared_chat.http(method, path, by="admin")
    assert answer.status_code == 405
    assert answer.text == ("" if method == "HEAD" else "Method Not Allowed\n")


@pytest.mark.parametrize("lines", [
    ["GET /channels"], ["NONSENSE"], ["GET /channels HTTP/9.9"], ["GET\x00 / HTTP/1.1"],
    ["GET / HTTP/1.1", "Host localhost"],
    ["POST /channels HTTP/1.1", "Content-Length: -1"],
    ["POST /channels HTTP/1.1", "Content-Length: 1", "Content-Length: 2"],
    ["POST /channels HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"],
    ["GET / HTTP/1.1", "X: " + "a" * 100_000],
], ids=lambda lines: lines[0] + " " + lines[-1][:20])
def test_a_broken_request_is_refused_and_the_connection_ends(shared_chat, lines):
    socket = RawSocket(shared_chat.server.port)
    try:
        socket.send("\r\n".join([*lines, "", "5\r\nhello\r\n0\r\n\r\n"]).encode())
        while b"\r\n" not in socket._waiting:
            socket._receive()
        assert 400 <= int(socket._waiting.split()[1]) < 600
    except ConnectionError:
        pass  # ended without a word
    socket.expect_end()
    socket.close()
    assert shared_chat.http("GET", "/health").status_code == 200


def test_a_body_that_is_too_large_is_refused(shared_chat):
    answer = shared_chat.http("POST", "/channels", by="admin", content=b" " * 2_000_000)
    assert answer.status_code == 413


def test_one_connection_serves_many_requests(shared_chat):
    socket = RawSocket(shared_chat.server.port)
    for _ in range(5):
        status, headers = socket.request("/healthz")
        assert status == 200
        socket._take(int(headers["content-length"]))
    socket.close()
