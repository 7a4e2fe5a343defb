"""A real Keycloak for the whole run, and for each test a server that trusts it and a browser."""

import collections
import contextlib
import itertools

import pytest
from playwright.sync_api import expect

from harness.chat import Chat
from harness.chromium import chromium
from harness.keycloak import Keycloak
from harness.keycloak_sign_in import TokenSource
from harness.patience import SOON
from harness.ports import free_port
from harness.server import Server, temporary_folder
from visitor import PASSWORD, Visitor

expect.set_options(timeout=SOON * 1000)
_numbers = itertools.count(1)
Person = collections.namedtuple("Person", "name id")


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def chat_port():
    """The realm names where the pages are, so every server of the run is there."""
    return free_port()


@pytest.fixture(scope="session")
def keycloak(chat_port):
    url = f"http://localhost:{chat_port}"
    with temporary_folder() as folder:
        keycloak = Keycloak(folder, HUBBUB_PUBLIC_URL=url, HUBBUB_INTERNAL_URL=url)
        try:
            yield keycloak.start()
        finally:
            keycloak.close()


@pytest.fixture
def server(keycloak, chat_port):
    with temporary_folder() as folder:
        server = Server(folder, HUBBUB_OIDC_ISSUER=keycloak.issuer)
        server.port = chat_port
        server.url = f"http://localhost:{chat_port}"
        server.settings["HUBBUB_LISTEN"] = f"127.0.0.1:{chat_port}"
        server.settings["HUBBUB_PUBLIC_URL"] = server.url
        try:
            yield server.start()
        finally:
            server.close()


@pytest.fixture
def person(keycloak):
    """person("alice", "admin"): somebody new in Keycloak, with a name that nobody had before."""
    def make(name, *roles):
        username = f"{name}{next(_numbers)}"
        return Person(username, keycloak.admin.create_user(username, PASSWORD, roles))
    return make


@pytest.fixture
def visit(browser, server):
    """visit(username): a browser with nothing in it. Fails the test for errors in a page."""
    visitors = []

    def visit(name):
        visitors.append(Visitor(browser, name, server.url))
        return visitors[-1]
    yield visit
    errors = [error for one in visitors for error in one.errors]
    for number, one in enumerate(visitors):
        with contextlib.suppress(Exception):
            one.picture(f"keycloak-{number}-{one.name}")
        one.context.close()
    assert not errors


@pytest.fixture
def enter(visit, person):
    """enter("alice", "admin"): somebody new, at a browser, signed in to the chat."""
    def enter(name, *roles):
        one = person(name, *roles)
        visitor = visit(one.name)
        visitor.id = one.id
        visitor.page.goto("/")
        visitor.reach_chat(PASSWORD)
        return visitor
    return enter


@pytest.fixture
def chat(server, keycloak):
    """The same server without a browser: people whose tokens come from Keycloak's own page."""
    source = TokenSource(keycloak, server.url, PASSWORD)
    chat = Chat(server, source)
    try:
        yield chat
    finally:
        chat.close()
        source.close()
