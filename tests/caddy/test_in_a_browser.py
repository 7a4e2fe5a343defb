"""A browser that trusts Caddy's authority: built-in accounts and chat at https://localhost."""

import pytest

from dashboard import Dashboard
from harness.account_browser import PASSWORD
from harness.through_caddy import OWN_CERTIFICATES, installed
from visitor import Visitor, link


@pytest.mark.parametrize("file, environment", [("Caddyfile.dev", {}),
                                               ("Caddyfile.prod", OWN_CERTIFICATES)])
def test_two_people_sign_up_and_talk_over_https(browse, file, environment):
    with installed(file, environment) as (server, caddy):
        browser = browse(caddy)
        url = server.settings["HUBBUB_PUBLIC_URL"]
        alice, bob = (Visitor(browser, name, url) for name in ("alice", "bob"))
        alice.sign_up(link(server, "/setup"), PASSWORD)
        bob.sign_up(link(server, "/join"), PASSWORD)
        alice.say("over TLS")
        bob.sees("over TLS")
        bob.say("all the way")
        alice.sees("all the way")
        assert alice.page.evaluate("isSecureContext")
        Dashboard(alice).open().shows("Overview")
        assert not alice.errors and not bob.errors
        cookies = {one["name"]: one for one in alice.context.cookies()}
        assert cookies["__Host-hubbub_sign_in"]["secure"]
