"""A real server with built-in accounts, and Debian's Chromium."""

import contextlib

import pytest
from playwright.sync_api import expect

from harness.chromium import chromium
from harness.patience import SOON
from harness.server import Server, temporary_folder
from harness.switchable_proxy import SwitchableProxy
from visitor import PASSWORD, Visitor, link

expect.set_options(timeout=SOON * 1000)


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def server():
    with temporary_folder() as folder:
        server = Server(folder)
        server.settings["HUBBUB_PUBLIC_URL"] = server.url = f"http://localhost:{server.port}"
        try:
            yield server.start()
        finally:
            server.close()


@pytest.fixture
def proxy():
    proxy = SwitchableProxy()
    yield proxy
    proxy.close()


@pytest.fixture
def visit(browser, server):
    """visit("alice"): another browser, with nothing in it. Fails the test for errors in a page."""
    visitors = []

    def visit(name, **options):
        visitors.append(Visitor(browser, name, server.url, **options))
        return visitors[-1]
    yield visit
    errors = [error for one in visitors for error in one.errors]
    for number, one in enumerate(visitors):
        with contextlib.suppress(Exception):
            one.picture(f"end-{number}-{one.name}")
        one.context.close()
    assert not errors


@pytest.fixture
def two_people(server, visit, proxy):
    """Alice, who became the administrator, and Bob, whom she invited, both in the channel."""
    alice = visit("alice")
    alice.sign_up(link(server, "/setup"), PASSWORD)
    bob = visit("bob", proxy=proxy)
    bob.sign_up(link(server, "/join"), PASSWORD)
    return alice, bob
