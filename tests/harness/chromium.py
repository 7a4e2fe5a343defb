"""Debian's Chromium, driven by Playwright."""

import contextlib

from playwright.sync_api import sync_playwright

_PATH = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextlib.contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_PATH, args=_FLAGS)
        yield browser
        browser.close()
