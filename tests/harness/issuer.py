"""An OpenID provider as far as a resource server sees one: a discovery document and a key set."""

import http.server
import json
import threading

from harness import tokens

REALM_PATH = "/realms/test"


class Issuer:
    def __init__(self):
        self.keys = [tokens.SigningKey("first")]
        self.key_fetches = 0
        self.is_away = False
        # What the discovery document says otherwise; None leaves a member out.
        self.discovery_changes = {}
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                document = issuer._document(self.path)
                body = json.dumps(document).encode()
                self.send_response(503 if issuer.is_away else 200 if document else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{REALM_PATH}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _document(self, path):
        endpoints = self.url + "/protocol/openid-connect"
        if path == REALM_PATH + "/.well-known/openid-configuration":
            document = {"issuer": self.url, "jwks_uri": endpoints + "/certs",
                        "authorization_endpoint": endpoints + "/auth",
                        "token_endpoint": endpoints + "/token",
                        "id_token_signing_alg_values_supported": ["RS256"],
                        **self.discovery_changes}
            return {name: value for name, value in document.items() if value is not None}
        if path == REALM_PATH + "/protocol/openid-connect/certs":
            self.key_fetches += 1
            return {"keys": [key.jwk() for key in self.keys]}
        return None

    def rotate(self):
        """From now on tokens are signed with another key, and only that one is published."""
        self.keys = [tokens.SigningKey(f"key{len(self.keys) + 1}-{id(self)}")]

    def token(self, username, key=None, **claims):
        return tokens.signed(key or self.keys[0], self.claims(username, **claims))

    def claims(self, username, **claims):
        return tokens.claims_of(self.url, username, **claims)

    def logout_token(self, username, key=None, header=None, **changes):
        claims = tokens.logout_claims_of(self.url, username, **changes)
        return tokens.signed(key or self.keys[0], claims, **(header or {"typ": "logout+jwt"}))

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
