"""The files of deploy/caddy before the real server."""

import contextlib
import os
import subprocess

import pytest
from playwright.sync_api import expect, sync_playwright

from harness.issuer import Issuer
from harness.patience import SOON
from harness.server import temporary_folder
from harness.through_caddy import OWN_CERTIFICATES, chat_through

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]

expect.set_options(timeout=SOON * 1000)


@pytest.fixture(scope="session")
def issuer():
    issuer = Issuer()
    yield issuer
    issuer.close()


@pytest.fixture(scope="module")
def chat(issuer):
    with chat_through("Caddyfile.dev", issuer) as chat:
        yield chat


@pytest.fixture(scope="module")
def production(issuer):
    with chat_through("Caddyfile.prod", issuer, OWN_CERTIFICATES) as chat:
        yield chat


@pytest.fixture
def browse():
    """browse(caddy): a Chromium that trusts Caddy's authority, as one does after `caddy trust`."""
    with sync_playwright() as playwright, temporary_folder() as home, \
            contextlib.ExitStack() as stack:
        def browse(caddy):
            database = os.path.join(home, ".pki/nssdb")
            os.makedirs(database)
            for command in (["-N", "--empty-password"],
                            ["-A", "-t", "C,,", "-n", "Caddy", "-i", caddy.root_certificate]):
                subprocess.run(["certutil", "-d", f"sql:{database}", *command], check=True)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS,
                                                 env={**os.environ, "HOME": home})
            stack.callback(browser.close)
            return browser
        yield browse
