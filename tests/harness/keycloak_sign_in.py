"""Tokens as a client gets them, without a browser: by Keycloak's sign-in page, code and PKCE."""

import base64
import hashlib
import html
import json
import re
import secrets
from urllib.parse import parse_qs, urlsplit

import httpx

from harness.patience import SOON
from harness.tokens import base64url


class TokenSource:
    """What the tests' own issuer is to a Chat: somebody who makes tokens."""

    def __init__(self, keycloak, page_url, password):
        self.url = keycloak.issuer
        self._password = password
        self.last = None  # what the token endpoint answered
        self.redirects = {"ChatClient": page_url + "/", "WebClient": page_url + "/admin"}
        self._endpoints = keycloak.issuer + "/protocol/openid-connect"
        self._http = httpx.Client(timeout=4 * SOON, trust_env=False)

    def close(self):
        self._http.close()

    def token(self, username, azp="ChatClient"):
        return self.sign_in(username, azp)["access_token"]

    def ask_for_code(self, client, redirect, **changes):
        """The authorization endpoint's first answer."""
        self._http.cookies.clear()
        parameters = {"response_type": "code", "client_id": client, "redirect_uri": redirect,
                      "scope": "openid", "state": "s", **changes}
        return self._http.get(self._endpoints + "/auth", params=parameters)

    def sign_in(self, username, client="ChatClient", redirect=None):
        """The token endpoint's answer, in a session of its own."""
        redirect = redirect or self.redirects[client]
        verifier = secrets.token_urlsafe(48)
        challenge = base64url(hashlib.sha256(verifier.encode()).digest())
        page = self.ask_for_code(client, redirect, code_challenge=challenge,
                                 code_challenge_method="S256")
        assert page.status_code == 200, page.text
        form = re.search(r'<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"', page.text)[1]
        # They are for secure contexts, which localhost is to a browser, but not to httpx.
        cookies = "; ".join(one.partition(";")[0] for one in page.headers.get_list("set-cookie"))
        answer = self._http.post(html.unescape(form), headers={"Cookie": cookies},
                                 data={"username": username, "password": self._password})
        assert answer.status_code == 302, answer.text
        assert answer.headers["location"].startswith(redirect + "?"), answer.headers["location"]
        code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
        return self._exchange(grant_type="authorization_code", code=code, client_id=client,
                              redirect_uri=redirect, code_verifier=verifier)

    def refresh(self, tokens, client="ChatClient"):
        return self._exchange(grant_type="refresh_token", client_id=client,
                              refresh_token=tokens["refresh_token"])

    def direct_grant(self, issuer, client, username):
        """A password for a token, where a client allows that."""
        return self._http.post(issuer + "/protocol/openid-connect/token", data={
            "grant_type": "password", "client_id": client, "username": username,
            "password": self._password, "scope": "openid"})

    def _exchange(self, **form):
        answer = self._http.post(self._endpoints + "/token", data=form)
        assert answer.status_code == 200, answer.text
        self.last = answer.json()
        return self.last

    @staticmethod
    def key_of(token):
        """The id of the key that signed it."""
        return json.loads(_part(token, 0))["kid"]

    @staticmethod
    def claims_of(token):
        """As text, without spaces."""
        return json.dumps(json.loads(_part(token, 1)), separators=(",", ":"))


def _part(token, number):
    text = token.split(".")[number]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
