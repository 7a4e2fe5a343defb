"""The worlds that the contract tests play in."""

import contextlib

import pytest

from harness.chat import Chat
from harness.house import House
from harness.issuer import Issuer
from harness.server import Server, temporary_folder
from harness.valkey import PROGRAMS, VALKEY, Valkey


@contextlib.contextmanager
def world(issuer, **settings):
    with temporary_folder() as folder:
        server = Server(folder, HUBBUB_OIDC_ISSUER=issuer.url, **settings)
        chat = None
        try:
            server.start()
            chat = Chat(server, issuer)
            chat.start_empty()
            chat.limit_messages(100_000, 10)
            yield chat
        finally:
            if chat:
                chat.close()
            server.close()


@pytest.fixture(scope="session")
def issuer():
    issuer = Issuer()
    yield issuer
    issuer.close()


@pytest.fixture
def chat(issuer):
    """A server of the test's own, with a channel `general` and hardly any rate limit."""
    with world(issuer) as chat:
        yield chat


@pytest.fixture(scope="module")
def shared_chat(issuer):
    """One server for the tests of a file, for those that leave nothing behind that others see."""
    with world(issuer) as chat:
        yield chat


@pytest.fixture
def make_chat(issuer):
    """chat = make_chat(HUBBUB_…="…"): a server with settings."""
    with contextlib.ExitStack() as stack:
        yield lambda **settings: stack.enter_context(world(issuer, **settings))


@pytest.fixture(scope="module")
def make_shared_chat(issuer):
    """The same for the tests of a file that leave nothing behind that others see."""
    with contextlib.ExitStack() as stack:
        yield lambda **settings: stack.enter_context(world(issuer, **settings))


@pytest.fixture
def make_house():
    """house = make_house(HUBBUB_…="…"): a server with accounts of its own."""
    houses = []
    with temporary_folder() as folder:
        def make(**settings):
            houses.append(House(folder, **settings))
            return houses[-1]
        yield make
        for house in houses:
            house.close()


@pytest.fixture
def house(make_house):
    return make_house()


@pytest.fixture
def make_valkey():
    """valkey = make_valkey(program=…, option=…)"""
    started = []
    with temporary_folder() as folder:
        def make(program=VALKEY, **options):
            started.append(Valkey(folder, program, **options))
            return started[-1]
        yield make
        for one in started:
            one.close()


@pytest.fixture(params=PROGRAMS)
def valkey(request, make_valkey):
    """A Valkey, and once more a Redis, of the test's own."""
    return make_valkey(request.param)
