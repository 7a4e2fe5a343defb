"""A server with accounts of its own, and who lives there."""

import os
import subprocess

from harness.account_browser import AccountBrowser
from harness.patience import SOON
from harness.server import BINARY, Server


class House:
    """A server with accounts of its own, and its command line."""

    def __init__(self, folder, **settings):
        self.server = Server(folder, **settings).start()
        self._browsers = []

    def browser(self):
        self._browsers.append(AccountBrowser(self.server))
        return self._browsers[-1]

    def link(self, path):
        return self.server.wait_for(rf"(https?://\S+{path}\?code=\S+)")[1]

    def administrator(self, name="alice"):
        alice = self.browser()
        assert alice.sign_up(self.link("/setup"), name).status_code in (302, 303)
        return alice

    def member(self, name="bob"):
        bob = self.browser()
        assert bob.sign_up(self.link("/join"), name).status_code in (302, 303)
        return bob

    def command(self, *words):
        environment = {**self.server.settings, "PATH": os.environ["PATH"]}
        return subprocess.run([BINARY, "user", *words], cwd=self.server.folder, env=environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=SOON, check=False)

    def close(self):
        for browser in self._browsers:
            browser.close()
        self.server.close()
