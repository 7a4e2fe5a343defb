"""Nobody is let in by default: every route, for every role and for no token at all."""

import pytest

NOBODY, MEMBER, MODERATOR, ADMIN = None, "alice", "moderator", "admin"
ROLES = [NOBODY, MEMBER, MODERATOR, ADMIN]

# Who may call it, and with which answer; to the others it is 401 without a token, 403 with one.
ROUTES = [
    ("GET", "/", None, ROLES, (200,)),
    ("GET", "/discovery", None, ROLES, (200,)),
    ("GET", "/client.json", None, ROLES, (200,)),
    ("GET", "/health", None, ROLES, (200,)),
    ("GET", "/healthz", None, ROLES, (200,)),
    ("GET", "/readyz", None, ROLES, (200,)),
    ("GET", "/channels", None, [MEMBER, MODERATOR, ADMIN], (200,)),
    ("POST", "/channels", {"name": "walked"}, [ADMIN], (201, 409)),
    ("PATCH", "/channels", {"id": 987654, "name": "x"}, [ADMIN], (404,)),
    ("DELETE", "/channels?id=987654", None, [ADMIN], (404,)),
    ("GET", "/messages", None, [MEMBER, MODERATOR, ADMIN], (200,)),
    ("GET", "/ratelimits", None, [MEMBER, MODERATOR, ADMIN], (200,)),
    ("PATCH", "/ratelimits", {"id": 1, "message_limit": 100_000, "window_seconds": 10}, [ADMIN],
     (200,)),
    # Direct from loopback without forwarded headers it needs no token; see test_routes_open.py.
    ("GET", "/metrics", "forwarded", [ADMIN], (200,)),
]


@pytest.mark.parametrize("role", ROLES, ids=str)
@pytest.mark.parametrize("method, path, body, allowed, statuses", ROUTES,
                         ids=[f"{route[0]} {route[1]}" for route in ROUTES])
def test_a_route_answers_those_who_may_and_no_others(shared_chat, method, path, body, allowed,
                                                     statuses, role):
    headers = {"X-Forwarded-For": "192.0.2.1"} if body == "forwarded" else {}
    answer = shared_chat.http(method, path, by=role, headers=headers,
                              json=None if body == "forwarded" else body)
    if role in allowed:
        assert answer.status_code in statuses, answer.text
    elif role is NOBODY:
        assert (answer.status_code, answer.text) == (401, "Unauthorized\n")
    else:
        assert answer.status_code == 403, answer.text
    if answer.status_code in (401, 403):
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("headers", [
    {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YWRtaW46YWRtaW4="},
    {"Authorization": "Bearer"}, {"Authorization": ""}, {"Cookie": "token=admin"}], ids=str)
def test_what_is_no_good_token_is_none(shared_chat, headers):
    assert shared_chat.http("POST", "/channels", json={"name": "x"},
                            headers=headers).status_code == 401


def test_a_role_from_elsewhere_in_the_token_does_not_count(shared_chat):
    token = shared_chat.token("alice", resource_access={"x": {"roles": ["admin"]}},
                              roles_of_another_kind=["admin"])
    answer = shared_chat.http("POST", "/channels", json={"name": "x"},
                              headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403

