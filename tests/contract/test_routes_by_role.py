"""Nobody is let in by default: every route, for every role and for no token at all."""

import os
import re

import pytest

from harness.server import REPOSITORY

NOBODY, MEMBER, MODERATOR, ADMIN = None, "alice", "moderator", "admin"
ROLES = [NOBODY, MEMBER, MODERATOR, ADMIN]

EVERYBODY, MEMBERS, STAFF, ADMINS = ROLES, ROLES[1:], ROLES[2:], ROLES[3:]
LEAST_ROLE = {"none": EVERYBODY, "member": MEMBERS, "moderator": STAFF, "admin": ADMINS}

# Who may call it, and with which answer, when nothing is there to be found; to the others it is 401
# without a token, 403 with one.
ROUTES = [
    ("GET", "/", None, EVERYBODY, (200,)),
    ("GET", "/discovery", None, EVERYBODY, (200,)),
    ("GET", "/client.json", None, EVERYBODY, (200,)),
    ("GET", "/openapi.json", None, EVERYBODY, (200,)),
    ("GET", "/asyncapi.json", None, EVERYBODY, (200,)),
    # What it needs is not a role but the issuer's signature; see test_backchannel_logout.py.
    ("POST", "/backchannel-logout", {}, EVERYBODY, (400,)),
    ("GET", "/health", None, EVERYBODY, (200,)),
    ("GET", "/healthz", None, EVERYBODY, (200,)),
    ("GET", "/readyz", None, EVERYBODY, (200,)),
    # Direct from loopback without forwarded headers it needs no token; see test_routes_open.py.
    ("GET", "/metrics", "forwarded", ADMINS, (200,)),
    ("GET", "/channels", None, MEMBERS, (200,)),
    ("GET", "/channels?archived=1", None, ADMINS, (200,)),
    ("POST", "/channels", {"name": "walked"}, ADMINS, (201, 409)),
    ("PATCH", "/channels", {"id": 987654, "name": "x"}, ADMINS, (404,)),
    ("PATCH", "/channels", {"id": 987654, "archived": False}, ADMINS, (404,)),
    ("DELETE", "/channels?id=987654", None, ADMINS, (404,)),
    ("GET", "/messages", None, MEMBERS, (200,)),
    ("DELETE", "/messages", {"ids": [987654]}, STAFF, (404,)),
    ("GET", "/users", None, STAFF, (200,)),
    ("GET", "/users?search=", None, STAFF, (200,)),
    ("GET", "/users/profile?id=nobody", None, STAFF, (404,)),
    ("POST", "/users/ban", {}, STAFF, (400,)),
    ("DELETE", "/users/ban?ban_id=987654", None, STAFF, (404,)),
    ("GET", "/users/bans", None, STAFF, (200,)),
    ("POST", "/users/mute", {"user_id": "nobody"}, STAFF, (404,)),
    ("DELETE", "/users/mute?mute_id=987654", None, STAFF, (404,)),
    ("GET", "/users/mutes", None, STAFF, (200,)),
    ("GET", "/activity/sessions", None, STAFF, (200,)),
    ("GET", "/activity/channels", None, STAFF, (200,)),
    ("GET", "/activity/users", None, STAFF, (200,)),
    ("GET", "/activity/connections", None, STAFF, (200,)),
    ("GET", "/activity/limits", None, STAFF, (200,)),
    ("GET", "/ratelimits", None, MEMBERS, (200,)),
    ("PATCH", "/ratelimits", {"id": 1, "message_limit": 100_000, "window_seconds": 10}, ADMINS,
     (200,)),
    ("GET", "/audit", None, ADMINS, (200,)),
    # 404: people are kept by another provider here; see test_accounts_routes.py.
    ("PATCH", "/accounts", {"id": "x", "role": "admin"}, ADMINS, (404,)),
    ("POST", "/accounts/reset", {"id": "x"}, ADMINS, (404,)),
    ("GET", "/accounts/invitations", None, ADMINS, (404,)),
    ("POST", "/accounts/invitations", {}, ADMINS, (404,)),
    ("DELETE", "/accounts/invitations?code=x", None, ADMINS, (404,)),
]
PAGES = {"GET /"}


def described(chat):
    """Each route of openapi.json, which its own test holds against the route table, and who may."""
    paths = chat.http("GET", "/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}": LEAST_ROLE[operation["x-least-role"]]
            for path, operations in paths.items() for method, operation in operations.items()}


def test_every_route_is_walked(shared_chat):
    walked = {}
    for method, path, _, allowed, _ in ROUTES:
        walked.setdefault(f"{method} {path.partition('?')[0]}", allowed)
    routes = described(shared_chat)
    assert {route: walked.get(route) for route in routes} == routes
    assert set(walked) - set(routes) == PAGES


def test_the_page_of_roles_names_every_route(shared_chat):
    printed = {}
    with open(os.path.join(REPOSITORY, "docs/roles.md"), encoding="utf-8") as page:
        for row in re.findall(r"^\| .*? \| (\w+) \| (.*) \|$", page.read(), re.MULTILINE):
            for route in re.findall(r"`([A-Z]+ /[^`?]*)`(?! with)", row[1]):
                printed[route] = LEAST_ROLE[row[0]]
    assert printed == described(shared_chat)


# Where refusals are plain text, as the old server's clients read them.
OLD_PATHS = {"/channels", "/messages", "/users", "/users/ban", "/users/bans", "/activity/sessions",
             "/activity/channels", "/ratelimits"}


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
        assert answer.status_code == 401 and "Unauthorized" in answer.text
    else:
        assert answer.status_code == 403, answer.text
    if answer.status_code in (401, 403):
        is_old = path.partition("?")[0] in OLD_PATHS
        assert answer.headers["content-type"] == (
            "text/plain; charset=utf-8" if is_old else "application/problem+json")
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

