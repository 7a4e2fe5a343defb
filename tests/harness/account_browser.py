"""A browser's part in signing in to built-in accounts: cookies, forms, redirects."""

import base64
import hashlib
import html
import os
import re
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx

from harness.patience import SOON

PASSWORD = "correct horse battery staple"


class AccountBrowser:
    def __init__(self, server):
        self.url = server.url
        self.redirect = server.url + "/"
        self._http = httpx.Client(base_url=server.url, follow_redirects=False, timeout=SOON)
        self._connect = "/realms/hubbub/protocol/openid-connect/"

    def close(self):
        self._http.close()

    def get(self, path):
        return self._http.get(path)

    def submit(self, page, **fields):
        """Sends the page's form, with its hidden fields."""
        form = re.search(r"<form.*?</form>", page.text, re.DOTALL)[0]
        action = html.unescape(re.search(r'action="([^"]*)"', form)[1])
        hidden = {html.unescape(name): html.unescape(value) for name, value in re.findall(
            r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)}
        return self._http.post(urljoin(str(page.url), action), data={**hidden, **fields},
                               headers={"Origin": self.url})

    def sign_up(self, link, name, password=PASSWORD):
        return self.submit(self.get(link), username=name, password=password)

    def authorize(self, **changes):
        """The answer of the authorization endpoint to what the chat page asks."""
        self.verifier = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = {"client_id": "ChatClient", "response_type": "code", "scope": "openid",
                 "redirect_uri": self.redirect, "state": "here", "nonce": "once",
                 "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
                 "code_challenge_method": "S256", **changes}
        query = {name: value for name, value in query.items() if value is not None}
        return self.get(self._connect + "auth?" + urlencode(query))

    def code(self):
        """REQUIRES: signed in."""
        answer = self.authorize()
        assert answer.status_code in (302, 303), answer.text
        return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]

    def exchange(self, **fields):
        return self._http.post(self._connect + "token", data={"client_id": "ChatClient", **fields})

    def tokens(self, code=None, **changes):
        return self.exchange(**{"grant_type": "authorization_code", "code": code or self.code(),
                                "redirect_uri": self.redirect, "code_verifier": self.verifier,
                                **changes})

    def refresh(self, token):
        return self.exchange(grant_type="refresh_token", refresh_token=token)

    def with_token(self, method, path, token, **options):
        return self._http.request(method, path, headers={"Authorization": f"Bearer {token}"},
                                  **options)
