"""deploy/caddy/Caddyfile.prod: what it adds to answers, what it keeps back, what it writes down."""

import base64
import concurrent.futures
import contextlib

import pytest

from websockets.exceptions import InvalidStatus

from harness.patience import SOON, eventually

PAGES = ["/", "/admin", "/admin/people"]


def headers_of(production, path, host="localhost"):
    return production.caddy.http("GET", path, host).headers


def test_every_answer_has_each_security_header_once(production):
    for path in [*PAGES, "/channels", "/healthz", "/no-such-page"]:
        for host in ("localhost", "chat.localhost"):
            headers = headers_of(production, path, host)
            for name in ("Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy",
                         "Content-Security-Policy"):
                assert len(headers.get_list(name)) == 1, (path, name, headers.get_list(name))
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert "Server" not in headers


def test_what_the_pages_send_themselves_stays_as_it_is(production):
    for path in PAGES:
        direct = production.http("GET", path).headers
        through = headers_of(production, path)
        for name in ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options",
                     "Cache-Control"):
            assert through[name] == direct[name]


def test_metrics_are_not_passed_however_they_are_written_and_whoever_asks(production):
    token = {"Authorization": "Bearer " + production.token("admin", roles=["admin"])}
    assert production.http("GET", "/metrics", headers=token).status_code == 200
    for host in ("localhost", "chat.localhost"):
        for path in ("/metrics", "/metrics?a=b", "/%6detrics", "//metrics", "/x/../metrics"):
            answer = production.caddy.http("GET", path, host, headers=token)
            assert answer.status_code == 404 and "hubbub_" not in answer.text, path


def test_a_token_goes_through_in_all_three_ways(production):
    assert production.connect_old("alice").greeting()
    assert production.connect("bob").hello["user"]
    token = {"Authorization": "Bearer " + production.token("carol")}
    assert production.caddy.http("GET", "/channels", headers=token).status_code == 200


@pytest.fixture
def tokens(production):
    """Three of them, and what carries each in another way: carry(user agent)."""
    tokens = [production.token(f"watched-{number}") for number in range(3)]
    query, header, subprotocol = tokens

    def ask(target, **headers):
        production.caddy.http("GET", target, headers=headers, seconds=3 * SOON)

    def connect(path="/ws", **options):
        with contextlib.suppress(InvalidStatus):
            production.open(path, open_timeout=3 * SOON, **options).close()

    def carry(agent):
        """All at once: what cannot be passed on waits for 5 s at Caddy."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            carried = [
                pool.submit(ask, f"/channels?token={query}", **{"User-Agent": agent}),
                pool.submit(ask, f"/channels?%74oken={query}&a=%zz", **{"User-Agent": agent}),
                pool.submit(ask, "/channels", **{
                    "User-Agent": agent, "Authorization": f"Bearer {header}",
                    "Proxy-Authorization": f"Bearer {header}", "Cookie": f"sign_in={header}",
                    "Referer": f"https://localhost/?token={query}#access_token={header}"}),
                pool.submit(connect, f"/ws?token={query}", user_agent_header=agent),
                pool.submit(connect, subprotocols=["hubbub.v1", f"bearer.{subprotocol}"],
                            user_agent_header=agent)]
        for one in carried:
            one.result()
    yield tokens, carry


def holds(log, token):
    """Whole, or a part of it that is long enough to be of use."""
    parts = [token[at:at + 24] for at in range(0, len(token) - 24, 12)]
    return any(part in log for part in parts)


def test_no_line_of_the_log_holds_a_token(production, tokens):
    tokens, carry = tokens
    carry("passed on")
    production.server.stop()
    try:
        carry("not passed on")
    finally:
        production.server.start()

    def lines(agent, logger):
        return [line for line in production.caddy.lines()
                if agent in line.get("request", {}).get("headers", {}).get("User-Agent", [])
                and line["logger"].startswith(logger)]

    def are_written():
        return (len(lines("passed on", "http.log.access")) == 5
                and len(lines("not passed on", "http.log.access")) == 5
                and len(lines("not passed on", "http.log.error")) == 5)
    eventually(are_written)
    log = production.caddy.log()
    assert not [token for token in tokens if holds(log, token)]
    assert '"uri":"/ws?..."' in log


def test_a_token_in_the_log_would_be_found():
    token = base64.urlsafe_b64encode(bytes(range(200))).decode()
    assert holds(f"a line with {token[40:100]}", token)
