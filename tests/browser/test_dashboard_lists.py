"""Long lists in the dashboard: 200 people, bans, messages and records, read page by page.

People come by another identity provider here, so that so many can be had at once.
"""

import json
import time

import pytest
from playwright.sync_api import expect

from dashboard import Dashboard
from harness.chat import Chat
from harness.issuer import Issuer
from harness.server import Server, temporary_folder
from harness.tokens import sub_of
from visitor import Visitor

MANY = 200
PAGE_SIZE = 50
KINDS = {"Messages": "message", "People": "person", "Bans": "ban", "Audit log": "audit"}


@pytest.fixture
def crowd():
    """Citizens 001 to 200, of whom each said one thing and was banned for it."""
    issuer = Issuer()
    try:
        with temporary_folder() as folder:
            server = Server(folder, HUBBUB_OIDC_ISSUER=issuer.url)
            chat = Chat(server.start(), issuer)
            try:
                chat.start_empty()
                for number in range(1, MANY + 1):
                    let_one_speak(chat, f"Citizen {number:03}", f"word number {number}")
                yield chat
            finally:
                chat.close()
                server.close()
    finally:
        issuer.close()


def let_one_speak(chat, name, text):
    citizen = chat.connect(name)
    citizen.send(text)
    citizen.close()
    answer = chat.http("POST", "/users/ban", by="admin", json={"banished_id": sub_of(name)})
    assert answer.status_code == 200, answer.text


@pytest.fixture
def dashboard(browser, crowd):
    """Of an administrator who has signed in there already."""
    visitor = Visitor(browser, "admin", crowd.server.url)
    tokens = {"accessToken": crowd.token("admin", roles=["admin"]), "refreshToken": None,
              "idToken": None, "expiresAt": 1000 * (time.time() + 3600)}
    kept = json.dumps(json.dumps(tokens))
    visitor.context.add_init_script(f"localStorage['hubbub.dashboard.tokens'] = {kept}")
    dashboard = Dashboard(visitor)
    dashboard.go_to("/admin")
    yield dashboard
    visitor.context.close()
    assert not visitor.errors


def test_long_lists_are_read_page_by_page(dashboard):
    for title, kind in KINDS.items():
        dashboard.go(title)
        rows = dashboard.rows(kind)
        for pages in range(1, MANY // PAGE_SIZE):
            expect(rows).to_have_count(pages * PAGE_SIZE)
            dashboard.get("load-more").click()
        expect(rows).to_have_count(MANY)
    dashboard.go("Messages")
    dashboard.get("message-words").fill("number 7")
    expect(dashboard.rows("message")).to_contain_text(["Citizen 007"])
